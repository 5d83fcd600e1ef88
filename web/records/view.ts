import { textOfValue } from "../kit/text.ts";
import type { Condition } from "#kernel/condition";
import type { ViewKind, ViewOptions } from "#records";
import { movedOf, type MovedAsked } from "./moved.ts";

/*
 * Words we use
 *   view   what a list shows: its filter, sort, quick search, columns, groups, whether it is a table, a board or a calendar and, of customers, the link of
 *          the ring it came from; all of it is in the address, so a view is a URL: the saved view's id and what differs from it
 *   part   one of these that a saved view holds too
 */
export interface View {
  filter?: Condition;
  sort?: string;
  q?: string;
  cols?: string[];
  /** The field the records are grouped by; of a time with ":day" or ":month". */
  group?: string;
  kind?: ViewKind;
  options?: ViewOptions;
  /** The saved view this is, by id; "all": none, whatever the list opens with. */
  view?: string;
  /** Parts of the saved view that are taken away. */
  less?: Part[];
  /** Who moved on in the ring; tables of customers only. */
  moved?: MovedAsked;
}

export const parts = ["filter", "sort", "q", "cols", "group", "kind", "options"] as const;
export type Part = (typeof parts)[number];

const isThing = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const isTimes = (value: unknown): boolean =>
  isThing(value) && typeof value["op"] === "string" && typeof value["n"] === "number";
const isList = (value: unknown, depth: number): boolean => Array.isArray(value) && value.every((part) => isCondition(part, depth + 1)); // prettier-ignore

/** Whether a value from an address has the shape of a condition, so that it can be told in words; at most 12 levels deep. */
export function isCondition(value: unknown, depth = 0): value is Condition {
  if (!isThing(value) || depth > 12) return false;
  const where = value["where"] === undefined || isCondition(value["where"], depth + 1);
  if ("all" in value) return isList(value["all"], depth);
  if ("any" in value) return isList(value["any"], depth);
  if ("not" in value) return isCondition(value["not"], depth + 1);
  if ("field" in value)
    return typeof value["field"] === "string" && typeof value["op"] === "string" && value["value"] !== null;
  if ("fact" in value) return where && typeof value["fact"] === "string" && (value["times"] === undefined || isTimes(value["times"])) && (value["within"] === undefined || isThing(value["within"])); // prettier-ignore
  if ("last" in value) return where && typeof value["last"] === "string";
  if ("quiet" in value) return typeof value["quiet"] === "string" && typeof value["factor"] === "number";
  if ("related" in value)
    return where && typeof value["related"] === "string" && (typeof value["has"] === "string" || isTimes(value["has"]));
  if ("segment" in value) return typeof value["segment"] === "string";
  if ("consent" in value) return typeof value["consent"] === "string";
  return isThing(value["sample"]) && typeof value["sample"]["percent"] === "number";
}

const path = /^[a-z][a-z0-9_.]{0,80}$/;
const isPart = (value: unknown): value is Part => parts.some((part) => part === value);

function optionsOf(value: unknown): ViewOptions | undefined {
  if (!isThing(value)) return undefined;
  const { field, sum, span } = value;
  return {
    ...(typeof field === "string" && path.test(field) ? { field } : {}),
    ...(typeof sum === "string" && path.test(sum) ? { sum } : {}),
    ...(span === "week" || span === "month" ? { span } : {}),
  };
}

/** Reads a view from search params; what is not understood is left out (the server judges the condition itself). */
export function tableSearch(search: Record<string, unknown>): View {
  const { filter, sort, q, cols, group, kind, view, less } = search;
  const options = optionsOf(search["options"]);
  return {
    ...(isCondition(filter) ? { filter } : {}),
    ...(typeof sort === "string" && /^-?[a-z][a-z0-9_.]{0,80}$/.test(sort) ? { sort } : {}),
    ...(q !== undefined && textOfValue(q) !== "" ? { q: textOfValue(q).slice(0, 200) } : {}),
    ...(Array.isArray(cols) ? { cols: cols.filter((c): c is string => typeof c === "string").slice(0, 60) } : {}),
    ...(typeof group === "string" && /^[a-z][a-z0-9_.]{0,80}(:(day|month))?$/.test(group) ? { group } : {}),
    ...(kind === "table" || kind === "board" || kind === "calendar" ? { kind } : {}),
    ...(options ? { options } : {}),
    ...(typeof view === "string" && /^(all|[0-9a-f-]{36})$/.test(view) ? { view } : {}),
    ...(Array.isArray(less) && less.some(isPart) ? { less: less.filter(isPart) } : {}),
  };
}

/** Reads a view of contacts or accounts from search params. */
export function customersSearch(search: Record<string, unknown>): View {
  const moved = movedOf(search["moved"]);
  return { ...tableSearch(search), ...(moved ? { moved } : {}) };
}
