import { z } from "zod";
import { isCurrency } from "#kernel/money";
import type { Field, ObjectDescription } from "./object.ts";

// Control characters but tab and line breaks, which no field needs and which break exports; and the zero-width ones that hide text.
// eslint-disable-next-line no-control-regex -- that is the point
const unwanted = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u200b\u2060\ufeff]/g;

/** The text as PostgreSQL can hold it, in jsonb too: without NUL, and with U+FFFD for halves of letters. */
export const storable = (text: string): string => text.replaceAll("\0", "").toWellFormed();

/** The beginning of a text, at most that many UTF-16 units, never with half a letter at its end. */
export function cut(text: string, most: number): string {
  const half = text.length > most && /[\ud800-\udbff]/.test(text.charAt(most - 1));
  return text.slice(0, half ? most - 1 : most);
}

/** Text as it is kept: whole letters in one Unicode form, no invisible characters, no blanks at its ends. */
export const cleanText = (value: string): string => value.toWellFormed().normalize("NFC").replace(unwanted, "").trim();

const line = (max: number) =>
  z
    .string()
    .max(max * 4)
    .transform((v) => cleanText(v).replace(/\s+/g, " "))
    .pipe(z.string().max(max));

const offers = (field: Field, value: string): boolean =>
  field.choices?.some((c) => c.value === value && !c.removed) ?? false;
const offered = (field: Field): string =>
  `One of: ${field.choices
    ?.filter((c) => !c.removed)
    .map((c) => c.value)
    .join(", ")}.`;

/** The parts of an address, in the order they are written. */
export const addressParts = ["line1", "line2", "postal_code", "city", "region", "country"] as const;
const part = line(200).nullable().optional();
// Only the parts that are filled are kept; an address of none is empty.
const address = z
  .strictObject({ line1: part, line2: part, postal_code: part, city: part, region: part, country: part })
  .transform((parts) => {
    const filled = Object.entries(parts).filter(([, v]) => v);
    return filled.length > 0 ? Object.fromEntries(filled) : null;
  });

/** What may be written into a field, by its type; an empty value is the caller's question. */
export function fieldSchema(field: Field): z.ZodType {
  const max = field.max ?? 200;
  switch (field.type) {
    case "long_text":
      return z
        .string()
        .max(100_000)
        .transform(cleanText)
        .pipe(z.string().max(field.max ?? 20_000));
    case "email":
      return line(254)
        .transform((v) => v.toLowerCase())
        .pipe(z.union([z.literal(""), z.email("This is not an e-mail address.")]));
    case "url":
      return line(2000).pipe(
        z.union([z.literal(""), z.url({ protocol: /^https?$/, error: "An address begins with http:// or https://." })]),
      );
    case "number":
      return z.number().min(-1e15).max(1e15);
    case "integer":
      return z.int().min(-2_147_483_648).max(2_147_483_647);
    case "money":
      return z.int("An amount is a whole number of minor units (cents).").min(-1e15).max(1e15);
    case "boolean":
      return z.boolean();
    case "date":
      return z.iso.date("A date is written YYYY-MM-DD.");
    case "datetime":
      return z.iso.datetime({ offset: true, error: "An instant is written 2026-11-22T10:00:00Z." });
    case "choice":
      return z
        .string()
        .max(200)
        .refine((v) => offers(field, v), offered(field));
    case "relation":
    case "user":
    case "file":
      return z.uuid("This is not an id.");
    case "country":
      return line(80);
    case "currency":
      return z.string().trim().toUpperCase().refine(isCurrency, "This is not an ISO 4217 currency.");
    case "choices":
      return z
        .array(
          z
            .string()
            .max(200)
            .refine((v) => offers(field, v), offered(field)),
        )
        .max(100)
        .transform((all) => [...new Set(all)]);
    case "relations":
      return z
        .array(z.uuid("This is not an id.").toLowerCase())
        .max(100)
        .transform((all) => [...new Set(all)]);
    case "address":
      return address;
    case "text":
    case "phone":
      return line(max);
  }
}

const customName = z.string().regex(/^[a-z][a-z0-9_]{0,59}$/, "A custom field is named like contract_type.");
// What shape a value may have at all; its definition is asked when it is written (custom/check.ts).
const customText = z.string().max(100_000).transform(cleanText);
const customValue = z.union([
  customText,
  z.number(),
  z.boolean(),
  z.null(),
  z.array(customText).max(100),
  z.partialRecord(z.enum(addressParts), customText.nullable()),
]);
const custom = z
  .record(customName, customValue)
  .refine((r) => Object.keys(r).length <= 100, "At most 100 custom fields.");
/** Values of fields of the company's own in the input of an act that makes a record; checked by their definitions where it is written. */
export const customInput = custom.optional();
const externalIds = z.record(z.string().regex(/^[a-z0-9_.-]{1,60}$/i), z.string().min(1).max(200));

/** What a person or program may send: own fields that are not computed, custom fields, external ids; nothing else. */
export function valuesSchema(object: ObjectDescription, mode: "create" | "update"): z.ZodObject {
  const shape: Record<string, z.ZodType> = {};
  for (const field of object.fields) {
    if (field.computed) continue;
    const schema = fieldSchema(field);
    const emptyIsNull = z.preprocess((v) => (v === "" ? null : v), schema.nullable());
    const required = z.preprocess(
      (v) => (typeof v === "string" && v.trim() === "" ? null : v),
      schema.nullable().refine((v) => v !== null && v !== "", "This is required."),
    );
    shape[field.name] =
      field.required && mode === "create" ? required : (field.required ? required : emptyIsNull).optional();
  }
  if (object.custom) shape.custom = customInput;
  shape.external_ids = externalIds.optional();
  return z.strictObject(shape);
}
