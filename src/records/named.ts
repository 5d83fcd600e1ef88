import { isOwn } from "./custom/own.ts";
import type { ObjectDescription } from "./object.ts";
import { recordType, type Row } from "./registry.ts";

/** Which record of which object. */
export interface RecordRef {
  object: string;
  record_id: string;
}

const idIn = (value: unknown): string | null => (typeof value === "string" ? value : null);

/** Whose timeline tells of the record; null twice when it belongs to no customer. */
export const customerOf = (
  object: string,
  row: Record<string, unknown> & { id: string },
): { contact_id: string | null; account_id: string | null } => ({
  contact_id: object === "contact" ? row.id : idIn(row.contact_id),
  account_id: object === "account" ? row.id : idIn(row.account_id),
});

// All own objects are called by the same column, and their place is their name.
const called = (object: string): Pick<ObjectDescription, "title" | "label" | "plural"> =>
  isOwn(object) ? { title: "name", label: object, plural: object } : recordType(object).object;

/** The name a record goes by. */
export const titleOf = (object: string, row: Row): string => {
  const { title, label } = called(object);
  const value = row[title];
  return typeof value === "string" && value !== "" ? value : typeof value === "number" ? String(value) : label;
};

/** The page of a record. */
export const pathOf = ({ object, record_id }: RecordRef): string =>
  `/${called(object).plural.replaceAll("_", "-")}/${record_id}`;
