import type { Arm, Effect, Rule } from "#learn/improvement";
import { count, money } from "../../../kit/format.ts";
import { say } from "../../../kit/i18n.ts";
import { factLabel } from "../../../records/filter/fact-words.ts";
import type { Plan } from "./told.ts";

export const isShare = (plan: Pick<Plan, "metric">): boolean => plan.metric.kind !== "money";

/** A figure of the metric: "7.9 %" or an amount. */
export const figure = (plan: Pick<Plan, "metric">, value: number): string =>
  isShare(plan) ? say("{n} %", { n: count(Math.round(1000 * value) / 10) }) : money(Math.round(value));

/** A difference of the metric, with its sign: "−2.4 points", "+€1.20". */
export const difference = (plan: Pick<Plan, "metric">, value: number): string => {
  const sign = value < 0 ? "−" : "+";
  const size = Math.abs(value);
  return isShare(plan) ? say("{n} points", { n: `${sign}${count(Math.round(1000 * size) / 10)}` }) : `${sign}${money(Math.round(size))}`;
}; // prettier-ignore

const change = (share: number): string => `${share < 0 ? "−" : "+"}${count(Math.abs(Math.round(share * 100)))}`;

/** The relative effect with its interval: "−31 % [−44, −16]". */
export const relative = (effect: Effect): string | null =>
  effect.relative &&
  say("{value} % [{low}, {high}]", {
    value: change(effect.relative.value),
    low: change(effect.relative.low),
    high: change(effect.relative.high),
  });

/** What an arm is called. */
export const armWords = (name: Arm["name"]): string =>
  say({ treated: "With the change", held: "Held out", after: "After", before: "Before" }[name]);

/** What is counted, in words. */
export function metricWords({ metric }: Pick<Plan, "metric">): string {
  const { days } = metric;
  if (metric.kind === "theme")
    return say("The share who raise “{theme}” within {days, plural, one {# day} other {# days}}", { theme: metric.name ?? say("the theme"), days });
  const fact = factLabel(metric.fact);
  return metric.kind === "share"
    ? say("The share of whom this happens within {days, plural, one {# day} other {# days}}: {fact}", { fact, days })
    : say("The amount of “{fact}” per customer within {days, plural, one {# day} other {# days}}", { fact, days });
} // prettier-ignore

/** The rule a verdict was reached by. */
export const ruleWords = (rule: Rule): string =>
  say(
    {
      interim: "The review lies ahead: these figures are no verdict. Whoever stops when they look good takes chance for proof.",
      split: "The people did not fall into the arms as they should have (p < 0.001). Nothing measured on this can be believed.",
      proved: "At full size, the interval of 95 % lies wholly on one side of zero.",
      "proved-early": "Below full size, or looked at before; the effect is so clear that even the interval of 99.9 % lies wholly on one side of zero.",
      small: "Fewer people than it takes to see the smallest effect that matters. Nothing can be said yet.",
      none: "At full size, the interval of 95 % includes zero: there is no effect, or none large enough to see.",
    }[rule],
  ); // prettier-ignore
