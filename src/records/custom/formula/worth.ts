import type { Query } from "../../condition/words.ts";
import { unfit } from "./parse.ts";

/*
 * Words we use
 *   worth    what a part of a formula comes to: its type, and SQL that says it of the rows under an alias
 *   moving   comes to something else as days pass or other records change, so that no index can hold it
 */
export type WorthType = "number" | "money" | "text" | "date" | "boolean";

export interface Worth {
  type: WorthType;
  /** SQL: numeric (money in whole units: 12.34), text that is never '', date, boolean; null when empty. */
  sql: (alias: string, query: Query) => string;
  /** The field that holds the currency of an amount; of the company's currency without. */
  currency?: string;
  moving?: boolean;
  /** How many parts, those of formulas it speaks of counted in. */
  parts: number;
  /** The number or text itself, where one is written out. */
  literal?: string;
}

const partsAtMost = 500;

export const typeNames: Record<WorthType, string> = {
  number: "a number", money: "an amount", text: "a text", date: "a day", boolean: "yes or no",
}; // prettier-ignore

type Make = (sqls: string[]) => string;

/** One worth made of others; what is moving or large stays so. */
export function madeOf(type: WorthType, args: readonly Worth[], make: Make): Worth {
  const parts = args.reduce((sum, a) => sum + a.parts, 1);
  if (parts > partsAtMost) throw unfit(`With the formulas it speaks of it has more than ${partsAtMost} parts.`);
  return {
    type,
    parts,
    sql: (alias, query) => make(args.map((a) => a.sql(alias, query))),
    ...(args.some((a) => a.moving) ? { moving: true } : {}),
    ...(type === "money" ? currencyOf(args) : {}),
  };
}

/** The one currency of all amounts among them. */
function currencyOf(args: readonly Worth[]): { currency?: string } {
  const all = new Set(args.filter((a) => a.type === "money").map((a) => a.currency));
  if (all.size > 1) throw unfit("These amounts are in different currencies.");
  const [currency] = all;
  return currency === undefined ? {} : { currency };
}

/** Refuses amounts of different currencies, also where the answer is none. */
export const oneCurrency = (args: readonly Worth[]): void => void currencyOf(args);

/** A text as SQL writes it out: an index, which must be built on the very words of the query, takes no parameters. */
export const literal = (text: string): string => `E'${text.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'::text`;
