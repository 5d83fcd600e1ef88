import { useState } from "react";
import { Button, TextInput } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { Link } from "@tanstack/react-router";
import { useQuery } from "@tanstack/react-query";
import { may } from "../../../kit/boot.ts";
import { offers } from "../../../kit/client.ts";
import { money } from "../../../kit/format.ts";
import { tell } from "../../../kit/notes.ts";
import { sentenceOf } from "../../../kit/problem.ts";
import { done } from "../../../kit/undo.ts";
import { useAgain } from "../../deliver/again.ts";
import { Dialog } from "../../deliver/Dialog.tsx";
import { isLoose, type Order } from "../../deliver/told.ts";
import { promotions, type OnOrder as On } from "./told.ts";

const UseCode = ({ order, onClose }: { order: Order; onClose: () => void }) => {
  const { _ } = useLingui();
  const again = useAgain();
  const [code, setCode] = useState("");
  const submit = async (): Promise<void> => {
    const { promotion } = await promotions().apply({ id: order.id, code });
    await again();
    done(_("{sum} off order {number}", { sum: money(promotion?.amount ?? 0, order.currency), number: order.number }), () => promotions().remove({ id: order.id }).then(again));
  };
  return (
    <Dialog title={_("Use a code")} verb={_("Use it")} disabled={code.trim() === ""} fields={["code"]} onSubmit={submit} onClose={onClose}>
      {(errors) => <TextInput label={_("Code")} maxLength={60} value={code} error={errors["code"]} onChange={(event) => setCode(event.currentTarget.value)} data-autofocus />}
    </Dialog>
  );
}; // prettier-ignore

/** The promotion an order got; or a code for one that is not paid yet. */
export const OnOrder = ({ order }: { order: Order }) => {
  const { _ } = useLingui();
  const again = useAgain();
  const [using, setUsing] = useState(false);
  const asked = useQuery({ queryKey: ["orders", order.id, "promotion"], queryFn: () => promotions().onOrder({ id: order.id }), enabled: offers("promotions.onOrder") });
  const on = asked.data?.promotion ?? null;
  // What a quote agreed only becomes less: a friend's code counts there, too.
  const loose = isLoose(order) && may("orders.update");
  const remove = async ({ code }: On): Promise<void> => {
    try {
      await promotions().remove({ id: order.id });
      await again();
      done(_("The promotion was taken off"), () => (code ? promotions().apply({ id: order.id, code }).then(again) : undefined));
    } catch (thrown) {
      tell(sentenceOf(thrown), { tone: "bad" });
    }
  };
  if (!asked.data || (!on && !loose)) return null;
  return (
    <section aria-label={_("Promotion")} className="on-order">
      {on ? (
        <p className="line">
          <Link className="link" to="/promotions/$id" params={{ id: on.promotion_id }}><bdi>{on.promotion}</bdi></Link>
          <span className="number">{_("{sum} off, before tax", { sum: money(on.amount, order.currency) })}</span>
          {loose && <Button size="compact-sm" variant="subtle" onClick={() => void remove(on)}>{_("Take off")}</Button>}
        </p>
      ) : <Button variant="default" onClick={() => setUsing(true)}>{_("Use a code")}</Button>}
      {using && <UseCode order={order} onClose={() => setUsing(false)} />}
    </section>
  );
}; // prettier-ignore
