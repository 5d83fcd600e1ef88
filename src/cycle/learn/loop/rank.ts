import type { Due, Loses } from "#kernel/due";

/*
 * Words we use
 *   urgency   1 when it should be done by now; half a point less over the next 24 hours; then halved every three days; 0.3 without an hour
 *   cost      0 to 1: how much of what could be had is lost when it waits one more day. Whoever waits for an answer turns to somebody
 *             else within hours, and a clock is about to run out; a debt does not run away, and a review reads the same next week
 *   stake     0 to 1: what is at stake, or what the customer paid so far, against the middle of all that is due; it decides between
 *             things whose waiting costs alike, never between an answer and an invoice
 *   kind      what an id begins with ("invoice:…"): each doubling of those of a kind that stand above it puts one a bit lower, so that a
 *             pile of one kind does not hide everything else; within a kind the order stays
 */
const hour = 3_600_000;
const weightOfStake = 0.05;
const withoutHour = 0.3;
const pile = 0.12;
const cost: Readonly<Record<Loses, number>> = {
  answer: 1,
  customer: 0.88,
  promise: 0.85,
  deal: 0.7,
  start: 0.6,
  money: 0.45,
  thanks: 0.35,
  learning: 0.1,
};

/** How pressing it is, 0 to 1; never less when it is due earlier. */
export function urgency(due_at: string | null, now: Date): number {
  if (due_at === null) return withoutHour;
  const hours = (new Date(due_at).getTime() - now.getTime()) / hour;
  if (hours <= 0) return 1;
  if (hours <= 24) return 1 - hours / 48;
  return 0.5 * 2 ** (-(hours - 24) / 72);
}

/** What is due over all stages, first what loses most by waiting; ties by hour, then by id, so that the order is always the same. */
export function rank<D extends Due>(dues: readonly D[], now: Date, paidBy: ReadonlyMap<string, number> = new Map()): D[] {
  const stakeOf = (due: D): number => Math.max(0, due.value, paidBy.get(due.contact_id ?? due.account_id ?? "") ?? 0);
  const stakes = dues.map(stakeOf).filter((v) => v > 0).toSorted((a, b) => a - b); // prettier-ignore
  const middle = stakes[Math.floor(stakes.length / 2)] ?? 1;
  const scored = dues.map((due) => {
    const stake = stakeOf(due);
    return { due, score: urgency(due.due_at, now) * cost[due.loses] + weightOfStake * (stake / (stake + middle)) };
  });
  const at = (due: D): number => (due.due_at === null ? Infinity : new Date(due.due_at).getTime());
  const byHour = (a: D, b: D): number => (at(a) === at(b) ? 0 : at(a) < at(b) ? -1 : 1);
  type Scored = (typeof scored)[number];
  const before = (a: Scored, b: Scored): number =>
    b.score - a.score || byHour(a.due, b.due) || (a.due.id < b.due.id ? -1 : 1);
  const byKind = Map.groupBy(scored, ({ due }) => due.id.split(":")[0]);
  const spread = [...byKind.values()].flatMap((same) =>
    same.toSorted(before).map((one, i) => ({ ...one, score: one.score - pile * Math.log2(1 + i) })),
  );
  return spread.toSorted(before).map(({ due }) => due);
} // prettier-ignore
