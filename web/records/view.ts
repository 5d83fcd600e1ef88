import { textOfValue } from "../kit/text.ts";
import type { Condition } from "#kernel/condition";
import { movedOf, type MovedAsked } from "./moved.ts";

/*
 * Words we use
 *   view   what a table shows: its filter, sort, quick search, columns and, of customers, the link of the ring it came from; all of it is in the address, so a view is a URL
 */
export interface View {
  filter?: Condition;
  sort?: string;
  q?: string;
  cols?: string[];
  /** Who moved on in the ring; tables of customers only. */
  moved?: MovedAsked;
}

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
  return isThing(value["sample"]) && typeof value["sample"]["percent"] === "number";
}

/** Reads a view from search params; what is not understood is left out (the server judges the condition itself). */
export function tableSearch(search: Record<string, unknown>): View {
  const { filter, sort, q, cols } = search;
  return {
    ...(isCondition(filter) ? { filter } : {}),
    ...(typeof sort === "string" && /^-?[a-z][a-z0-9_.]{0,80}$/.test(sort) ? { sort } : {}),
    ...(q !== undefined && textOfValue(q) !== "" ? { q: textOfValue(q).slice(0, 200) } : {}),
    ...(Array.isArray(cols) ? { cols: cols.filter((c): c is string => typeof c === "string").slice(0, 60) } : {}),
  };
}

/** Reads a view of contacts or accounts from search params. */
export function customersSearch(search: Record<string, unknown>): View {
  const moved = movedOf(search["moved"]);
  return { ...tableSearch(search), ...(moved ? { moved } : {}) };
}
