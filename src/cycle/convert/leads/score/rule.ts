import { z } from "zod";
import { conditionSchema, holds, type Condition, type Subject } from "#kernel/condition";
import { cleanText } from "#records";

/*
 * Words we use
 *   rule          a condition over the contact, and the points it is worth while it holds
 *   group         fit (who they are) and interest (what they do); each counts up to its cap
 *   contribution  what a rule, or the cap of a group, adds now; the score is their sum
 */
export const groups = ["fit", "interest"] as const;
export type ScoreGroup = (typeof groups)[number];

export interface ScoreRule {
  key: string;
  /** What people read beside the points: "two visits today". */
  label: string;
  group: ScoreGroup;
  points: number;
  when: Condition;
}

export interface ScoreRules {
  rules: readonly ScoreRule[];
  caps: Readonly<Record<ScoreGroup, number>>;
  /** From this score on a lead is hot. */
  hot_from: number;
}

const text = (most: number) => z.string().max(most * 4).transform(cleanText).pipe(z.string().min(1, "This is required.").max(most)); // prettier-ignore
const cap = z.int().min(0).max(1000);
const rule = z.strictObject({
  key: z.string().regex(/^[a-z0-9][a-z0-9-]{0,59}$/, "A key is written like two-visits-today."),
  label: text(80),
  group: z.enum(groups),
  points: z.int().min(-100, "At least -100.").max(100, "At most 100.").refine((n) => n !== 0, "No points, no rule."),
  when: conditionSchema,
}); // prettier-ignore

export const rulesSchema = z.strictObject({
  rules: z
    .array(rule)
    .max(60)
    .refine((all) => new Set(all.map((r) => r.key)).size === all.length, "Two rules have the same key."),
  caps: z.strictObject({ fit: cap, interest: cap }),
  hot_from: z.int().min(1).max(1000),
});

export interface Contribution {
  key: string;
  label: string;
  points: number;
}

/** What counts for this subject now, in the order of the rules; a group above its cap gives the rest back under "cap:<group>". */
export function contributionsOf({ rules, caps }: ScoreRules, subject: Subject, now: Date): Contribution[] {
  const held = rules.filter((r) => holds(r.when, subject, now));
  const over = groups.flatMap((group): Contribution[] => {
    const sum = held.filter((r) => r.group === group).reduce((total, r) => total + r.points, 0);
    return sum > caps[group] ? [{ key: `cap:${group}`, label: `${group} counts up to ${caps[group]}`, points: caps[group] - sum }] : []; // prettier-ignore
  });
  return [...held.map(({ key, label, points }) => ({ key, label, points })), ...over];
}

/** The sum of contributions. */
export const scoreOf = (contributions: readonly Contribution[]): number =>
  contributions.reduce((total, c) => total + c.points, 0);
