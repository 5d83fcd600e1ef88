import { DateTime } from "luxon";
import { toMinor } from "#kernel/money";
import type { Tx } from "#platform/context";
import { customKey } from "../../custom/definition.ts";
import type { Objects } from "../../custom/described.ts";
import type { Field, ObjectDescription } from "../../object.ts";
import type { Values } from "../../registry.ts";
import { cut } from "../../values.ts";
import type { ImportValue, ImportValues, Unfit } from "../importer.ts";
import { findColleagues, findNamed, type Found } from "./find.ts";

/** The value of a choice that a cell names by its label or its value; undefined when it names none. */
export const choiceOf = (field: Field, text: string): string | undefined =>
  field.choices?.find((c) => c.value.toLowerCase() === text.toLowerCase() || c.label.toLowerCase() === text.toLowerCase())?.value; // prettier-ignore

/** Several choices stand in one cell, parted by semicolons. */
export const partsOf = (text: string): string[] => text.split(";").map((part) => part.trim()).filter(Boolean); // prettier-ignore

/** What is said of a column that is meant for a field which holds a file. */
export const noFiles = (field: Field): string =>
  `"${field.label}" holds a file, which no cell can bring: add it on the record`;

const unfit = (field: string, code: string, message: string): Unfit => ({ field, code, message });

/** What relations' texts stand for, by field. */
export type Links = ReadonlyMap<string, { found: Found; what: string; many: string }>;

/** Looks up all that the rows' relations name, in a few statements. */
export async function linksOf(
  tx: Tx,
  object: ObjectDescription,
  objects: Objects,
  rows: readonly ImportValues[],
  system: string,
): Promise<Links> {
  const links = new Map<string, { found: Found; what: string; many: string }>();
  for (const f of object.fields) {
    if (f.type !== "relation" && f.type !== "user") continue;
    const texts = [...new Set(rows.flatMap((r) => (typeof r[f.name] === "string" ? [String(r[f.name])] : [])))];
    if (texts.length === 0) continue;
    const to = f.type === "relation" ? objects(f.to!) : null;
    const found = to ? await findNamed(tx, to, texts, system) : await findColleagues(tx, texts);
    links.set(f.name, { found, what: to ? to.label.toLowerCase() : "colleague", many: to ? to.label_plural.toLowerCase() : "colleagues" }); // prettier-ignore
  }
  return links;
}

function linked(links: Links, field: Field, text: string): string | Unfit {
  const link = links.get(field.name);
  const ids = link?.found.get(text.toLowerCase()) ?? [];
  const said = cut(text, 80);
  if (ids.length === 1) return ids[0]!;
  if (ids.length === 0) return unfit(field.name, "related-unknown", `there is no ${link?.what} '${said}'`);
  return unfit(field.name, "related-several", `there are ${ids.length} ${link?.many} '${said}': say its e-mail, number or id`); // prettier-ignore
}

function valueOf(field: Field, v: ImportValue, about: { currency: string; zone: string; links: Links }): unknown {
  switch (field.type) {
    case "relation":
    case "user":
      return linked(about.links, field, String(v));
    case "number":
    case "integer":
      return Number(v);
    case "money":
      try {
        return toMinor(String(v), about.currency);
      } catch (error) {
        if (error instanceof RangeError) return unfit(field.name, "amount-too-large", "the amount is too large");
        throw error;
      }
    case "date":
      return DateTime.fromMillis(Number(v), { zone: about.zone }).toISODate();
    case "datetime":
      return new Date(Number(v)).toISOString();
    case "choice":
      return choiceOf(field, String(v)) ?? v;
    case "file":
      return unfit(field.name, "file", noFiles(field));
    case "choices":
      return partsOf(String(v)).map((part) => choiceOf(field, part) ?? part);
    case "address":
    case "boolean":
    case "country":
    case "currency":
    case "email":
    case "long_text":
    case "phone":
    case "relations":
    case "text":
    case "url":
      return v;
  }
}

const isUnfit = (v: unknown): v is Unfit => typeof v === "object" && v !== null && "code" in v && "message" in v;

/** A row's values as a record's; `emptied` are the mapped fields whose empty cells empty them. */
export function recordValues(
  object: ObjectDescription,
  row: ImportValues,
  about: { currency: string; zone: string; links: Links },
  emptied: readonly string[],
): Values | Unfit {
  const values: Values = {};
  const custom: Values = {};
  for (const f of object.fields) {
    const given = row[f.name];
    const empty = given === undefined || given === null;
    if (f.computed || (empty && !emptied.includes(f.name))) continue;
    const own = f.currency_field ? row[f.currency_field] : undefined;
    const currency = typeof own === "string" ? own : about.currency;
    const value = empty ? null : valueOf(f, given, { ...about, currency });
    if (isUnfit(value)) return value;
    const key = customKey(f.name);
    if (key === undefined) values[f.name] = value;
    else custom[key] = value;
  }
  // Keys that nobody has defined, as programs and files always could bring them.
  for (const [name, value] of Object.entries(row))
    if (name.startsWith("custom.") && value !== null && !object.fields.some((f) => f.name === name)) custom[name.slice(7)] = value; // prettier-ignore
  return Object.keys(custom).length > 0 ? { ...values, custom } : values;
}
