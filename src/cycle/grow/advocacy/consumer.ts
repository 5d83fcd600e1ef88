import { sql } from "kysely";
import { inTransaction, type Ctx, type Tx } from "#platform/context";
import type { ConsumedFact, Consumer } from "#timeline";
import type { Referral } from "./referral.ts";
import { clawBack, holdUntil, keptOf, qualify, reject, settleHeld, stillCounts, underWay } from "./states.ts";

const atOnce = 100; // referrals in one transaction

/** Follows friends' orders: paid, arrived, cancelled, given back. */
export const advocacyConsumer: Consumer = {
  name: "advocacy",
  facts: ["order.paid", "order.delivered", "order.cancelled", "order.reduced", "order.returned", "payment.refunded"],
  batch: 500,
  async apply(tx, facts) {
    for (const fact of facts) {
      if (fact.name === "order.paid") await takePaid(tx, fact);
      else if (typeof fact.payload.order_id === "string") await takeOrder(tx, fact, fact.payload.order_id);
    }
  },
};

async function takePaid(tx: Tx, fact: ConsumedFact): Promise<void> {
  if (!fact.contact_id) return;
  const { rows } = await sql<Referral & { joined_at: Date }>`
    select * from referrals where friend_id = ${fact.contact_id} and state = 'signed_up' for update`.execute(tx.db);
  const referral = rows[0];
  if (!referral || fact.occurred_at > referral.expires_at || fact.occurred_at < referral.joined_at) return;
  const orderId = String(fact.payload.order_id);
  const order = await keptOf(tx, orderId);
  // What was agreed before they came is no fruit of the recommendation.
  if (!order || order.placed_at < referral.joined_at || !stillCounts(order, referral)) return;
  await qualify(tx, referral, orderId, fact.id);
}

async function takeOrder(tx: Tx, fact: ConsumedFact, orderId: string): Promise<void> {
  const { rows } = await sql<Referral>`
    select * from referrals where order_id = ${orderId} and state in ('qualified', 'holding', 'approved', 'rewarded') for update`.execute(tx.db);
  const referral = rows[0];
  if (!referral) return;
  if (fact.name === "order.delivered") return void (underWay.includes(referral.state) && (await holdUntil(tx, referral)));
  const order = await keptOf(tx, orderId);
  if (stillCounts(order, referral)) return;
  const reason = fact.name === "order.cancelled" || order?.cancelled ? "the order was cancelled" : fact.name === "order.returned" ? "the goods came back" : "the money was given back";
  if (referral.state === "rewarded") await clawBack(tx, referral, reason, fact.id);
  else await reject(tx, referral, reason, fact.id);
} // prettier-ignore

/** Does what time alone makes due: rewards what is held no longer, closes what came to nothing. Two at once never take the same referral. */
export const settleDue = (ctx: Ctx): Promise<void> =>
  inTransaction(ctx, async (tx) => {
    const now = tx.clock();
    const { rows: held } = await sql<Referral>`
      select * from referrals where state in ('holding', 'approved') and review <> 'waiting' and hold_until <= ${now} order by hold_until limit ${atOnce} for update skip locked`.execute(tx.db);
    for (const referral of held) await settleHeld(tx, referral);
    const { rows: over } = await sql<Referral>`
      select * from referrals where state = 'signed_up' and expires_at <= ${now} order by expires_at limit ${atOnce} for update skip locked`.execute(tx.db);
    for (const referral of over) await reject(tx, referral, "no first order in time", null);
    await sql`delete from referral_clicks where at < ${now}::timestamptz - interval '7 days' and id in (select id from referral_clicks where at < ${now}::timestamptz - interval '7 days' limit 5000)`.execute(tx.db);
  }); // prettier-ignore

/** When the next referral is due. */
export async function nextDueAt(ctx: Ctx): Promise<Date | null> {
  const { rows } = await sql<{ at: Date | null }>`
    select least((select min(hold_until) from referrals where state in ('holding', 'approved') and review <> 'waiting'), (select min(expires_at) from referrals where state = 'signed_up')) as at`.execute(ctx.db);
  return rows[0]?.at ?? null;
} // prettier-ignore
