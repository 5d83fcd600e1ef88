import { usualGapDays, type FactSeen } from "#kernel/condition";

/*
 * Words we use
 *   trait   what facts add up to: orders, money, the usual gap; money in minor units of the workspace's currency
 *   act     the latest of the things a company and its customer do to each other; lenses place customers by some of them
 */
export interface Traits {
  order_count: number;
  paid_total: number;
  returned_total: number;
  first_order_at: Date | null;
  last_order_at: Date | null;
  usual_gap_days: number | null;
  last_act: string | null;
}

export const traitFacts = [
  "order.placed", "order.corrected", "order.cancelled", "order.reopened", "order.paid", "order.returned", "payment.received", "payment.refunded",
] as const; // prettier-ignore

/** The company's own acts, which a lens may draw as a step: asked, answered, told of the improvement. */
export const companyActs = ["survey.sent", "survey.answered", "improvement.announced"] as const;
/** Acts after which an earlier one is no longer the last thing that happened. */
export const acts = [
  ...companyActs, "lead.opened", "order.placed", "order.paid", "payment.received", "order.delivered", "order.returned", "case.opened",
] as const; // prettier-ignore
const actSet = new Set<string>(acts);
const companySet = new Set<string>(companyActs);

const amountOf = (f: FactSeen): number => (typeof f.payload.base_amount === "number" ? f.payload.base_amount : 0);

// Sums stop at 2^53 minor units: beyond it no reader has the exact number, and beyond 2^63 the column would refuse the whole batch.
const kept = (sum: number): number => Math.max(-Number.MAX_SAFE_INTEGER, Math.min(sum, Number.MAX_SAFE_INTEGER));

/** Adds up facts in ascending order; cancelled orders do not count until they are opened again. */
export function traitsOf(facts: readonly FactSeen[]): Traits {
  const orders = new Map<unknown, Date>();
  const cancelled = new Set<unknown>();
  let [paid, returned] = [0, 0];
  let last_act: string | null = null;
  for (const f of facts) {
    if (f.name === "order.placed") orders.set(f.payload.order_id ?? f.id, f.occurred_at);
    else if (f.name === "order.cancelled") cancelled.add(f.payload.order_id);
    else if (f.name === "order.reopened") cancelled.delete(f.payload.order_id);
    else if (f.name === "order.paid" || f.name === "payment.received") paid += amountOf(f);
    else if (f.name === "payment.refunded") paid -= amountOf(f);
    else if (f.name === "order.returned") returned += amountOf(f);
    if (actSet.has(f.name)) last_act = f.name;
  }
  for (const id of cancelled) orders.delete(id);
  const times = [...orders.values()].map(Number).sort((a, b) => a - b);
  return {
    order_count: times.length,
    paid_total: kept(paid),
    returned_total: kept(returned),
    first_order_at: times.length ? new Date(times[0]!) : null,
    last_order_at: times.length ? new Date(times.at(-1)!) : null,
    usual_gap_days: gapOf(facts, cancelled),
    last_act,
  };
}

// Null with fewer than two gaps of their own: a guess is not a trait.
function gapOf(facts: readonly FactSeen[], cancelled: ReadonlySet<unknown>): number | null {
  const counted = facts.filter((f) => f.name === "order.placed" && !cancelled.has(f.payload.order_id));
  const last = counted.at(-1);
  const gap = last ? usualGapDays(counted, "order.placed", last.occurred_at, Number.NaN) : Number.NaN;
  return Number.isNaN(gap) ? null : gap;
}

/** When one of the company's acts became the last thing that happened, and when something else did (null). */
export function actsUnderWay(facts: readonly FactSeen[]): { at: Date; act: string | null }[] {
  const found: { at: Date; act: string | null }[] = [];
  for (const f of facts) {
    if (!actSet.has(f.name)) continue;
    const act = companySet.has(f.name) ? f.name : null;
    if ((found.at(-1)?.act ?? null) !== act) found.push({ at: f.occurred_at, act });
  }
  return found;
}
