import { sql } from "kysely";
import { inTransaction, type Ctx } from "#platform/context";
import { savePipeline, type StageGiven } from "./stages.ts";

const stages: readonly StageGiven[] = [
  { name: "Qualified", category: "open", probability: 20, target_days: 10, rotting_days: 14 },
  { name: "Meeting", category: "open", probability: 40, target_days: 10, rotting_days: 10 },
  { name: "Proposal", category: "open", probability: 60, target_days: 7, rotting_days: 10, required_fields: ["amount", "expected_close"] },
  { name: "Negotiation", category: "open", probability: 80, target_days: 7, rotting_days: 7, required_fields: ["amount", "expected_close"] },
  { name: "Won", category: "won", probability: 100 },
  { name: "Lost", category: "lost", probability: 0 },
]; // prettier-ignore

/** Gives a company its first pipeline; one that has any is left alone. */
export const seedPipeline = (ctx: Ctx): Promise<void> =>
  inTransaction(ctx, async (tx) => {
    // Two processes that start at once must not both find none.
    await sql`select pg_advisory_xact_lock(hashtextextended('first pipeline ' || current_schema(), 0))`.execute(tx.db);
    const { rows } = await sql`select 1 from pipelines limit 1`.execute(tx.db);
    if (rows.length === 0) await savePipeline(tx, null, null, { name: "Sales", is_default: true, stages });
  });
