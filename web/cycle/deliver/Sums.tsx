import { useLingui } from "@lingui/react";
import { money } from "../../kit/format.ts";
import { dueOf, owedBack, type Order } from "./told.ts";

/** What an order costs, what was received and given back, and what is still due. */
export const Sums = ({ order }: { order: Order }) => {
  const { _ } = useLingui();
  const due = order.status === "cancelled" ? 0 : dueOf(order);
  const sums = [
    { label: _("Total"), amount: order.total, shown: true },
    { label: _("Cancelled or let go"), amount: -order.cancelled_total, shown: order.cancelled_total > 0 },
    { label: _("Invoiced"), amount: order.invoiced - order.credited, shown: order.invoiced > 0 },
    { label: _("Received"), amount: order.paid, shown: order.paid > 0 },
    { label: _("Given back"), amount: order.refunded, shown: order.refunded > 0 },
    { label: _("Goods that came back"), amount: order.returned, shown: order.returned > 0 },
  ];
  return (
    <dl className="sums">
      {sums
        .filter((sum) => sum.shown)
        .map((sum) => (
          <div key={sum.label}>
            <dt>{sum.label}</dt>
            <dd className="number">{money(sum.amount, order.currency)}</dd>
          </div>
        ))}
      {owedBack(order) > 0 && (
        <div className="sums-back">
          <dt>{_("To be given back")}</dt>
          <dd className="number">{money(owedBack(order), order.currency)}</dd>
        </div>
      )}
      <div className="sums-due" data-due={due > 0 || undefined}>
        <dt>{_("Still due")}</dt>
        <dd className="number">{money(due, order.currency)}</dd>
      </div>
    </dl>
  );
};
