import type { SavedView } from "#records";
import { parts, type Part, type View } from "../view.ts";

export type Parts = Pick<View, Part>;
/** A change of a view: what is undefined is taken away. */
export type Change = { [K in keyof View]?: View[K] | undefined };

const same = (a: unknown, b: unknown): boolean => JSON.stringify(sorted(a)) === JSON.stringify(sorted(b));
// jsonb keeps keys in an order of its own.
const sorted = (value: unknown): unknown =>
  Array.isArray(value)
    ? value.map(sorted)
    : typeof value === "object" && value !== null
      ? Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([k, v]) => [k, sorted(v)])) // prettier-ignore
      : value;

const given = (value: object): Parts =>
  Object.fromEntries(Object.entries(value).filter(([, v]) => v !== undefined && v !== null && v !== ""));

/** What a saved view shows; what it speaks of and is no longer there is left out. */
export function partsOf(saved: SavedView): Parts {
  const broken = (at: string): boolean => saved.problems.some((problem) => problem.at.startsWith(at));
  const { field, ...options } = saved.options;
  const kind = broken("options.field") ? "table" : saved.kind;
  return given({
    filter: broken("query.filter") ? undefined : saved.query.filter,
    sort: broken("query.sort") ? undefined : saved.query.sort,
    q: saved.query.q,
    cols: saved.columns,
    group: broken("group") ? undefined : saved.group,
    kind: kind === "table" ? undefined : kind,
    options: kind === "table" ? undefined : given({ ...options, ...(broken("options.sum") ? { sum: undefined } : {}), field }), // prettier-ignore
  });
}

/** Whether the address says something of its own, so that the list does not open with its default. */
export const saysMore = (asked: View): boolean => asked.moved !== undefined || parts.some((part) => asked[part] !== undefined); // prettier-ignore

/** What is shown: the saved view, and what the address says instead. */
export function shownBy(saved: SavedView | undefined, asked: View): View {
  const { view: _view, less = [], ...own } = asked;
  if (!saved) return own;
  return { ...Object.fromEntries(Object.entries(partsOf(saved)).filter(([part]) => !less.some((l) => l === part))), ...own }; // prettier-ignore
}

/** Whether what is shown differs from what was saved. */
export const deviates = (saved: SavedView | undefined, asked: View): boolean =>
  saved !== undefined && !same(given(partsOf(saved)), given(Object.fromEntries(parts.map((part) => [part, shownBy(saved, asked)[part]])))); // prettier-ignore

/** The address after a change: only what differs from the saved view stands in it. */
export function changed(saved: SavedView | undefined, asked: View, change: Change): Change {
  const base: Parts = saved ? partsOf(saved) : {};
  const next: Change = { ...asked };
  const less = new Set(asked.less);
  for (const [key, value] of Object.entries(change) as [keyof View, View[keyof View]][]) {
    Object.assign(next, { [key]: value });
    const part = parts.find((one) => one === key);
    if (!part) continue;
    less.delete(part);
    const gone = value === undefined || value === "";
    if (gone || same(value, base[part])) Object.assign(next, { [part]: undefined });
    if (gone && base[part] !== undefined) less.add(part);
  }
  return { ...next, less: less.size > 0 ? [...less] : undefined };
}
