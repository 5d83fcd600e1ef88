import { useEffect, useState } from "react";
import { useLingui } from "@lingui/react";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { may, objectOf } from "../../../kit/boot.ts";
import { keepDraft, readDraft } from "../../../kit/form/draft.ts";
import { Page } from "../../../kit/Page.tsx";
import { done } from "../../../kit/undo.ts";
import { recordsOf, titleOf, type Rec } from "../../../records/record.ts";
import { request } from "../../../kit/client.ts";
import { useTaxRates } from "./LinesGrid.tsx";
import { freshLine, type LineDraft } from "./draft.ts";
import { QuoteForm, type QuoteDraft } from "./QuoteForm.tsx";
import { newQuoteSearch, type NewQuoteSearch } from "./search.ts";
import { quotes } from "./told.ts";

const place = "quote.new";

interface Deal extends Rec {
  name: string;
  currency: string;
  lines?: readonly { product_id: string | null; product: { title: string } | null; description: string; quantity: string; unit_price: string }[];
} // prettier-ignore

const useGiven = ({ contact, account, opportunity }: NewQuoteSearch) => {
  const titleIn = (plural: string, record: Rec | undefined): string => {
    const object = objectOf(plural);
    return object && record ? titleOf(object, record) : "";
  };
  return useQuery({
    queryKey: ["quotes", "given", contact, account, opportunity],
    queryFn: async (): Promise<Pick<QuoteDraft, "values" | "titles"> & { deal?: Deal }> => {
      const deal = opportunity ? await request<Deal>("GET /opportunities/{id}", { id: opportunity }) : undefined;
      const contact_id = contact ?? (deal?.["contact_id"] as string | null | undefined) ?? undefined;
      const account_id = account ?? (deal?.["account_id"] as string | null | undefined) ?? undefined;
      const [person, company] = await Promise.all([
        contact_id ? recordsOf("contacts").get(contact_id) : undefined,
        account_id ? recordsOf("accounts").get(account_id) : undefined,
      ]);
      return {
        values: { ...(contact_id ? { contact_id } : {}), ...(account_id ? { account_id } : {}), ...(deal ? { opportunity_id: deal.id, subject: deal.name, currency: deal.currency, ...(deal["rate"] ? { rate: Number(deal["rate"]) } : {}) } : {}) },
        titles: { contact_id: titleIn("contacts", person), account_id: titleIn("accounts", company) },
        ...(deal ? { deal } : {}),
      };
    },
    staleTime: Number.POSITIVE_INFINITY,
  }); // prettier-ignore
};

/** The draft as it is being written, kept over a reload. */
const Writing = ({
  start,
  onSave,
  onDiscard,
}: {
  start: QuoteDraft;
  onSave: (values: Record<string, unknown>) => Promise<void>;
  onDiscard: () => void;
}) => {
  const { _ } = useLingui();
  const [draft, setDraft] = useState(start);
  useEffect(() => keepDraft(place, { ...draft }), [draft]);
  return <QuoteForm draft={draft} onDraft={(change) => setDraft((before) => ({ ...before, ...change }))} verb={_("Save as draft")} onSave={onSave} onDiscard={onDiscard} />; // prettier-ignore
};

/** A new quote: for whom, what, at which price; the sums run along, and a draft survives a reload. */
export const NewQuotePage = () => {
  const { _ } = useLingui();
  const search = newQuoteSearch(useSearch({ strict: false }) as Record<string, unknown>);
  const given = useGiven(search);
  const { rates, known } = useTaxRates();
  const navigate = useNavigate();
  const cache = useQueryClient();
  const [kept] = useState(() => readDraft(place) as QuoteDraft | undefined);
  const forSomebody = Object.keys(search).length > 0;
  if (!may("quotes.create")) return <Page title={_("New quote")} padded><p className="empty">{_("Your role does not write quotes.")}</p></Page>; // prettier-ignore
  if (!given.data || !known) return <Page title={_("New quote")} padded><p className="unseen" role="status">{_("On its way")}</p></Page>; // prettier-ignore
  const usual = rates[0]?.percent ?? "0";
  const ofDeal = (given.data.deal?.lines ?? []).map((line): LineDraft => ({ ...freshLine(usual), product_id: line.product_id, title: line.product?.title ?? "", description: line.description, quantity: line.quantity, price: line.unit_price })); // prettier-ignore
  const again = kept && !forSomebody ? kept : undefined;
  // Keys of lines are counted anew in this page.
  const lines = again ? again.lines.map((line) => ({ ...line, key: freshLine(usual).key })) : ofDeal;
  const start: QuoteDraft = { values: again?.values ?? given.data.values, titles: again?.titles ?? given.data.titles, discount: again?.discount ?? "", lines: lines.length > 0 ? lines : [freshLine(usual)] }; // prettier-ignore
  const save = async (values: Record<string, unknown>): Promise<void> => {
    const filled = Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null && value !== "" && value !== undefined)); // prettier-ignore
    const quote = await quotes.create(filled);
    keepDraft(place, undefined);
    await cache.invalidateQueries({ queryKey: ["quotes"] });
    if (may("quotes.delete")) done(_("Quote {number} written", { number: quote.number }), () => recordsOf("quotes").trash(quote.id)); // prettier-ignore
    await navigate({ to: "/quotes/$id", params: { id: quote.id } });
  };
  const discard = (): void => {
    keepDraft(place, undefined);
    void navigate({ to: "/quotes" });
  };
  return (
    <Page title={_("New quote")} padded>
      <Writing start={start} onSave={save} onDiscard={discard} />
    </Page>
  );
};
