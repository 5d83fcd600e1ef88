import type { Field } from "#records";
import type { DescribedObject } from "../kit/boot.ts";
import { request } from "../kit/client.ts";

/** A record as the server gives it: its fields, and beside each relation the title of what it points to. */
export interface Rec {
  id: string;
  version?: number;
  [field: string]: unknown;
}
export interface Pointed {
  id: string;
  title: string;
}
export interface ListAsk {
  filter?: unknown;
  sort?: string | undefined;
  q?: string | undefined;
  moved?: unknown;
  limit?: number;
  count?: string;
  cursor?: string | undefined;
}
export interface ListAnswer<R = Rec> {
  items: R[];
  next: string | null;
  total: { count: number; exact: boolean };
}

/** What can be asked about the records of an object, by its plural ("contacts"): the same routes for all of them. */
export const recordsOf = (plural: string) => recordsAt(`/${plural.replaceAll("_", "-")}`);

const recordsAt = (at: `/${string}`) => ({
  list: (ask: ListAsk, signal?: AbortSignal) => request<ListAnswer>(`GET ${at}`, ask, signal),
  get: (id: string, signal?: AbortSignal) => request<Rec>(`GET ${at}/{id}`, { id }, signal),
  create: (fields: Record<string, unknown>) => request<Rec>(`POST ${at}`, fields),
  edit: (id: string, version: number | undefined, fields: Record<string, unknown>) =>
    request<Rec>(`PATCH ${at}/{id}`, { ...fields, id, version }),
  trash: (id: string) => request<void>(`DELETE ${at}/{id}`, { id }),
  restore: (id: string) => request<Rec>(`POST ${at}/{id}/restore`, { id }),
});

/** Own and common fields of an object. */
export const fieldsOf = (object: DescribedObject): readonly Field[] => [
  ...object.fields,
  ...(object.commonFields ?? []),
];

/** Those names, and after them the fields that administrators added to the object. */
export const andOwn = (object: DescribedObject, names: readonly string[]): string[] => [
  ...names,
  ...object.fields.map((field) => field.name).filter((name) => isCustom(name)),
];

const inside = (record: Rec, column: string, name: string): unknown =>
  (record[column] as Record<string, unknown> | undefined)?.[name.slice("custom.".length)];
const isCustom = (name: string): boolean => name.startsWith("custom.");

/** The value of a field; of one named "custom.region" it lies in the record's `custom`. */
export const valueIn = (record: Rec, name: string): unknown =>
  isCustom(name) && !(name in record) ? inside(record, "custom", name) : record[name];

/** Values by field name as the server takes them: those of custom fields in one `custom`. */
export function asSent(values: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const entries = Object.entries(values);
  const custom = entries
    .filter(([name]) => isCustom(name))
    .map(([name, value]) => [name.slice("custom.".length), value]);
  const own = Object.fromEntries(entries.filter(([name]) => !isCustom(name)));
  return custom.length > 0 ? { ...own, custom: Object.fromEntries(custom) } : own;
}

const isPointed = (value: unknown): value is Pointed =>
  typeof value === "object" && value !== null && "id" in value && "title" in value && typeof value.title === "string";

/** The record that a relation field points to: `account_id` comes with `account: { id, title }`, a custom one is in `custom_links`. */
export function pointed(record: Rec, field: Field): Pointed | undefined {
  const base = field.name.replace(/_id$/, "");
  // Where the record has a field of that name already ("reason" beside "reason_id"), the link stands beside it.
  const beside = isCustom(field.name) ? inside(record, "custom_links", field.name) : (record[`${base}_link`] ?? record[base]); // prettier-ignore
  return isPointed(beside) ? beside : undefined;
}

/** The records that a field of many relations points to, in their order. */
export function pointedMany(record: Rec, field: Field): readonly Pointed[] {
  const beside = inside(record, "custom_links", field.name);
  return Array.isArray(beside) ? beside.filter(isPointed) : [];
}

/** The name a record goes by. */
export function titleOf(object: DescribedObject, record: Rec): string {
  const title = record[object.title];
  return typeof title === "string" && title !== "" ? title : typeof title === "number" ? String(title) : "—";
}
