import { newId } from "#kernel/id";
import type { FactInput } from "#timeline";
import type { Rules } from "./rules.ts";

/*
 * Words we use
 *   book     one member's points as they stand: six accounts, lots, what was spent, the tier; rules act on it, the store reads and writes it
 *   lot      points earned at once; it keeps its own day of activation and expiry, so that expiry never counts a point twice
 *   entry    one line of the journal; pending + available + debt + redeemed + expired = issued, in every entry and so in every sum
 *   spend    points taken out of lots: held for a voucher, then captured by an order, or released
 *   debt     points taken back after they were spent; below zero, and repaid by what becomes active next
 */
export interface Accounts {
  issued: number;
  pending: number;
  available: number;
  debt: number;
  redeemed: number;
  expired: number;
}
export const accountNames = ["issued", "pending", "available", "debt", "redeemed", "expired"] as const;

export interface Lot {
  id: string;
  source: "order" | "grant" | "hand";
  order_id: string | null;
  key: string;
  reason: string | null;
  rules: number;
  original: number;
  remaining: number;
  reversed: number;
  expired: number;
  state: "pending" | "active" | "spent" | "expired" | "reversed";
  /** Counts for the tier. */
  qualifies: boolean;
  earned_at: Date;
  active_at: Date;
  activated_at: Date | null;
  expires_at: Date | null;
  fact_id: string;
  activated_fact: string | null;
}

export interface Spend {
  id: string;
  key: string;
  points: number;
  restored: number;
  state: "held" | "captured" | "released";
  hold_until: Date | null;
  rules: number;
  reason: string;
  spent_at: Date;
  order_id: string | null;
  fact_id: string;
  allocations: { lot_id: string; points: number; restored: number }[];
}

export type EntryKind =
  | "earned"
  | "activated"
  | "spent"
  | "captured"
  | "restored"
  | "expired"
  | "reversed"
  | "adjusted";
export interface Entry extends Accounts {
  id: string;
  kind: EntryKind;
  key: string;
  at: Date;
  lot_id: string | null;
  spend_id: string | null;
  reason: string | null;
  fact_id: string | null;
}

export interface TierMove {
  id: string;
  tier: string | null;
  was: string | null;
  at: Date;
  reason: "reached" | "kept" | "grace" | "lost";
  qualifying: number;
}

export interface Book extends Accounts {
  id: string;
  contact_id: string;
  account_id: string | null;
  tier: string | null;
  tier_since: Date | null;
  evaluate_at: Date | null;
  in_grace: boolean;
  tier_fact: string | null;
  joined_at: Date;
  /** It was brought to this instant: nothing that moves points is dated before it, or an expiry would be undone by what came late. */
  moved_at: Date;
  lots: Lot[];
  spends: Spend[];
  /** What came to it since it was read. */
  entries: Entry[];
  tiers: TierMove[];
  told: FactInput[];
  program: { id: string; zone: string };
  /** Of now. */
  rules: Rules;
  rulesOf: (version: number) => Rules;
}

/** An event that must not be: the accounts would not agree. The transaction ends, and nothing of it is kept. */
const disagree = (book: Book, entry: EntryKind): Error => new Error(`points of ${book.id} would not agree after "${entry}"`); // prettier-ignore

/** Writes an entry and moves the accounts by it. */
export function post(
  book: Book,
  entry: Partial<Accounts> & Pick<Entry, "kind" | "key" | "at"> & { lot?: Lot; spend?: Spend; reason?: string | null; fact?: string | null }, // prettier-ignore
): void {
  const { kind, key, at, lot, spend, reason, fact } = entry;
  const moved: Accounts = { issued: entry.issued ?? 0, pending: entry.pending ?? 0, available: entry.available ?? 0, debt: entry.debt ?? 0, redeemed: entry.redeemed ?? 0, expired: entry.expired ?? 0 }; // prettier-ignore
  for (const name of accountNames) book[name] += moved[name];
  if (!agrees(moved) || !agrees(book) || book.pending < 0 || book.available < 0 || book.debt > 0)
    throw disagree(book, kind);
  book.entries.push({ id: newId(), kind, key, at, lot_id: lot?.id ?? null, spend_id: spend?.id ?? null, reason: reason ?? null, fact_id: fact ?? null, ...moved }); // prettier-ignore
}

/** Whether what is in the five accounts is what was issued. */
export const agrees = (a: Accounts): boolean => a.pending + a.available + a.debt + a.redeemed + a.expired === a.issued;

/** The second identity: what active lots still hold is what is available. */
export const lotsAgree = (book: Pick<Book, "lots" | "available">): boolean =>
  book.lots.reduce((sum, lot) => sum + (lot.state === "active" ? lot.remaining : 0), 0) === book.available;

/** The instant an act takes effect: its own, or the one the book was brought to already. */
export const notBefore = (book: Book, at: Date): Date => (at > book.moved_at ? at : book.moved_at);

/** Tells a fact about the member; answers its id, for what follows from it. */
export function tell(book: Book, fact: Omit<FactInput, "id">): string {
  const id = newId();
  book.told.push({ ...fact, id, contact_id: book.contact_id, account_id: book.account_id });
  return id;
}

/** Active lots in the order they are spent: soonest expiring first, then first earned. */
export const spendable = (book: Book): Lot[] =>
  book.lots
    .filter((lot) => lot.state === "active")
    .toSorted((a, b) => (a.expires_at?.getTime() ?? Infinity) - (b.expires_at?.getTime() ?? Infinity) || a.earned_at.getTime() - b.earned_at.getTime() || (a.id < b.id ? -1 : 1)); // prettier-ignore

/** The state of a lot after points moved. */
export function settleLot(lot: Lot): void {
  if (lot.activated_at === null) lot.state = lot.remaining > 0 ? "pending" : "reversed";
  else if (lot.remaining > 0) lot.state = "active";
  else lot.state = lot.reversed >= lot.original ? "reversed" : lot.expired > 0 ? "expired" : "spent";
}
