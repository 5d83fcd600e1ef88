import type { Choice, Field, FieldType } from "../object.ts";
import type { Rollup } from "./rollup.ts";

/*
 * Words we use
 *   custom field   a field that an administrator added to an object of this workspace; its values lie in `custom` under its key
 *   key            its name for programs and in the database, given once; people read the label, which may change
 *   definition     what was decided about it: type, label, choices, whether it is required ...
 *   preset         the value a new record gets when nothing is said
 *   fast           an index serves filter and sort by it; built in the background, which takes a while on a large table
 *   worked out     holds nothing: a formula over the record's own fields, or a rollup over records that point to it
 *   retired        hidden everywhere and refused when written; its values are kept, and come back when it is restored
 */
const stored = [
  "text", "long_text", "number", "money", "date", "datetime", "boolean", "choice", "choices", "email", "phone", "url", "address", "relation", "relations", "user", "file",
] as const satisfies readonly FieldType[]; // prettier-ignore
export const definable = [...stored, "formula", "rollup"] as const;
export type DefinedType = (typeof definable)[number];
/** Whether fields of that type hold nothing and are worked out where they are read. */
export const isWorkedOut = (type: DefinedType): type is "formula" | "rollup" => type === "formula" || type === "rollup";

/** How far an index is. */
export type IndexState = "off" | "building" | "ready" | "failed";

// An entry of an index has at most 2,704 bytes, so long texts have none; lists and addresses have no order.
const indexed = ["formula", "text", "number", "money", "date", "datetime", "boolean", "choice", "email", "phone", "relation", "user"]; // prettier-ignore
/** Whether a field of that type can be made fast to filter and sort. */
export const canBeFast = (type: DefinedType): boolean => indexed.includes(type);
/** Whether the values of such a field can be held to stand only once. */
export const canBeUnique = (type: DefinedType): boolean => ["text", "number", "email", "phone"].includes(type);

export interface FieldDefinition {
  id: string;
  object: string;
  key: string;
  label: string;
  type: DefinedType;
  required: boolean;
  preset: unknown;
  help: string | null;
  choices: Choice[] | null;
  to_object: string | null;
  formula: string | null;
  rollup: Rollup | null;
  position: number;
  retired_at: Date | null;
  fast: IndexState;
  uniqueness: IndexState;
  /** Why an index could not be built, in words. */
  failure: string | null;
  version: number;
}

export const keyPattern = /^[a-z][a-z0-9_]{0,59}$/;
const prefix = "custom.";

/** The key of a field named "custom.region"; undefined when it is not a custom one. */
export const customKey = (name: string): string | undefined =>
  name.startsWith(prefix) ? name.slice(prefix.length) : undefined;

// What has an order can be sorted, by reading all where there is no index.
const ordered = (type: FieldType): boolean => indexed.includes(type) && type !== "relation" && type !== "user";

type WorkedOut = Pick<Field, "type" | "choices" | "currency_field" | "worked">;
const typeFrom = (d: FieldDefinition, worked: WorkedOut | undefined): WorkedOut => {
  if (worked) return worked;
  if (isWorkedOut(d.type)) throw new TypeError(`"${d.key}" is worked out, and was not`);
  return { type: d.type };
};

/** The field as the object's description carries it; `small`: its table can be sorted without an index. */
export const fieldFrom = (d: FieldDefinition, small = false, worked?: WorkedOut): Field => ({
  id: d.id,
  name: `${prefix}${d.key}`,
  label: d.label,
  ...typeFrom(d, worked),
  ...(worked ? { computed: true } : {}),
  ...(d.formula === null ? {} : { formula: d.formula }),
  ...(ordered(typeFrom(d, worked).type) && (small || d.fast === "ready") ? { sortable: true } : {}),
  ...(d.uniqueness === "off" ? {} : { unique: true }),
  ...(d.required ? { required: true } : {}),
  ...(d.preset === null ? {} : { preset: d.preset }),
  ...(d.help ? { help: d.help } : {}),
  ...(d.choices ? { choices: d.choices } : {}),
  ...(d.to_object ? { to: d.to_object } : {}),
});
