import { sql } from "kysely";
import type { Ctx, Tx } from "#platform/context";
import { giveBack } from "./budget.ts";
import { mailSource } from "./source.ts";

export interface Source {
  source: string;
  source_id: string;
}

/** Stops a source where it stands; what is planned stays planned. */
export const pauseSends = async (tx: Tx, of: Source, reason: string, byRondo = false): Promise<void> =>
  void (await sql`
    insert into send_pauses (source, source_id, reason, by_rondo, at) values (${of.source}, ${of.source_id}, ${reason.slice(0, 500)}, ${byRondo}, ${tx.clock()})
        on conflict (source, source_id) do nothing`.execute(tx.db));

/** Lets a paused source go on where it stood. */
export async function resumeSends(tx: Tx, of: Source): Promise<void> {
  await sql`delete from send_pauses where source = ${of.source} and source_id = ${of.source_id}`.execute(tx.db);
  // What waited for a second try goes now: the reason for the pause is gone.
  await sql`update sends set due_at = least(due_at, ${tx.clock()}), updated_at = ${tx.clock()} where source = ${of.source} and source_id = ${of.source_id} and state = 'deferred'`.execute(
    tx.db,
  );
}

/** Calls off what has not left; answers how many. What is being handed over at this moment still goes. */
export async function cancelSends(tx: Tx, of: Source): Promise<number> {
  const { rows } = await sql<{ contact_id: string | null; charged_at: Date | null }>`
    update sends s set state = 'cancelled', code = 'cancelled', reason = 'called off', lease = null, lease_until = null, updated_at = ${tx.clock()}
     where source = ${of.source} and source_id = ${of.source_id} and state in ('planned', 'deferred', 'claimed') returning contact_id, charged_at`.execute(
    tx.db,
  );
  await giveBack(
    tx,
    rows.flatMap((r) => (r.contact_id && r.charged_at ? [{ contact_id: r.contact_id, at: r.charged_at }] : [])),
  );
  return rows.length;
}

/** Plans mails of unknown fate anew, because a person said so; answers how many. */
export async function sendUnknownAgain(tx: Tx, of: Source): Promise<number> {
  await mailSource(of.source)?.again?.(tx, of.source_id);
  const { numAffectedRows } = await sql`
    update sends set state = 'planned', due_at = ${tx.clock()}, code = null, reason = 'sent again by hand', attempt = 0, updated_at = ${tx.clock()}
     where source = ${of.source} and source_id = ${of.source_id} and state = 'unknown'`.execute(tx.db);
  return Number(numAffectedRows ?? 0);
}

/** Why a source is paused; null when it is not. */
export async function pauseOf(ctx: Ctx, of: Source): Promise<{ reason: string; by_rondo: boolean; at: Date } | null> {
  const { rows } = await sql<{ reason: string; by_rondo: boolean; at: Date }>`
    select reason, by_rondo, at from send_pauses where source = ${of.source} and source_id = ${of.source_id}`.execute(
    ctx.db,
  );
  return rows[0] ?? null;
}
