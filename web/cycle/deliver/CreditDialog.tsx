import { useState } from "react";
import { SegmentedControl, Textarea } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { useNavigate } from "@tanstack/react-router";
import { money } from "../../kit/format.ts";
import { FigureInput } from "../../kit/form/FigureInput.tsx";
import { tell } from "../../kit/notes.ts";
import { ReasonPicker } from "../../records/ReasonPicker.tsx";
import { useAgain } from "./again.ts";
import { less } from "./amounts.ts";
import { Dialog } from "./Dialog.tsx";
import { allOf, named, Quantities, quantitiesOf, type Typed } from "./Quantities.tsx";
import { invoices, type Invoice } from "./told.ts";

type By = "lines" | "amount";

/** Takes an invoice back in part or whole: what came back line by line, or an amount as goodwill. */
export const CreditDialog = ({ invoice, onClose }: { invoice: Invoice; onClose: () => void }) => {
  const { _ } = useLingui();
  const again = useAgain();
  const navigate = useNavigate();
  const lines = invoice.lines
    .map((line) => ({ id: line.id, what: line.description, left: less(line.quantity, line.credited_quantity) }))
    .filter((line) => line.left !== "0");
  const [by, setBy] = useState<By>(lines.length > 0 ? "lines" : "amount");
  const [typed, setTyped] = useState<Typed>(() => allOf(lines));
  const [amount, setAmount] = useState<number | null>(null);
  const [reasonId, setReasonId] = useState<string | null>(null);
  const [reason, setReason] = useState("");
  const most = invoice.total - invoice.credited;
  const submit = async (): Promise<void> => {
    const what = by === "amount" ? { amount: amount ?? 0 } : { lines: quantitiesOf(lines, typed, "invoice_line_id", _("This is not a number.")) };
    const note = await invoices.credit(invoice.id, { ...what, reason: reason.trim() || null, reason_id: reasonId });
    await again();
    tell(_("Credit note {number} issued", { number: note.number }));
    void navigate({ to: "/invoices/$id", params: { id: note.id } });
  };
  const empty = by === "amount" ? !amount || amount <= 0 : named(lines, typed).length === 0;
  return (
    <Dialog
      title={_("Credit invoice {number}", { number: invoice.number })}
      verb={_("Issue the credit note")}
      size={560}
      disabled={empty || (reasonId === null && reason.trim() === "")}
      fields={["lines", "amount", "reason", "reason_id"]}
      onSubmit={submit}
      onClose={onClose}
    >
      {(errors) => (
        <>
          {lines.length > 0 && (
            <SegmentedControl aria-label={_("What is credited")} value={by} data={[{ value: "lines", label: _("Lines") }, { value: "amount", label: _("An amount") }]} onChange={(value) => setBy(value as By)} />
          )}
          {by === "lines" ? (
            <Quantities lines={lines} typed={typed} onTyped={setTyped} errors={errors} label={(what) => _("How many of {what} are credited", { what })} />
          ) : (
            <FigureInput label={_("Amount")} description={_("{sum} can be credited.", { sum: money(most, invoice.currency) })} currency={invoice.currency} value={amount} onChange={setAmount} error={errors["amount"]} data-autofocus />
          )}
          <ReasonPicker appliesTo="refund" value={reasonId} error={errors["reason_id"]} onChange={setReasonId} />
          <Textarea label={_("More about it")} autosize minRows={1} maxRows={6} maxLength={1000} value={reason} error={errors["reason"]} onChange={(event) => setReason(event.currentTarget.value)} />
        </>
      )}
    </Dialog>
  );
}; // prettier-ignore
