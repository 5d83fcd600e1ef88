import { useLingui } from "@lingui/react";
import { Link } from "@tanstack/react-router";
import { useQuery } from "@tanstack/react-query";
import type { invoicesApi } from "#deliver/invoices";
import type { shipmentsApi } from "#deliver/shipments";
import { may } from "../../kit/boot.ts";
import { client, offers } from "../../kit/client.ts";
import { date, money } from "../../kit/format.ts";
import { shortDay } from "../../customers/days.ts";
import type { PanelProps } from "../../customers/panels.tsx";

/** What is on its way to a customer, and what they still owe. */
export const OrdersPanel = ({ contactId, accountId }: PanelProps) => {
  const { _ } = useLingui();
  const who = contactId ? { contact_id: contactId } : { account_id: accountId };
  const id = contactId ?? accountId ?? "";
  const sent = useQuery({
    queryKey: ["shipments", "underway", id],
    queryFn: () => client<typeof shipmentsApi>("shipments").underway(who),
    enabled: offers("shipments.underway") && may("shipments.read"),
  });
  const bills = useQuery({
    queryKey: ["invoices", "open", id],
    queryFn: () => client<typeof invoicesApi>("invoices").open(who),
    enabled: offers("invoices.open") && may("invoices.read"),
  });
  const parcels = sent.data?.items ?? [];
  const open = bills.data?.items ?? [];
  if (parcels.length + open.length === 0) return null;
  return (
    <section aria-label={_("Orders")}>
      <h3 className="part-title">{_("Orders")}</h3>
      <ul>
        {parcels.map((one) => (
          <li key={one.id}>
            <Link className="side-line line" to="/orders/$id" params={{ id: one.order_id }}>
              <span className="fill clip">{_("Order {number} is on its way", { number: one.order_number })}</span>
              <span className="quiet small number">{one.promised_at ? _("for {day}", { day: date(one.promised_at) }) : shortDay(String(one.shipped_at))}</span>
            </Link>
          </li>
        ))}
        {open.map((one) => (
          <li key={one.id}>
            <Link className="side-line line" to="/invoices/$id" params={{ id: one.id }}>
              <span className="fill clip">{one.status === "overdue" ? _("{number} overdue", { number: one.number }) : _("{number} open", { number: one.number })}</span>
              <span className="quiet small number">{money(one.open, one.currency)}</span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}; // prettier-ignore
