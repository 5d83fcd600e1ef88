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
  | "date" | "datetime" | "choice" | "relation" | "user" | "country" | "currency"; // prettier-ignore

export type Tone = "neutral" | "blue" | "indigo" | "amber" | "green" | "teal" | "violet" | "pink" | "red" | "gray";

export interface Choice {
  value: string;
  label: string;
  tone?: Tone;
}

export interface Field {
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
  /** Whether facts are about it: the fact column that holds its id. */
  facts_by?: "contact_id" | "account_id";
  /** Whether people may add records by hand. */
  creatable: boolean;
  /** Whether custom jsonb fields may be stored on it. */
  custom: boolean;
}

/** Fields that every record has, beside its own. */
export const commonFields: readonly Field[] = [
  { name: "created_at", label: "Created", type: "datetime", computed: true, sortable: true },
  { name: "updated_at", label: "Changed", type: "datetime", computed: true, sortable: true },
];

/** Describes an object; only gives the description a type. */
export const describeObject = (description: ObjectDescription): ObjectDescription => description;

/** The field of that name, own or common. */
export const fieldOf = (object: ObjectDescription, name: string): Field | undefined =>
  object.fields.find((f) => f.name === name) ?? commonFields.find((f) => f.name === name);
