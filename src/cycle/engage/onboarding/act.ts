import { sql } from "kysely";
import { closeTasks } from "#convert/activities";
import { invalid, notFound, Refused } from "#kernel/refusal";
import { inTransaction, type Ctx, type Tx } from "#platform/context";
import { noteChanges } from "#records";
import { record, withdraw } from "#timeline";
import { takeEvidence } from "./evidence.ts";
import { isUnfinished, lockOnboarding, over, stepsOf, type OnboardingRow, type StepRow } from "./onboarding.ts";
import { isSettled } from "./progress.ts";
import { saveSteps, settle } from "./settle.ts";

/** What a person says of a step. */
export type StepAct =
  | { act: "begin" }
  | { act: "done"; answer?: string | undefined }
  | { act: "skip" | "not_applicable"; reason: string }
  | { act: "reopen" };
export type Doer = "us" | "customer";

/** Does something with one step of an onboarding. @throws Refused when it is blocked, done already, or not theirs */
export const actOnStep = (ctx: Ctx, id: string, key: string, asked: StepAct, as: Doer = "us"): Promise<void> =>
  inTransaction(ctx, async (tx) => {
    const row = await lockOnboarding(tx, id);
    if (row.status === "ended") throw over();
    const steps = await stepsOf(tx, id);
    const step = steps.find((s) => s.key === key);
    if (!step || (as === "customer" && step.owner !== "customer")) throw notFound("step");
    if (asked.act === "reopen") await reopen(tx, row, steps, step);
    else await goOn(tx, row, steps, step, asked, as);
    // A fact may have come while the step was settled otherwise.
    if (asked.act === "reopen") await takeEvidence(tx, id);
  });

async function goOn(tx: Tx, row: OnboardingRow, steps: StepRow[], step: StepRow, asked: Exclude<StepAct, { act: "reopen" }>, as: Doer): Promise<void> {
  if (isSettled(step)) throw new Refused("conflict", "onboarding.settled", `“${step.title}” is settled already.`);
  const ends = "reason" in asked;
  if (step.state === "blocked" && !ends) throw new Refused("conflict", "onboarding.blocked", `“${step.title}” waits for other steps.`);
  const now = tx.clock();
  if (asked.act === "begin") {
    step.state = "in_progress";
    return saveSteps(tx, row.id, [step]);
  }
  if (ends) {
    Object.assign(step, { state: asked.act === "skip" ? "skipped" : "not_applicable", reason: asked.reason, done_at: now, done_by: tx.actor.name });
    // No fact: nothing was done. What follows is caused by what was done last.
    return settle(tx, row, steps, { at: now, by: row.last_fact ?? (await startOf(row)) });
  }
  if (step.kind === "fact") throw invalid("act", `“${step.title}” is done by what happens; skip it if it needs no doing.`, "onboarding.by-fact");
  if (step.kind === "answer" && !asked.answer) throw invalid("answer", "Please write an answer.");
  const by = await record(tx, { name: "onboarding.step-done", contact_id: row.contact_id, account_id: row.account_id, caused_by: row.start_fact, payload: { onboarding_id: row.id, plan: row.plan, step: step.title, how: as } });
  Object.assign(step, { state: "done", done_at: now, done_by: tx.actor.name, answer: asked.answer ?? null, done_fact: by });
  return settle(tx, row, steps, { at: now, by });
} // prettier-ignore

const startOf = (row: OnboardingRow): Promise<string> =>
  row.start_fact ? Promise.resolve(row.start_fact) : Promise.reject(new Error(`onboarding ${row.id} has no start`));

async function reopen(tx: Tx, row: OnboardingRow, steps: StepRow[], step: StepRow): Promise<void> {
  if (step.state === "in_progress") {
    step.state = "ready";
    return saveSteps(tx, row.id, [step]);
  }
  if (!isSettled(step)) throw new Refused("conflict", "onboarding.open", `“${step.title}” is open.`);
  if (step.evidence_fact) throw new Refused("conflict", "onboarding.evidence", `“${step.title}” is shown by what happened.`); // prettier-ignore
  if (row.status === "completed") await refuseSecond(tx, row);
  const { contact_id, account_id } = row;
  const by = await record(tx, { name: "onboarding.step-reopened", contact_id, account_id, payload: { onboarding_id: row.id, plan: row.plan, step: step.title } }); // prettier-ignore
  if (step.done_fact) await withdraw(tx, [step.done_fact], by);
  Object.assign(step, { state: "blocked", done_at: null, done_by: null, answer: null, reason: null, done_fact: null });
  await settle(tx, row, steps, { at: tx.clock(), by });
}

/** Ends an onboarding unfinished, as nobody goes on with it. */
export const endOnboarding = (ctx: Ctx | Tx, id: string, reason: string, caused_by?: string): Promise<void> =>
  inTransaction(ctx, async (tx) => {
    const row = await lockOnboarding(tx, id);
    if (!isUnfinished(row)) throw new Refused("conflict", "onboarding.over", "This onboarding is over already.");
    const { contact_id, account_id, plan } = row;
    await record(tx, { name: "onboarding.ended", contact_id, account_id, caused_by: caused_by ?? row.last_fact, payload: { onboarding_id: id, plan, reason } }); // prettier-ignore
    await sql`
      update onboardings set status = 'ended', ended_at = ${tx.clock()}, end_reason = ${reason}, current_step = null, current_position = null, waiting_since = null, stall_at = null, stalled_at = null,
             updated_at = ${tx.clock()}, version = version + 1 where id = ${id}`.execute(tx.db);
    await noteChanges(tx, [{ object: "onboarding", record_id: id, action: "updated", fields: { status: [row.status, "ended"], end_reason: [null, reason] } }]); // prettier-ignore
    await closeTasks(tx, { about: { object: "onboarding", id } }, reason);
  });

/** Takes an ended onboarding up again where it stood. @throws Refused when another one runs meanwhile */
export const resumeOnboarding = (ctx: Ctx, id: string): Promise<void> =>
  inTransaction(ctx, async (tx) => {
    const row = await lockOnboarding(tx, id);
    if (row.status !== "ended") throw new Refused("conflict", "onboarding.not-ended", "This onboarding has not ended.");
    await refuseSecond(tx, row);
    const { contact_id, account_id, plan } = row;
    const by = await record(tx, { name: "onboarding.resumed", contact_id, account_id, payload: { onboarding_id: id, plan } }); // prettier-ignore
    await sql`update onboardings set ended_at = null, end_reason = null where id = ${id}`.execute(tx.db);
    await noteChanges(tx, [{ object: "onboarding", record_id: id, action: "updated", fields: { status: ["ended", "running"], end_reason: [row.end_reason, null] } }]); // prettier-ignore
    await settle(tx, { ...row, status: "running" }, await stepsOf(tx, id), { at: tx.clock(), by });
    await takeEvidence(tx, id);
  });

async function refuseSecond(tx: Tx, row: OnboardingRow): Promise<void> {
  const { rows } = await sql`
    select 1 from onboardings where status in ('running', 'stalled') and coalesce(contact_id, account_id) = ${row.contact_id ?? row.account_id}
       and coalesce(product_id, plan_id) = ${row.product_id ?? row.plan_id} and id <> ${row.id}`.execute(tx.db);
  if (rows.length > 0) throw new Refused("conflict", "onboarding.running", "Another onboarding of it runs with this customer by now."); // prettier-ignore
}
