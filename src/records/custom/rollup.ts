import type { Condition } from "#kernel/condition";
import { invalid, type Refused } from "#kernel/refusal";
import { customScalar } from "../condition/custom.ts";
import { nodeTest, pointsTo } from "../condition/sql.ts";
import { column, quoted, type Query } from "../condition/words.ts";
import { checkFilter, refuseWorkedOut } from "../filter.ts";
import { fieldOf, type Field, type FieldType, type ObjectDescription } from "../object.ts";
import { customKey } from "./definition.ts";
import type { Objects } from "./described.ts";

/*
 * Words we use
 *   rollup   a figure over the records that point to this one: how many, their sum, the least, the greatest, what the latest has
 *   reach    whose records it counts: those that whoever looks may see, or all of the company's, which an administrator says on purpose
 */
export const figures = ["count", "sum", "min", "max", "latest"] as const;
export type Figure = (typeof figures)[number];
export interface Rollup {
  /** The relation by its name in the description: orders, custom_vehicles_by_driver ... */
  related: string;
  figure: Figure;
  /** The field there; none for a count. */
  field?: string | undefined;
  /** Of "latest": the time that says which is; when it was made unless said. */
  by?: string | undefined;
  where?: Condition | undefined;
  reach: "viewer" | "company";
}

interface Asked {
  object: ObjectDescription;
  /** All objects with their fields that hold values. */
  objects: Objects;
  /** A field of that object, worked-out ones too. */
  field: (object: string, name: string) => Field | undefined;
  isWorked: (object: string, name: string) => boolean;
}

const deepest = 2;
const numbers: readonly FieldType[] = ["number", "integer", "money"];
const fitting: Record<Exclude<Figure, "count">, readonly FieldType[]> = {
  sum: numbers,
  min: [...numbers, "date", "datetime"],
  max: [...numbers, "date", "datetime"],
  latest: [...numbers, "date", "datetime", "boolean", "text", "email", "phone", "url", "choice", "country", "currency"],
};
/** Whether the figure can be made of the field. */
const fits = (figure: Figure, { type, currency_field }: Pick<Field, "type" | "currency_field">): boolean =>
  figure === "count" || (fitting[figure].includes(type) && !currency_field);

const unfit = (message: string): Refused => invalid("rollup", message, "custom-field.rollup");

/** A field's value as a custom field of its type is kept and compared. */
function scalarOf(there: ObjectDescription, field: Field, alias: string, query: Query): string {
  if (customKey(field.name) !== undefined) return `(${customScalar(alias, field, query)})`;
  const at = column({ object: there, alias }, field.name);
  if (numbers.includes(field.type)) return `${at}::numeric`;
  if (field.type === "date") return `formula_day_text(${at})`;
  if (field.type === "datetime") return `to_char(${at} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
  return field.type === "boolean" ? at : `nullif(${at}, '')`;
}

const timeOf = (there: ObjectDescription, name: string, alias: string): string =>
  customKey(name) === undefined
    ? column({ object: there, alias }, name)
    : `(${customScalar(alias, { name, label: "", type: "date" })})`;

function sourceOf(rollup: Rollup, there: ObjectDescription, asked: Asked): Field | undefined {
  if (rollup.figure === "count") return undefined;
  const name = rollup.field ?? "";
  const field = asked.field(there.name, name) ?? fieldOf(there, name);
  if (!field) throw unfit(`${there.label_plural} have no field “${name}”.`);
  if (field.currency_field && numbers.includes(field.type))
    throw unfit(`“${field.label}” is in each ${there.label.toLowerCase()}'s own currency; choose an amount in the company's currency.`); // prettier-ignore
  if (!fits(rollup.figure, field)) throw unfit(`“${field.label}” cannot be rolled up like that.`);
  return field;
}

function checkTime(there: ObjectDescription, name: string): void {
  const field = fieldOf(there, name);
  if (!field || field.worked || (field.type !== "date" && field.type !== "datetime"))
    throw unfit(`“${name}” is no time of ${there.label_plural.toLowerCase()} that says which is the latest.`);
}

/** The rollup's type, and its SQL as that of any field. @throws Refused at "rollup" when it makes no sense. */
export function rollUp(
  rollup: Rollup,
  asked: Asked,
): Pick<Field, "type" | "choices" | "worked"> & { type: Field["type"] } {
  const { object, objects } = asked;
  const relation = object.related.find((r) => r.name === rollup.related);
  if (!relation) throw unfit(`Nothing called “${rollup.related}” points to ${object.label_plural.toLowerCase()}.`);
  const there = objects(relation.object);
  const source = sourceOf(rollup, there, asked);
  const deep = 1 + (source?.worked?.deep ?? 0);
  if (deep > deepest) throw unfit("A rollup over rollups over rollups would read too much.");
  const time = rollup.by ?? "created_at";
  if (rollup.figure === "latest") checkTime(there, time);
  const { where } = rollup;
  if (where) {
    checkFilter(where, there, objects);
    refuseWorkedOut(where, there, objects, (at, name) => asked.isWorked(at.name, name));
  }

  const sql = (alias: string, asking: Query): string => {
    // The condition speaks of fields that the viewer's role may not know; the administrator chose it.
    const query = { ...asking, objects };
    const row = `${alias}_${query.alias()}`;
    const tests = [`${pointsTo(row, relation.by, alias)}`, `${row}.deleted_at is null`];
    if (rollup.reach === "viewer") tests.push(query.seen(there, row));
    if (where) tests.push(nodeTest({ object: there, alias: row }, where, query));
    const from = `from ${quoted(there.table)} ${row} where ${tests.filter((t) => t !== "true").join(" and ")}`;
    if (!source) return `(select count(*)::numeric ${from})`;
    const value = scalarOf(there, source, row, query);
    const text = source.type === "date" || source.type === "datetime" ? ' collate "C"' : "";
    if (rollup.figure !== "latest") return `(select ${rollup.figure}(${value}${text}) ${from})${text}`;
    return `(select ${value} ${from} order by ${timeOf(there, time, row)} desc nulls last, ${row}.id desc limit 1)${text}`;
  };
  return {
    type: !source || source.type === "integer" ? "number" : source.type,
    ...(source?.choices ? { choices: source.choices } : {}),
    worked: { sql, moving: true, parts: 20, deep },
  };
}
