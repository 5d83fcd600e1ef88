import { sql } from "kysely";
import { Refused } from "#kernel/refusal";
import { shift } from "#kernel/period";
import { inTransaction, type Ctx, type Tx } from "#platform/context";
import { checkReason, noteChanges } from "#records";
import { reasonOf } from "./reason-told.ts";
import { promisesAt } from "./policy.ts";
import { endTargets, retime } from "./targets.ts";
import { tell } from "./told.ts";
import { holdCase, targetKinds, type CaseRow, type CaseStatus, type Dismissal } from "./words.ts";

const hourMs = 3_600_000;

async function noteStatus(tx: Tx, c: CaseRow, to: CaseStatus, why?: string): Promise<void> {
  await noteChanges(tx, [{ object: "case", record_id: c.id, action: "updated", fields: { status: [c.status, to] } }], why); // prettier-ignore
}

const beginPause = (tx: Tx, id: string, why: "waiting" | "resolved", at: Date): Promise<unknown> =>
  sql`insert into case_pauses (case_id, why, from_at) values (${id}, ${why}, ${at})`.execute(tx.db);
const endPause = (tx: Tx, id: string): Promise<unknown> =>
  sql`update case_pauses set until_at = greatest(from_at, ${tx.clock()}) where case_id = ${id} and until_at is null`.execute(tx.db); // prettier-ignore

/** Moves an unresolved case between open and waiting for the customer. */
export async function setStatus(tx: Tx, c: CaseRow, to: "open" | "waiting"): Promise<void> {
  if (c.status === "resolved" || c.status === "closed") throw new Refused("conflict", "case.resolved", "This case is resolved; reopen it first."); // prettier-ignore
  if (c.status === to) return;
  await endPause(tx, c.id);
  if (to === "waiting") await beginPause(tx, c.id, "waiting", tx.clock());
  await sql`update cases set status = ${to}, updated_at = ${tx.clock()}, version = version + 1 where id = ${c.id}`.execute(tx.db); // prettier-ignore
  await noteStatus(tx, c, to);
  await retime(tx, c.id);
}

/** Ends a case; every clock stands from now on. */
async function end(tx: Tx, c: CaseRow, to: "resolved" | "closed"): Promise<void> {
  await endPause(tx, c.id);
  await beginPause(tx, c.id, "resolved", tx.clock());
  await noteStatus(tx, c, to);
  await retime(tx, c.id);
}

export interface Resolution {
  reason_id?: string | null | undefined;
  /** False asks for no survey. */
  survey?: boolean | undefined;
}

/** Resolves a case. A response that was never given counts as missed only when it was late already. */
export const resolveCase = (ctx: Ctx | Tx, id: string, { reason_id, survey = true }: Resolution = {}): Promise<void> =>
  inTransaction(ctx, async (tx) => {
    const c = await holdCase(tx, id);
    if (c.status === "resolved" || c.status === "closed") throw new Refused("conflict", "case.resolved", "This case is resolved already."); // prettier-ignore
    if (reason_id && reason_id !== c.reason_id) {
      await checkReason(tx, reason_id, "case");
      await noteChanges(tx, [{ object: "case", record_id: id, action: "updated", fields: { reason_id: [c.reason_id, reason_id] } }]); // prettier-ignore
    }
    const now = tx.clock();
    const resolved: CaseRow = { ...c, reason_id: reason_id ?? c.reason_id };
    const { reopen_days } = await promisesAt(tx, c.policy_version);
    await endTargets(tx, c, ["resolution"], now, "done");
    await endTargets(tx, c, ["first_response", "next_response"], now, "moot");
    await sql`
      update cases set status = 'resolved', resolved_at = ${now}, reopen_until = ${shift(now, { n: reopen_days, unit: "day" })}, reason_id = ${resolved.reason_id},
             waiting_since = null, updated_at = ${now}, version = version + 1 where id = ${id}`.execute(tx.db);
    await end(tx, c, "resolved");
    const hours = Math.round(((now.getTime() - c.created_at.getTime()) / hourMs) * 10) / 10;
    await tell(tx, resolved, "case.resolved", { hours, survey, ...(await reasonOf(tx, resolved.reason_id)) });
  });

/** Ends a case that was none; what was promised is cancelled. */
export const dismissCase = (ctx: Ctx | Tx, id: string, as: Dismissal): Promise<void> =>
  inTransaction(ctx, async (tx) => {
    const c = await holdCase(tx, id);
    if (c.status === "resolved" || c.status === "closed") throw new Refused("conflict", "case.resolved", "This case is resolved already."); // prettier-ignore
    const now = tx.clock();
    await endTargets(tx, c, targetKinds, now, "void");
    await sql`
      update cases set status = 'closed', dismissed_as = ${as}, closed_at = ${now}, resolved_at = ${now}, waiting_since = null, updated_at = ${now}, version = version + 1
       where id = ${id}`.execute(tx.db);
    await end(tx, c, "closed");
    await tell(tx, c, "case.dismissed", { as });
  });

/** Whether what the customer writes goes on in this case; later it is a new one. */
export const mayGoOn = (c: CaseRow, now: Date): boolean =>
  c.status === "open" || c.status === "waiting" || (c.status === "resolved" && c.reopen_until !== null && now <= c.reopen_until); // prettier-ignore

/**
 * Opens a waiting or resolved case again. After resolved, the resolution's clock goes on with what was left of its time, and what the
 * end had cancelled is owed again.
 */
export async function continueCase(tx: Tx, c: CaseRow): Promise<void> {
  const over = c.status === "resolved" || c.status === "closed";
  await endPause(tx, c.id);
  if (over)
    await sql`
      update case_targets set outcome = null, ended_at = null, ended_by = null, late_by = null
       where case_id = ${c.id} and ended_at = ${c.resolved_at} and (kind = 'resolution' or outcome = 'cancelled')`.execute(tx.db); // prettier-ignore
  await sql`
    update cases set status = 'open', resolved_at = null, reopen_until = null, closed_at = null, dismissed_as = null, reopened = reopened + ${over ? 1 : 0},
           updated_at = ${tx.clock()}, version = version + 1 where id = ${c.id}`.execute(tx.db);
  await noteStatus(tx, c, "open");
  if (over) await tell(tx, c, "case.reopened", {});
  await retime(tx, c.id);
}

/** Takes a resolution or a dismissal back. */
export const reopenCase = (ctx: Ctx | Tx, id: string): Promise<void> =>
  inTransaction(ctx, async (tx) => {
    const c = await holdCase(tx, id);
    if (c.status === "open" || c.status === "waiting") throw new Refused("conflict", "case.open", "This case is open.");
    if (c.dismissed_as === null && !mayGoOn(c, tx.clock()))
      throw new Refused("conflict", "case.closed", "This case was resolved too long ago. Open a new one that goes on from it."); // prettier-ignore
    await continueCase(tx, c);
  });

/** Moves a case between open and waiting by hand. */
export const moveCase = (ctx: Ctx | Tx, id: string, to: "open" | "waiting"): Promise<void> =>
  inTransaction(ctx, async (tx) => setStatus(tx, await holdCase(tx, id), to));
