import { Button } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { Link } from "@tanstack/react-router";
import { useQuery } from "@tanstack/react-query";
import { may, objectOf } from "../../../kit/boot.ts";
import { money } from "../../../kit/format.ts";
import { recordsOf } from "../../../records/record.ts";
import { textOfValue } from "../../../kit/text.ts";
import { textOf } from "../../../records/cells.tsx";

/** The quotes made for the deal, and the way to the next one. */
export const DealQuotes = ({ id, open }: { id: string; open: boolean }) => {
  const { _ } = useLingui();
  const object = objectOf("quotes");
  const asked = useQuery({
    queryKey: ["quotes", "deal", id],
    queryFn: ({ signal }) => recordsOf("quotes").list({ filter: { field: "opportunity_id", op: "is", value: id }, sort: "-created_at", limit: 20 }, signal),
    enabled: object !== undefined && may("quotes.read"),
  }); // prettier-ignore
  const status = object?.fields.find((field) => field.name === "status");
  const mayAdd = open && may("quotes.create");
  if (!asked.data || (asked.data.items.length === 0 && !mayAdd)) return null;
  return (
    <section aria-labelledby="deal-quotes">
      <h2 className="part-title line" id="deal-quotes">
        <span className="fill">{_("Quotes")}</span>
        {mayAdd && <Button size="xs" variant="default" renderRoot={(props) => <Link {...props} to="/quotes/new" search={{ opportunity: id }} />}>{_("New quote")}</Button>}
      </h2>
      {asked.data.items.length === 0 && <p className="quiet">{_("None yet.")}</p>}
      <ul>
        {asked.data.items.map((quote) => (
          <li key={quote.id}>
            <Link className="side-line line" to="/quotes/$id" params={{ id: quote.id }}>
              <span className="fill clip">{textOfValue(quote["number"])} <span className="quiet small">{status ? textOf(quote, status) : ""}</span></span>
              <span className="quiet small number">{money(Number(quote["total"]), textOfValue(quote["currency"]))}</span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  ); // prettier-ignore
};
