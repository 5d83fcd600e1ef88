import { isId } from "../id.ts";
import type { FieldLeaf, FieldOp, Scalar } from "./condition.ts";
import { isDay, momentOf } from "./field.ts";

/** The types of fields as object descriptions name them; "any" is a value whose type is only known when it is met: a payload's, an undescribed custom one. */
export type ConditionFieldType =
  | "text" | "long_text" | "email" | "phone" | "url" | "number" | "integer" | "money" | "boolean"
  | "date" | "datetime" | "choice" | "relation" | "user" | "country" | "currency" | "choices" | "relations" | "address" | "file" | "any"; // prettier-ignore

/** How values of a type compare; "many" is a list, of which one entry is enough, "whole" is only there or not. */
export type Kind = "text" | "code" | "id" | "number" | "boolean" | "day" | "instant" | "many" | "whole" | "any";

const kinds: Record<ConditionFieldType, Kind> = {
  text: "text", long_text: "text", email: "text", phone: "text", url: "text", number: "number", integer: "number", money: "number", boolean: "boolean",
  date: "day", datetime: "instant", choice: "code", relation: "id", user: "id", country: "code", currency: "code", choices: "many", relations: "many", address: "whole", file: "whole", any: "any",
}; // prettier-ignore

/** How values of that type compare. */
export const kindOf = (type: ConditionFieldType): Kind => kinds[type];

const equality: FieldOp[] = ["is", "is_not", "in", "not_in", "is_empty", "is_set"];
const texts: FieldOp[] = [...equality, "contains", "not_contains", "starts_with", "ends_with"];
const orders: FieldOp[] = [...equality, "lt", "lte", "gt", "gte", "between"];
const times: FieldOp[] = [...orders, "within_last", "older_than", "within_next"];
const opsOfKind: Record<Kind, ReadonlySet<FieldOp>> = {
  text: new Set(texts), code: new Set(texts), id: new Set(equality), number: new Set(orders), boolean: new Set(equality), day: new Set(times), instant: new Set(times),
  many: new Set(equality), whole: new Set<FieldOp>(["is_empty", "is_set"]),
  any: new Set([...texts, ...times]),
}; // prettier-ignore

const wanted: Record<Kind, string> = {
  text: "a text", code: "a text", id: "an id", number: "a number", boolean: "true or false", day: "a day such as 2026-01-31", instant: "a day or an instant such as 2026-01-31T12:00:00Z", many: "a choice or an id", whole: "nothing", any: "a value",
}; // prettier-ignore

// PostgreSQL keeps neither a zero byte nor half a surrogate pair, so neither can be asked for.
const storable = (text: string): boolean => text !== "" && text.isWellFormed() && !text.includes("\u0000");

function scalarFits(kind: Kind, value: Scalar): boolean {
  if (typeof value === "number") return Number.isFinite(value) && (kind === "number" || kind === "any");
  if (typeof value === "boolean") return kind === "boolean" || kind === "any";
  if (kind === "text" || kind === "code" || kind === "many" || kind === "any") return storable(value);
  if (kind === "id") return isId(value);
  if (kind === "day") return isDay(value);
  return kind === "instant" && momentOf(value) !== null;
}

const ordered = new Set<FieldOp>(["lt", "lte", "gt", "gte", "between"]);
const textual = new Set<FieldOp>(["contains", "not_contains", "starts_with", "ends_with"]);
const spans = new Set<FieldOp>(["within_last", "older_than", "within_next"]);

/** What is wrong with a field leaf about a field of that type, in words; undefined when nothing is. */
export function leafProblem(leaf: FieldLeaf, type: ConditionFieldType): string | undefined {
  const kind = kindOf(type);
  const { op, value } = leaf;
  if (!opsOfKind[kind].has(op)) return `A ${type} field cannot be asked "${op}".`;
  if (op === "is_empty" || op === "is_set") return value === undefined ? undefined : `"${op}" takes no value.`;
  const isSpan = typeof value === "object" && !Array.isArray(value);
  if (spans.has(op)) return isSpan ? undefined : `"${op}" takes a span of time, such as 30 days.`;
  if (value === undefined || isSpan) return `"${op}" takes ${wanted[kind]}.`;
  const isList = op === "in" || op === "not_in" || op === "between";
  if (isList !== Array.isArray(value)) return isList ? `"${op}" takes a list.` : `"${op}" takes one value, not a list.`;
  const values = Array.isArray(value) ? value : [value];
  if (op === "between" && values.length !== 2) return `"between" takes two values.`;
  if (values.length === 0) return `"${op}" takes at least one value.`;
  if (!values.every((v) => scalarFits(kind, v))) return `"${op}" takes ${wanted[kind]}.`;
  if (textual.has(op) && typeof value !== "string") return `"${op}" takes a text.`;
  if (!ordered.has(op)) return undefined;
  const numbers = values.every((v) => typeof v === "number");
  if (!numbers && !values.every((v) => momentOf(v) !== null)) return `"${op}" takes numbers or times.`;
  const [low, high] = values.map((v) => (typeof v === "number" ? v : momentOf(v)!.from));
  return op === "between" && low! > high! ? `The first value of "between" is after the second.` : undefined;
}
