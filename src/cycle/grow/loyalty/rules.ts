import { DateTime } from "luxon";
import { z } from "zod";
import { cleanText } from "#records";

/*
 * Words we use
 *   rules      what the programme promises, in versions: whatever was earned or spent keeps the version of its day
 *   breakage   the part of all points, in percent, that the company expects nobody ever to spend
 */
const word = (max: number) => z.string().max(4 * max).transform(cleanText).pipe(z.string().min(1).max(max)); // prettier-ignore
const tier = z.object({ name: word(40), points: z.int().min(1).max(1e9) });

export const rulesSchema = z.object({
  /** Points per unit of the company's currency (per euro, not per cent). */
  points_per_unit: z.string().regex(/^\d{1,5}(\.\d{1,4})?$/, "Write a number such as 1 or 0.5."),
  /** Article numbers that earn nothing: postage, gift cards. */
  without: z.array(word(100)).max(200),
  expiry: z.enum(["never", "days", "months"]),
  expiry_after: z.int().min(1).max(3650),
  /** Whether points that must be taken back are taken from other lots before they become a debt. */
  refund: z.enum(["debt", "other_lots_then_debt"]),
  /** What comes back of points when the order they paid is refunded. */
  burn_refund: z.enum(["none", "proportional", "full_only"]),
  tiers: z.array(tier).max(8).refine((list) => list.every((t, i) => i === 0 || t.points > list[i - 1]!.points), "Each tier needs more points than the one before it.").refine((list) => new Set(list.map((t) => t.name.toLowerCase())).size === list.length, "Two tiers have the same name."),
  /** Points activated in so many months count, and for so long a tier is kept. */
  tier_months: z.int().min(1).max(60),
  grace_days: z.int().min(0).max(365),
  reward: z.object({ name: word(100), points: z.int().min(1).max(1e9), amount: z.int().min(1).max(1e12) }),
  /** Days a voucher can be used. */
  voucher_days: z.int().min(1).max(1095),
  breakage: z.number().min(0).max(100),
}); // prettier-ignore

export type RulesSaid = z.output<typeof rulesSchema>;
export interface Rules extends RulesSaid {
  version: number;
}

/** What a new programme begins with; amounts in minor units of the company's currency, `unit` of them to one unit. */
export const usualRules = (unit: number): RulesSaid => ({
  points_per_unit: "1",
  without: ["POST", "SHIPPING", "GIFT"],
  expiry: "months",
  expiry_after: 24,
  refund: "other_lots_then_debt",
  burn_refund: "proportional",
  tiers: [
    { name: "Bronze", points: 250 },
    { name: "Silver", points: 1000 },
    { name: "Gold", points: 3000 },
  ],
  tier_months: 12,
  grace_days: 30,
  reward: { name: "Voucher", points: 500, amount: 5 * unit },
  voucher_days: 180,
  breakage: 20,
});

/** The instant from which points activated then count no more: the midnight that ends the day, in the programme's zone. 31 January and one month is 28 February. */
export function expiryOf(rules: Rules, zone: string, activated: Date): Date | null {
  if (rules.expiry === "never") return null;
  const day = DateTime.fromJSDate(activated, { zone });
  return day
    .plus({ [rules.expiry]: rules.expiry_after })
    .plus({ days: 1 })
    .startOf("day")
    .toJSDate();
}

/** So many months before an instant, as the programme's zone counts them. */
export const monthsBefore = (at: Date, months: number, zone: string): Date => DateTime.fromJSDate(at, { zone }).minus({ months }).toJSDate(); // prettier-ignore

export const monthsAfter = (at: Date, months: number, zone: string): Date => DateTime.fromJSDate(at, { zone }).plus({ months }).toJSDate(); // prettier-ignore

export const daysAfter = (at: Date, days: number): Date => new Date(at.getTime() + days * 86_400_000);
