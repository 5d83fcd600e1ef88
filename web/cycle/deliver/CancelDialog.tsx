import { useState } from "react";
import { Textarea } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { money } from "../../kit/format.ts";
import { done } from "../../kit/undo.ts";
import { useAgain } from "./again.ts";
import { Dialog } from "./Dialog.tsx";
import { keptOf, orders, type Order } from "./told.ts";

/** Cancels an order with a reason; opening it again takes it back. */
export const CancelDialog = ({ order, onClose }: { order: Order; onClose: () => void }) => {
  const { _ } = useLingui();
  const again = useAgain();
  const [reason, setReason] = useState("");
  const submit = async (): Promise<void> => {
    await orders.cancel(order.id, reason.trim());
    await again();
    done(_("Order {number} cancelled", { number: order.number }), () => orders.reopen(order.id).then(again));
  };
  return (
    <Dialog
      title={_("Cancel order {number}", { number: order.number })}
      verb={_("Cancel the order")}
      danger
      disabled={reason.trim() === ""}
      fields={["reason"]}
      onSubmit={submit}
      onClose={onClose}
    >
      {(errors) => (
        <>
          {keptOf(order) > 0 && (
            <p>{_("{sum} was received. It stays until you give it back.", { sum: money(keptOf(order), order.currency) })}</p>
          )}
          <Textarea
            label={_("Why")}
            autosize
            minRows={2}
            maxRows={8}
            maxLength={1000}
            data-autofocus
            withAsterisk
            value={reason}
            error={errors["reason"]}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
        </>
      )}
    </Dialog>
  ); // prettier-ignore
};
