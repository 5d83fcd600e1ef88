import Big from "big.js";
import { IANAZone } from "luxon";
import { z } from "zod";
import { exponentOf, isCurrency } from "#kernel/money";
import type { Plan } from "#records";

const currency = z.string().trim().toUpperCase().refine(isCurrency, "This is not an ISO 4217 currency.");
const rate = z
  .union([z.string(), z.number()])
  .transform(String)
  .refine((v) => /^\d{1,12}(\.\d{1,12})?$/.test(v) && Number(v) > 0, "A rate is a number above zero.");

/** How a file of orders is meant. */
export const orderOptions = z.strictObject({
  /** number: rows with one order number; customer_and_time: rows of one customer at one time; row: each row. */
  group_by: z.enum(["number", "customer_and_time", "row"]).default("customer_and_time"),
  /** Whether these orders were paid when they were placed. */
  paid: z.boolean().default(true),
  /** Names the place the ids come from, so that two shops' customer 17 stay two. */
  shop: z.string().trim().toLowerCase().regex(/^[a-z0-9_.-]{1,40}$/, "Letters, digits, dots and dashes only.").default("import"),
  /** The workspace's unless said. */
  currency: currency.optional(),
  /** Workspace currency per unit of another currency. */
  rates: z.record(currency, rate).default({}),
  /** The workspace's unless said. */
  time_zone: z.string().refine((v) => IANAZone.isValidZone(v), "There is no such time zone.").optional(),
}); // prettier-ignore
export type OrderOptions = z.output<typeof orderOptions>;

/** The options of a plan of this importer. */
export const optionsOf = (plan: Pick<Plan, "options">): OrderOptions => plan.options as OrderOptions;

/** Where orders of this plan have their ids. */
export const systemOf = (plan: Plan): string => `${optionsOf(plan).shop}:orders`;

/** Currency of rows that name none. */
export const currencyOf = (plan: Plan): string => optionsOf(plan).currency ?? plan.workspace.currency;

/** The rate of a currency to the workspace's; undefined when nobody gave it. */
export const rateOf = (plan: Plan, of: string): string | undefined =>
  of === plan.workspace.currency ? "1" : optionsOf(plan).rates[of];

/** Workspace minor units per minor unit, as a decimal string. */
export const factorOf = (of: string, at: string, base: string): string =>
  of === base ? "1" : new Big(at).times(new Big(10).pow(exponentOf(base) - exponentOf(of))).toFixed();
