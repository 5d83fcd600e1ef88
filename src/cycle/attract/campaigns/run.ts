import { sql } from "kysely";
import { Refused } from "#kernel/refusal";
import { inTransaction, type Ctx } from "#platform/context";
import { startCampaign } from "./commands.ts";

// A start that was missed by more than this is asked about: a server that was down, or a backup put back, mails nobody out of the blue.
const latenessMs = 6 * 3_600_000;
// How often a running campaign is looked at, in milliseconds.
const lookMs = 2_000;

/** Starts what is due, and notes what has ended or was paused by a refusing server. */
export async function runCampaigns(ctx: Ctx): Promise<void> {
  lookedAt.set(ctx.db, ctx.clock().getTime());
  const now = ctx.clock();
  const { rows } = await sql<{ id: string; send_at: Date }>`
    select id, send_at from campaigns where state = 'scheduled' and deleted_at is null and send_at <= ${now} order by send_at limit 20`.execute(
    ctx.db,
  );
  const faults: unknown[] = [];
  for (const c of rows)
    if (now.getTime() - c.send_at.getTime() > latenessMs)
      await backToDraft(
        ctx,
        c.id,
        "Its hour had long passed when Rondo could have started it. Start it by hand if it still fits.",
      );
    // One that cannot be started, for a fault of ours, keeps none of the others waiting.
    else await startScheduled(ctx, c.id).catch((fault: unknown) => faults.push(fault));
  await sql`
    update campaigns c set state = 'paused', note = p.reason, updated_at = ${now}, version = version + 1
      from send_pauses p where p.source = 'campaign' and p.source_id = c.id and c.state = 'sending'`.execute(ctx.db);
  await sql`
    update campaigns c set state = 'sent', finished_at = ${now}, updated_at = ${now}, version = version + 1
     where state = 'sending' and not exists (
           select from sends s where s.source = 'campaign' and s.source_id = c.id and s.state in ('planned', 'claimed', 'submitting', 'deferred'))`.execute(
    ctx.db,
  );
}

async function startScheduled(ctx: Ctx, id: string): Promise<void> {
  try {
    await startCampaign(ctx, id);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    await backToDraft(ctx, id, `It could not be started: ${error.fields[0]?.message ?? error.message}`);
  }
}

const backToDraft = (ctx: Ctx, id: string, note: string): Promise<void> =>
  inTransaction(ctx, async (tx) => {
    await sql`update campaigns set state = 'draft', note = ${note}, updated_at = ${tx.clock()}, version = version + 1 where id = ${id} and state = 'scheduled'`.execute(
      tx.db,
    );
  });

const lookedAt = new WeakMap<object, number>();

/** When to look again: the next start, or soon while one is running. */
export async function nextCampaignAt(ctx: Ctx): Promise<Date | null> {
  const { rows } = await sql<{ at: Date | null; running: boolean }>`
    select (select min(send_at) from campaigns where state = 'scheduled' and deleted_at is null) as at, exists (select from campaigns where state = 'sending') as running`.execute(
    ctx.db,
  );
  const { at, running } = rows[0]!;
  if (!running) return at;
  const soon = new Date((lookedAt.get(ctx.db) ?? 0) + lookMs);
  return at && at < soon ? at : soon;
}
