import { useState } from "react";
import { Textarea } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { done } from "../../kit/undo.ts";
import { useAgain } from "./again.ts";
import { toCancel } from "./amounts.ts";
import { Dialog } from "./Dialog.tsx";
import { movable } from "./movable.ts";
import { named, Quantities, quantitiesOf, type Typed } from "./Quantities.tsx";
import { orders, type Order } from "./told.ts";

/** Cancels quantities that are neither sent nor back; the order costs so much less. */
export const CancelLinesDialog = ({ order, onClose }: { order: Order; onClose: () => void }) => {
  const { _ } = useLingui();
  const again = useAgain();
  const open = movable(order, toCancel);
  const [typed, setTyped] = useState<Typed>({});
  const [reason, setReason] = useState("");
  const submit = async (): Promise<void> => {
    const lines = quantitiesOf(open, typed, "order_line_id", _("This is not a number."));
    const { act_id } = await orders.cancelLines(order.id, lines, reason.trim());
    await again();
    done(_("A part of order {number} cancelled", { number: order.number }), () => orders.restoreLines(order.id, act_id).then(again)); // prettier-ignore
  };
  return (
    <Dialog
      title={_("Cancel a part of order {number}", { number: order.number })}
      verb={_("Cancel this part")}
      danger
      size={560}
      disabled={named(open, typed).length === 0 || reason.trim() === ""}
      fields={["lines", "reason"]}
      onSubmit={submit}
      onClose={onClose}
    >
      {(errors) => (
        <>
          <Quantities lines={open} typed={typed} onTyped={setTyped} errors={errors} label={(what) => _("How many of {what} are cancelled", { what })} />
          <Textarea label={_("Why")} autosize minRows={2} maxRows={6} maxLength={1000} withAsterisk value={reason} error={errors["reason"]} onChange={(event) => setReason(event.currentTarget.value)} />
        </>
      )}
    </Dialog>
  ); // prettier-ignore
};
