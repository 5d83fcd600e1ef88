import { sql } from "kysely";
import type { Tx } from "#platform/context";

/** Withdraws facts that turned out wrong, in the caller's transaction; `by` is the fact that says so. They stay and are no longer read. */
export async function withdraw(tx: Tx, ids: readonly string[], by: string): Promise<void> {
  if (ids.length === 0) return;
  await sql`
    insert into fact_withdrawals (fact_id, withdrawn_by, withdrawn_at) select id, ${by}, ${tx.clock()} from unnest(${[...ids]}::uuid[]) as f(id)
        on conflict do nothing`.execute(tx.db);
}
