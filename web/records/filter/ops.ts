import type { FieldOp } from "#kernel/condition";
import type { FieldType } from "#records";

/** What a value editor must offer for a comparison. */
export type Takes = "nothing" | "one" | "two" | "many" | "span";

const text: readonly FieldOp[] = [
  "contains",
  "is",
  "is_not",
  "starts_with",
  "ends_with",
  "not_contains",
  "is_set",
  "is_empty",
];
const figure: readonly FieldOp[] = ["gte", "lte", "is", "between", "is_set", "is_empty"];
const time: readonly FieldOp[] = [
  "within_last",
  "older_than",
  "gte",
  "lt",
  "between",
  "within_next",
  "is_set",
  "is_empty",
];
const pick: readonly FieldOp[] = ["in", "not_in", "is_set", "is_empty"];
const link: readonly FieldOp[] = ["is", "is_not", "is_set", "is_empty"];

const byType: Record<FieldType, readonly FieldOp[]> = {
  text, long_text: text, email: text, phone: text, url: text, number: figure, integer: figure, money: figure, boolean: ["is"],
  date: time, datetime: time, choice: pick, country: pick, currency: pick, relation: link, user: link, choices: pick, relations: link, address: ["is_set", "is_empty"], file: ["is_set", "is_empty"],
}; // prettier-ignore

/** The comparisons that make sense for a type of field, the commonest first. */
export const opsFor = (type: FieldType): readonly FieldOp[] => byType[type];

/** What a comparison needs beside the field. */
export function takes(op: FieldOp): Takes {
  if (op === "is_set" || op === "is_empty") return "nothing";
  if (op === "in" || op === "not_in") return "many";
  if (op === "between") return "two";
  return op === "within_last" || op === "older_than" || op === "within_next" ? "span" : "one";
}

const words: Record<FieldOp, string> = {
  is: "is", is_not: "is not", in: "is", not_in: "is not", contains: "contains", not_contains: "does not contain", starts_with: "starts with",
  ends_with: "ends with", lt: "is below", lte: "is at most", gt: "is above", gte: "is at least", between: "is between", is_empty: "is empty",
  is_set: "is known", within_last: "in the last", older_than: "longer ago than", within_next: "in the next",
}; // prettier-ignore
const timeWords: Partial<Record<FieldOp, string>> = {
  lt: "is before",
  lte: "is until",
  gt: "is after",
  gte: "is from",
};

/** A comparison in plain words, untranslated. */
export const opWords = (op: FieldOp, type?: FieldType): string =>
  ((type === "date" || type === "datetime") && timeWords[op]) || words[op];
