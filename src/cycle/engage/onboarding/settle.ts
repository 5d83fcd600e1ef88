import { sql } from "kysely";
import { closeTasks } from "#convert/activities";
import { businessDaysAfter, calendarOf } from "#platform/calendar";
import type { Tx } from "#platform/context";
import { record, withdraw } from "#timeline";
import { isUnfinished, type OnboardingRow, type StepRow } from "./onboarding.ts";
import { currentOf, free, isComplete, percentOf } from "./progress.ts";

const dayMs = 86_400_000;
/** Whole days between two instants, never below 0. */
export const daysBetween = (from: Date, to: Date): number => Math.max(0, Math.floor((to.getTime() - from.getTime()) / dayMs)); // prettier-ignore

/** What moved it on, and when. */
export interface Moved {
  at: Date;
  /** The fact that tells of it. */
  by: string;
}

/**
 * Draws the consequences of changed steps and saves them: who is free now, how far it is, where it stands, whether value was reached,
 * whether all is done. Any of it that is no longer true is withdrawn by the fact that says so.
 */
export async function settle(tx: Tx, before: OnboardingRow, steps: readonly StepRow[], moved: Moved): Promise<void> {
  const row = { ...before };
  const calendar = await calendarOf(tx);
  free(steps, row.started_at, moved.at, calendar);
  await saveSteps(tx, row.id, steps);
  row.last_fact = moved.by;
  row.last_progress_at = moved.at > row.last_progress_at ? moved.at : row.last_progress_at;
  if (row.status !== "ended") {
    await settleValue(tx, row, steps, moved);
    await settleEnd(tx, row, steps, moved);
  }
  if (row.status === "stalled") row.status = "running";
  const waits = isUnfinished(row);
  const current = waits ? currentOf(steps) : undefined;
  await sql`
    update onboardings set status = ${row.status}, percent = ${percentOf(steps)}, done_count = ${steps.filter((s) => s.state === "done").length},
           current_step = ${current?.title ?? null}, current_position = ${current ? current.position + 1 : null}, last_fact = ${row.last_fact}, last_progress_at = ${row.last_progress_at},
           waiting_since = ${waits ? row.last_progress_at : null}, stall_at = ${waits ? businessDaysAfter(calendar, row.last_progress_at, row.stalled_days) : null}, stalled_at = null,
           value_at = ${row.value_at}, value_fact = ${row.value_fact}, completed_at = ${row.completed_at}, completed_fact = ${row.completed_fact}, updated_at = ${tx.clock()}, version = version + 1
     where id = ${row.id}`.execute(tx.db);
  if (before.status === "stalled") await closeTasks(tx, { about: { object: "onboarding", id: row.id } }, waits ? "It goes on" : "All done"); // prettier-ignore
}

async function settleValue(tx: Tx, row: OnboardingRow, steps: readonly StepRow[], moved: Moved): Promise<void> {
  const value = steps.find((s) => s.first_value);
  if (value?.state === "done" && !row.value_fact) {
    row.value_at = value.done_at;
    const days = daysBetween(row.started_at, row.value_at!);
    row.value_fact = await tellOf(tx, row, "onboarding.value-reached", { days }, moved);
  } else if (value && value.state !== "done" && row.value_fact) {
    await withdraw(tx, [row.value_fact], moved.by);
    Object.assign(row, { value_at: null, value_fact: null });
  }
}

async function settleEnd(tx: Tx, row: OnboardingRow, steps: readonly StepRow[], moved: Moved): Promise<void> {
  if (isComplete(steps) && row.status !== "completed") {
    row.status = "completed";
    row.completed_at = moved.at;
    const { id: onboarding_id, plan, contact_id, account_id } = row;
    const payload = { onboarding_id, plan, days: daysBetween(row.started_at, moved.at) };
    row.completed_fact = await record(tx, { name: "onboarding.completed", contact_id, account_id, occurred_at: moved.at, caused_by: moved.by, payload }); // prettier-ignore
  } else if (!isComplete(steps) && row.status === "completed") {
    if (row.completed_fact) await withdraw(tx, [row.completed_fact], moved.by);
    Object.assign(row, { status: "running", completed_at: null, completed_fact: null });
  }
}

const tellOf = (tx: Tx, row: OnboardingRow, name: "onboarding.value-reached", more: { days: number }, moved: Moved): Promise<string> =>
  record(tx, { name, contact_id: row.contact_id, account_id: row.account_id, occurred_at: row.value_at ?? moved.at, caused_by: moved.by, payload: { onboarding_id: row.id, plan: row.plan, ...more } }); // prettier-ignore

/** Saves how the steps stand. */
export const saveSteps = async (tx: Tx, id: string, steps: readonly StepRow[]): Promise<void> =>
  void (await sql`
    update onboarding_steps s set state = r.state, ready_at = r.ready_at, due_at = r.due_at, done_at = r.done_at, done_by = r.done_by, answer = r.answer, reason = r.reason,
           evidence_fact = r.evidence_fact, done_fact = r.done_fact, contradicted_at = r.contradicted_at
      from json_to_recordset(${JSON.stringify(steps)}::json) as r(key text, state text, ready_at timestamptz, due_at timestamptz, done_at timestamptz, done_by text, answer text, reason text,
             evidence_fact uuid, done_fact uuid, contradicted_at timestamptz)
     where s.onboarding_id = ${id} and s.key = r.key`.execute(tx.db));
