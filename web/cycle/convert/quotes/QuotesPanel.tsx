import { Button } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { Link } from "@tanstack/react-router";
import { useQuery } from "@tanstack/react-query";
import { may, objectOf } from "../../../kit/boot.ts";
import { date, money } from "../../../kit/format.ts";
import { recordsOf } from "../../../records/record.ts";
import type { PanelProps } from "../../../customers/panels.tsx";
import { waits, type Quote } from "./told.ts";

const most = 4;

const Line = ({ quote }: { quote: Quote }) => {
  const { _ } = useLingui();
  const status = objectOf("quotes")?.fields.find((field) => field.name === "status");
  const label = status?.choices?.find((choice) => choice.value === quote.status)?.label ?? quote.status;
  const said = waits(quote) ? _("{status}, until {day}", { status: _(label), day: date(quote.valid_until) }) : _(label);
  return (
    <li>
      <Link className="side-line line" to="/quotes/$id" params={{ id: quote.id }}>
        <span className="fill clip">
          {quote.number} <span className="quiet small">{said}</span>
        </span>
        <span className="quiet small number">{money(quote.total, quote.currency)}</span>
      </Link>
    </li>
  );
};

/** The quotes of a customer: those that wait for an answer first, and the way to a new one. */
export const QuotesPanel = ({ contactId, accountId }: PanelProps) => {
  const { _ } = useLingui();
  const own = { field: contactId ? "contact_id" : "account_id", op: "is", value: contactId ?? accountId };
  const asked = useQuery({
    queryKey: ["quotes", "of", contactId ?? accountId],
    queryFn: ({ signal }) => recordsOf("quotes").list({ filter: own, sort: "-created_at", limit: 30 }, signal),
    enabled: objectOf("quotes") !== undefined && may("quotes.read"),
  });
  if (!asked.data) return null;
  const all = asked.data.items as unknown as Quote[];
  const rank = (quote: Quote): number => (waits(quote) ? 0 : quote.status === "draft" ? 1 : 2);
  const shown = all.toSorted((a, b) => rank(a) - rank(b)).slice(0, most);
  const mayAdd = may("quotes.create");
  if (all.length === 0 && !mayAdd) return null;
  return (
    <section aria-label={_("Quotes")}>
      <h3 className="part-title line">
        <span className="fill">{_("Quotes")}</span>
        {mayAdd && <Button size="compact-xs" variant="subtle" component={Link} to={`/quotes/new?${contactId ? `contact=${contactId}` : `account=${accountId ?? ""}`}`}>{_("New")}</Button>}
      </h3>
      <ul>{shown.map((quote) => <Line key={quote.id} quote={quote} />)}</ul>
    </section>
  ); // prettier-ignore
};
