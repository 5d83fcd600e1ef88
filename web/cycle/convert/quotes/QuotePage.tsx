import { useLingui } from "@lingui/react";
import { Link, useParams } from "@tanstack/react-router";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { may, objectOf, workspace } from "../../../kit/boot.ts";
import { money } from "../../../kit/format.ts";
import { useLive } from "../../../kit/live.ts";
import { Page } from "../../../kit/Page.tsx";
import { Changes } from "../../../records/history/Changes.tsx";
import { cellOf } from "../../../records/cells.tsx";
import { FactList } from "../../../records/FactList.tsx";
import { OwnFacts } from "../../../records/OwnFacts.tsx";
import { recordsOf } from "../../../records/record.ts";
import { Ask } from "../../../settings/Ask.tsx";
import { QuoteActs } from "./QuoteActs.tsx";
import { QuoteLines } from "./QuoteLines.tsx";
import { Evidence, Versions } from "./Versions.tsx";
import { quotes, type Quote } from "./told.ts";
import { Chain } from "../../../timeline/Chain.tsx";
import "../../../customers/customers.css";
import "../../deliver/deliver.css";
import "./quotes.css";

const facts = ["contact_id", "account_id", "opportunity_id", "owner_id", "valid_until", "currency", "rate", "sent_at", "viewed_at", "accepted_at", "declined_at", "decline_reason", "withdrawn_at", "withdraw_reason", "expired_at", "created_at"]; // prettier-ignore

const ItsOrder = ({ quote }: { quote: Quote }) => {
  const { _ } = useLingui();
  const filter = { field: "quote_id", op: "is", value: quote.id };
  const asked = useQuery({ queryKey: ["orders", "of quote", quote.id], queryFn: ({ signal }) => recordsOf("orders").list({ filter, limit: 1 }, signal), enabled: quote.status === "accepted" && may("orders.read") }); // prettier-ignore
  const order = asked.data?.items[0];
  if (!order) return null;
  return (
    <p className="note" data-tone="green">
      {_("Accepted, and ordered:")}{" "}
      <Link className="link" to="/orders/$id" params={{ id: order.id }}>
        {_("Order {number}", { number: String(order["number"]) })}
      </Link>
    </p>
  );
};

const Body = ({ quote }: { quote: Quote }) => {
  const { _ } = useLingui();
  const cache = useQueryClient();
  const object = objectOf("quotes");
  useLive("fact", (fact) => {
    if (/^(?:quote|order)\./.test(fact.name) && (fact.contact_id ?? fact.account_id) === (quote.contact_id ?? quote.account_id)) void cache.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] === "quotes" || queryKey[1] === "of quote" }); // prettier-ignore
  });
  if (!object) return null;
  const shown = quote.currency === workspace().currency ? facts.filter((name) => name !== "rate") : facts;
  return (
    <div className="order">
      <div className="order-side">
        <p className="quote-figure number">{money(quote.total, quote.currency)}</p>
        <FactList object={object} record={quote} only={shown} />
        <OwnFacts object={object} record={quote} />
      </div>
      <div className="order-main">
        {quote.deleted_at && <p className="note" data-tone="amber">{_("This quote is in the trash.")}</p>}
        <ItsOrder quote={quote} />
        {quote.intro && <p className="quote-terms">{quote.intro}</p>}
        <QuoteLines quote={quote} />
        {quote.terms && <section aria-labelledby="terms"><h2 className="h" id="terms">{_("Terms")}</h2><p className="quote-terms">{quote.terms}</p></section>}
        <section aria-labelledby="versions">
          <h2 className="h" id="versions">{_("What they were shown")}</h2>
          <Versions quote={quote} />
        </section>
        <Evidence quote={quote} />
        <section aria-labelledby="changes">
          <h2 className="h" id="changes">{_("Changes")}</h2>
          <Changes plural="quotes" object={object} record={quote} />
        </section>
      </div>
    </div>
  ); // prettier-ignore
};

/** One quote: its lines and sums, what the customer was shown, their answer as evidence, and its order. */
export const QuotePage = () => {
  const { _ } = useLingui();
  const { id = "" } = useParams({ strict: false }) as { id?: string };
  const asked = useQuery({ queryKey: ["quotes", id], queryFn: ({ signal }) => quotes.get(id, signal) });
  const quote = asked.data;
  const status = objectOf("quotes")?.fields.find((field) => field.name === "status");
  const title = quote ? _("Quote {number}", { number: quote.number }) : _("Quote");
  const note = quote && status ? <span className="line">{cellOf(quote, status)} <bdi>{quote.subject}</bdi></span> : <Link to="/quotes" className="link">{_("Quotes")}</Link>; // prettier-ignore
  return (
    <Page title={title} note={note} actions={quote && <QuoteActs quote={quote} />}>
      {quote && <Chain noun="quote" id={quote.id} of={quote} />}
      <Ask asked={asked}>{(found) => <Body quote={found} />}</Ask>
    </Page>
  );
};
