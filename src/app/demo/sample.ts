import { sql } from "kysely";
import { Refused } from "#kernel/refusal";
import type { Ctx, Tx } from "#platform/context";
import type { JobState } from "#platform/jobs";

/*
 * Words we use
 *   sample   the company one can look around in; everything of it is known under an id in the system "sample", and by that id
 *            it is taken away again
 */
export const sample = "sample";
export const loadKind = "demo.load";
export const wipeKind = "demo.wipe";

export interface SampleState {
  state: "absent" | "loading" | "loaded" | "wiping";
  job_id?: string;
  customers: number;
}

interface Known {
  customers: number;
  any: boolean;
  open: { id: string; kind: string; state: JobState }[];
}

/** Where the sample stands: absent, on its way in or out, or there. */
export async function stateOf(ctx: Ctx): Promise<SampleState> {
  const { rows } = await sql<Known>`
    select (select count(*) from external_ids where object = 'contact' and system = ${sample})::int as customers,
           exists (select from external_ids where system = ${sample} and object in ('contact', 'account', 'product', 'order', 'return', 'segment', 'form', 'campaign', 'theme', 'insight', 'improvement')) as any,
           coalesce((select json_agg(j order by j.created_at desc) from (
             select id, kind, state, created_at from jobs where kind in (${loadKind}, ${wipeKind}) and state in ('queued', 'running', 'paused')) j), '[]') as open`.execute(
    ctx.db,
  );
  const { customers, any, open } = rows[0]!;
  const job = open[0];
  if (job) return { state: job.kind === loadKind ? "loading" : "wiping", job_id: job.id, customers };
  return { state: any ? "loaded" : "absent", customers };
}

/** One decision about the sample at a time: two people who press the button at once start one job. */
export const oneAtATime = async (tx: Tx): Promise<void> =>
  void (await sql`select pg_advisory_xact_lock(hashtext(current_schema() || '/sample'))`.execute(tx.db));

/** Refuses a job that was retried after another one had loaded or wiped the sample. */
export async function requireNewest(ctx: Ctx, job: { id: string; created_at: Date }): Promise<void> {
  const { rows } =
    await sql`select 1 from jobs where kind in (${loadKind}, ${wipeKind}) and id <> ${job.id} and created_at > ${job.created_at}`.execute(
      ctx.db,
    );
  if (rows.length > 0)
    throw new Refused("conflict", "demo.overtaken", "The sample company was loaded or wiped since; start anew.");
}
