import { z } from "zod";
import { commonFields, linkName, type Field, type ObjectDescription } from "./object.ts";

const numeric = new Set(["number", "integer", "money"]);
const typeOf = (f: Field): z.ZodType =>
  numeric.has(f.type) ? z.number() : f.type === "boolean" ? z.boolean() : z.string();
const link = z.object({ id: z.uuid(), title: z.string() }).nullable();

/** The shape of a record in the API document. */
export function outputSchema(object: ObjectDescription): z.ZodObject {
  const shape: Record<string, z.ZodType> = { id: z.uuid(), version: z.int() };
  for (const f of [...object.fields, ...commonFields]) {
    shape[f.name] = f.required || f.name === "created_at" || f.name === "updated_at" ? typeOf(f) : typeOf(f).nullable();
    if (f.type === "relation" || f.type === "user") shape[linkName(object, f.name)] = link.optional();
  }
  if (object.custom) shape.custom = z.record(z.string(), z.unknown());
  return z.object(shape);
}
