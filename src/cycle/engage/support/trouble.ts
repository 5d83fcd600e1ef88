import { sql } from "kysely";
import type { Ctx } from "#platform/context";

/** The number of a case that speaks against asking somebody how we do. */
export interface Trouble {
  open: string | null;
  /** Resolved in the last three days, but late, or only after it was opened again. */
  bad: string | null;
}

const badDays = 3;

/** Whether somebody has a case that is not settled, or was settled badly a short while ago; `but` may have been settled badly. */
export async function troubleOf(ctx: Ctx, contact_id: string, but: string | null = null): Promise<Trouble> {
  const since = new Date(ctx.clock().getTime() - badDays * 86_400_000);
  const { rows } = await sql<Trouble>`
    select (select number from cases where contact_id = ${contact_id} and status in ('open', 'waiting') and deleted_at is null order by created_at desc limit 1) as open,
           (select number from cases c where contact_id = ${contact_id} and status in ('resolved', 'closed') and dismissed_as is null and resolved_at > ${since} and deleted_at is null
               and id is distinct from ${but}
               and (reopened > 0 or exists (select from case_targets t where t.case_id = c.id and t.outcome = 'missed')) order by resolved_at desc limit 1) as bad`.execute(
    ctx.db,
  );
  return rows[0]!;
}
