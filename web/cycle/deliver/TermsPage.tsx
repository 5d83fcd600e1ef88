import { Button, NumberInput } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import type { orderTermsApi } from "#deliver/orders";
import { may } from "../../kit/boot.ts";
import { client } from "../../kit/client.ts";
import { useSetting, useSubmit } from "../../kit/form/useSetting.tsx";
import { done } from "../../kit/undo.ts";
import { Ask } from "../../settings/Ask.tsx";
import { Settings } from "../../settings/Settings.tsx";
import "./deliver.css";

const terms = () => client<typeof orderTermsApi>("order_terms");
type Terms = Awaited<ReturnType<ReturnType<typeof terms>["get"]>>;

const Form = ({ found }: { found: Terms }) => {
  const { _ } = useLingui();
  const cache = useQueryClient();
  const again = (saved: Terms): void => void cache.setQueryData(["order-terms"], saved);
  const labels = { return_days: _("Goods may come back for"), payment_days: _("Invoices are due after") };
  const { values, set, dirty, conflict, save } = useSetting(found, {
    parts: [{ name: "return_days", label: labels.return_days }, { name: "payment_days", label: labels.payment_days }],
    read: () => terms().get({}),
  });
  const mayEdit = may("order_terms.update");
  const write = async (changed: Partial<Terms>, onto: Terms): Promise<number> => {
    const { return_days, payment_days } = onto;
    const saved = await terms().change({ return_days, payment_days, ...changed, version: onto.version });
    again(saved);
    done(_("Order terms saved"), async () => again(await terms().change({ return_days, payment_days, version: saved.version })));
    return saved.version;
  };
  const { submit, busy, errors, failed } = useSubmit(async () => dirty && save(write));
  const field = (name: "return_days" | "payment_days", most: number, description: string) => (
    <NumberInput label={labels[name]} error={errors[name]} description={description} suffix={_(" days")} min={0} max={most} allowDecimal={false} readOnly={!mayEdit} value={values[name]} onChange={(value) => set({ [name]: Number(value) || 0 })} />
  );
  return (
    <form className="terms" onSubmit={(event) => void submit(event)} noValidate>
      <div role="alert">{failed && <p className="note" data-tone="red">{failed}</p>}</div>
      {conflict}
      {field("return_days", 3650, _("From the arrival of the last piece. Rewards wait until it has passed."))}
      {field("payment_days", 365, _("From the day they are issued. Those that are out keep their day."))}
      {mayEdit && <div className="line"><Button type="submit" loading={busy} disabled={!dirty}>{_("Save")}</Button></div>}
    </form>
  );
}; // prettier-ignore

/** What the company agreed to once for all orders. */
export const TermsPage = () => {
  const { _ } = useLingui();
  const asked = useQuery({ queryKey: ["order-terms"], queryFn: () => terms().get({}) });
  return (
    <Settings title={_("Orders")} lead={_("How long goods may come back, and how long an invoice may stay open.")}>
      <Ask asked={asked}>{(found) => <Form found={found} />}</Ask>
    </Settings>
  );
};
