import { sql } from "kysely";
import { discountLines, type Ordered } from "#deliver/orders";
import { Refused } from "#kernel/refusal";
import type { Tx } from "#platform/context";
import type { ConsumedFact, Consumer } from "#timeline";
import { adjustUse, discountOn, promotionOf, redeem, releaseUse, standingUse, type Use } from "./use.ts";

const cancelled = "the order was cancelled";

/** Gives uses back when their order is cancelled, takes them again when it is opened again, and follows an order whose lines were changed. */
export const offersConsumer: Consumer = {
  name: "offers",
  facts: ["order.cancelled", "order.reopened", "order.corrected"],
  batch: 200,
  async apply(tx, facts) {
    for (const fact of facts) await follow(tx, fact);
  },
};

type Standing = Ordered & { lines: string[] };

async function orderOf(tx: Tx, id: string): Promise<Standing | null> {
  const { rows } = await sql<Standing>`
    select o.id, o.number, o.contact_id, o.account_id, o.currency, o.rate, o.to_base, o.placed_at, o.promised_at::text as promised_at, o.cancelled_at,
           array(select l.id from order_lines l where l.order_id = o.id) as lines
      from orders o where o.id = ${id} and o.deleted_at is null for no key update of o`.execute(tx.db);
  return rows[0] ?? null;
}

async function follow(tx: Tx, fact: ConsumedFact): Promise<void> {
  const order = await orderOf(tx, String(fact.payload.order_id));
  if (!order) return;
  const use = await standingUse(tx, order.id);
  if (fact.name === "order.reopened") return void (!use && !order.cancelled_at && (await takeAgain(tx, order, fact)));
  if (!use) return;
  // What the order is by now decides: facts are read a moment later.
  if (order.cancelled_at) {
    if (fact.name === "order.cancelled") await releaseUse(tx, use, order, { reason: cancelled, caused_by: fact.id, takeOff: false }); // prettier-ignore
  } else if (use.lines.some((line) => !order.lines.includes(line.order_line_id)))
    await reckonAgain(tx, use, order, fact);
}

/** The lines a use took money off are gone: the new ones get what is due to them now, or the use is given back. */
async function reckonAgain(tx: Tx, use: Use, order: Standing, fact: ConsumedFact): Promise<void> {
  const promotion = await promotionOf(tx, use.promotion_id);
  const why = await within(tx, async () => {
    const discount = await discountOn(tx, promotion, order);
    if (!(await adjustUse(tx, use, promotion, discount))) throw new Refused("conflict", "promotion.budget", "The budget does not reach any more."); // prettier-ignore
  });
  if (why) await releaseUse(tx, use, order, { reason: why, caused_by: fact.id, takeOff: false });
}

interface Before extends Use {
  code: string | null;
}

/** An order opened again has its discount still: the use is taken again, or the discount goes where the limits stand in the way. */
async function takeAgain(tx: Tx, order: Standing, fact: ConsumedFact): Promise<void> {
  const { rows } = await sql<Before>`
    select u.id, u.promotion_id, u.code_id, u.order_id, u.customer_key, u.day_key, u.fact_id, -r.amount as amount, k.code,
           coalesce((select a.lines from promotion_uses a where a.use_id = u.id and a.kind = 'adjusted' order by a.at desc, a.id desc limit 1), u.lines) as lines
      from promotion_uses r join promotion_uses u on u.id = r.use_id left join promotion_codes k on k.id = u.code_id
     where r.order_id = ${order.id} and r.kind = 'released' and r.reason = ${cancelled} order by r.at desc, r.id desc limit 1`.execute(tx.db);
  const last = rows[0];
  if (!last || last.lines.some((line) => !order.lines.includes(line.order_line_id))) return;
  const back = last.lines.map((line) => ({ ...line, by: -line.by }));
  const promotion = await promotionOf(tx, last.promotion_id);
  // Where something is paid already, what was agreed stays as it is.
  if (await within(tx, () => discountLines(tx, order.id, back))) return;
  const code = last.code_id && last.code ? { id: last.code_id, code: last.code } : null;
  await within(tx, async () => void (await redeem(tx, { promotion, code, order, discount: { amount: last.amount, lines: last.lines }, customer_key: last.customer_key, caused_by: fact.id })));
} // prettier-ignore

/** Does the work, or leaves no trace of it and answers why it was refused. */
async function within(tx: Tx, work: () => Promise<void>): Promise<string | null> {
  await sql`savepoint offers`.execute(tx.db);
  try {
    await work();
    await sql`release savepoint offers`.execute(tx.db);
    return null;
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    await sql`rollback to savepoint offers`.execute(tx.db);
    return error.message;
  }
}
