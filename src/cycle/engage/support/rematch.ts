import { sql } from "kysely";
import { calendarOf } from "#platform/calendar";
import { inTransaction, type Ctx, type Tx } from "#platform/context";
import { policyFor, promisesAt, promisesOf } from "./policy.ts";
import { endTargets, retime, startTarget } from "./targets.ts";
import { holdCase, targetKinds, type CaseRow, type TargetKind } from "./words.ts";

/** Gives a case whose priority or type changed the targets of the policy that fits now, of the version it was opened with. */
export async function rematch(tx: Tx, id: string): Promise<void> {
  const c = await holdCase(tx, id);
  const policy = policyFor(await promisesAt(tx, c.policy_version), c);
  for (const kind of targetKinds) {
    const minutes = policy?.[kind];
    if (!policy || !minutes) await endTargets(tx, c, [kind], tx.clock(), "void");
    else
      await sql`
        update case_targets set policy = ${policy.name}, seconds = ${minutes * 60}, clock = ${policy.clock}, calendar_version = ${c.calendar_version},
               pausable = ${kind === "resolution" && policy.pause_waiting}
         where case_id = ${id} and kind = ${kind} and outcome is null`.execute(tx.db);
    const since = promisedSince(c, kind);
    if (since) await startTarget(tx, c, kind, since);
  }
  await retime(tx, id);
}

/** Since when a case of this state is owed this; null when it is not. */
function promisedSince(c: CaseRow, kind: TargetKind): Date | null {
  if (c.status === "resolved" || c.status === "closed") return null;
  if (kind === "resolution") return c.created_at;
  if (kind === "first_response") return c.first_reply_at ? null : c.created_at;
  return c.first_reply_at ? c.waiting_since : null;
}

/** Gives unresolved cases the promises and business hours of now; at most 500 at a time, answers how many. */
export const reapply = (ctx: Ctx | Tx, ids?: readonly string[]): Promise<number> =>
  inTransaction(ctx, async (tx) => {
    const [promises, calendar] = [await promisesOf(tx), await calendarOf(tx)];
    const { rows } = await sql<{ id: string }>`
      update cases set policy_version = ${promises.version}, calendar_version = ${calendar.version}, updated_at = ${tx.clock()}
       where id in (select id from cases where status in ('open', 'waiting') and deleted_at is null and (${ids ?? null}::uuid[] is null or id = any(${ids ?? null}))
                       and (policy_version, calendar_version) is distinct from (${promises.version}, ${calendar.version}) order by id limit 500 for update)
      returning id`.execute(tx.db);
    for (const { id } of rows) await rematch(tx, id);
    return rows.length;
  });
