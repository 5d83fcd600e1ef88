import type { Condition } from "#kernel/condition";
import type { Query } from "./condition/words.ts";

/*
 * An object is described once; list, filter, sort, form, import, history, REST and OpenAPI come from the description.
 *
 * Words we use
 *   object    a kind of record: contact, account, product, order ...
 *   field     one typed value of a record; its name is the column's and the JSON's name
 *   title     the field shown where a record stands for itself (in a link, a picker, a search result)
 *   computed  derived by Rondo from facts or lines; refused when somebody tries to set it
 */
export type FieldType =
  | "text" | "long_text" | "email" | "phone" | "url" | "number" | "integer" | "money" | "boolean"
  | "date" | "datetime" | "choice" | "relation" | "user" | "country" | "currency" | "choices" | "relations" | "address" | "file"; // prettier-ignore

export type Tone = "neutral" | "blue" | "indigo" | "amber" | "green" | "teal" | "violet" | "pink" | "red" | "gray";

export interface Choice {
  value: string;
  label: string;
  tone?: Tone;
  /** No longer offered; records that hold it keep it, and are still read by its label. */
  removed?: true;
}

/** How a field that holds nothing is worked out where it is read. */
export interface Worked {
  /** Its value for the rows under an alias, as SQL of its type's kind; null when empty. */
  sql: (alias: string, query: Query) => string;
  /** Comes to something else as days pass or other records change, so that no index can hold it. */
  moving: boolean;
  /** Of how many parts it is made; rollups in one another, how deep. */
  parts: number;
  deep?: number;
}

export interface Field {
  /** The column's name; of a field that an administrator added "custom.<key>", which is also its path in a record's JSON. */
  name: string;
  label: string;
  type: FieldType;
  required?: boolean;
  computed?: boolean;
  /** Longest text; 200 unless said. */
  max?: number;
  choices?: readonly Choice[];
  /** The object a relation points to, by name; the column holds its id. */
  to?: string;
  /** For money: the field that holds the currency; the workspace's currency when absent. */
  currency_field?: string;
  help?: string;
  /** An index makes sorting by it cheap at a million rows. */
  sortable?: boolean;
  /** The definition's id, what a new record gets when nothing is said, whether a value may stand only once; custom fields only. */
  id?: string;
  preset?: unknown;
  unique?: boolean;
  /** Of a formula or a rollup; its SQL never leaves this process. */
  worked?: Worked;
  /** The formula, as it is written. */
  formula?: string;
  /** Shown in a table unless the person chooses otherwise. */
  shown?: boolean;
}

/** Records of another object that point here: orders of a contact. */
export interface Related {
  name: string;
  label: string;
  object: string;
  /** The field there that holds our id. */
  by: string;
}

export interface ObjectDescription {
  name: string;
  plural: string;
  label: string;
  label_plural: string;
  table: string;
  title: string;
  fields: readonly Field[];
  related: readonly Related[];
  /** Columns the quick search looks into; each has a trigram index. */
  search: readonly string[];
  default_sort: string;
  /** The columns that the search index has, where a role sees only some of them (`search`). */
  searched?: readonly string[];
  /** The keys of custom values a role sees; all when absent. */
  only_custom?: readonly string[];
  /** False when its records have no page of their own, so that nothing links to one. */
  page?: false;
  /** False when its records change by acts of their own (a payment, an invoice), never field by field. */
  edited?: false;
  /** False when its records are never moved to the trash: they are cancelled, credited or ended. */
  trash?: false;
  /** Which records pickers offer; all unless said. */
  offered?: Condition;
  /** Whether facts are about it: the fact column that holds its id. */
  facts_by?: "contact_id" | "account_id";
  /** The relations to the customers a record belongs to, for access; `contact_id` and `account_id` unless said. */
  belongs_to?: readonly string[];
  /** Whether people may add records by hand. */
  creatable: boolean;
  /** Whether custom jsonb fields may be stored on it. */
  custom: boolean;
  /** Keys of custom fields that are hidden now, in the description of one workspace. */
  retired?: readonly string[];
}

/** Fields that every record has, beside its own. */
export const commonFields: readonly Field[] = [
  { name: "created_at", label: "Created", type: "datetime", computed: true, sortable: true },
  { name: "updated_at", label: "Changed", type: "datetime", computed: true, sortable: true },
];

// Every record with a page may be tagged; a tag on it is a record that points to it.
const tags: Related = { name: "tags", label: "Tags", object: "tagged", by: "record_id" };

/** Describes an object, with what every object has. */
export const describeObject = (description: ObjectDescription): ObjectDescription =>
  description.page === false ? description : { ...description, related: [...description.related, tags] };

/** The field of that name, own or common. */
export const fieldOf = (object: ObjectDescription, name: string): Field | undefined =>
  object.fields.find((f) => f.name === name) ?? commonFields.find((f) => f.name === name);

/** Under which name a record carries what a relation points to: `account` for `account_id`, `reason_link` where a field `reason` is there already. */
export function linkName(object: ObjectDescription, name: string): string {
  const base = name.replace(/_id$/, "");
  return object.fields.some((field) => field.name === base) ? `${base}_link` : base;
}
