import { sql } from "kysely";
import type { Tx } from "#platform/context";

/** Whoever changes memberships or segments does so one after the other, until the transaction ends: none works on what another has half changed. */
export const hold = async (tx: Tx): Promise<void> =>
  void (await sql`select pg_advisory_xact_lock(hashtext(current_schema() || '/segments'))`.execute(tx.db));
