import { sql } from "kysely";
import { orderTerms } from "#deliver/orders";
import type { Tx } from "#platform/context";
import { advance } from "./advance.ts";
import type { Book, Spend } from "./book.ts";
import { earn, takeBack } from "./lots.ts";
import { follow, type Standing } from "./order.ts";
import { programOf } from "./program.ts";
import { daysAfter } from "./rules.ts";
import { reserve, restore } from "./spend.ts";
import { holdBooks, saveBooks } from "./store.ts";
import { newCode } from "./voucher.ts";

/** Something of the past that moved points. */
export type Moment = { at: Date; contact_id: string } & (
  | { order: Standing; cause: string }
  | { points: number; key: string; reason: string; fact: string }
  | { ungrant: string; reason: string }
  | { take: string }
  | { cancel: string }
);

const atOnce = 300;

/** Writes the points of a past that was not followed as it happened, by the same rules and dated at its own instants, up to `until`; each contact's moments in their order. */
export async function retellPoints(tx: Tx, moments: readonly Moment[], until: Date): Promise<void> {
  const program = await programOf(tx);
  if (!program) return;
  const so = { days: (await orderTerms(tx)).return_days, currency: tx.workspace.currency };
  const then: Tx = { ...tx, clock: () => until };
  const past = Map.groupBy(moments.filter((m) => m.at <= until), (m) => m.contact_id); // prettier-ignore
  const all = [...past].map(([contact, list]) => [contact, list.toSorted((a, b) => a.at.getTime() - b.at.getTime())] as const); // prettier-ignore
  for (let from = 0; from < all.length; from += atOnce) {
    const part = all.slice(from, from + atOnce);
    const books = await holdBooks(then, program, part.map(([contact]) => contact)); // prettier-ignore
    for (const [contact, list] of part) for (const moment of list) live(books.get(contact), moment, so);
    await saveBooks(then, [...books.values()]);
    await writeVouchers(tx, [...books.values()]);
    const joined = part.map(([contact_id, list]) => ({ contact_id, at: list[0]!.at }));
    await sql`
      update loyalty_members m set joined_at = r.at from json_to_recordset(${JSON.stringify(joined)}::json) as r(contact_id uuid, at timestamptz)
       where m.contact_id = r.contact_id and m.joined_at > r.at`.execute(tx.db);
  }
}

async function writeVouchers(tx: Tx, books: readonly Book[]): Promise<void> {
  const rows = books.flatMap((book) => book.spends.map((s: Spend) => ({ id: s.id, code: newCode(), reward: book.rules.reward.name, amount: book.rules.reward.amount, currency: tx.workspace.currency }))); // prettier-ignore
  await sql`
    insert into loyalty_vouchers (id, code, reward, amount, currency)
    select r.* from json_to_recordset(${JSON.stringify(rows)}::json) as r(id uuid, code text, reward text, amount bigint, currency text)
        on conflict (id) do nothing`.execute(tx.db);
}

function live(book: Book | undefined, m: Moment, so: { days: number; currency: string }): void {
  if (!book) return;
  advance(book, m.at);
  if ("order" in m) return follow(book, m.order, { at: m.at, cause: m.cause, currency: so.currency, returnDays: so.days });
  if ("points" in m) return void earn(book, { key: m.key, points: m.points, at: m.at, active_at: m.at, source: "grant", qualifies: true, reason: m.reason, fact: m.fact });
  if ("ungrant" in m) {
    const lot = book.lots.find((l) => l.key === m.ungrant && l.reversed < l.original);
    return lot && takeBack(book, { own: [lot], points: lot.original - lot.reversed, key: `rev:${lot.id}`, at: m.at, reason: m.reason, cause: null });
  }
  if ("cancel" in m) {
    const spend = book.spends.find((s) => s.key === m.cancel && s.state === "held");
    return spend && restore(book, spend, { points: spend.points - spend.restored, at: m.at, reason: "cancelled", cause: null, release: true });
  }
  const { reward, voucher_days } = book.rules;
  if (book.debt < 0 || book.available < reward.points) return;
  reserve(book, { key: m.take, points: reward.points, at: m.at, until: daysAfter(m.at, voucher_days), reason: reward.name });
} // prettier-ignore

/** Ends a programme for good with its rules; only one that nobody is a member of. Answers whether it was ended. */
export async function forgetProgram(tx: Tx, id: string): Promise<boolean> {
  const { rows } = await sql`
    delete from loyalty_programs where id = ${id} and not exists (select from loyalty_members) returning id`.execute(
    tx.db,
  );
  if (rows.length > 0) await sql`delete from loyalty_rules`.execute(tx.db);
  return rows.length > 0;
}
