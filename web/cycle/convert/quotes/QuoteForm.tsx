import { useEffect, useState, type FormEvent, type ReactNode } from "react";
import { Button, Textarea, TextInput } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { objectOf, workspace } from "../../../kit/boot.ts";
import { FieldInput } from "../../../kit/form/FieldInput.tsx";
import { Nesting } from "../../../kit/form/Nesting.tsx";
import { OwnFields, ownNames } from "../../../kit/form/OwnFields.tsx";
import { isProblem, sentenceOf, type FieldError } from "../../../kit/problem.ts";
import { asSent, type Rec } from "../../../records/record.ts";
import { discountOf, linesOf, refusalsOf, type LineDraft, type Refusal } from "./draft.ts";
import { LinesGrid } from "./LinesGrid.tsx";
import { Sums } from "./QuoteLines.tsx";
import { quotes } from "./told.ts";
import "../../deliver/deliver.css";
import "./quotes.css";

export interface QuoteDraft {
  values: Record<string, unknown>;
  titles: Record<string, string>;
  lines: readonly LineDraft[];
  /** On the whole: "5%" or an amount. */
  discount: string;
}
export interface QuoteFormProps {
  draft: QuoteDraft;
  /** The quote that is changed. */
  quote?: Rec;
  onDraft: (change: Partial<QuoteDraft>) => void;
  verb: string;
  /** What is to be decided before it can be saved. */
  conflict?: ReactNode;
  onSave: (given: Record<string, unknown>) => Promise<unknown>;
  onDiscard: () => void;
}

const heads = ["contact_id", "account_id", "subject", "valid_until", "owner_id", "currency", "rate"];

const useFigures = (draft: QuoteDraft, currency: string) => {
  const told = linesOf(draft.lines, currency, "");
  const whole = discountOf(draft.discount, currency) ?? {};
  const asked = {
    currency, lines: told.refused.length > 0 ? [] : told.lines,
    ...(whole.discount_percent === undefined ? {} : { discount_percent: Number(whole.discount_percent) }),
    ...(whole.discount_amount === undefined ? {} : { discount_amount: whole.discount_amount }),
  }; // prettier-ignore
  const key = JSON.stringify(asked);
  // What has words and no price yet is being typed: the sums stay as they were, and nobody asks what the server must refuse.
  const halfway = asked.lines.some((line) => !line.product_id && line.unit_price === undefined);
  const [still, setStill] = useState(halfway ? JSON.stringify({ ...asked, lines: [] }) : key);
  // Asked when typing rests for 150 ms.
  useEffect(() => {
    if (halfway) return;
    const timer = setTimeout(() => setStill(key), 150);
    return () => clearTimeout(timer);
  }, [key, halfway]);
  return useQuery({ queryKey: ["quotes", "figures", still], queryFn: ({ signal }) => quotes.figures(JSON.parse(still) as object, signal), placeholderData: keepPreviousData, retry: false }).data; // prettier-ignore
};

/** A quote as it is written: for whom, which lines, discounts and terms; the sums run along as the server reckons them. */
export const QuoteForm = ({ draft, quote, onDraft, verb, conflict, onSave, onDiscard }: QuoteFormProps) => {
  const { _ } = useLingui();
  const [busy, setBusy] = useState(false);
  const [errors, setErrors] = useState<readonly FieldError[]>([]);
  const [refused, setRefused] = useState<readonly Refusal[]>([]);
  const [failed, setFailed] = useState("");
  const object = objectOf("quotes");
  const currency = typeof draft.values["currency"] === "string" ? draft.values["currency"] : workspace().currency;
  const figures = useFigures(draft, currency);
  if (!object) return null;
  const fields = heads.flatMap((name) => object.fields.filter((field) => field.name === name && (name !== "rate" || currency !== workspace().currency))); // prettier-ignore
  const set = (name: string, value: unknown, title?: string): void =>
    onDraft({
      values: { ...draft.values, [name]: value },
      ...(title ? { titles: { ...draft.titles, [name]: title } } : {}),
    });
  const errorOf = (...names: string[]): string | undefined => errors.find((error) => names.includes(error.field))?.message; // prettier-ignore
  const textOf = (name: string): string => (typeof draft.values[name] === "string" ? draft.values[name] : "");
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (busy) return;
    const told = linesOf(draft.lines, currency, _("This is not a number."));
    const whole = discountOf(draft.discount, currency);
    setRefused(told.refused);
    setErrors(whole ? [] : [{ field: "discount_amount", message: _("Write 5% or an amount.") }]);
    setFailed("");
    if (!whole || told.refused.length > 0) return;
    setBusy(true);
    try {
      const percent = whole.discount_percent;
      await onSave({ ...asSent(draft.values), discount_percent: percent === undefined ? null : Number(percent), discount_amount: whole.discount_amount ?? null, lines: told.lines }); // prettier-ignore
    } catch (thrown) {
      const all = isProblem(thrown) ? thrown.errors : [];
      const atLines = refusalsOf(all, told.keys);
      const known = [...heads, "discount_percent", "discount_amount", "intro", "terms", ...ownNames(object)];
      setErrors(all);
      setRefused(atLines);
      setFailed(atLines.length > 0 || all.some((error) => known.includes(error.field)) ? "" : sentenceOf(thrown));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Nesting><form className="new-order" onSubmit={(event) => void submit(event)} noValidate>
      <div role="alert">{failed && <p className="note" data-tone="red">{failed}</p>}</div>
      {conflict}
      <div className="new-order-head">
        {fields.map((field, i) => (
          <FieldInput
            key={field.name}
            field={field}
            autoFocus={i === 0}
            value={draft.values[field.name] ?? (field.name === "currency" ? currency : null)}
            title={draft.titles[field.name]}
            error={errorOf(field.name)}
            onChange={(value, title) => set(field.name, value, title)}
          />
        ))}
        <OwnFields object={object} record={quote} values={draft.values} errors={Object.fromEntries(errors.map((error) => [error.field, error.message]))} onChange={set} />
      </div>
      <Textarea label={_("Words before the lines")} autosize minRows={2} maxLength={4000} value={textOf("intro")} error={errorOf("intro")} onChange={(event) => set("intro", event.currentTarget.value)} />
      <section aria-labelledby="lines">
        <h2 className="h" id="lines">{_("What is offered")}</h2>
        <LinesGrid lines={draft.lines} currency={currency} refused={refused} figures={figures} onLines={(lines) => onDraft({ lines })} />
      </section>
      <div className="quote-sums stack">
        <TextInput label={_("Discount on the whole")} description={_("5% or an amount; shared out over the lines.")} value={draft.discount} error={errorOf("discount_percent", "discount_amount")} onChange={(event) => onDraft({ discount: event.currentTarget.value })} />
        <div aria-live="polite">{figures && <Sums currency={currency} {...figures} />}</div>
      </div>
      <Textarea label={_("Terms")} description={_("The company's usual ones when left empty on a new quote.")} autosize minRows={3} maxLength={10_000} value={textOf("terms")} error={errorOf("terms")} onChange={(event) => set("terms", event.currentTarget.value)} />
      <div className="line">
        <Button type="submit" loading={busy}>{verb}</Button>
        <Button variant="default" onClick={onDiscard}>{_("Discard")}</Button>
      </div>
    </form></Nesting>
  ); // prettier-ignore
};
