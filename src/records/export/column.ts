import { toMajor } from "#kernel/money";
import { invalid } from "#kernel/refusal";
import type { Workspace } from "#platform/context";
import { customKey } from "../custom/definition.ts";
import type { Objects } from "../custom/described.ts";
import { customScalar } from "../condition/custom.ts";
import { idAt, type Query } from "../condition/words.ts";
import { commonFields, fieldOf, type Field, type ObjectDescription } from "../object.ts";
import { addressParts } from "../values.ts";
import { visible } from "./neutral.ts";

/*
 * Words we use
 *   column   one column of the file: its header, what it asks of PostgreSQL, and how its texts become cells
 *   raw      what PostgreSQL wrote of one row: every value as text under c0, c1 ...
 *   cell     what stands in the file: text, a number exact in text, a day, a local time, yes or no; null when empty
 */
export type CellKind = "text" | "number" | "money" | "date" | "datetime" | "boolean";
export type Raw = Readonly<Record<string, string | null>>;

export interface ExportColumn {
  readonly name: string;
  readonly label: string;
  readonly kind: CellKind;
  readonly cell: (row: Raw) => string | null;
}

export interface Asked {
  readonly columns: readonly ExportColumn[];
  /** What is selected of the rows `t`, and the tables that give relations their titles. */
  readonly select: string;
  readonly joins: string;
}

const kinds: Partial<Record<Field["type"], CellKind>> = {
  number: "number", integer: "number", money: "money", date: "date", datetime: "datetime", boolean: "boolean",
}; // prettier-ignore
const customName = /^custom\.[a-z][a-z0-9_]{0,59}$/;

/** The tags of a record, which lie beside it. */
const tagsField: Field = { name: "tags", label: "Tags", type: "text" };
const isTagged = (object: ObjectDescription): boolean => object.related?.some((one) => one.name === "tags") ?? false;

/** The id of a record, for changes that come back. */
const idField: Field = { name: "id", label: "Rondo id", type: "text" };

const known = (object: ObjectDescription, name: string): Field | undefined =>
  name === "id"
    ? idField
    : (fieldOf(object, name) ??
      (name === "tags" && isTagged(object) ? tagsField : undefined) ??
      (object.custom && customName.test(name) && !object.retired?.includes(name.slice(7))
        ? { name, label: name.slice(7), type: "text" }
        : undefined));

/** The fields of those names, all own and common ones when none are named; amounts take their currency along. */
function fieldsOf(object: ObjectDescription, names: readonly string[] | undefined): Field[] {
  const chosen = names ?? [...object.fields, ...commonFields].map((f) => f.name);
  const fields: Field[] = [];
  const take = (name: string): void => {
    const field = known(object, name);
    if (!field) throw invalid("fields", `${object.label_plural} have no field "${name}".`);
    if (!fields.some((f) => f.name === name)) fields.push(field);
  };
  for (const name of chosen) {
    take(name);
    const currency = known(object, name)?.currency_field;
    if (currency) take(currency);
  }
  return fields;
}

/** What a file of these fields asks of PostgreSQL; `query` takes values and knows who asks. */
export function askFor(
  object: ObjectDescription,
  objects: Objects,
  names: readonly string[] | undefined,
  workspace: Pick<Workspace, "currency" | "time_zone">,
  query: Query,
): Asked {
  const fields = fieldsOf(object, names);
  const joins: string[] = [];
  const at = new Map(fields.map((f, i) => [f.name, `c${i}`]));
  let zone: string | undefined;
  const valueOf = (field: Field, i: number): string => {
    const key = customKey(field.name);
    if (field === tagsField)
      return `(select string_agg(n.name, '; ' order by lower(n.name collate "und-x-icu") collate "C", n.id) from tagged g join tags n on n.id = g.tag_id and n.deleted_at is null where g.record_id = t.id and g.object = '${object.name}' and g.deleted_at is null)`;
    if (field.type === "user" || (field.type === "relation" && field.to)) {
      const to = field.type === "user" ? null : objects(field.to!);
      const id = idAt("t", field.name);
      joins.push(`left join ${to ? `"${to.table}"` : "rondo.users"} j${i} on j${i}.id = ${id}`);
      return `j${i}."${to ? to.title : "name"}"`;
    }
    if (field.type === "relations" && field.to && key !== undefined) {
      const to = objects(field.to);
      return `(select string_agg(r."${to.title}", '; ' order by e.n) from jsonb_array_elements_text(case when jsonb_typeof(t.custom -> '${key}') = 'array' then t.custom -> '${key}' else '[]' end) with ordinality e(id, n) join "${to.table}" r on r.id::text = e.id)`;
    }
    if (field.type === "file") return `(select r.name from files r where r.id = ${idAt("t", field.name)} and r.record_id = t.id and r.deleted_at is null)`; // prettier-ignore
    if (field.worked && field.type !== "datetime") return `(${customScalar("t", field, query)})`;
    if (field.type !== "datetime") return key === undefined ? `t."${field.name}"` : `t.custom->>'${key}'`;
    // What lies under a key was not always what it is now: anything else than an instant is left out.
    const instant = field.worked ? `(${customScalar("t", field, query)})::timestamptz` : key === undefined ? `t."${field.name}"` : `case when t.custom->>'${key}' ~ '^\\d{4}-\\d\\d-\\d\\dT' then (t.custom->>'${key}')::timestamptz end`; // prettier-ignore
    return `(${instant} at time zone ${(zone ??= `${query.param(workspace.time_zone)}::text`)})`;
  };
  const select = fields.map((f, i) => `${valueOf(f, i)}::text as c${i}`).join(", ");
  const columns = fields.map((f, i) => columnOf(f, `c${i}`, at.get(f.currency_field ?? ""), workspace.currency));
  return { columns, select, joins: joins.join(" ") };
}

// What lies under a key was not always what it is now.
const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
};

function columnOf(field: Field, key: string, currencyKey: string | undefined, usual: string): ExportColumn {
  const kind = kinds[field.type] ?? "text";
  const about = { name: field.name, label: field.label, kind };
  if (kind === "money") {
    const major = (raw: string, currency: string): string => toMajor(Number(raw), currency);
    return { ...about, cell: (row) => (row[key] == null ? null : major(row[key], (currencyKey && row[currencyKey]) || usual)) }; // prettier-ignore
  }
  // "2026-11-22 10:00:00.123": no spreadsheet shows less than a second.
  if (kind === "datetime") return { ...about, cell: (row) => row[key]?.slice(0, 19) ?? null };
  if (field.type === "choice" && field.choices) {
    const labels = new Map(field.choices.map((c) => [c.value, c.label]));
    return { ...about, cell: (row) => (row[key] == null ? null : (labels.get(row[key]) ?? visible(row[key]))) };
  }
  if (field.type === "choices" || field.type === "address") {
    const labels = new Map(field.choices?.map((c) => [c.value, c.label]));
    const words = (value: unknown): string => {
      if (Array.isArray(value)) return value.map((v) => labels.get(String(v)) ?? String(v)).join("; ");
      return typeof value === "object" && value !== null
        ? addressParts.flatMap((part) => (value as Record<string, string>)[part] ?? []).join(", ")
        : String(value);
    };
    return { ...about, cell: (row) => (row[key] == null ? null : visible(words(parsed(row[key])))) };
  }
  if (kind !== "text") return { ...about, cell: (row) => row[key] ?? null };
  return { ...about, cell: (row) => (row[key] == null ? null : visible(row[key])) };
}
