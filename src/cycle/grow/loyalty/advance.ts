import type { Book } from "./book.ts";
import { activate, expire } from "./lots.ts";
import { restore } from "./spend.ts";
import { evaluate } from "./tier.ts";

interface Due {
  at: Date;
  /** At one instant: points become active, then others expire, then what was held comes back, then the tier is looked at. */
  rank: number;
  run: () => void;
}

function dues(book: Book): Due[] {
  const found: Due[] = [];
  for (const lot of book.lots) {
    if (lot.state === "pending") found.push({ at: lot.active_at, rank: 0, run: () => activate(book, lot) });
    if (lot.state === "active" && lot.expires_at) found.push({ at: lot.expires_at, rank: 1, run: () => expire(book, lot) }); // prettier-ignore
  }
  for (const spend of book.spends) {
    const until = spend.state === "held" ? spend.hold_until : null;
    if (until) found.push({ at: until, rank: 2, run: () => restore(book, spend, { points: spend.points - spend.restored, at: until, reason: "ran out", cause: null, release: true }) }); // prettier-ignore
  }
  if (book.evaluate_at) found.push({ at: book.evaluate_at, rank: 3, run: () => evaluate(book) });
  return found;
}

const first = (book: Book): Due | undefined => dues(book).reduce<Due | undefined>((a, b) => (a && (a.at < b.at || (a.at.getTime() === b.at.getTime() && a.rank <= b.rank)) ? a : b), undefined); // prettier-ignore

/** When time alone changes the book next; null when it never does. */
export const dueAt = (book: Book): Date | null => first(book)?.at ?? null;

/** Brings the book to an instant: everything that came due until then, in its order and dated at its own instant. */
export function advance(book: Book, until: Date): void {
  for (let due = first(book); due && due.at <= until; due = first(book)) due.run();
  if (until > book.moved_at) book.moved_at = until;
}
