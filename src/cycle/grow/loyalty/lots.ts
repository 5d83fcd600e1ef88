import { newId } from "#kernel/id";
import { notBefore, post, settleLot, spendable, tell, type Book, type Lot } from "./book.ts";
import { expiryOf } from "./rules.ts";
import { reachTier } from "./tier.ts";

export interface Earning {
  key: string;
  points: number;
  /** When it was earned. */
  at: Date;
  active_at: Date;
  source: Lot["source"];
  qualifies: boolean;
  order?: { id: string; number: string } | null;
  reason?: string | null;
  cause?: string | null;
  rules?: number;
  /** The fact that told of it already. */
  fact?: string;
}

/** A new lot, pending until its day. */
export function earn(book: Book, e: Earning): Lot {
  const payload = { points: e.points, order_id: e.order?.id ?? null, number: e.order?.number ?? null, active_at: e.active_at.toISOString(), ...(e.reason ? { reason: e.reason } : {}) }; // prettier-ignore
  const fact_id =
    e.fact ?? tell(book, { name: "reward.earned", occurred_at: e.at, caused_by: e.cause ?? null, payload });
  const lot: Lot = {
    id: newId(), source: e.source, order_id: e.order?.id ?? null, key: e.key, reason: e.reason ?? null, rules: e.rules ?? book.rules.version,
    original: e.points, remaining: e.points, reversed: 0, expired: 0, state: "pending", qualifies: e.qualifies,
    earned_at: e.at, active_at: e.active_at, activated_at: null, expires_at: null, fact_id, activated_fact: null,
  }; // prettier-ignore
  book.lots.push(lot);
  post(book, { kind: "earned", key: e.key, at: e.at, lot, reason: e.reason ?? null, fact: fact_id, issued: e.points, pending: e.points }); // prettier-ignore
  return lot;
}

/** Points become spendable at their day; a debt is repaid first. */
export function activate(book: Book, lot: Lot): void {
  const at = lot.active_at;
  const repaid = Math.min(-book.debt, lot.remaining);
  const points = lot.remaining;
  const fact = tell(book, { name: "points.activated", occurred_at: at, caused_by: lot.fact_id, payload: { points, repaid } }); // prettier-ignore
  Object.assign(lot, { activated_at: at, activated_fact: fact, remaining: points - repaid, expires_at: expiryOf(book.rulesOf(lot.rules), book.program.zone, at) }); // prettier-ignore
  settleLot(lot);
  post(book, { kind: "activated", key: `act:${lot.id}`, at, lot, fact, pending: -points, debt: repaid, available: points - repaid }); // prettier-ignore
  if (lot.qualifies) reachTier(book, at, fact);
}

/** Points past their day are gone; dated at that day, however late it is written. */
export function expire(book: Book, lot: Lot): void {
  const at = lot.expires_at!;
  const points = lot.remaining;
  const fact = tell(book, { name: "points.expired", occurred_at: at, caused_by: lot.activated_fact, payload: { points } }); // prettier-ignore
  lot.remaining = 0;
  lot.expired += points;
  settleLot(lot);
  post(book, { kind: "expired", key: `exp:${lot.id}`, at, lot, fact, available: -points, expired: points });
}

export interface TakingBack {
  /** The lots it was earned by. */
  own: readonly Lot[];
  points: number;
  key: string;
  at: Date;
  reason: string;
  cause: string | null;
  order?: { id: string; number: string } | null;
}

/** Takes points back: from the lots that earned them, of those what expired unused, then by the rules from other lots, and what is missing is owed. */
export function takeBack(book: Book, t: TakingBack): void {
  const first = t.own[0]!;
  const at = notBefore(book, t.at);
  const from = { pending: 0, available: 0, expired: 0 };
  let left = t.points;
  const take = (lot: Lot): void => {
    const n = Math.min(left, lot.remaining);
    from[lot.state === "pending" ? "pending" : "available"] += n;
    lot.remaining -= n;
    left -= n;
  };
  for (const lot of t.own) if (lot.state === "pending" || lot.state === "active") take(lot);
  for (const lot of t.own) {
    const n = Math.min(left, lot.expired);
    from.expired += n;
    lot.expired -= n;
    left -= n;
  }
  const others = book.rulesOf(first.rules).refund === "other_lots_then_debt" ? spendable(book).filter((l) => !t.own.includes(l)) : []; // prettier-ignore
  for (const lot of others) take(lot);
  let reversed = t.points;
  for (const lot of t.own) {
    const n = Math.min(reversed, lot.original - lot.reversed);
    lot.reversed += n;
    reversed -= n;
  }
  for (const lot of [...t.own, ...others]) settleLot(lot);
  const payload = { points: t.points, owed: left, reason: t.reason, order_id: t.order?.id ?? null, number: t.order?.number ?? null }; // prettier-ignore
  const fact = tell(book, { name: "points.reversed", occurred_at: at, caused_by: t.cause ?? first.fact_id, payload });
  post(book, { kind: "reversed", key: t.key, at, lot: first, reason: t.reason, fact, issued: -t.points, pending: -from.pending, available: -from.available, expired: -from.expired, debt: -left }); // prettier-ignore
}
