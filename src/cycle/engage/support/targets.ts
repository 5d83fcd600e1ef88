import { sql } from "kysely";
import { newId } from "#kernel/id";
import { alwaysOpen, calendarsOf } from "#platform/calendar";
import type { Tx } from "#platform/context";
import { dueOf, judge, type Clock } from "./clock.ts";
import { policyFor, promisesAt } from "./policy.ts";
import { tell } from "./told.ts";
import type { CaseRow, TargetKind } from "./words.ts";

/** A target that runs. */
export interface Target {
  id: string;
  case_id: string;
  kind: TargetKind;
  calendar_version: number;
  clock: "business" | "elapsed";
  pausable: boolean;
  seconds: number;
  started_at: Date;
  warned_fact: string | null;
  breached_fact: string | null;
}

/** Starts a target of the case's frozen policy, unless it promises none of that kind or one runs already. */
export async function startTarget(tx: Tx, c: CaseRow, kind: TargetKind, at: Date): Promise<void> {
  const policy = policyFor(await promisesAt(tx, c.policy_version), c);
  const minutes = policy?.[kind];
  if (!policy || !minutes) return;
  await sql`
    insert into case_targets (id, case_id, kind, policy, calendar_version, clock, pausable, seconds, started_at)
    values (${newId()}, ${c.id}, ${kind}, ${policy.name}, ${c.calendar_version}, ${policy.clock}, ${kind === "resolution" && policy.pause_waiting},
            ${minutes * 60}, ${at})
        on conflict do nothing`.execute(tx.db);
}

const running = async (tx: Tx, caseId: string): Promise<Target[]> =>
  (await sql<Target>`select * from case_targets where case_id = ${caseId} and outcome is null`.execute(tx.db)).rows;

/** The clocks of these targets of one case, with its pauses; only a resolution waits with the customer. */
async function clocksOf(tx: Tx, caseId: string, targets: readonly Target[]): Promise<(readonly [Target, Clock])[]> {
  const calendars = await calendarsOf(tx, targets.map((t) => t.calendar_version)); // prettier-ignore
  const { rows: pauses } = await sql<{ why: "waiting" | "resolved"; from: Date; until: Date | null }>`
    select why, from_at as "from", until_at as until from case_pauses where case_id = ${caseId} order by from_at`.execute(
    tx.db,
  );
  return targets.map((t) => [
    t,
    {
      calendar: t.clock === "elapsed" ? alwaysOpen : calendars.get(t.calendar_version)!,
      started_at: t.started_at,
      seconds: t.seconds,
      pauses: pauses.filter((p) => p.why === "resolved" || t.pausable),
    },
  ]);
}

/** Computes anew when the running targets are due, after something began, ended or paused. */
export async function retime(tx: Tx, caseId: string): Promise<void> {
  for (const [t, clock] of await clocksOf(tx, caseId, await running(tx, caseId))) {
    const { due_at, warn_at } = dueOf(clock);
    await sql`update case_targets set due_at = ${due_at}, warn_at = ${warn_at} where id = ${t.id}`.execute(tx.db);
  }
  await sql`
    update cases c set (due_at, due_target) = (
      select t.due_at, t.kind from case_targets t where t.case_id = c.id and t.outcome is null and t.due_at is not null order by t.due_at, t.kind limit 1)
     where c.id = ${caseId}`.execute(tx.db);
}

/**
 * How a target ends. done: what was promised happened. moot: the case ended without it, which is a miss only when it was late already.
 * void: nothing was promised to such a case.
 */
export type Ending = "done" | "moot" | "void";

/** Ends running targets of these kinds at that instant, with the outcome that follows from the times. */
export async function endTargets(tx: Tx, c: CaseRow, kinds: readonly TargetKind[], at: Date, how: Ending, by: string | null = null): Promise<void> {
  const ending = (await running(tx, c.id)).filter((t) => kinds.includes(t.kind));
  for (const [t, clock] of await clocksOf(tx, c.id, ending)) {
    const judged = judge(clock, at);
    if (how !== "void") await tellPassed(tx, c, t, judged, at);
    const missed = judged.late && how !== "void";
    const outcome = missed ? "missed" : how === "done" ? "met" : "cancelled";
    await sql`
      update case_targets set outcome = ${outcome}, ended_at = ${at}, ended_by = ${by}, late_by = ${missed ? judged.late_by : null}, due_at = ${judged.due_at}, warn_at = ${judged.warn_at}
       where id = ${t.id}`.execute(tx.db);
  }
} // prettier-ignore

/** Tells, at their true instants, that a target came near its due or went past it, if nobody has told yet. */
async function tellPassed(tx: Tx, c: CaseRow, t: Target, { due_at, warn_at }: { due_at: Date | null; warn_at: Date | null }, until: Date): Promise<void> {
  const about = { target: t.kind, due_at: due_at?.toISOString() ?? null };
  const cause = t.kind === "next_response" ? (c.asked_fact ?? c.opened_fact) : c.opened_fact;
  if (warn_at && warn_at <= until && !t.warned_fact) {
    t.warned_fact = await tell(tx, c, "case.near-breach", about, { occurred_at: warn_at, caused_by: cause, system: true });
    await sql`update case_targets set warned_fact = ${t.warned_fact} where id = ${t.id}`.execute(tx.db);
  }
  if (due_at && due_at < until && !t.breached_fact) {
    t.breached_fact = await tell(tx, c, "case.breached", about, { occurred_at: due_at, caused_by: t.warned_fact ?? cause, system: true });
    await sql`update case_targets set breached_fact = ${t.breached_fact} where id = ${t.id}`.execute(tx.db);
  }
} // prettier-ignore

/** Tells what running targets of the case have passed by now. */
export async function tellAllPassed(tx: Tx, c: CaseRow): Promise<void> {
  for (const [t, clock] of await clocksOf(tx, c.id, await running(tx, c.id)))
    await tellPassed(tx, c, t, dueOf(clock), tx.clock());
}
