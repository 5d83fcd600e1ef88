import { useLingui } from "@lingui/react";
import { Link, useParams, useSearch } from "@tanstack/react-router";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { may, objectOf, workspace } from "../../kit/boot.ts";
import { useLive } from "../../kit/live.ts";
import { Page } from "../../kit/Page.tsx";
import { Timeline } from "../../kit/timeline/Timeline.tsx";
import { FactList } from "../../records/FactList.tsx";
import { OwnFacts } from "../../records/OwnFacts.tsx";
import { cellOf } from "../../records/cells.tsx";
import { Ask } from "../../settings/Ask.tsx";
import { Acts, actNamed } from "./Acts.tsx";
import { Bills } from "./Bills.tsx";
import { happened } from "./happened.ts";
import { Lines } from "./Lines.tsx";
import { Parcels } from "./Parcels.tsx";
import { Sums } from "./Sums.tsx";
import { orders, type Order } from "./told.ts";
import { OnOrder } from "../grow/offers/OnOrder.tsx";
import { Chain } from "../../timeline/Chain.tsx";
import "./deliver.css";

const facts = ["contact_id", "account_id", "quote_id", "placed_at", "promised_at", "delivered_at", "country", "currency", "rate", "source", "cancelled_at", "cancel_reason", "created_at"]; // prettier-ignore

const Statuses = ({ order }: { order: Order }) => {
  const object = objectOf("orders");
  const shown = [
    "status",
    ...(order.fulfilment_status === "not_needed" ? [] : ["fulfilment_status"]),
    "payment_status",
    ...(order.return_status === "none" ? [] : ["return_status"]),
  ];
  return (
    <span className="line">
      {shown.map((name) => {
        const field = object?.fields.find((one) => one.name === name);
        return field && <span key={name}>{cellOf(order, field)}</span>;
      })}
    </span>
  );
};

const useStory = (order: Order) => {
  const may_ = may("payments.read");
  const payments = useQuery({ queryKey: ["orders", order.id, "payments"], queryFn: ({ signal }) => orders.payments(order.id, signal), enabled: may_ });
  const returns = useQuery({ queryKey: ["orders", order.id, "returns"], queryFn: ({ signal }) => orders.returns(order.id, signal) });
  const history = useQuery({ queryKey: ["orders", order.id, "history"], queryFn: ({ signal }) => orders.history(order.id, signal) });
  const sent = useQuery({ queryKey: ["orders", order.id, "shipments"], queryFn: ({ signal }) => orders.shipments(order.id, signal), enabled: may("shipments.read") });
  const bills = useQuery({ queryKey: ["orders", order.id, "invoices"], queryFn: ({ signal }) => orders.invoices(order.id, signal), enabled: may("invoices.read") });
  const cancelled = useQuery({ queryKey: ["orders", order.id, "cancelled-lines"], queryFn: ({ signal }) => orders.cancellations(order.id, signal), enabled: order.lines.some((line) => line.cancelled_quantity !== "0") });
  const more = { shipments: sent.data?.items ?? [], bills: bills.data?.items ?? [], cancellations: cancelled.data?.items ?? [] };
  return {
    ...more,
    busy: sent.isLoading || bills.isLoading || payments.isLoading || returns.isLoading || history.isLoading,
    items: happened(order, payments.data?.items ?? [], returns.data?.items ?? [], history.data?.items ?? [], more),
  };
}; // prettier-ignore

const Body = ({ order }: { order: Order }) => {
  const { _ } = useLingui();
  const cache = useQueryClient();
  const object = objectOf("orders");
  const { items, busy, shipments, bills } = useStory(order);
  // Money and returns reach the timeline as facts of the customer; the order is read again with them.
  useLive("fact", (fact) => {
    if (
      /^(?:order|payment|shipment|invoice)\./.test(fact.name) &&
      (fact.contact_id ?? fact.account_id) === (order.contact_id ?? order.account_id)
    )
      void cache.invalidateQueries({ queryKey: ["orders", order.id] });
  });
  if (!object) return null;
  return (
    <div className="order">
      <div className="order-side">
        <Sums order={order} />
        <OnOrder order={order} />
        <FactList object={object} record={order} only={order.currency === workspace().currency ? facts.filter((name) => name !== "rate") : facts} />
        <OwnFacts object={object} record={order} />
      </div>
      <div className="order-main">
        <Lines order={order} />
        <Parcels items={shipments} />
        <Bills items={bills} />
        <section aria-labelledby="story">
          <h2 className="h" id="story">{_("What happened")}</h2>
          <Timeline items={items} busy={busy} empty={_("Nothing yet.")} />
        </section>
      </div>
    </div>
  ); // prettier-ignore
};

/** One order: its lines with their ledger, shipments, invoices, money, returns, what happened, and what can be done with it. */
export const OrderPage = () => {
  const { _ } = useLingui();
  const { id = "" } = useParams({ strict: false }) as { id?: string };
  const { act } = useSearch({ strict: false }) as { act?: string };
  const asked = useQuery({ queryKey: ["orders", id], queryFn: ({ signal }) => orders.get(id, signal) });
  const order = asked.data;
  const note = order ? (
    <Statuses order={order} />
  ) : (
    <Link to="/orders" className="link">
      {_("Orders")}
    </Link>
  );
  return (
    <Page title={order ? _("Order {number}", { number: order.number }) : _("Order")} note={note} actions={order && <Acts order={order} first={actNamed(act)} />}>
      {order && <Chain noun="order" id={order.id} of={order} />}
      <Ask asked={asked}>{(found) => <Body order={found} />}</Ask>
    </Page>
  ); // prettier-ignore
};
