import { useState } from "react";
import { useLingui } from "@lingui/react";
import { useNavigate, useParams } from "@tanstack/react-router";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import type { Field } from "#records";
import { objectOf } from "../../../kit/boot.ts";
import { keepDraft } from "../../../kit/form/draft.ts";
import { ownNames } from "../../../kit/form/OwnFields.tsx";
import { useSetting } from "../../../kit/form/useSetting.tsx";
import { Page } from "../../../kit/Page.tsx";
import { done } from "../../../kit/undo.ts";
import { asSent, valueIn } from "../../../records/record.ts";
import { Ask } from "../../../settings/Ask.tsx";
import { discountOf, discountText, draftOf, freshLine, linesOf, type LineDraft } from "./draft.ts";
import { QuoteForm, type QuoteDraft } from "./QuoteForm.tsx";
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
type Written = Pick<Quote, "contact_id" | "account_id" | "subject" | "valid_until" | "currency" | "intro" | "terms"> &
  Pick<QuoteDraft, "lines" | "discount" | "titles"> & { owner_id: unknown; rate: number | null; version: number };

/** The fields of one's own, by name. */
const own = (): string[] => ownNames(objectOf("quotes"));
/** The quote with the values of those beside its others. */
const flat = (quote: Quote): Record<string, unknown> => ({
  ...quote,
  ...Object.fromEntries(own().map((name) => [name, valueIn(quote, name) ?? null])),
});
const valuesOf = (quote: Readonly<Record<string, unknown>>): Record<string, unknown> => ({
  ...Object.fromEntries(fields.map((name) => [name, quote[name] ?? null])),
  ...(quote["rate"] == null ? {} : { rate: Number(quote["rate"]) }),
  ...Object.fromEntries(own().map((name) => [name, quote[name] ?? null])),
});
const titleIn = (quote: Quote, name: string): string =>
  (quote[name] as { title?: string } | null | undefined)?.title ?? "";

/** The quote as its form holds it; a line's key is its place, so that the same lines are the same. */
const writtenOf = (quote: Quote): Written => {
  const lines = draftOf(quote).map((line, i) => ({ ...line, key: -1 - i }));
  return {
    ...(valuesOf(flat(quote)) as Omit<Written, "rate">),
    rate: quote["rate"] == null ? null : Number(quote["rate"]),
    titles: { contact_id: titleIn(quote, "contact"), account_id: titleIn(quote, "account"), owner_id: titleIn(quote, "owner") },
    lines: lines.length > 0 ? lines : [freshLine("0")], discount: discountText(quote.discount_percent, quote.discount_amount, quote.currency), version: quote.version ?? 0,
  };
}; // prettier-ignore
/** As the server takes it. */
const givenOf = (written: Written): Record<string, unknown> => {
  const { discount_percent: percent, discount_amount = null } = discountOf(written.discount, written.currency) ?? {};
  return { ...asSent(valuesOf(written)), discount_percent: percent === undefined ? null : Number(percent), discount_amount, lines: linesOf(written.lines, written.currency, "").lines }; // prettier-ignore
};
const lineWords = (lines: readonly LineDraft[]): string => lines.map((line) => `${line.quantity} × ${line.title || line.description}${line.price ? `, ${line.price}` : ""}${line.discount ? ` −${line.discount}` : ""}`).join("; "); // prettier-ignore

const Editing = ({ quote }: { quote: Quote }) => {
  const { _ } = useLingui();
  const navigate = useNavigate();
  const cache = useQueryClient();
  const [names, setNames] = useState<Readonly<Record<string, string>>>({});
  const back = () => navigate({ to: "/quotes/$id", params: { id: quote.id } });
  const again = () => cache.invalidateQueries({ queryKey: ["quotes"] });
  const object = objectOf("quotes");
  const field = (name: string): Field | undefined => object?.fields.find((one) => one.name === name);
  const { values: draft, set, dirty, conflict, save } = useSetting(writtenOf(quote), {
    draft: `quote.${quote.id}`,
    parts: [
      ...(["contact_id", "account_id", "owner_id"] as const).map((name) => ({ name, label: _(field(name)?.label ?? name), say: (id: string | null) => (id ? (names[id] ?? "") : "") })),
      ...(["subject", "valid_until", "currency", "rate"] as const).map((name) => ({ name, label: _(field(name)?.label ?? name) })),
      { name: "intro", label: _("Words before the lines") },
      { name: "lines", label: _("What is offered"), say: lineWords },
      { name: "discount", label: _("Discount on the whole") },
      { name: "terms", label: _("Terms") },
      ...own().map((name) => ({ name: name as "subject", label: _(field(name)?.label ?? name) })),
    ],
    read: async () => {
      const now = writtenOf(await quotes.get(quote.id));
      setNames({ ...namesIn(draft), ...namesIn(now) });
      return now;
    },
  });
  const write = (values: Record<string, unknown>) => async (_changed: unknown, onto: Written): Promise<number> => {
    const saved = await quotes.change(quote.id, onto.version, values);
    await again();
    const before = givenOf(onto);
    done(_("Quote {number} changed", { number: quote.number }), () => quotes.change(quote.id, saved.version, before).then(again));
    return saved.version ?? 0;
  };
  const onSave = async (values: Record<string, unknown>): Promise<void> => {
    if (dirty && (await save(write(values))) === "held") return;
    keepDraft(`quote.${quote.id}`, undefined);
    await back();
  };
  const discard = (): void => {
    keepDraft(`quote.${quote.id}`, undefined);
    void back();
  };
  return (
    <>
      {quote.status !== "draft" && (
        <p className="note" data-tone="amber">
          {_("Saving begins version {n}: the link the customer has stops accepting until you send it.", { n: quote.revision + 1 })}
        </p>
      )}
      <QuoteForm
        draft={{ values: valuesOf(draft), titles: draft.titles, lines: draft.lines, discount: draft.discount }}
        onDraft={({ values, ...rest }) => set({ ...(values as Partial<Written>), ...rest })}
        quote={quote}
        verb={_("Save")}
        conflict={conflict}
        onSave={onSave}
        onDiscard={discard}
      />
    </>
  );
}; // prettier-ignore

/** What the people and companies of a quote are called, by their ids. */
const namesIn = ({ titles, ...ids }: Written): Record<string, string> =>
  Object.fromEntries((["contact_id", "account_id", "owner_id"] as const).flatMap((name) => (typeof ids[name] === "string" ? [[ids[name], titles[name] ?? ""]] : []))); // prettier-ignore

/** A quote being changed. */
export const EditQuotePage = () => {
  const { _ } = useLingui();
  const { id = "" } = useParams({ strict: false }) as { id?: string };
  const asked = useQuery({ queryKey: ["quotes", id], queryFn: ({ signal }) => quotes.get(id, signal) });
  const title = asked.data ? _("Change quote {number}", { number: asked.data.number }) : _("Quote");
  return (
    <Page title={title} padded>
      <Ask asked={asked}>{(quote) => <Editing key={quote.id} quote={quote} />}</Ask>
    </Page>
  );
};
