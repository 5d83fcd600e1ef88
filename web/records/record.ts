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
  cursor?: string | undefined;
}
export interface ListAnswer<R = Rec> {
  items: R[];
  next: string | null;
  total: { count: number; exact: boolean };
}

/** What can be asked about the records of an object, by its plural ("contacts"): the same routes for all of them. */
export const recordsOf = (plural: string) => ({
  list: (ask: ListAsk, signal?: AbortSignal) => request<ListAnswer>(`GET /${plural}`, ask, signal),
  get: (id: string, signal?: AbortSignal) => request<Rec>(`GET /${plural}/{id}`, { id }, signal),
  create: (fields: Record<string, unknown>) => request<Rec>(`POST /${plural}`, fields),
  edit: (id: string, version: number | undefined, fields: Record<string, unknown>) =>
    request<Rec>(`PATCH /${plural}/{id}`, { ...fields, id, version }),
  trash: (id: string) => request<void>(`DELETE /${plural}/{id}`, { id }),
  restore: (id: string) => request<Rec>(`POST /${plural}/{id}/restore`, { id }),
});

/** Own and common fields of an object. */
export const fieldsOf = (object: DescribedObject): readonly Field[] => [
  ...object.fields,
  ...(object.commonFields ?? []),
];

const isPointed = (value: unknown): value is Pointed =>
  typeof value === "object" && value !== null && "id" in value && "title" in value && typeof value.title === "string";

/** The record that a relation field points to: `account_id` comes with `account: { id, title }`. */
export function pointed(record: Rec, field: Field): Pointed | undefined {
  const beside = record[field.name.replace(/_id$/, "")];
  return isPointed(beside) ? beside : undefined;
}

/** The name a record goes by. */
export function titleOf(object: DescribedObject, record: Rec): string {
  const title = record[object.title];
  return typeof title === "string" && title !== "" ? title : typeof title === "number" ? String(title) : "—";
}
