import { sql } from "kysely";
import type { Tx } from "#platform/context";
import type { Promotion } from "./promotion.ts";
import { refuse, type RefusalCode } from "./refusals.ts";

/*
 * Limits hold because every counter is moved by one conditional statement whose row count is looked at, in the transaction that gives
 * the discount; whoever comes second waits for the row and then reads it as it is.
 */
export interface Taking {
  promotion: Promotion;
  code_id: string | null;
  customer_key: string | null;
  day_key: string;
  amount: number;
}

/** Takes one use from all counters, or refuses with the limit that stands in the way. The promotion's row first: it is the lock. */
export async function takeUse(tx: Tx, { promotion, code_id, customer_key, day_key, amount }: Taking): Promise<void> {
  const now = tx.clock();
  const taken = await sql`
    update promotions set use_count = use_count + 1, spent = spent + ${amount}
     where id = ${promotion.id} and deleted_at is null and active and (valid_from is null or valid_from <= ${now}) and (valid_to is null or valid_to > ${now})
       and (uses_limit is null or use_count < uses_limit) and (budget is null or spent + ${amount} <= budget) returning 1`.execute(tx.db);
  if (taken.rows.length === 0) throw refuse(await whyNot(tx, promotion.id, amount));
  if (code_id) {
    const coded = await sql`
      update promotion_codes set used = used + 1 where id = ${code_id} and active and (uses_limit is null or used < uses_limit) returning 1`.execute(tx.db);
    if (coded.rows.length === 0) throw refuse((await isActive(tx, code_id)) ? "code.used" : "code.ended");
  }
  if (!(await count(tx, promotion.id, day_key, promotion.day_limit))) throw refuse("promotion.day-limit");
  if (!customer_key) {
    if (promotion.customer_limit !== null) throw refuse("promotion.customer-unknown");
  } else if (!(await count(tx, promotion.id, customer_key, promotion.customer_limit))) throw refuse("promotion.customer-limit");
} // prettier-ignore

async function count(tx: Tx, promotionId: string, key: string, limit: number | null): Promise<boolean> {
  const { rows } = await sql`
    insert into promotion_counts as c (promotion_id, key, used) values (${promotionId}, ${key}, 1)
        on conflict (promotion_id, key) do update set used = c.used + 1 where ${limit}::int is null or c.used < ${limit}::int returning 1`.execute(
    tx.db,
  );
  return rows.length > 0;
}

async function isActive(tx: Tx, codeId: string): Promise<boolean> {
  const { rows } = await sql`select 1 from promotion_codes where id = ${codeId} and active`.execute(tx.db);
  return rows.length > 0;
}

async function whyNot(tx: Tx, id: string, amount: number): Promise<RefusalCode> {
  const { rows } = await sql<Promotion>`select * from promotions where id = ${id}`.execute(tx.db);
  const p = rows[0];
  const now = tx.clock();
  if (!p || p.deleted_at || !p.active) return "promotion.inactive";
  if (p.valid_from && p.valid_from > now) return "promotion.not-yet";
  if (p.valid_to && p.valid_to <= now) return "promotion.over";
  if (p.uses_limit !== null && p.use_count >= p.uses_limit) return "promotion.used-up";
  return p.budget !== null && p.spent + amount > p.budget ? "promotion.budget" : "promotion.used-up";
}

/** Moves what a use that stands takes off by so much, within the budget; answers whether it could. */
export async function moveSpent(tx: Tx, promotionId: string, by: number): Promise<boolean> {
  const { rows } = await sql`
    update promotions set spent = spent + ${by} where id = ${promotionId} and (${by} <= 0 or budget is null or spent + ${by} <= budget) returning 1`.execute(tx.db);
  return rows.length > 0;
} // prettier-ignore

/** Gives one use back to all counters. */
export async function giveUse(tx: Tx, { promotion, code_id, customer_key, day_key, amount }: Taking): Promise<void> {
  await sql`update promotions set use_count = use_count - 1, spent = spent - ${amount} where id = ${promotion.id}`.execute(tx.db); // prettier-ignore
  if (code_id) await sql`update promotion_codes set used = used - 1 where id = ${code_id}`.execute(tx.db);
  await sql`
    update promotion_counts set used = used - 1 where promotion_id = ${promotion.id} and key in (${day_key}, ${customer_key ?? day_key})`.execute(
    tx.db,
  );
}
