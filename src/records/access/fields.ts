import { invalid } from "#kernel/refusal";
import type { Access, Ctx } from "#platform/context";
import { commonFields, type ObjectDescription } from "../object.ts";

/*
 * A role's fields are an allow-list. What it may not read is not in the object's description for it, so that lists, filters, sorting,
 * search, history, export and the API, which are all made from the description, cannot speak of it.
 */
const narrowed = new WeakMap<Access, Map<ObjectDescription, ObjectDescription>>();
const always = new Set(commonFields.map((f) => f.name));

/** The object as the caller's role may read it. */
export function shownTo(ctx: Pick<Ctx, "access">, object: ObjectDescription): ObjectDescription {
  const rights = ctx.access === "above" ? undefined : ctx.access.fields[object.plural];
  if (!rights || ctx.access === "above") return object;
  const known = narrowed.get(ctx.access) ?? new Map<ObjectDescription, ObjectDescription>();
  narrowed.set(ctx.access, known);
  const made = known.get(object) ?? narrow(object, rights.read);
  known.set(object, made);
  // What is narrowed already stays what it is.
  known.set(made, made);
  return made;
}

function narrow(object: ObjectDescription, read: ReadonlySet<string>): ObjectDescription {
  const shown = (name: string): boolean => name === object.title || read.has(name);
  const custom = [...read].filter((name) => name.startsWith("custom.")).map((name) => name.slice("custom.".length));
  return {
    ...object,
    fields: object.fields.filter((f) => shown(f.name)),
    search: object.search.filter(shown),
    searched: object.search,
    // Sorted as before where that may be seen; else by what everybody may see.
    default_sort: shown(object.default_sort.replace(/^-/, "")) || always.has(object.default_sort.replace(/^-/, "")) ? object.default_sort : object.title, // prettier-ignore
    only_custom: custom,
  };
}

/** Whether the role may read the field; `name` as changes and history tell it ("custom.size" too). */
export function mayRead(ctx: Pick<Ctx, "access">, object: ObjectDescription, name: string): boolean {
  const rights = ctx.access === "above" ? undefined : ctx.access.fields[object.plural];
  return !rights || name === object.title || always.has(name) || rights.read.has(name);
}

/** Refuses values for fields that the role may not change, naming the first. */
export function mustEdit(ctx: Pick<Ctx, "access">, object: ObjectDescription, names: Iterable<string>): void {
  const rights = ctx.access === "above" ? undefined : ctx.access.fields[object.plural];
  if (!rights) return;
  for (const name of names)
    if (!rights.edit.has(name) && object.fields.find((f) => f.name === name)?.computed !== true)
      throw invalid(name, "Your role does not let you change this field.", "field.not-yours");
}

/** The fields that values speak of, custom ones by their own names. */
export const namesIn = ({ custom, ...own }: Readonly<Record<string, unknown>>): string[] => [
  ...Object.keys(own),
  ...Object.keys((custom ?? {}) as object).map((key) => `custom.${key}`),
];
