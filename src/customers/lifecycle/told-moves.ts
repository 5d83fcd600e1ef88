import { sql } from "kysely";
import type { Ctx } from "#platform/context";

/** One move in the lifecycle, as whoever reacts to it needs it. */
export interface MoveSeen {
  id: string;
  fact_id: string;
  subject: "contact" | "account";
  subject_id: string;
  to: string;
  at: Date;
  reason: string;
  /** Whether everything it rests on was recorded by then: had somebody looked, they would have known. A past that is imported later was not. */
  known_then: boolean;
}

/** The moves that these facts tell of; those withdrawn since are left out. */
export async function movesOf(ctx: Ctx, facts: readonly string[]): Promise<MoveSeen[]> {
  const { rows } = await sql<MoveSeen>`
    select id, fact_id, subject, subject_id, to_stage as "to", at, reason,
           not exists (select from facts f where f.id = any(t.evidence) and f.recorded_at > t.at) as known_then
      from lifecycle_transitions t
     where fact_id = any(${facts}) and withdrawn_at is null`.execute(ctx.db);
  return rows;
}
