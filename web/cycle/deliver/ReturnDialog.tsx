import { useState } from "react";
import { Button, Textarea, TextInput } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { money } from "../../kit/format.ts";
import { tell } from "../../kit/notes.ts";
import { problemOf } from "../../kit/problem.ts";
import { useAgain } from "./again.ts";
import { decimalText, leftOf, lineTotal } from "./amounts.ts";
import { Dialog } from "./Dialog.tsx";
import { orders, type Order } from "./told.ts";

/** Takes goods of an order back, line by line, never more than is still out. */
export const ReturnDialog = ({ order, onClose }: { order: Order; onClose: () => void }) => {
  const { _ } = useLingui();
  const again = useAgain();
  const [typed, setTyped] = useState<Readonly<Record<string, string>>>({});
  const [reason, setReason] = useState("");
  const out = order.lines
    .map((line) => ({ line, left: leftOf(line.quantity, line.returned_quantity) }))
    .filter(({ left }) => left !== "0");
  const named = out.filter(({ line }) => (typed[line.id] ?? "").trim() !== "");
  const worth = named.reduce((sum, { line }) => sum + (lineTotal(decimalText(typed[line.id] ?? ""), line.unit_price, order.currency) ?? 0), 0); // prettier-ignore
  const submit = async (): Promise<void> => {
    const lines = named.map(({ line }) => ({
      order_line_id: line.id,
      quantity: decimalText(typed[line.id] ?? "") ?? "",
    }));
    const wrong = lines.flatMap((line, i) => (line.quantity === "" ? [{ field: `lines.${i}.quantity`, message: _("This is not a number.") }] : [])); // prettier-ignore
    if (wrong.length > 0) throw problemOf(422, { detail: wrong[0]?.message, errors: wrong });
    await orders.giveBack(order.id, lines, reason.trim() || null);
    await again();
    tell(_("Goods of order {number} came back. Their money goes back by itself only when you give it back.", { number: order.number })); // prettier-ignore
  };
  return (
    <Dialog
      title={_("Take goods back")}
      verb={_("Take back, worth {sum}", { sum: money(worth, order.currency) })}
      size={560}
      disabled={named.length === 0}
      fields={["lines", "reason"]}
      onSubmit={submit}
      onClose={onClose}
    >
      {(errors) => (
        <>
          {errors["lines"] && <p role="alert" className="note" data-tone="red">{errors["lines"]}</p>}
          <ul className="giving-back">
            {out.map(({ line, left }, i) => {
              const at = named.findIndex((one) => one.line.id === line.id);
              return (
                <li key={line.id}>
                  <bdi className="fill">{line.description}</bdi>
                  <TextInput
                    aria-label={_("How many of {what} come back", { what: line.description })}
                    inputWrapperOrder={["input", "description", "error"]}
                    description={_("of {n}", { n: left })}
                    inputMode="decimal"
                    className="number"
                    w={110}
                    value={typed[line.id] ?? ""}
                    data-autofocus={i === 0 || undefined}
                    error={at >= 0 ? (errors[`lines.${at}.quantity`] ?? errors[`lines.${at}.order_line_id`]) : undefined}
                    onChange={(event) => { const { value } = event.currentTarget; setTyped((before) => ({ ...before, [line.id]: value })); }}
                  />
                  <Button variant="default" aria-label={_("All of {what}", { what: line.description })} onClick={() => setTyped((before) => ({ ...before, [line.id]: left }))}>{_("All")}</Button>
                </li>
              );
            })}
          </ul>
          <Textarea label={_("Why")} autosize minRows={2} maxRows={6} maxLength={1000} value={reason} error={errors["reason"]} onChange={(event) => setReason(event.currentTarget.value)} />
        </>
      )}
    </Dialog>
  ); // prettier-ignore
};
