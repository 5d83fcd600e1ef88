import type { ConditionFieldType } from "#kernel/condition";
import { invalid } from "#kernel/refusal";
import { fieldOf, type Field, type FieldType, type ObjectDescription } from "../object.ts";

/*
 * Words we use
 *   place     the table of one subject or related record inside the query: its description and its alias
 *   scalar    an SQL expression that is null when the field is empty
 *   literal   text in the query itself; only names from descriptions and keys of [a-z0-9_] get there, every value is a parameter
 */
export interface Query {
  objects: (name: string) => ObjectDescription;
  now: Date;
  /** Pushes a value and answers its placeholder, "$3". */
  param(value: unknown): string;
  /** A new table alias. */
  alias(): string;
  /** Which rows of an object under an alias are within reach of whoever asks, as SQL. */
  seen(object: ObjectDescription, alias: string): string;
}

/** A query whose values go onto `params`; without `seen` it cannot be asked what others' records come to. */
export function queryOf(about: {
  objects: (name: string) => ObjectDescription;
  now: Date;
  params: unknown[];
  seen?: ((object: ObjectDescription, alias: string) => string) | undefined;
}): Query {
  let aliases = 0;
  const { objects, now, params } = about;
  return {
    objects,
    now,
    param: (value) => `$${params.push(value)}`,
    alias: () => `c_${(aliases += 1)}`,
    seen: (object, alias) => {
      if (!about.seen) throw invalid("filter", "What is counted of other records cannot be asked here.");
      return about.seen(object, alias);
    },
  };
}

/** What an index is built from: it knows no values and nobody who asks. */
export const indexQuery: Query = {
  objects: (name) => never(name),
  now: new Date(0),
  param: () => never("a value"),
  alias: () => never("an alias"),
  seen: () => never("reach"),
};
const never = (what: string): never => {
  throw new TypeError(`an index cannot speak of ${what}`);
};

export interface Place {
  object: ObjectDescription;
  alias: string;
}

const identifier = /^[a-z_][a-z0-9_]{0,62}$/;
const key = /^[a-z0-9_]{1,120}$/;

/** A table's or column's name from a description, quoted. */
export function quoted(name: string): string {
  if (!identifier.test(name)) throw new RangeError(`"${name}" cannot be the name of a table or column`);
  return `"${name}"`;
}

/** A column of the place. */
export const column = (place: Place, name: string): string => `${place.alias}.${quoted(name)}`;

/** A jsonb value below `base`; walks objects only, as lists have no text keys. */
export function jsonAt(base: string, keys: readonly string[]): string {
  if (keys.length === 0 || !keys.every((k) => key.test(k)))
    throw invalid("field", "This is no field.", "condition.unknown-field");
  return keys.reduce((sql, k) => `${sql} -> '${k}'`, base);
}

/** Where a field lives: a column of this record, a key of its custom fields, or a field of the record that a relation points to. */
export type Spot =
  | {
      own: "column";
      name: string;
      type: "uuid" | FieldType;
      choices: readonly string[];
    }
  | { own: "custom"; keys: string[]; field?: Field }
  | { via: string; object: string; rest: string };

function customSpot(object: ObjectDescription, [key = "", ...rest]: string[]): Spot {
  const field = object.fields.find((f) => f.name === `custom.${key}`);
  if (field?.type === "relation" && field.to !== undefined && rest.length > 0)
    return { via: field.name, object: field.to, rest: rest.join(".") };
  return { own: "custom", keys: [key, ...rest], ...(field && rest.length === 0 ? { field } : {}) };
}

function findSpot(object: ObjectDescription, path: string): Spot | undefined {
  const [head = "", ...rest] = path.split(".");
  if (head === "custom" && object.only_custom && !object.only_custom.includes(rest[0] ?? "")) return undefined;
  if (head === "custom" && object.custom && rest.length > 0) return customSpot(object, rest);
  if (path === "id") return { own: "column", name: "id", type: "uuid", choices: [] };
  if (rest.length === 0) {
    const field = fieldOf(object, head);
    return (
      field && { own: "column", name: field.name, type: field.type, choices: (field.choices ?? []).map((c) => c.value) }
    );
  }
  const by = object.fields.find(
    (f) => f.to !== undefined && f.type === "relation" && (f.name === head || f.name === `${head}_id`),
  );
  return by?.to === undefined ? undefined : { via: by.name, object: by.to, rest: rest.join(".") };
}

/** Finds a field by its path. @throws Refused when the object has none of that name. */
export function spotOf(object: ObjectDescription, path: string): Spot {
  const spot = findSpot(object, path);
  if (spot === undefined) throw invalid(path, `There is no field "${path}" here.`, "condition.unknown-field");
  return spot;
}

/** The type of the field at a path, as validateCondition asks for it: undescribed custom fields are "any"; undefined when there is none. */
export function typeAt(
  object: ObjectDescription,
  path: string,
  objects: (name: string) => ObjectDescription,
): ConditionFieldType | undefined {
  const spot = findSpot(object, path);
  if (spot === undefined) return undefined;
  if ("via" in spot) return typeAt(objects(spot.object), spot.rest, objects);
  if (spot.own === "custom") return spot.field?.type ?? "any";
  return spot.type === "uuid" ? "relation" : spot.type;
}

const uuidPattern = "^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$";

/** The id that a relation holds, in its column or under its key; null for what is no id. */
export function idAt(alias: string, field: string): string {
  if (!field.startsWith("custom.")) return `${alias}.${quoted(field)}`;
  const text = `(${jsonAt(`${alias}.custom`, [field.slice("custom.".length)])} #>> '{}')`;
  return `case when ${text} ~ '${uuidPattern}' then ${text}::uuid end`;
}

/** PostgreSQL's name for an instant in milliseconds since 1970; the open ends and years that it cannot write become infinite. */
export function stamp(ms: number): string {
  if (Number.isNaN(ms) || ms < -62_135_596_800_000) return "-infinity";
  return ms > 253_402_300_799_999 ? "infinity" : new Date(ms).toISOString();
}
