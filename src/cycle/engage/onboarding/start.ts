import { sql } from "kysely";
import { queueMail } from "#attract/channels";
import { newId } from "#kernel/id";
import { notFound, Refused } from "#kernel/refusal";
import { businessDaysAfter, calendarOf } from "#platform/calendar";
import { inTransaction, type Ctx, type Tx } from "#platform/context";
import { pageUrl, seal } from "#platform/pages";
import { record } from "#timeline";
import { takeEvidence } from "./evidence.ts";
import { lockOnboarding, stepsOf, type OnboardingRow } from "./onboarding.ts";
import type { PlanRow } from "./plan.ts";
import { currentOf, dueOf, free } from "./progress.ts";
import { saveSteps } from "./settle.ts";
import { isFactLeaf, type Step } from "./step.ts";

export interface Starting {
  contact_id: string | null;
  account_id: string | null;
  order_id?: string | null;
  caused_by?: string | null;
}

/** The customer's link to their own page. */
export const startUrl = (ctx: Ctx, id: string): string => pageUrl(ctx, `/start/${seal(ctx, "start", id)}`);

/** Begins a plan with a customer, by hand. @throws Refused when one of it runs with them already */
export const startByHand = (ctx: Ctx, planId: string, contactId: string): Promise<{ id: string }> =>
  inTransaction(ctx, async (tx) => {
    const { rows: plans } = await sql<PlanRow>`select * from onboarding_plans where id = ${planId} and deleted_at is null`.execute(tx.db); // prettier-ignore
    if (!plans[0]) throw notFound("plan");
    const { rows } = await sql<{ account_id: string | null }>`select account_id from contacts where id = ${contactId} and deleted_at is null`.execute(tx.db); // prettier-ignore
    if (!rows[0]) throw notFound("contact");
    const id = await startOnboarding(tx, plans[0], { contact_id: contactId, account_id: rows[0].account_id });
    if (!id) throw new Refused("conflict", "onboarding.running", "This customer is in an onboarding of it already.");
    return { id };
  });

/** Begins a plan with a customer, pinned to the version of now; null when one runs already, or this order had its own. */
export async function startOnboarding(tx: Tx, plan: PlanRow, who: Starting): Promise<string | null> {
  const [id, now, calendar] = [newId(), tx.clock(), await calendarOf(tx)];
  const { steps } = plan.design;
  const { rows } = await sql`
    insert into onboardings (id, plan_id, plan_version, plan, product_id, contact_id, account_id, order_id, owner_id, step_count, stalled_days, started_at, last_progress_at, waiting_since, stall_at, created_at, updated_at)
    values (${id}, ${plan.id}, ${plan.steps_version}, ${plan.name}, ${plan.product_id}, ${who.contact_id}, ${who.account_id}, ${who.order_id ?? null},
            coalesce((select owner_id from contacts where id = ${who.contact_id}), (select owner_id from accounts where id = ${who.account_id})), ${steps.length}, ${plan.stalled_days},
            ${now}, ${now}, ${now}, ${businessDaysAfter(calendar, now, plan.stalled_days)}, ${now}, ${now})
        on conflict do nothing returning id`.execute(tx.db);
  if (rows.length === 0) return null;
  await sql`update onboarding_plans set run_count = run_count + 1 where id = ${plan.id}`.execute(tx.db);
  await writeSteps(tx, id, steps);
  const { contact_id, account_id } = who;
  const start = await record(tx, { name: "onboarding.started", contact_id, account_id, caused_by: who.caused_by ?? null, payload: { plan: plan.name, onboarding_id: id, product_id: plan.product_id } }); // prettier-ignore
  await sql`update onboardings set start_fact = ${start}, last_fact = ${start} where id = ${id}`.execute(tx.db);
  const rowsNow = await stepsOf(tx, id);
  for (const step of rowsNow) step.due_at = dueOf(step, now, null, calendar);
  free(rowsNow, now, now, calendar);
  await saveSteps(tx, id, rowsNow);
  const current = currentOf(rowsNow);
  await sql`update onboardings set current_step = ${current?.title ?? null}, current_position = ${current ? current.position + 1 : null} where id = ${id}`.execute(tx.db); // prettier-ignore
  // Before the invitation: what they did before counts, and who is through needs no mail.
  await takeEvidence(tx, id);
  if (plan.invites) await invite(tx, await lockOnboarding(tx, id), { intro: plan.intro, unique_key: `onboarding:${id}`, source_id: id }); // prettier-ignore
  return id;
}

const writeSteps = (tx: Tx, id: string, steps: readonly Step[]) =>
  sql`
    insert into onboarding_steps (onboarding_id, key, position, title, help, owner, kind, question, done_when, fact_name, depends_on, due_days, due_from, weight, required, first_value, state)
    select ${id}::uuid, r.key, r.position, r.title, r.help, r.owner, r.kind, r.question, r.done_when, r.fact_name, r.depends_on, r.due_days, r.due_from, r.weight, r.required, r.first_value, 'blocked'
      from json_to_recordset(${JSON.stringify(steps.map((s, position) => ({ ...s, position, fact_name: s.done_when && isFactLeaf(s.done_when) ? s.done_when.fact : null })))}::json)
        as r(key text, position int, title text, help text, owner text, kind text, question text, done_when jsonb, fact_name text, depends_on text[], due_days int, due_from text, weight int,
             required boolean, first_value boolean)`.execute(tx.db); // prettier-ignore

/** Mails the customer the link to their page; nothing where no open step is theirs, or nobody is named. */
async function invite(
  tx: Tx,
  row: OnboardingRow,
  how: { intro: string | null; unique_key: string; source_id: string },
): Promise<string | null> {
  const steps = (await stepsOf(tx, row.id)).filter((s) => s.owner === "customer" && (s.state === "ready" || s.state === "blocked" || s.state === "in_progress")); // prettier-ignore
  if (!row.contact_id || steps.length === 0) return "no step waits for the customer";
  const list = steps.map((s) => `- ${s.title}`).join("\n");
  const queued = await queueMail(tx, {
    kind: "service",
    source: "onboarding",
    source_id: how.source_id,
    contact_id: row.contact_id,
    subject: `${row.plan}: your next steps`,
    text: `${how.intro ? `${how.intro}\n\n` : ""}What comes next for you:\n\n${list}\n\nSee what we do, and tell us what is done:\n${startUrl(tx, row.id)}`,
    caused_by: row.last_fact,
    unique_key: how.unique_key,
  });
  return "held" in queued ? queued.held : null;
}

/** Mails the link once more. @throws Refused when nothing is left for the customer, or the mail may not leave */
export const inviteAgain = (ctx: Ctx, id: string): Promise<{ held: string | null }> =>
  inTransaction(ctx, async (tx) => {
    const row = await lockOnboarding(tx, id);
    const { rows } = await sql<{ intro: string | null }>`select intro from onboarding_plans where id = ${row.plan_id}`.execute(tx.db); // prettier-ignore
    const mail = newId();
    return { held: await invite(tx, row, { intro: rows[0]?.intro ?? null, unique_key: `onboarding:${id}:${mail}`, source_id: mail }) }; // prettier-ignore
  });
