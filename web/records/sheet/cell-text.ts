import type { Field } from "#records";
import { workspace } from "../../kit/boot.ts";
import { country, locale } from "../../kit/format.ts";
import { countryOptions } from "../../kit/form/countries.ts";
import { readMoney, readNumber, writeMoney, writeNumber } from "../../kit/form/numbers.ts";
import { instantOf, wallClock } from "../../kit/form/zoned.ts";
import { say } from "../../kit/i18n.ts";
import { textOfValue } from "../../kit/text.ts";
import { textOf } from "../cells.tsx";
import { pointed, valueIn, type Rec } from "../record.ts";

/** A text that is no value of its field, and why. */
export interface Unread {
  words: string;
}
/** A text that names a record or a person; who it is must be asked. */
export interface ToFind {
  find: string;
}
export type Read = { value: unknown } | Unread | ToFind;

const currencyOf = (record: Rec, field: Field): string => {
  const named = field.currency_field ? record[field.currency_field] : undefined;
  return typeof named === "string" && named !== "" ? named : workspace().currency;
};

const dayParts = (tag: string): string[] =>
  new Intl.DateTimeFormat(tag, { year: "numeric", month: "2-digit", day: "2-digit", timeZone: "UTC", numberingSystem: "latn" })
    .formatToParts(Date.UTC(2026, 10, 22))
    .map((part) => part.type)
    .filter((type) => type === "year" || type === "month" || type === "day"); // prettier-ignore

/** A day as people of the locale write it in figures: "22.11.2026" in German. */
export const writeDay = (iso: string, tag: string = locale()): string =>
  new Intl.DateTimeFormat(tag, { year: "numeric", month: "2-digit", day: "2-digit", timeZone: "UTC", numberingSystem: "latn" }).format(
    new Date(`${iso.slice(0, 10)}T00:00:00Z`),
  ); // prettier-ignore

/** Reads a day written in ISO or in the locale's order of figures; undefined when it is none. */
export function readDay(text: string, tag: string = locale()): string | undefined {
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(text);
  const figures = iso
    ? iso.slice(1)
    : (/^(\d{1,4})[./\-\s]+(\d{1,2})[./\-\s]+(\d{1,4})\.?$/.exec(text)?.slice(1) ?? []);
  if (figures.length !== 3) return undefined;
  const order = iso || (figures[0]?.length ?? 0) === 4 ? ["year", "month", "day"] : dayParts(tag);
  const of = (part: string): number => Number(figures[order.indexOf(part)]);
  const year = of("year") < 100 ? 2000 + of("year") : of("year");
  const at = new Date(Date.UTC(year, of("month") - 1, of("day")));
  return at.getUTCFullYear() === year && at.getUTCMonth() === of("month") - 1 && at.getUTCDate() === of("day")
    ? at.toISOString().slice(0, 10)
    : undefined;
}

function readTime(text: string): string | undefined {
  if (/^\d{4}-\d\d-\d\dT/.test(text) && !Number.isNaN(Date.parse(text))) return new Date(text).toISOString();
  const found = /^(\S+)[,\s]+(\d{1,2}):(\d{2})(?::\d{2})?$/.exec(text);
  const day = readDay(found?.[1]?.replace(/,$/, "") ?? text);
  return (
    day && instantOf(`${day}T${(found?.[2] ?? "00").padStart(2, "0")}:${found?.[3] ?? "00"}`, workspace().time_zone)
  );
}

/** A cell as it is copied: the raw value as a spreadsheet of this locale reads it. */
export function writeCell(record: Rec, field: Field): string {
  const value = valueIn(record, field.name);
  if (value === null || value === undefined || value === "") return "";
  switch (field.type) {
    case "money":
      return typeof value === "object" ? "" : writeMoney(Number(value), currencyOf(record, field));
    case "number":
    case "integer":
      return writeNumber(Number(value));
    case "date":
      return writeDay(textOfValue(value));
    case "datetime": {
      const wall = wallClock(textOfValue(value), workspace().time_zone);
      return `${writeDay(wall)} ${wall.slice(11)}`;
    }
    case "boolean":
      return value === true ? say("Yes") : say("No");
    case "choice":
      return say(field.choices?.find((choice) => choice.value === value)?.label ?? textOfValue(value));
    case "country":
      return country(textOfValue(value));
    case "relation":
    case "user":
      return pointed(record, field)?.title ?? "";
    case "choices": {
      const labels = (Array.isArray(value) ? value : []).map((one) =>
        say(field.choices?.find((c) => c.value === one)?.label ?? textOfValue(one)),
      );
      return labels.join(", ");
    }
    case "address":
    case "file":
    case "relations":
      return textOf(record, field);
    case "currency":
    case "email":
    case "long_text":
    case "phone":
    case "text":
    case "url":
      return textOfValue(value);
  }
}

const same = (a: string, b: string): boolean => a.trim().toLocaleLowerCase() === b.trim().toLocaleLowerCase();

/** Reads a pasted text as a value of the field. */
export function readCell(text: string, field: Field, record: Rec): Read {
  const bare = text.trim();
  if (bare === "") return field.required ? { words: say("{field} is needed", { field: say(field.label) }) } : { value: null };
  const number = { words: say("This is not a number as it is written here, like {example}", { example: writeNumber(1234.5) }) };
  switch (field.type) {
    case "money": {
      const amount = readMoney(bare.replace(/[\p{Sc}]|[A-Z]{3}/gu, "").trim(), currencyOf(record, field));
      return amount === undefined ? number : { value: amount };
    }
    case "number":
    case "integer": {
      const value = readNumber(bare);
      if (value === undefined) return number;
      return field.type === "integer" && !Number.isInteger(value) ? { words: say("This must be a whole number") } : { value };
    }
    case "date": {
      const day = readDay(bare) ?? readTime(bare)?.slice(0, 10);
      return day ? { value: day } : { words: say("This is not a date as it is written here, like {example}", { example: writeDay("2026-11-22") }) };
    }
    case "datetime": {
      const at = readTime(bare);
      return at ? { value: at } : { words: say("This is not a date as it is written here, like {example}", { example: `${writeDay("2026-11-22")} 14:05` }) };
    }
    case "boolean": {
      if ([say("Yes"), "yes", "true", "1", "x"].some((word) => same(word, bare))) return { value: true };
      if ([say("No"), "no", "false", "0"].some((word) => same(word, bare))) return { value: false };
      return { words: say("This is neither yes nor no") };
    }
    case "choice": {
      const choice = field.choices?.find((c) => same(c.value, bare) || same(say(c.label), bare) || same(c.label, bare));
      return choice ? { value: choice.value } : { words: say("“{text}” is not one of the choices", { text: bare }) };
    }
    case "country": {
      const found = countryOptions().find((c) => same(c.label, bare) || same(c.value, bare));
      return { value: found?.value ?? bare };
    }
    case "choices": {
      const words = bare.split(/[,;]/).map((word) => word.trim()).filter((word) => word !== "");
      const found = words.map((word) => field.choices?.find((c) => same(c.value, word) || same(say(c.label), word) || same(c.label, word))?.value);
      const wrong = words.find((_word, i) => found[i] === undefined);
      return wrong === undefined ? { value: found } : { words: say("“{text}” is not one of the choices", { text: wrong }) };
    }
    case "address":
    case "file":
    case "relations":
      return { words: say("This is edited in its own form, not pasted") };
    case "currency":
      return { value: bare.toUpperCase() };
    case "relation":
    case "user":
      return { find: bare };
    case "email":
    case "long_text":
    case "phone":
    case "text":
    case "url":
      return { value: text };
  }
} // prettier-ignore
