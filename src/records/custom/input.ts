import { z } from "zod";
import { conditionSchema } from "#kernel/condition";
import type { Choice } from "../object.ts";
import { cleanText } from "../values.ts";
import { definable, keyPattern } from "./definition.ts";
import { formulaAtMost } from "./formula/parse.ts";
import { figures } from "./rollup.ts";

/** One line of text, at most that long. */
export const line = (max: number) =>
  z
    .string()
    .max(max * 4)
    .transform((v) => cleanText(v).replaceAll(/\s+/g, " "))
    .pipe(z.string().min(1, "This is required.").max(max));
const tones = ["neutral", "blue", "indigo", "amber", "green", "teal", "violet", "pink", "red", "gray"] as const;
const choice = z.strictObject({
  value: z.string().max(400).transform((v) => cleanText(v)).pipe(z.string().min(1).max(100)).optional(),
  label: line(100),
  tone: z.enum(tones).optional(),
  removed: z.literal(true).optional(),
}); // prettier-ignore

/** What a choice is kept under: what it was first called. */
const choices = z
  .array(choice)
  .min(1, "Offer at least one choice.")
  .max(200)
  .transform((all) =>
    all.map(({ value, label, tone, removed }): Choice => ({
      value: value ?? label,
      label,
      ...(tone ? { tone } : {}),
      ...(removed ? { removed } : {}),
    })),
  )
  .refine((all) => new Set(all.map((c) => c.value)).size === all.length, "Two choices are the same.")
  .refine(
    (all) => new Set(all.map((c) => c.label.toLowerCase())).size === all.length,
    "Two choices are called the same.",
  );

const name = z.string().min(1).max(130);
const rollup = z.strictObject({
  related: z.string().min(1, "Say of which records.").max(120),
  figure: z.enum(figures),
  field: name.optional(),
  by: name.optional(),
  where: conditionSchema.optional(),
  reach: z.enum(["viewer", "company"]).default("viewer"),
});

/** What an administrator may decide about a field and change later. */
export const changeable = z.strictObject({
  label: line(80),
  help: line(300).nullable(),
  required: z.boolean(),
  preset: z.unknown(),
  choices: choices.nullable(),
  fast: z.boolean(),
  unique: z.boolean(),
  position: z.int().min(0).max(10_000),
  formula: z.string().trim().min(1, "This is required.").max(formulaAtMost).nullable(),
  rollup: rollup.nullable(),
});

/** What is said once: which object, under which key, what type, and where a relation points. */
export const definition = changeable
  .partial({
    help: true,
    required: true,
    preset: true,
    choices: true,
    fast: true,
    unique: true,
    position: true,
    formula: true,
    rollup: true,
  })
  .extend({
    object: z.string().max(60),
    key: z.string().regex(keyPattern, "A key is written like contract_type.").optional(),
    type: z.enum(definable),
    to_object: z.string().max(60).nullable().optional(),
  });

export type NewField = z.output<typeof definition>;
type Changeable = z.output<typeof changeable>;
export type FieldChange = { [K in keyof Changeable]?: Changeable[K] | undefined };

/** A key from a label: "Vertrags-Art" gives vertrags_art; scripts without Latin letters give field. */
export function keyFrom(label: string): string {
  const plain = label.normalize("NFKD").toLowerCase().replaceAll(/\p{M}/gu, "").replaceAll(/[^a-z0-9]+/g, "_"); // prettier-ignore
  const key = plain.replace(/^[^a-z]+/, "").slice(0, 40).replace(/_+$/, ""); // prettier-ignore
  return key === "" ? "field" : key;
}
