import type { Condition } from "#kernel/condition";
import type { Field } from "#records";
import { workspace } from "../../kit/boot.ts";
import { textOfValue } from "../../kit/text.ts";
import { instantOf, wallClock } from "../../kit/form/zoned.ts";
import { pointed, valueIn, type Rec } from "../record.ts";
import { rememberTitle } from "./titles.ts";

const picked = new Set<Field["type"]>(["choice", "country", "currency"]);

/** "The same as in this cell": what a record's field holds as a condition. A time is its whole day on the company's clock. */
export function sameAs(record: Rec, field: Field): Condition {
  const value = valueIn(record, field.name);
  const { name } = field;
  if (value === null || value === undefined || value === "") return { field: name, op: "is_empty" };
  // Lists and addresses are asked for whole only by whether there is one.
  if (typeof value === "object") return { field: name, op: "is_set" };
  if (picked.has(field.type)) return { field: name, op: "in", value: [textOfValue(value)] };
  const to = pointed(record, field);
  if (to) rememberTitle(to.id, to.title);
  if (field.type === "datetime") {
    const zone = workspace().time_zone;
    const day = wallClock(textOfValue(value), zone).slice(0, 10);
    const next = new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
    return { all: [{ field: name, op: "gte", value: instantOf(`${day}T00:00`, zone) }, { field: name, op: "lt", value: instantOf(`${next}T00:00`, zone) }] }; // prettier-ignore
  }
  if (typeof value === "number" || typeof value === "boolean") return { field: name, op: "is", value };
  const figure = field.type === "number" || field.type === "integer" || field.type === "money";
  const text = textOfValue(value);
  return { field: name, op: "is", value: figure ? Number(text) : field.type === "date" ? text.slice(0, 10) : text };
}

const opposite = { in: "not_in", is: "is_not", is_empty: "is_set", is_set: "is_empty" } as const;

/** "Everything but this". */
export const otherThan = (same: Condition): Condition =>
  "field" in same && same.op in opposite ? { ...same, op: opposite[same.op as keyof typeof opposite] } : { not: same };
