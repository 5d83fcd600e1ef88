import { useState } from "react";
import { NativeSelect, TextInput } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { objectOf, workspace } from "../../kit/boot.ts";
import { money } from "../../kit/format.ts";
import { FigureInput } from "../../kit/form/FigureInput.tsx";
import { OwnFields, ownNames } from "../../kit/form/OwnFields.tsx";
import { instantOf } from "../../kit/form/zoned.ts";
import { tell } from "../../kit/notes.ts";
import { ReasonPicker } from "../../records/ReasonPicker.tsx";
import { asSent } from "../../records/record.ts";
import { useAgain } from "./again.ts";
import { Dialog } from "./Dialog.tsx";
import { methodNames, methodWords } from "./happened.ts";
import { dueOf, keptOf, orders, owedBack, type Order } from "./told.ts";

/** Receives money for an order or gives it back; the amount that is due, or that can go back, stands there already. */
export const MoneyDialog = ({
  order,
  kind,
  onClose,
}: {
  order: Order;
  kind: "payment" | "refund";
  onClose: () => void;
}) => {
  const { _ } = useLingui();
  const again = useAgain();
  const most = kind === "payment" ? dueOf(order) : keptOf(order);
  const [amount, setAmount] = useState<number | null>(
    kind === "refund" && owedBack(order) > 0 ? Math.min(most, owedBack(order)) : most,
  );
  const [method, setMethod] = useState("bank_transfer");
  const [when, setWhen] = useState("");
  const [reference, setReference] = useState("");
  const [reasonId, setReasonId] = useState<string | null>(null);
  const [why, setWhy] = useState("");
  const [own, setOwn] = useState<Record<string, unknown>>({});
  const object = objectOf("payments");
  const submit = async (): Promise<void> => {
    const given = {
      amount: amount ?? 0,
      method,
      received_at: when ? instantOf(when, workspace().time_zone) : undefined,
      reference: reference.trim() || null,
      ...(kind === "refund" ? { reason_id: reasonId, reason: why.trim() || null } : {}),
      ...asSent(own),
    };
    await (kind === "payment" ? orders.receive(order.id, given) : orders.refund(order.id, given));
    await again();
    const sum = money(given.amount, order.currency);
    tell(kind === "payment" ? _("{sum} received for order {number}", { sum, number: order.number }) : _("{sum} of order {number} given back", { sum, number: order.number })); // prettier-ignore
  };
  const title = kind === "payment" ? _("Receive a payment") : _("Give money back");
  return (
    <Dialog
      title={title}
      verb={kind === "payment" ? _("Receive {sum}", { sum: money(amount ?? 0, order.currency) }) : _("Give back {sum}", { sum: money(amount ?? 0, order.currency) })}
      disabled={!amount || amount <= 0}
      fields={["amount", "method", "received_at", "reference", "reason", "reason_id", ...ownNames(object)]}
      onSubmit={submit}
      onClose={onClose}
    >
      {(errors) => (
        <>
          <FigureInput
            label={_("Amount")}
            description={kind === "payment" ? _("{sum} is due.", { sum: money(most, order.currency) }) : _("{sum} can go back.", { sum: money(most, order.currency) })}
            currency={order.currency}
            value={amount}
            onChange={setAmount}
            error={errors["amount"]}
            data-autofocus
          />
          {kind === "refund" && (
            <>
              <ReasonPicker appliesTo="refund" value={reasonId} error={errors["reason_id"]} onChange={setReasonId} />
              <TextInput label={_("More about it")} maxLength={1000} value={why} error={errors["reason"]} onChange={(event) => setWhy(event.currentTarget.value)} />
            </>
          )}
          <NativeSelect label={_("How")} value={method} data={methodNames.map((name) => ({ value: name, label: _(methodWords(name)) }))} error={errors["method"]} onChange={(event) => setMethod(event.currentTarget.value)} />
          <TextInput label={_("When")} description={_("Now, when left empty.")} type="datetime-local" value={when} error={errors["received_at"]} onChange={(event) => setWhen(event.currentTarget.value)} />
          <TextInput label={_("Reference")} description={_("What your bank statement says.")} maxLength={200} value={reference} error={errors["reference"]} onChange={(event) => setReference(event.currentTarget.value)} />
          <OwnFields object={object} values={own} errors={errors} onChange={(name, value) => setOwn((before) => ({ ...before, [name]: value }))} />
        </>
      )}
    </Dialog>
  ); // prettier-ignore
};
