import { randomInt } from "node:crypto";
import { sql } from "kysely";
import { invalid, notFound, Refused } from "#kernel/refusal";
import { moneyOf } from "#deliver/orders";
import { receivePayment } from "#deliver/payments";
import { inTransaction, type Ctx, type Tx } from "#platform/context";
import { advance } from "./advance.ts";
import type { Book, Spend } from "./book.ts";
import { programOf } from "./program.ts";
import { daysAfter } from "./rules.ts";
import { capture, reserve, restore } from "./spend.ts";
import { holdBook, holdBooks, saveBooks } from "./store.ts";

// Without 0, O, 1, I and L: read aloud and typed from paper. Twelve of 31 are 59 bits.
const letters = "23456789ABCDEFGHJKMNPQRSTUVWXYZ";
/** A voucher's code, that nobody can guess. */
export const newCode = (): string => Array.from({ length: 3 }, () => Array.from({ length: 4 }, () => letters[randomInt(letters.length)]).join("")).join("-"); // prettier-ignore

/** A code as it was stored, however it was typed. */
export const cleanCode = (typed: string): string => typed.toUpperCase().replaceAll(/[^A-Z0-9]/g, "").replace(/^(.{4})(.{4})(.{4})$/, "$1-$2-$3"); // prettier-ignore

/** Takes the reward: its points are reserved and a voucher is issued, once per key. Answers its code. */
export const redeemReward = (ctx: Ctx | Tx, r: { contact_id: string; key: string }): Promise<string> =>
  inTransaction(ctx, async (tx) => {
    const program = await programOf(tx);
    if (!program?.active) throw new Refused("conflict", "loyalty.none", "No loyalty programme is running.");
    const book = (await holdBooks(tx, program, [r.contact_id])).get(r.contact_id);
    if (!book) throw notFound("contact");
    const { rows } = await sql<{ code: string }>`
      select v.code from loyalty_spends s join loyalty_vouchers v on v.id = s.id where s.key = ${r.key} and s.member_id = ${book.id}`.execute(tx.db);
    if (rows[0]) return rows[0].code;
    advance(book, tx.clock());
    const { reward, voucher_days } = program.rules;
    const spend = reserve(book, { key: r.key, points: reward.points, at: tx.clock(), until: daysAfter(tx.clock(), voucher_days), reason: reward.name });
    await saveBooks(tx, [book]);
    const code = newCode();
    await sql`
      insert into loyalty_vouchers (id, code, reward, amount, currency) values (${spend.id}, ${code}, ${reward.name}, ${reward.amount}, ${tx.workspace.currency})`.execute(tx.db);
    return code;
  }); // prettier-ignore

interface Voucher {
  id: string;
  contact_id: string;
  amount: number;
  currency: string;
  code: string;
}

/** The voucher with its member's book, held; whoever comes second sees what the first one did. */
async function held(tx: Tx, which: { id: string } | { code: string }): Promise<{ voucher: Voucher; book: Book; spend: Spend }> {
  const { rows } = await sql<Voucher>`
    select v.id, v.code, v.amount, v.currency, m.contact_id from loyalty_vouchers v join loyalty_spends s on s.id = v.id join loyalty_members m on m.id = s.member_id
     where ${"id" in which ? sql`v.id = ${which.id}` : sql`v.code = ${cleanCode(which.code)}`}`.execute(tx.db);
  const voucher = rows[0];
  if (!voucher) throw notFound("voucher");
  const book = await holdBook(tx, voucher.contact_id);
  if (!book) throw notFound("voucher");
  advance(book, tx.clock());
  const spend = book.spends.find((s) => s.id === voucher.id);
  if (!spend || spend.state !== "held") throw new Refused("conflict", "voucher.not-open", `Voucher ${voucher.code} was used, cancelled, or has run out.`);
  return { voucher, book, spend };
} // prettier-ignore

/** Uses a voucher on an order: it pays what is due, at most its amount. Refused when it is not open, and when nothing is due. Answers what it paid, minor units. */
export const applyVoucher = (ctx: Ctx | Tx, u: { code: string; order_id: string }): Promise<number> =>
  inTransaction(ctx, async (tx) => {
    const { voucher, book, spend } = await held(tx, { code: u.code });
    const order = await moneyOf(tx, u.order_id);
    if (!order) throw invalid("order_id", "There is no such order.");
    if (order.contact_id !== voucher.contact_id) throw invalid("order_id", "This order is another customer's.", "voucher.other-customer");
    if (order.currency !== voucher.currency) throw invalid("order_id", `The voucher is over ${voucher.currency}, the order over ${order.currency}.`);
    const amount = Math.min(voucher.amount, order.total - order.paid);
    if (amount <= 0) throw invalid("order_id", "Nothing is due for this order any more.", "voucher.nothing-due");
    const payment = await receivePayment(tx, order.id, { amount, method: "voucher", reference: voucher.code });
    capture(book, spend, { order_id: order.id, number: order.number, at: tx.clock() });
    await saveBooks(tx, [book]);
    await sql`update loyalty_vouchers set payment_id = ${payment}, used_amount = ${amount} where id = ${voucher.id}`.execute(tx.db);
    return amount;
  }); // prettier-ignore

/** Cancels a voucher that was not used: its points go back to the lots they came from, with their old days of expiry. */
export const cancelVoucher = (ctx: Ctx | Tx, id: string, reason: string): Promise<void> =>
  inTransaction(ctx, async (tx) => {
    const { book, spend } = await held(tx, { id });
    restore(book, spend, { points: spend.points - spend.restored, at: tx.clock(), reason, cause: null, release: true });
    await saveBooks(tx, [book]);
  }); // prettier-ignore
