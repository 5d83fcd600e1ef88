import { z } from "zod";
import { dayPattern } from "#kernel/condition";
import { invalid } from "#kernel/refusal";
import type { Ctx } from "#platform/context";
import type { Field, ObjectDescription } from "../object.ts";
import type { Values } from "../registry.ts";
import { fieldSchema } from "../values.ts";

/** Longest text under a key that nobody has defined. */
const undefinedTextMost = 2000;

const emptied = (v: unknown): unknown => (v === "" || (Array.isArray(v) && v.length === 0) ? null : v);

// Days and instants are compared and indexed as text, so each has one form.
const day = z.string().regex(new RegExp(dayPattern), "A date is written YYYY-MM-DD, in the years 1000 to 2999.");
const instant = z.iso
  .datetime({ offset: true, error: "An instant is written 2026-11-22T10:00:00Z." })
  .transform((v) => new Date(v).toISOString())
  .refine((v) => /^[12]\d{3}-/.test(v), "The years go from 1000 to 2999.");

/** What may be written into a custom field; `before` is what the record holds: a choice that is no longer offered may stay. */
export function customSchema(field: Field, before: unknown): z.ZodType {
  if (field.type === "date") return day;
  if (field.type === "datetime") return instant;
  if (field.type === "relation" || field.type === "user" || field.type === "file")
    return z.uuid("This is not an id.").toLowerCase();
  if (!field.choices || before === undefined || before === null) return fieldSchema(field);
  const held: unknown[] = Array.isArray(before) ? before : [before];
  const choices = field.choices.map(({ removed, ...c }) =>
    removed && !held.includes(c.value) ? { ...c, removed } : c,
  );
  return fieldSchema({ ...field, choices });
}

function schemaFor(object: ObjectDescription, key: string, value: unknown, before: unknown): z.ZodType {
  const field = object.fields.find((f) => f.name === `custom.${key}`);
  if (field?.computed) throw invalid(`custom.${key}`, `Rondo works out “${field.label}”; it cannot be set.`);
  if (field) {
    const schema = customSchema(field, before).nullable();
    return z.preprocess(emptied, field.required ? schema.refine((v) => v !== null, "This is required.") : schema);
  }
  if (object.retired?.includes(key))
    throw invalid(`custom.${key}`, "This field is retired; an administrator can restore it.", "custom-field.retired");
  if (typeof value === "string" && value.length > undefinedTextMost)
    throw invalid(`custom.${key}`, `At most ${undefinedTextMost} characters.`);
  if (typeof value === "object" && value !== null)
    throw invalid(`custom.${key}`, "A field that nobody has defined holds a text, a number, true or false.");
  return z.unknown();
}

/**
 * Custom values as they are kept: each checked by its definition. Keys that nobody has defined pass as plain scalars, as they
 * always did: programs and files may bring what an administrator describes later.
 * @throws a ZodError or Refused that names the field as `custom.<key>`.
 */
export function checkedCustom(object: ObjectDescription, given: Values, before: Values = {}): Values {
  const shape = Object.fromEntries(
    Object.entries(given).map(([key, value]) => [key, schemaFor(object, key, value, before[key])]),
  );
  return z.object({ custom: z.object(shape) }).parse({ custom: given }).custom;
}

const customFields = (object: ObjectDescription): Field[] => object.fields.filter((f) => f.name.startsWith("custom."));

/** What a new record gets: what is said, then the presets of what is not. */
export function newCustom(object: ObjectDescription, given: Values): Values {
  const presets = customFields(object).flatMap((f) => (f.preset === undefined ? [] : [[f.name.slice(7), f.preset]]));
  const all = { ...(Object.fromEntries(presets) as Values), ...checkedCustom(object, given) };
  return Object.fromEntries(Object.entries(all).filter(([, v]) => v !== null && v !== ""));
}

/** The object as a table of values can fill it: no file comes in a cell, so what must hold one is not asked of a row. */
export const withoutFiles = (object: ObjectDescription): ObjectDescription => ({
  ...object,
  fields: object.fields.map((f) => (f.type === "file" ? { ...f, required: false } : f)),
});

/**
 * Refuses a new record, made by a person or program, without what an administrator requires. Rondo's own records are not held up by
 * it; nor is a program by a file, which only a person can send before the record is there.
 */
export function checkRequired({ actor }: Pick<Ctx, "actor">, object: ObjectDescription, values: Values): void {
  const asked = actor.kind === "user" ? object : withoutFiles(object);
  const given = newCustom(asked, (values.custom ?? {}) as Values);
  const missing = customFields(asked).filter((f) => f.required && given[f.name.slice(7)] === undefined);
  if (missing.length === 0) return;
  throw new z.ZodError(
    missing.map((f) => ({ code: "custom", path: f.name.split("."), message: "This is required.", input: undefined })),
  );
}
