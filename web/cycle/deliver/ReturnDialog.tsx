import { useState } from "react";
import { Textarea } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { money } from "../../kit/format.ts";
import { tell } from "../../kit/notes.ts";
import { ReasonPicker } from "../../records/ReasonPicker.tsx";
import { useAgain } from "./again.ts";
import { decimalText, plus, toReturn, worthOf } from "./amounts.ts";
import { Dialog } from "./Dialog.tsx";
import { movable } from "./movable.ts";
import { named, Quantities, quantitiesOf, type Typed } from "./Quantities.tsx";
import { orders, type Order } from "./told.ts";

/** Takes goods of an order back, line by line, never more than is out, with the reason. */
export const ReturnDialog = ({ order, onClose }: { order: Order; onClose: () => void }) => {
  const { _ } = useLingui();
  const again = useAgain();
  const [typed, setTyped] = useState<Typed>({});
  const [reasonId, setReasonId] = useState<string | null>(null);
  const [reason, setReason] = useState("");
  const out = movable(order, toReturn);
  // Parts of a line add up to it: what is back then, less what was back before.
  const costOf = (id: string, quantity: string): number => {
    const line = order.lines.find((one) => one.id === id);
    return line ? worthOf(line, plus(line.returned_quantity, quantity), order.currency) - worthOf(line, line.returned_quantity, order.currency) : 0;
  }; // prettier-ignore
  const worth = named(out, typed).reduce((sum, line) => sum + costOf(line.id, decimalText(typed[line.id] ?? "") ?? "0"), 0); // prettier-ignore
  const submit = async (): Promise<void> => {
    const lines = quantitiesOf(out, typed, "order_line_id", _("This is not a number."));
    await orders.giveBack(order.id, { lines, reason: reason.trim() || null, reason_id: reasonId });
    await again();
    tell(_("Goods of order {number} came back. Their money goes back by itself only when you give it back.", { number: order.number })); // prettier-ignore
  };
  return (
    <Dialog
      title={_("Take goods back")}
      verb={_("Take back, worth {sum}", { sum: money(worth, order.currency) })}
      size={560}
      disabled={named(out, typed).length === 0}
      fields={["lines", "reason", "reason_id"]}
      onSubmit={submit}
      onClose={onClose}
    >
      {(errors) => (
        <>
          <Quantities lines={out} typed={typed} onTyped={setTyped} errors={errors} label={(what) => _("How many of {what} come back", { what })} />
          <ReasonPicker appliesTo="return" value={reasonId} error={errors["reason_id"]} onChange={setReasonId} />
          <Textarea label={_("More about it")} autosize minRows={1} maxRows={6} maxLength={1000} value={reason} error={errors["reason"]} onChange={(event) => setReason(event.currentTarget.value)} />
        </>
      )}
    </Dialog>
  ); // prettier-ignore
};
