import { sql } from "kysely";
import { invalid, Refused } from "#kernel/refusal";
import { inTransaction, type Ctx, type Tx } from "#platform/context";
import { advance } from "./advance.ts";
import { notBefore, post, settleLot, spendable, tell, type Book, type Lot } from "./book.ts";
import { earn, takeBack } from "./lots.ts";
import { programOf } from "./program.ts";
import { holdBook, holdBooks, saveBooks } from "./store.ts";

const wholePoints = (points: number): void => {
  if (!Number.isSafeInteger(points) || points < 1 || points > 1e9) throw invalid("points", "Points are a whole number from 1 to 1,000,000,000."); // prettier-ignore
};

export interface Granting {
  contact_id: string;
  points: number;
  /** The giver's own, unique: granting twice under one key is granting once. */
  key: string;
  /** In words, for the member. */
  reason: string;
  caused_by?: string | null;
  /** When they can be spent; at once unless said. */
  active_at?: Date;
}

/** Gives points for something else than an order; answers the reward.earned fact, the first one's for a repeated key. Null when no programme runs. */
export async function grantPoints(tx: Tx, g: Granting): Promise<string | null> {
  wholePoints(g.points);
  const program = await programOf(tx);
  if (!program?.active) return null;
  const book = (await holdBooks(tx, program, [g.contact_id])).get(g.contact_id);
  if (!book) return null;
  const before = await lotUnder(tx, g.key);
  if (before) return before.fact_id;
  advance(book, tx.clock());
  const active_at = g.active_at ?? tx.clock();
  const lot = earn(book, { key: g.key, points: g.points, at: tx.clock(), active_at, source: "grant", qualifies: true, reason: g.reason, cause: g.caused_by ?? null }); // prettier-ignore
  await saveBooks(tx, [book]);
  return lot.fact_id;
}

interface Under {
  id: string;
  contact_id: string;
  fact_id: string;
  lot: Lot;
}

/** The lot under a key: two givers in a race are held apart by the member's row and by the key. */
async function lotUnder(tx: Tx, key: string): Promise<Under | null> {
  const { rows } = await sql<Under>`
    select l.id, l.fact_id, m.contact_id, to_jsonb(l) as lot from loyalty_lots l join loyalty_members m on m.id = l.member_id where l.key = ${key}`.execute(tx.db); // prettier-ignore
  return rows[0] ?? null;
}

/** Takes points back that were granted under a key, all that were not taken back yet; nothing when there are none. Answers how many. */
export async function takeBackPoints(tx: Tx, t: { key: string; reason: string; caused_by?: string | null }): Promise<number> {
  const under = await lotUnder(tx, t.key);
  const book = under && (await holdBook(tx, under.contact_id));
  if (!book) return 0;
  advance(book, tx.clock());
  // Spent long ago it is not among those that can move.
  let lot = book.lots.find((l) => l.id === under.id);
  if (!lot) {
    const { lot: old } = (await lotUnder(tx, t.key))!;
    lot = { ...old, earned_at: new Date(old.earned_at), active_at: new Date(old.active_at), activated_at: old.activated_at && new Date(old.activated_at), expires_at: old.expires_at && new Date(old.expires_at) };
    book.lots.push(lot);
  }
  const points = lot.original - lot.reversed;
  if (points === 0) return 0;
  takeBack(book, { own: [lot], points, key: `rev:${lot.id}`, at: tx.clock(), reason: t.reason, cause: t.caused_by ?? null });
  await saveBooks(tx, [book]);
  return points;
} // prettier-ignore

/** Corrects a balance by hand, up or down, with a reason; never takes more than is available. Points given so do not count for the tier. */
export const adjustPoints = (ctx: Ctx | Tx, a: { contact_id: string; points: number; reason: string; key: string }): Promise<void> =>
  inTransaction(ctx, async (tx) => {
    wholePoints(Math.abs(a.points));
    const program = await programOf(tx);
    if (!program) throw new Refused("conflict", "loyalty.none", "No loyalty programme was started yet.");
    const book = (await holdBooks(tx, program, [a.contact_id])).get(a.contact_id);
    if (!book) throw invalid("contact_id", "There is no such contact.");
    const { rows } = await sql`select 1 from loyalty_entries where key = ${a.key}`.execute(tx.db);
    if (rows.length > 0) return;
    advance(book, tx.clock());
    if (a.points > 0)
      earn(book, { key: a.key, points: a.points, at: tx.clock(), active_at: tx.clock(), source: "hand", qualifies: false, reason: a.reason });
    else takeAway(book, -a.points, { ...a, at: tx.clock() });
    await saveBooks(tx, [book]);
  }); // prettier-ignore

function takeAway(book: Book, points: number, a: { key: string; reason: string; at: Date }): void {
  if (points > book.available)
    throw invalid("points", `Only ${book.available} points are available.`, "points.too-few");
  const at = notBefore(book, a.at);
  let left = points;
  for (const lot of spendable(book)) {
    const n = Math.min(left, lot.remaining);
    if (n === 0) break;
    lot.remaining -= n;
    left -= n;
    settleLot(lot);
  }
  const fact = tell(book, { name: "points.reversed", occurred_at: at, payload: { points, owed: 0, reason: a.reason } });
  post(book, { kind: "adjusted", key: a.key, at, reason: a.reason, fact, issued: -points, available: -points });
}
