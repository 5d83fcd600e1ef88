import { useLingui } from "@lingui/react";
import { Link } from "@tanstack/react-router";
import { objectOf } from "../../kit/boot.ts";
import { date, money } from "../../kit/format.ts";
import { say } from "../../kit/i18n.ts";
import type { Bill } from "./told.ts";

/** The status of an invoice as a chip. */
export const BillChip = ({ status }: { status: string }) => {
  const choice = objectOf("invoices")?.fields.find((field) => field.name === "status")?.choices?.find((one) => one.value === status);
  return <span className="chip" data-tone={choice?.tone ?? "neutral"}><span className="dot" />{say(choice?.label ?? status)}</span>;
}; // prettier-ignore

/** The invoices and credit notes of an order, oldest first. */
export const Bills = ({ items }: { items: readonly Bill[] }) => {
  const { _ } = useLingui();
  if (items.length === 0) return null;
  return (
    <section aria-labelledby="invoices">
      <h2 className="h" id="invoices">{_("Invoices")}</h2>
      <ul className="parcels">
        {items.map((one) => (
          <li key={one.id}>
            <p className="line">
              <Link className="link" to="/invoices/$id" params={{ id: one.id }}>{one.number}</Link>
              <BillChip status={one.status} />
              <span className="quiet small">
                {one.kind === "credit_note" ? one.reason : one.open > 0 ? _("{sum} due {day}", { sum: money(one.open, one.currency), day: date(one.due_at) }) : date(one.issued_at)}
              </span>
            </p>
            <span className="number">{one.kind === "credit_note" && "−"}{money(one.total, one.currency)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}; // prettier-ignore
