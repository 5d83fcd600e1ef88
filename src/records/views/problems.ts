import { Refused } from "#kernel/refusal";
import type { Objects } from "../custom/described.ts";
import { checkFilter } from "../filter.ts";
import { fieldOf, type Field, type ObjectDescription } from "../object.ts";
import type { ViewValues } from "./view.ts";

export interface ViewProblem {
  at: string;
  message: string;
}

const groupable = new Set<Field["type"]>(["choice", "user", "relation", "boolean", "date", "datetime", "country", "currency"]); // prettier-ignore
const summed = new Set<Field["type"]>(["money", "number", "integer"]);
const timed = new Set<Field["type"]>(["date", "datetime"]);

/** Whether records can be put into groups, or on the columns of a board, by the field. */
export const isGroupable = (field: Field): boolean => groupable.has(field.type);
/** Whether a field's values can be added up. */
export const isSummed = (field: Field): boolean => summed.has(field.type);

function missing(
  object: ObjectDescription,
  at: string,
  name: string | undefined,
  fits: (field: Field) => boolean,
): ViewProblem[] {
  if (name === undefined) return [];
  const field = fieldOf(object, name);
  if (!field) return [{ at, message: `There is no field "${name}" any more.` }];
  return fits(field) ? [] : [{ at, message: `“${field.label}” is of another kind now.` }];
}

// Keys that nobody defined may be asked for; those that somebody retired are hidden.
const asksRetired = (filter: object, retired: readonly string[]): string | undefined =>
  retired.find((key) => JSON.stringify(filter).includes(`"field":"custom.${key}"`));

function filterProblems(
  object: ObjectDescription,
  objects: Objects,
  filter: ViewValues["query"]["filter"],
): ViewProblem[] {
  if (!filter) return [];
  const hidden = asksRetired(filter, object.retired ?? []);
  if (hidden) return [{ at: "query.filter", message: `The field "${hidden}" was retired.` }];
  try {
    checkFilter(filter, object, objects);
    return [];
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return error.fields.map(({ field, message }) => ({ at: `query.filter.${field}`, message }));
  }
}

/** What a view speaks of that the object has not, or that its kind cannot show; nothing when it is whole. */
export const problemsOf = (
  object: ObjectDescription,
  objects: Objects,
  { kind, query, columns, group, options }: Pick<ViewValues, "kind" | "query" | "columns" | "group" | "options">,
): ViewProblem[] => [
  ...filterProblems(object, objects, query.filter),
  ...missing(object, "query.sort", query.sort?.replace(/^-/, ""), () => true),
  // Tags stand in a column of their own beside the fields.
  ...(columns ?? []).flatMap((name, i) =>
    name === "tags" && object.page !== false ? [] : missing(object, `columns.${i}`, name, () => true),
  ),
  ...missing(object, "group", group?.replace(/:.*$/, ""), isGroupable),
  ...missing(object, "options.field", options.field, kind === "calendar" ? (f) => timed.has(f.type) : isGroupable),
  ...missing(object, "options.sum", options.sum, isSummed),
  ...(kind !== "table" && options.field === undefined
    ? [{ at: "options.field", message: kind === "board" ? "Say what the columns are." : "Say which date it shows." }]
    : []),
];
