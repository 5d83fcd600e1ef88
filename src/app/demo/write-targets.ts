import { setTarget, targetsOf } from "#learn/loop";
import type { Tx } from "#platform/context";

// What a shop of preserving jars may want of its ring within a year.
const wanted = [
  ["identification>acquisition", 0.7, 10],
  ["acquisition>onboarding", 0.4, 21],
  ["onboarding>engagement", 0.8, 30],
  ["engagement>retention", 0.2, null],
  ["retention>loyalty", 0.15, null],
  ["loyalty>advocacy", 0.1, null],
] as const;

/** Sets the sample's targets; a company that has its own keeps them. */
export async function writeTargets(tx: Tx): Promise<void> {
  if ((await targetsOf(tx, "seven_stages")).length > 0) return;
  for (const [link, rate, days] of wanted) await setTarget(tx, { lens: "seven_stages", link, rate, days, version: 0 });
}
