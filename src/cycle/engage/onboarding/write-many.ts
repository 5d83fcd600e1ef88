import { sql } from "kysely";
import { businessDaysAfter, calendarOf, type Calendar } from "#platform/calendar";
import type { Tx } from "#platform/context";
import type { StepRow } from "./onboarding.ts";
import { currentOf, dueOf, isComplete, isSettled, percentOf } from "./progress.ts";
import { isFactLeaf, type Step } from "./step.ts";

export interface ToldStep {
  at: Date;
  by: string;
  done_fact: string;
  answer?: string | null;
  evidence_fact?: string | null;
}

/** An onboarding with all that happened in it, as a story tells it; nothing is mailed and no fact is told. */
export interface ToldOnboarding {
  id: string;
  plan_id: string;
  plan: string;
  contact_id: string;
  account_id: string | null;
  order_id: string | null;
  owner_id: string | null;
  start_fact: string;
  started_at: Date;
  /** What was done, by the step's key. */
  done: Readonly<Record<string, ToldStep>>;
  value_fact: string | null;
  completed_fact: string | null;
  ended: { at: Date; reason: string } | null;
}

/** Writes onboardings of the past on the first version of their plan; where they stand and whether they stall follows from their steps and the hours of now. */
export async function writeOnboardings(tx: Tx, told: readonly ToldOnboarding[], plans: ReadonlyMap<string, { steps: readonly Step[]; stalled_days: number }>, today: Date): Promise<void> {
  const calendar = await calendarOf(tx);
  const all = told.map((one) => {
    const plan = plans.get(one.plan_id)!;
    const steps = stepsOf(one, plan.steps, calendar);
    return { row: rowOf(one, steps, plan.stalled_days, calendar, today), steps };
  });
  await sql`
    insert into onboardings (id, plan_id, plan_version, plan, contact_id, account_id, order_id, owner_id, status, percent, done_count, step_count, current_step, current_position, stalled_days, started_at,
           last_progress_at, waiting_since, stall_at, stalled_at, value_at, completed_at, ended_at, end_reason, start_fact, last_fact, value_fact, completed_fact, created_at, updated_at)
    select r.id, r.plan_id, 1, r.plan, r.contact_id, r.account_id, r.order_id, r.owner_id, r.status, r.percent, r.done_count, r.step_count, r.current_step, r.current_position, r.stalled_days, r.started_at,
           r.last_progress_at, r.waiting_since, r.stall_at, r.stalled_at, r.value_at, r.completed_at, r.ended_at, r.end_reason, r.start_fact, r.last_fact, r.value_fact, r.completed_fact, r.started_at, r.last_progress_at
      from json_to_recordset(${JSON.stringify(all.map((a) => a.row))}::json) as r(id uuid, plan_id uuid, plan text, contact_id uuid, account_id uuid, order_id uuid, owner_id uuid, status text, percent int,
             done_count int, step_count int, current_step text, current_position int, stalled_days int, started_at timestamptz, last_progress_at timestamptz, waiting_since timestamptz, stall_at timestamptz,
             stalled_at timestamptz, value_at timestamptz, completed_at timestamptz, ended_at timestamptz, end_reason text, start_fact uuid, last_fact uuid, value_fact uuid, completed_fact uuid)`.execute(tx.db);
  await sql`
    insert into onboarding_steps (onboarding_id, key, position, title, help, owner, kind, question, done_when, fact_name, depends_on, due_days, due_from, weight, required, first_value, state,
           ready_at, due_at, done_at, done_by, answer, evidence_fact, done_fact)
    select r.onboarding_id, r.key, r.position, r.title, r.help, r.owner, r.kind, r.question, r.done_when, r.fact_name, r.depends_on, r.due_days, r.due_from, r.weight, r.required, r.first_value, r.state,
           r.ready_at, r.due_at, r.done_at, r.done_by, r.answer, r.evidence_fact, r.done_fact
      from json_to_recordset(${JSON.stringify(all.flatMap((a) => a.steps))}::json) as r(onboarding_id uuid, key text, position int, title text, help text, owner text, kind text, question text, done_when jsonb,
             fact_name text, depends_on text[], due_days int, due_from text, weight int, required boolean, first_value boolean, state text, ready_at timestamptz, due_at timestamptz, done_at timestamptz,
             done_by text, answer text, evidence_fact uuid, done_fact uuid)`.execute(tx.db);
  await sql`
    update onboarding_plans p set run_count = n.runs from (select plan_id, count(*)::int as runs from onboardings group by 1) n where n.plan_id = p.id and p.id = any(${[...plans.keys()]})`.execute(tx.db);
} // prettier-ignore

function stepsOf(told: ToldOnboarding, design: readonly Step[], calendar: Calendar): StepRow[] {
  return design.map((step, position): StepRow => {
    const done = told.done[step.key];
    const waits = step.depends_on.map((key) => told.done[key]?.at);
    const free = waits.every((at) => at !== undefined);
    const ready_at = free ? new Date(Math.max(told.started_at.getTime(), ...waits.map((at) => at!.getTime()))) : null;
    return {
      ...step, onboarding_id: told.id, position, fact_name: step.done_when && isFactLeaf(step.done_when) ? step.done_when.fact : null, state: done ? "done" : free ? "ready" : "blocked", ready_at,
      due_at: dueOf(step, told.started_at, ready_at, calendar), done_at: done?.at ?? null, done_by: done?.evidence_fact ? null : (done?.by ?? null), answer: done?.answer ?? null, reason: null,
      evidence_fact: done?.evidence_fact ?? null, done_fact: done?.done_fact ?? null, contradicted_at: null,
    };
  });
} // prettier-ignore

function rowOf(told: ToldOnboarding, steps: StepRow[], stalled_days: number, calendar: Calendar, today: Date) {
  const { done, ended, ...own } = told;
  const last = Object.values(done).toSorted((a, b) => a.at.getTime() - b.at.getTime()).at(-1);
  const complete = isComplete(steps);
  const waits = !complete && !ended;
  const last_progress_at = last?.at ?? told.started_at;
  const stall_at = waits ? businessDaysAfter(calendar, last_progress_at, stalled_days) : null;
  const stalls = stall_at !== null && stall_at <= today;
  const current = waits ? currentOf(steps) : undefined;
  return {
    ...own, status: complete ? "completed" : ended ? "ended" : stalls ? "stalled" : "running", percent: percentOf(steps), done_count: steps.filter(isSettled).length, step_count: steps.length,
    current_step: current?.title ?? null, current_position: current ? current.position + 1 : null, stalled_days, last_progress_at, waiting_since: waits ? last_progress_at : null, stall_at,
    stalled_at: stalls ? stall_at : null, value_at: steps.find((s) => s.first_value)?.done_at ?? null, completed_at: complete ? last_progress_at : null, ended_at: ended?.at ?? null,
    end_reason: ended?.reason ?? null, last_fact: last?.done_fact ?? told.start_fact,
  };
} // prettier-ignore
