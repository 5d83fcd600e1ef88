import { newId } from "#kernel/id";
import { tell, type Book, type TierMove } from "./book.ts";
import { daysAfter, monthsAfter, monthsBefore } from "./rules.ts";

/*
 * Words we use
 *   qualifying   points that became active in the last months (12 unless said) and were not taken back; spending and expiry do not lessen it
 *   grace        days after the evaluation in which a tier is kept although too few points qualify
 */

/** The points that count for the tier at an instant. */
export function qualifying(book: Book, at: Date): number {
  const since = monthsBefore(at, book.rules.tier_months, book.program.zone);
  return book.lots.reduce((sum, l) => sum + (l.qualifies && l.activated_at && l.activated_at > since && l.activated_at <= at ? l.original - l.reversed : 0), 0); // prettier-ignore
}

/** How high a tier stands; -1 for none, and for one that there is no more. */
export const levelOf = (book: Pick<Book, "rules">, tier: string | null): number => book.rules.tiers.findIndex((t) => t.name === tier); // prettier-ignore

const note = (book: Book, move: Omit<TierMove, "id">): void => void book.tiers.push({ id: newId(), ...move });

function stand(book: Book, tier: string | null, at: Date, fact: string | null): void {
  const evaluate_at = tier === null ? null : monthsAfter(at, book.rules.tier_months, book.program.zone);
  Object.assign(book, { tier, tier_since: at, evaluate_at, in_grace: false, tier_fact: fact });
}

/** Upgrades at once when enough points qualify; a grace ends when they do again. */
export function reachTier(book: Book, at: Date, cause: string | null): void {
  const sum = qualifying(book, at);
  const level = book.rules.tiers.findLastIndex((t) => t.points <= sum);
  if (level < 0 || level < levelOf(book, book.tier)) return;
  const tier = book.rules.tiers[level]!.name;
  if (tier === book.tier) {
    if (book.in_grace) keep(book, at, sum);
    return;
  }
  const was = book.tier;
  const fact = tell(book, { name: "tier.reached", occurred_at: at, caused_by: cause, payload: { tier, was, qualifying: sum } }); // prettier-ignore
  stand(book, tier, at, fact);
  note(book, { tier, was, at, reason: "reached", qualifying: sum });
}

function keep(book: Book, at: Date, sum: number): void {
  book.evaluate_at = monthsAfter(at, book.rules.tier_months, book.program.zone);
  book.in_grace = false;
  note(book, { tier: book.tier, was: book.tier, at, reason: "kept", qualifying: sum });
}

/** At the evaluation: kept for another period, given a grace, and after the grace one tier down. */
export function evaluate(book: Book): void {
  const at = book.evaluate_at!;
  const sum = qualifying(book, at);
  const level = levelOf(book, book.tier);
  const tier = book.rules.tiers[level];
  if (tier && sum >= tier.points) return keep(book, at, sum);
  if (!book.in_grace && book.rules.grace_days > 0) {
    Object.assign(book, { in_grace: true, evaluate_at: daysAfter(at, book.rules.grace_days) });
    return note(book, { tier: book.tier, was: book.tier, at, reason: "grace", qualifying: sum });
  }
  const [was, next] = [book.tier!, book.rules.tiers[level - 1]?.name ?? null];
  const fact = tell(book, { name: "tier.lost", occurred_at: at, caused_by: book.tier_fact, payload: { tier: was, now: next, qualifying: sum } }); // prettier-ignore
  stand(book, next, at, fact);
  note(book, { tier: next, was, at, reason: "lost", qualifying: sum });
}
