import type { Stage } from "#customers";
import type { Theme } from "./engage.ts";
import { gets } from "./trial.ts";
import { luck, tell, type Story } from "./story.ts";

export const survey = "How likely are you to recommend us?";
// The middle of the scores that people of a fate give, 0 to 10.
const moods: Partial<Record<Stage, number>> = {
  advocate: 9.6,
  loyal: 8.9,
  active: 8.2,
  customer: 8,
  at_risk: 5.4,
  lapsed: 4.9,
  won_back: 7.2,
};
const words: readonly [from: number, comments: readonly string[]][] = [
  [9, ["Never a broken jar.", "You answer within the hour.", "My shelves look wonderful.", "I tell everybody."]],
  [7, ["Good, but the parcel took long.", "Fine. More label sizes please.", "Nice jars, lids are fiddly."]],
  [
    0,
    [
      "The lid leaks, again.",
      "Nobody called back.",
      "Cheaper elsewhere.",
      "Third parcel that came late.",
      "I had to write twice.",
    ],
  ],
];
const restDays = 100;

/** We ask how it was, at most every 100 days, and they answer. */
export function learn(story: Story, troubles: readonly { theme: Theme; ago: number; mark: string }[]): void {
  const { customer } = story;
  const chance = luck(customer, "learn");
  let asked = Infinity;
  for (const { delivered } of story.orders) {
    if (!delivered || asked - delivered.ago < restDays || !chance.yes(0.42)) continue;
    asked = delivered.ago - chance.between(2, 5);
    const mark = `${delivered.mark} asked`;
    tell(story, "survey.sent", asked, { survey }, { mark, cause: delivered.mark, by: "Rondo" });
    if (!chance.yes(gets(customer, "asking", asked) ? 0.3 : 0.56)) continue;
    const sore = troubles.some((t) => t.ago < asked + 40 && t.ago > asked - 2);
    const score = Math.max(
      0,
      Math.min(
        10,
        Math.round(
          (moods[customer.fate] ?? 7) - (sore ? 2.5 : 0) + chance.between(-1.6, 1.6) - (delivered.late > 2 ? 1 : 0),
        ),
      ),
    );
    const comment = chance.pick(words.find(([from]) => score >= from)![1]);
    tell(
      story,
      "survey.answered",
      asked - chance.between(0.1, 3),
      { survey, score, ...(chance.yes(0.5) ? { comment } : {}) },
      { cause: mark },
    );
  }
}
