import { sql } from "kysely";
import { discountLines, inBase, lockOrder, type Ordered } from "#deliver/orders";
import { dayIn } from "#convert/catalog";
import { newId } from "#kernel/id";
import { notFound } from "#kernel/refusal";
import { inTransaction, type Ctx, type Tx } from "#platform/context";
import { record } from "#timeline";
import { plainCode, shownCode } from "./codes.ts";
import { giveUse, moveSpent, takeUse } from "./counters.ts";
import type { Promotion } from "./promotion.ts";
import { discountFor, mailKey, type Discount } from "./reckon.ts";
import { refuse } from "./refusals.ts";
import { pricedLines, scopeOf } from "./scope.ts";

/** A use as its row says it. */
export interface Use {
  id: string;
  promotion_id: string;
  code_id: string | null;
  order_id: string;
  customer_key: string | null;
  day_key: string;
  /** What it takes off now, adjustments included. */
  amount: number;
  lines: Discount["lines"];
  fact_id: string | null;
}

interface Coded {
  id: string;
  promotion_id: string;
  code: string;
  contact_id: string | null;
}

/** The code as it was typed; null when there is none like it. */
export async function codeNamed(ctx: Ctx, typed: string): Promise<Coded | null> {
  const { rows } = await sql<Coded>`
    select id, promotion_id, code, contact_id from promotion_codes where code = ${plainCode(typed).slice(0, 60)}`.execute(ctx.db);
  return rows[0] ?? null;
} // prettier-ignore

/**
 * Uses a code on an order of which nothing is paid, sent or invoiced yet: takes the use from every limit, takes the discount off its
 * lines and tells it, in one transaction. The same code again on the same order changes nothing. Answers the use's id.
 */
export const redeemCode = (ctx: Ctx | Tx, orderId: string, typed: string, email?: string): Promise<string> =>
  inTransaction(ctx, async (tx) => {
    const code = await codeNamed(tx, typed);
    if (!code) throw refuse("code.unknown");
    const order = await lockOrder(tx, orderId, "a code does nothing for it");
    const standing = await standingUse(tx, orderId);
    if (standing?.code_id === code.id) return standing.id;
    if (standing) throw refuse("promotion.another");
    if (code.contact_id && code.contact_id !== order.contact_id) throw refuse("code.other-customer");
    const promotion = await promotionOf(tx, code.promotion_id);
    const discount = await discountOn(tx, promotion, order);
    return redeem(tx, { promotion, code, order, discount, customer_key: await customerKey(tx, order, email) });
  });

/** The use that stands for an order; null when none does. */
export async function standingUse(tx: Ctx, orderId: string): Promise<Use | null> {
  const { rows } = await sql<Use>`
    select u.id, u.promotion_id, u.code_id, u.order_id, u.customer_key, u.day_key, u.fact_id, u.amount + coalesce((select sum(a.amount) from promotion_uses a where a.use_id = u.id), 0)::bigint as amount,
           coalesce((select a.lines from promotion_uses a where a.use_id = u.id order by a.at desc, a.id desc limit 1), u.lines) as lines
      from promotion_uses u where u.order_id = ${orderId} and u.standing`.execute(tx.db);
  return rows[0] ?? null;
} // prettier-ignore

export async function promotionOf(tx: Tx, id: string): Promise<Promotion> {
  const { rows } = await sql<Promotion>`select * from promotions where id = ${id}`.execute(tx.db);
  if (!rows[0]) throw notFound("promotion");
  return rows[0];
}

/** What the promotion takes off this order as it stands; refuses where it takes nothing off. */
export async function discountOn(tx: Tx, promotion: Promotion, order: Ordered): Promise<Discount> {
  if (order.currency !== promotion.currency) throw refuse("promotion.currency", promotion.currency);
  const lines = await pricedLines(tx, order.id);
  const all = lines.reduce((sum, line) => sum + line.net, 0);
  if (promotion.min_order !== null && all < promotion.min_order) throw refuse("promotion.min-order");
  const discount = discountFor(promotion, lines, await scopeOf(tx, promotion.id));
  if (discount.amount === 0) throw refuse("promotion.no-goods");
  return discount;
}

// A guest with a contact's address is that contact: one person, one count.
async function customerKey(tx: Tx, order: Ordered, email: string | undefined): Promise<string | null> {
  if (order.contact_id) return `contact ${order.contact_id}`;
  if (email) {
    const { rows } = await sql<{ id: string }>`select id from contacts where lower(email) = ${email.toLowerCase()} and deleted_at is null`.execute(tx.db); // prettier-ignore
    return rows[0] ? `contact ${rows[0].id}` : mailKey(email);
  }
  return order.account_id ? `account ${order.account_id}` : null;
}

interface Redeeming {
  promotion: Promotion;
  code: Pick<Coded, "id" | "code"> | null;
  order: Ordered;
  discount: Discount;
  customer_key: string | null;
  caused_by?: string | null;
}

