import { sql } from "kysely";
import type { Tx } from "#platform/context";

/**
 * Moves the sequence behind the greatest number of at most 12 digits that an order has: a shop's own numbers are taken over as
 * they are, and ours go on after them.
 */
export async function skipTakenNumbers(tx: Tx): Promise<void> {
  await sql`
    select setval('order_numbers', greatest(nextval('order_numbers'), coalesce((select max(number::bigint) from orders where number ~ '^[0-9]{1,12}$'), 0)))`.execute(
    tx.db,
  );
}
