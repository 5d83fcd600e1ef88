import { sql } from "kysely";
import { returnWindowEnds } from "#deliver/orders";
import { grantPoints, programOf, takeBackPoints } from "#grow/loyalty";
import { newId } from "#kernel/id";
import type { Tx } from "#platform/context";
import { record, type FactName } from "#timeline";
import type { Referral, State } from "./referral.ts";

const dayMs = 86_400_000;

/** What is under way: an order that can still be kept or lost. */
export const underWay: readonly State[] = ["qualified", "holding", "approved"];

/** A friend's order as it decides; amounts are minor units of the company's currency. */
interface Kept {
  number: string;
  /** What they paid and keep. */
  kept: number;
  cancelled: boolean;
  placed_at: Date;
}

/** What is left of an order: paid and not given back, bought and not come back. */
export async function keptOf(tx: Tx, orderId: string): Promise<Kept | null> {
  const { rows } = await sql<Kept>`
    select number, placed_at, cancelled_at is not null as cancelled, round(least(paid - refunded, total - cancelled_total - returned) * to_base)::bigint as kept
      from orders where id = ${orderId} and deleted_at is null`.execute(tx.db);
  return rows[0] ?? null;
}

/** Whether the order still is what the programme asks for. */
export const stillCounts = (order: Kept | null, referral: Pick<Referral, "min_order">): boolean =>
  order !== null && !order.cancelled && order.kept > 0 && order.kept >= referral.min_order;

async function move(tx: Tx, id: string, set: Partial<Record<string, unknown>> & { state: State }): Promise<void> {
  const now = tx.clock();
  await sql`
    update referrals set ${sql.join(Object.entries({ ...set, updated_at: now }).map(([name, value]) => sql`${sql.id(name)} = ${value}`))}, version = version + 1 where id = ${id}`.execute(tx.db);
} // prettier-ignore

const pairOf = async (tx: Tx, { advocate_id, friend_id }: Referral) => {
  const { rows } = await sql<{ id: string; name: string; account_id: string | null }>`select id, name, account_id from contacts where id in (${advocate_id}, ${friend_id})`.execute(tx.db); // prettier-ignore
  const find = (id: string) => rows.find((r) => r.id === id);
  return { advocate: find(advocate_id), friend: find(friend_id) };
};

/** Tells the advocate's timeline, and the friend's where both should know. */
async function tell(tx: Tx, name: Extract<FactName, `referral.${string}`>, referral: Referral, more: Record<string, unknown>, caused_by: string | null): Promise<string> {
  const { advocate } = await pairOf(tx, referral);
  return record(tx, {
    name, contact_id: referral.advocate_id, account_id: advocate?.account_id ?? null, caused_by, payload: { referral_id: referral.id, friend: referral.friend_name, ...more },
  } as Parameters<typeof record>[1]);
} // prettier-ignore

/** The friend's first order of at least the least amount was paid: it waits until goods can no longer come back. */
export async function qualify(tx: Tx, referral: Referral, orderId: string, caused_by: string): Promise<void> {
  const order = (await keptOf(tx, orderId))!;
  const hold_until = await returnWindowEnds(tx, orderId);
  const qualified_fact = await tell(tx, "referral.qualified", referral, { order_id: orderId, number: order.number, until: hold_until?.toISOString() ?? null }, caused_by); // prettier-ignore
  await move(tx, referral.id, { state: hold_until ? "holding" : "qualified", order_id: orderId, qualified_at: tx.clock(), hold_until, qualified_fact }); // prettier-ignore
}

/** The goods arrived, or did not after all: the day on which they can no longer come back is known, or open again. */
export async function holdUntil(tx: Tx, referral: Referral): Promise<Date | null> {
  const hold_until = referral.order_id ? await returnWindowEnds(tx, referral.order_id) : null;
  if (hold_until?.getTime() !== referral.hold_until?.getTime())
    await move(tx, referral.id, { state: hold_until ? "holding" : "qualified", hold_until });
  return hold_until;
}

/** Turns a referral away before its reward. */
export async function reject(
  tx: Tx,
  referral: Referral,
  reason: string,
  caused_by: string | null,
  more: { review?: "refused"; reviewed_by?: string } = {},
): Promise<void> {
  await move(tx, referral.id, { state: "rejected", reason, closed_at: tx.clock(), ...more });
  await tell(tx, "referral.rejected", referral, { reason }, caused_by ?? referral.qualified_fact ?? referral.made_fact);
}

/** The order was given back after the reward: the points go back, too. */
export async function clawBack(tx: Tx, referral: Referral, reason: string, caused_by: string): Promise<void> {
  await move(tx, referral.id, { state: "clawed_back", reason, closed_at: tx.clock() });
  const fact = await tell(tx, "referral.clawed-back", referral, { reason, points: referral.points }, caused_by);
  await takeBackPoints(tx, { key: keyOf(referral), reason: `Your recommendation of ${referral.friend_name}: ${reason}`, caused_by: fact }); // prettier-ignore
}

/** The key under which points are granted: once, whoever comes how often. */
const keyOf = ({ id }: Pick<Referral, "id">): string => `referral:${id}`;

/**
 * The return window is over: looks at the order once more as it is now, and rewards the advocate, or waits on, or turns it away. While no
 * loyalty programme runs the referral stays approved, and is looked at again a day later.
 */
export async function settleHeld(tx: Tx, referral: Referral): Promise<void> {
  const until = await holdUntil(tx, referral);
  const order = referral.order_id ? await keptOf(tx, referral.order_id) : null;
  if (!stillCounts(order, referral)) return reject(tx, referral, order?.cancelled ? "the order was cancelled" : "the order was given back", null); // prettier-ignore
  if (!until || until > tx.clock()) return;
  if (referral.points > 0 && !(await programOf(tx))?.active)
    return move(tx, referral.id, { state: "approved", reason: "waits for a loyalty programme", hold_until: new Date(tx.clock().getTime() + dayMs) }); // prettier-ignore
  const id = newId();
  await move(tx, referral.id, {
    state: "rewarded",
    reason: null,
    rewarded_at: tx.clock(),
    closed_at: tx.clock(),
    rewarded_fact: id,
  });
  const { advocate } = await pairOf(tx, referral);
  await record(tx, {
    id,
    name: "referral.rewarded",
    contact_id: referral.advocate_id,
    account_id: advocate?.account_id ?? null,
    caused_by: referral.qualified_fact,
    payload: { referral_id: referral.id, friend: referral.friend_name, points: referral.points },
  });
  if (referral.points > 0)
    await grantPoints(tx, { contact_id: referral.advocate_id, points: referral.points, key: keyOf(referral), reason: `For recommending us to ${referral.friend_name}`, caused_by: id }); // prettier-ignore
}
