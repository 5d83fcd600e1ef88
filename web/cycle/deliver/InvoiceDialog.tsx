import { useState } from "react";
import { TextInput } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { useNavigate } from "@tanstack/react-router";
import { tell } from "../../kit/notes.ts";
import { useAgain } from "./again.ts";
import { toInvoice } from "./amounts.ts";
import { Dialog } from "./Dialog.tsx";
import { movable } from "./movable.ts";
import { allOf, named, Quantities, quantitiesOf, type Typed } from "./Quantities.tsx";
import { orders, type Order } from "./told.ts";

/** Issues an invoice for what is not invoiced yet. It keeps its number and stays as it is; a credit note takes it back. */
export const InvoiceDialog = ({ order, onClose }: { order: Order; onClose: () => void }) => {
  const { _ } = useLingui();
  const again = useAgain();
  const navigate = useNavigate();
  const open = movable(order, toInvoice);
  const [typed, setTyped] = useState<Typed>(() => allOf(open));
  const [due, setDue] = useState("");
  const submit = async (): Promise<void> => {
    const lines = quantitiesOf(open, typed, "order_line_id", _("This is not a number."));
    const issued = await orders.invoice(order.id, { lines, due_at: due || null });
    await again();
    tell(_("Invoice {number} issued", { number: issued.number }));
    void navigate({ to: "/invoices/$id", params: { id: issued.id } });
  };
  return (
    <Dialog
      title={_("Issue an invoice")}
      verb={_("Issue the invoice")}
      size={560}
      disabled={named(open, typed).length === 0}
      fields={["lines", "due_at"]}
      onSubmit={submit}
      onClose={onClose}
    >
      {(errors) => (
        <>
          <p className="quiet">{_("An issued invoice is never changed. What is wrong with it, a credit note takes back.")}</p>
          <Quantities lines={open} typed={typed} onTyped={setTyped} errors={errors} label={(what) => _("How many of {what} are invoiced", { what })} />
          <TextInput label={_("Due")} description={_("By your terms of payment, when left empty.")} type="date" value={due} error={errors["due_at"]} onChange={(event) => setDue(event.currentTarget.value)} />
        </>
      )}
    </Dialog>
  ); // prettier-ignore
};
