import { lazy, Suspense, type ReactNode } from "react";
import type { Choice, Field, Tone } from "#records";
import { objectOf, workspace, type DescribedObject } from "../kit/boot.ts";
import { count, country, date, instant, money } from "../kit/format.ts";
import { textOfValue } from "../kit/text.ts";
import { say } from "../kit/i18n.ts";
import { pathOf } from "../shell/places.ts";
import { contentOf } from "./beside/files/told.ts";
import { pointed, pointedMany, titleOf, valueIn, type Rec } from "./record.ts";

const figures = new Set(["number", "integer", "money"]);
const widths: Partial<Record<Field["type"], number>> = {
  email: 220,
  phone: 140,
  number: 96,
  integer: 90,
  money: 120,
  boolean: 96,
  date: 116,
  datetime: 160,
  choice: 130,
  choices: 200,
  address: 260,
  country: 130,
  currency: 90,
  long_text: 260,
  url: 180,
};

/** Whether a field's values stand at the end of their column. */
export const isFigure = (field: Field): boolean => figures.has(field.type);

/** The width a field's column starts with, px. */
export const widthOf = (field: Field): number => widths[field.type] ?? 170;

const currencyOf = (record: Rec, field: Field): string => {
  const named = field.currency_field ? record[field.currency_field] : undefined;
  return typeof named === "string" && named !== "" ? named : workspace().currency;
};

// What was pasted and is no number is shown as it was pasted.
const figure = (value: unknown, say: (n: number) => string): string => Number.isNaN(Number(value)) ? textOfValue(value) : say(Number(value)); // prettier-ignore

const moneyText = (record: Rec, field: Field, value: unknown): string =>
  typeof value === "object" && value !== null && "amount" in value && "currency" in value
    ? money(Number(value.amount), String(value.currency))
    : figure(value, (minor) => money(minor, currencyOf(record, field)));

const lines = ["line1", "line2", "postal_code", "city", "region", "country"];
const addressText = (value: unknown): string =>
  lines.flatMap((line) => textOfValue((value as Record<string, unknown>)[line]) || []).join(", ");

/** The choices that a list of values names; one that was never described stands for itself. */
const choicesIn = (field: Field, value: unknown): readonly Choice[] =>
  (Array.isArray(value) ? value.map(textOfValue) : []).map(
    (one) => field.choices?.find((choice) => choice.value === one) ?? { value: one, label: one },
  );

const Chip = ({ tone = "neutral", children }: { tone?: Tone | undefined; children: ReactNode }) => (
  <span className="chip" data-tone={tone}><span className="dot" />{children}</span>
); // prettier-ignore

/** A value in words, for cells, titles and read-only places; "" when it is empty. */
export function textOf(record: Rec, field: Field): string {
  const value = valueIn(record, field.name);
  if (value === null || value === undefined || value === "") return "";
  switch (field.type) {
    case "money":
      return moneyText(record, field, value);
    case "number":
    case "integer":
      return figure(value, count);
    case "date":
      return date(textOfValue(value));
    case "datetime":
      return instant(textOfValue(value));
    case "boolean":
      return value === true ? say("Yes") : say("No");
    case "choice":
      return say(field.choices?.find((choice) => choice.value === value)?.label ?? textOfValue(value));
    case "choices":
      return choicesIn(field, value).map((choice) => say(choice.label)).join(", "); // prettier-ignore
    case "relations":
      return pointedMany(record, field).map((one) => one.title).join(", "); // prettier-ignore
    case "address":
      return addressText(value);
    case "country":
      return country(textOfValue(value));
    case "relation":
    case "user":
    case "file":
      return pointed(record, field)?.title ?? "";
    case "currency":
    case "email":
    case "long_text":
    case "phone":
    case "text":
    case "url":
      return textOfValue(value);
  }
}

const hasPage = (object: DescribedObject | undefined): boolean => object !== undefined && object.page !== false;
const safeUrl = (text: string): string | undefined => (/^https?:\/\//i.test(text) ? text : undefined);

/** A field's value as it is drawn in a cell or a list of facts; plain elements only, a table draws hundreds of them a frame. */
export function cellOf(record: Rec, field: Field): ReactNode {
  const words = textOf(record, field);
  if (words === "") return null;
  if (field.type === "choice") {
    const tone = field.choices?.find((choice) => choice.value === valueIn(record, field.name))?.tone;
    return <Chip tone={tone}>{words}</Chip>;
  }
  if (field.type === "choices")
    return choicesIn(field, valueIn(record, field.name)).map((choice) => <Chip key={choice.value} tone={choice.tone}>{say(choice.label)}</Chip>); // prettier-ignore
  const to = field.type === "relation" ? pointed(record, field) : undefined;
  if (to && field.to && hasPage(objectOf(field.to))) return <a href={pathOf(field.to, to.id)} tabIndex={-1} className="link"><bdi>{words}</bdi></a>; // prettier-ignore
  const file = field.type === "file" ? pointed(record, field) : undefined;
  if (file) return <a href={contentOf(file.id, true)} target="_blank" rel="noreferrer" tabIndex={-1} className="link"><bdi>{words}</bdi></a>; // prettier-ignore
  if (field.type === "url") {
    const href = safeUrl(words);
    return href ? <a href={href} target="_blank" rel="noreferrer noopener" tabIndex={-1} className="link"><bdi>{words.replace(/^https?:\/\//i, "")}</bdi></a> : <bdi>{words}</bdi>; // prettier-ignore
  }
  return <bdi title={words.length > 24 ? words : undefined}>{words}</bdi>;
}

const TagsCell = lazy(() => import("./beside/tags/TagsCell.tsx"));

/** The tags of a record as a cell; fetched when the column is shown. */
export const tagsCell = (object: DescribedObject, record: Rec): ReactNode => (
  <Suspense fallback={null}>
    <TagsCell object={object.name} id={record.id} />
  </Suspense>
);

// By grapheme, so that "Ö" written as two code points, or a flag, stays whole.
const graphemes = new Intl.Segmenter();
const firstSign = (word: string): string => graphemes.segment(word).containing(0)?.segment ?? "";
const initials = (name: string): string => name.split(/\s+/).slice(0, 2).map((part) => firstSign(part)).join("").toLocaleUpperCase(); // prettier-ignore

/** The first column: what the record is called, leading to its page. */
export function titleCell(object: DescribedObject, record: Rec): ReactNode {
  const title = titleOf(object, record);
  return (
    <>
      {object.facts_by && <span className="mark" aria-hidden>{initials(title)}</span>}
      {hasPage(object) ? <a href={pathOf(object.name, record.id)} tabIndex={-1} className="title"><bdi>{title}</bdi></a> : <bdi className="title">{title}</bdi>}
    </>
  ); // prettier-ignore
}
