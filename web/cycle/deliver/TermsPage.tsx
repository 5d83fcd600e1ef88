import { useState, type FormEvent } from "react";
import { Button, NumberInput } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import type { orderTermsApi } from "#deliver/orders";
import { may } from "../../kit/boot.ts";
import { client } from "../../kit/client.ts";
import { tell } from "../../kit/notes.ts";
import { sentenceOf } from "../../kit/problem.ts";
import { done } from "../../kit/undo.ts";
import { Ask } from "../../settings/Ask.tsx";
import { Settings } from "../../settings/Settings.tsx";
import "./deliver.css";

const terms = () => client<typeof orderTermsApi>("order_terms");
type Terms = Awaited<ReturnType<ReturnType<typeof terms>["get"]>>;

const Form = ({ found }: { found: Terms }) => {
  const { _ } = useLingui();
  const cache = useQueryClient();
  const [days, setDays] = useState({ return_days: found.return_days, payment_days: found.payment_days });
  const [busy, setBusy] = useState(false);
  const mayEdit = may("order_terms.update");
  const again = (saved: Terms): void => void cache.setQueryData(["order-terms"], saved);
  const save = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setBusy(true);
    try {
      const saved = await terms().change({ ...days, version: found.version });
      again(saved);
      const { return_days, payment_days } = found;
      done(_("Order terms saved"), async () => again(await terms().change({ return_days, payment_days, version: saved.version })));
    } catch (thrown) {
      tell(sentenceOf(thrown), { tone: "bad" });
      await cache.invalidateQueries({ queryKey: ["order-terms"] });
    }
    setBusy(false);
  };
  const field = (name: "return_days" | "payment_days", label: string, most: number, description: string) => (
    <NumberInput label={label} description={description} suffix={_(" days")} min={0} max={most} allowDecimal={false} readOnly={!mayEdit} value={days[name]} onChange={(value) => setDays({ ...days, [name]: Number(value) || 0 })} />
  );
  return (
    <form className="terms" onSubmit={(event) => void save(event)}>
      {field("return_days", _("Goods may come back for"), 3650, _("From the arrival of the last piece. Rewards wait until it has passed."))}
      {field("payment_days", _("Invoices are due after"), 365, _("From the day they are issued. Those that are out keep their day."))}
      {mayEdit && <div className="line"><Button type="submit" loading={busy}>{_("Save")}</Button></div>}
    </form>
  );
}; // prettier-ignore

/** What the company agreed to once for all orders. */
export const TermsPage = () => {
  const { _ } = useLingui();
  const asked = useQuery({ queryKey: ["order-terms"], queryFn: () => terms().get({}) });
  return (
    <Settings title={_("Orders")} lead={_("How long goods may come back, and how long an invoice may stay open.")}>
      <Ask asked={asked}>{(found) => <Form key={found.version} found={found} />}</Ask>
    </Settings>
  );
};
