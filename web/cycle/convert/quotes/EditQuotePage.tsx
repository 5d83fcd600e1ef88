import { useLingui } from "@lingui/react";
import { useNavigate, useParams } from "@tanstack/react-router";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { objectOf } from "../../../kit/boot.ts";
import { ownNames } from "../../../kit/form/OwnFields.tsx";
import { Page } from "../../../kit/Page.tsx";
import { done } from "../../../kit/undo.ts";
import { asSent, valueIn } from "../../../records/record.ts";
import { Ask } from "../../../settings/Ask.tsx";
import { discountText, draftOf, freshLine } from "./draft.ts";
import { QuoteForm } from "./QuoteForm.tsx";
import { quotes, type Quote } from "./told.ts";

const fields = [
  "contact_id",
  "account_id",
  "owner_id",
  "subject",
  "valid_until",
  "currency",
  "intro",
  "terms",
] as const;
const valuesOf = (quote: Quote): Record<string, unknown> => ({
  ...Object.fromEntries(fields.map((name) => [name, quote[name] ?? null])),
  ...(quote["rate"] == null ? {} : { rate: Number(quote["rate"]) }),
  ...Object.fromEntries(ownNames(objectOf("quotes")).map((name) => [name, valueIn(quote, name) ?? null])),
});
const linesGiven = (quote: Quote) => quote.lines.map(({ product_id, description, quantity, unit_price, discount_percent, discount_amount, tax_rate }) => ({ product_id, description, quantity, unit_price, discount_percent, discount_amount, tax_rate })); // prettier-ignore

const Editing = ({ quote }: { quote: Quote }) => {
  const { _ } = useLingui();
  const navigate = useNavigate();
  const cache = useQueryClient();
  const back = () => navigate({ to: "/quotes/$id", params: { id: quote.id } });
  const lines = draftOf(quote);
  const start = {
    values: valuesOf(quote), titles: { contact_id: quote.contact?.title ?? "", account_id: quote.account?.title ?? "" },
    lines: lines.length > 0 ? lines : [freshLine("0")], discount: discountText(quote.discount_percent, quote.discount_amount, quote.currency),
  }; // prettier-ignore
  const again = () => cache.invalidateQueries({ queryKey: ["quotes"] });
  const save = async (values: Record<string, unknown>): Promise<void> => {
    const saved = await quotes.change(quote.id, quote.version, values);
    await again();
    const before = { ...asSent(valuesOf(quote)), discount_percent: quote.discount_percent, discount_amount: quote.discount_amount, lines: linesGiven(quote) }; // prettier-ignore
    done(_("Quote {number} changed", { number: quote.number }), () => quotes.change(quote.id, saved.version, before).then(again)); // prettier-ignore
    await back();
  };
  return (
    <>
      {quote.status !== "draft" && (
        <p className="note" data-tone="amber">
          {_("Saving begins version {n}: the link the customer has stops accepting until you send it.", { n: quote.revision + 1 })}
        </p>
      )}
      <QuoteForm start={start} quote={quote} verb={_("Save")} onSave={save} onDiscard={() => void back()} />
    </>
  ); // prettier-ignore
};

/** A quote being changed. */
export const EditQuotePage = () => {
  const { _ } = useLingui();
  const { id = "" } = useParams({ strict: false }) as { id?: string };
  const asked = useQuery({ queryKey: ["quotes", id], queryFn: ({ signal }) => quotes.get(id, signal) });
  const title = asked.data ? _("Change quote {number}", { number: asked.data.number }) : _("Quote");
  return (
    <Page title={title} padded>
      <Ask asked={asked}>{(quote) => <Editing key={quote.version ?? 0} quote={quote} />}</Ask>
    </Page>
  );
};
