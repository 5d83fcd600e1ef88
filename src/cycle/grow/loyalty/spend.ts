import { newId } from "#kernel/id";
import { Refused } from "#kernel/refusal";
import { notBefore, post, settleLot, spendable, tell, type Book, type Spend } from "./book.ts";

/** Holds points for something until an instant: they leave their lots, soonest expiring first. Refused when fewer are available, or while points are owed. */
export function reserve(book: Book, r: { key: string; points: number; at: Date; until: Date; reason: string }): Spend {
  if (book.debt < 0) throw new Refused("conflict", "points.owed", `${-book.debt} points are owed; the next points repay them first.`); // prettier-ignore
  if (book.available < r.points) throw new Refused("conflict", "points.too-few", `Only ${book.available} points are available; this takes ${r.points}.`); // prettier-ignore
  const allocations: Spend["allocations"] = [];
  let left = r.points;
  for (const lot of spendable(book)) {
    const points = Math.min(left, lot.remaining);
    if (points === 0) break;
    allocations.push({ lot_id: lot.id, points, restored: 0 });
    lot.remaining -= points;
    left -= points;
    settleLot(lot);
  }
  const fact_id = tell(book, { name: "points.spent", occurred_at: r.at, payload: { points: r.points, reason: r.reason } }); // prettier-ignore
  const spend: Spend = {
    id: newId(), key: r.key, points: r.points, restored: 0, state: "held", hold_until: r.until, rules: book.rules.version, reason: r.reason,
    spent_at: r.at, order_id: null, fact_id, allocations,
  }; // prettier-ignore
  book.spends.push(spend);
  post(book, { kind: "spent", key: `use:${r.key}`, at: r.at, spend, reason: r.reason, fact: fact_id, available: -r.points, redeemed: r.points }); // prettier-ignore
  return spend;
}

/** What was held is spent for good, on an order; nothing moves any more, and the journal says so. */
export function capture(book: Book, spend: Spend, c: { order_id: string; number: string; at: Date }): void {
  Object.assign(spend, { state: "captured", order_id: c.order_id, hold_until: null });
  post(book, { kind: "captured", key: `cap:${spend.id}`, at: c.at, spend, reason: c.number });
}

export interface Restoring {
  points: number;
  at: Date;
  reason: string;
  cause: string | null;
  /** Whether the spend ends with it. */
  release: boolean;
}

/**
 * Gives points back to the lots they came from, those taken last first; a lot that expired meanwhile stays expired, so that nobody
 * cancels to dodge expiry. A debt is repaid first.
 */
export function restore(book: Book, spend: Spend, r: Restoring): void {
  const at = notBefore(book, r.at);
  const touched = [];
  let [left, back, gone] = [r.points, 0, 0];
  for (const part of spend.allocations.toReversed()) {
    const n = Math.min(left, part.points - part.restored);
    if (n === 0) continue;
    const lot = book.lots.find((l) => l.id === part.lot_id)!;
    part.restored += n;
    left -= n;
    touched.push(lot);
    if (lot.expires_at && lot.expires_at <= at) {
      lot.expired += n;
      gone += n;
    } else {
      lot.remaining += n;
      back += n;
    }
  }
  const repaid = Math.min(back, -book.debt);
  let owed = repaid;
  for (const lot of touched) {
    const n = Math.min(owed, lot.expires_at && lot.expires_at <= at ? 0 : lot.remaining);
    lot.remaining -= n;
    owed -= n;
  }
  for (const lot of touched) settleLot(lot);
  spend.restored += r.points;
  if (r.release) Object.assign(spend, { state: "released", hold_until: null });
  const payload = { points: r.points, gone, repaid, reason: r.reason };
  const fact = tell(book, { name: "points.restored", occurred_at: at, caused_by: r.cause ?? spend.fact_id, payload });
  post(book, { kind: "restored", key: `back:${spend.id}:${spend.restored}`, at, spend, reason: r.reason, fact, redeemed: -r.points, available: back - repaid, debt: repaid, expired: gone }); // prettier-ignore
}