/** Takes the use and gives the discount. */
export async function redeem(tx: Tx, { promotion, code, order, discount, customer_key, caused_by }: Redeeming): Promise<string> {
  const id = newId();
  const day_key = `day ${dayIn(tx, tx.clock())}`;
  await takeUse(tx, { promotion, code_id: code?.id ?? null, customer_key, day_key, amount: discount.amount });
  await discountLines(tx, order.id, discount.lines);
  const fact = await tell(tx, "promotion.redeemed", { promotion, code, order, amount: discount.amount, caused_by: caused_by ?? (await placedFact(tx, order.id)) });
  await sql`
    insert into promotion_uses (id, promotion_id, promotion_version, code_id, order_id, kind, customer_key, day_key, amount, lines, fact_id, at, actor_name, standing)
    values (${id}, ${promotion.id}, ${promotion.version}, ${code?.id ?? null}, ${order.id}, 'redeemed', ${customer_key}, ${day_key}, ${discount.amount},
            ${JSON.stringify(discount.lines)}::jsonb, ${fact}, ${tx.clock()}, ${tx.actor.name}, true)`.execute(tx.db);
  return id;
} // prettier-ignore

async function placedFact(tx: Tx, orderId: string): Promise<string | null> {
  const { rows } = await sql<{ placed_fact: string | null }>`select placed_fact from orders where id = ${orderId}`.execute(tx.db); // prettier-ignore
  return rows[0]?.placed_fact ?? null;
}

interface Telling {
  promotion: Promotion;
  code: Pick<Coded, "code"> | null;
  order: Pick<Ordered, "id" | "number" | "contact_id" | "account_id" | "currency" | "to_base">;
  amount: number;
  reason?: string;
  caused_by: string | null;
}

const tell = (tx: Tx, name: "promotion.redeemed" | "promotion.released", { promotion, code, order, amount, reason, caused_by }: Telling): Promise<string> =>
  record(tx, {
    name,
    contact_id: order.contact_id,
    account_id: order.account_id,
    caused_by,
    payload: {
      promotion_id: promotion.id, promotion: promotion.name, code: code ? shownCode(code.code) : null, order_id: order.id, number: order.number,
      amount, currency: order.currency, base_amount: inBase(amount, order.to_base), ...(reason ? { reason } : {}),
    },
  }); // prettier-ignore

/** Gives a use back with a row of its own: every limit has it again. What it took off stays with the order unless `takeOff` says so. */
export async function releaseUse(tx: Tx, use: Use, order: Telling["order"], { reason, caused_by, takeOff }: { reason: string; caused_by: string | null; takeOff: boolean }): Promise<void> {
  const { rows } = await sql`update promotion_uses set standing = false where id = ${use.id} and standing returning 1`.execute(tx.db);
  if (rows.length === 0) return;
  const promotion = await promotionOf(tx, use.promotion_id);
  if (takeOff) await discountLines(tx, order.id, use.lines.map((line) => ({ ...line, by: -line.by })));
  await giveUse(tx, { promotion, ...use });
  const { rows: coded } = await sql<{ code: string }>`select code from promotion_codes where id = ${use.code_id}`.execute(tx.db);
  const fact = await tell(tx, "promotion.released", { promotion, code: coded[0] ?? null, order, amount: use.amount, reason, caused_by: caused_by ?? use.fact_id });
  await note(tx, use, { kind: "released", amount: -use.amount, lines: [], reason, fact, version: promotion.version });
} // prettier-ignore

interface Noted {
  kind: "adjusted" | "released";
  amount: number;
  lines: Discount["lines"];
  reason: string;
  fact: string | null;
  version: number;
}
const note = async (tx: Tx, use: Use, { kind, amount, lines, reason, fact, version }: Noted): Promise<void> =>
  void (await sql`
    insert into promotion_uses (id, promotion_id, promotion_version, code_id, order_id, kind, use_id, customer_key, day_key, amount, lines, reason, fact_id, at, actor_name, standing)
    values (${newId()}, ${use.promotion_id}, ${version}, ${use.code_id}, ${use.order_id}, ${kind}, ${use.id}, ${use.customer_key}, ${use.day_key}, ${amount}, ${JSON.stringify(lines)}::jsonb,
            ${reason.slice(0, 500)}, ${fact}, ${tx.clock()}, ${tx.actor.name}, false)`.execute(tx.db)); // prettier-ignore

/** The order's lines were written anew: the same use, with what it takes off now. It is not counted a second time. */
export async function adjustUse(tx: Tx, use: Use, promotion: Promotion, discount: Discount): Promise<boolean> {
  const by = discount.amount - use.amount;
  if (!(await moveSpent(tx, promotion.id, by))) return false;
  await discountLines(tx, use.order_id, discount.lines);
  await note(tx, use, { kind: "adjusted", amount: by, lines: discount.lines, reason: "the order was changed", fact: null, version: promotion.version }); // prettier-ignore
  return true;
}
