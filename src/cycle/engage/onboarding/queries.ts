import { sql } from "kysely";
import { notFound } from "#kernel/refusal";
import { wilson, type Interval } from "#kernel/statistics";
import type { Ctx } from "#platform/context";
import { wordsFor, sentenceOf } from "#timeline";
import type { OnboardingRow, StepRow } from "./onboarding.ts";
import { startUrl } from "./start.ts";

export interface Evidence {
  id: string;
  name: string;
  occurred_at: Date;
  sentence: string;
  withdrawn: boolean;
}
export type StepTold = Omit<StepRow, "onboarding_id" | "fact_name" | "done_fact" | "evidence_fact"> & { evidence: Evidence | null }; // prettier-ignore
export interface OnboardingTold {
  id: string;
  version: number;
  plan_id: string;
  plan: string;
  plan_version: number;
  status: OnboardingRow["status"];
  percent: number;
  contact: { id: string; name: string } | null;
  account: { id: string; name: string } | null;
  order: { id: string; number: string } | null;
  product: { id: string; name: string } | null;
  owner: { id: string; name: string } | null;
  started_at: Date;
  last_progress_at: Date;
  stall_at: Date | null;
  stalled_at: Date | null;
  value_at: Date | null;
  completed_at: Date | null;
  ended_at: Date | null;
  end_reason: string | null;
  /** The customer's own page; null when nobody is named who could open it. */
  url: string | null;
  steps: StepTold[];
}

const thing = (table: string, column: string, name = "name") =>
  sql.raw(`(select json_build_object('id', r.id, '${name}', r.${name}) from ${table} r where r.id = o.${column})`);

/** One onboarding with its steps and what shows them to be done. */
export async function onboardingTold(ctx: Ctx, id: string): Promise<OnboardingTold> {
  const { rows } = await sql<Omit<OnboardingTold, "steps" | "url"> & { contact_id: string | null }>`
    select o.id, o.version, o.plan_id, o.plan, o.plan_version, o.status, o.percent, o.contact_id, o.started_at, o.last_progress_at, o.stall_at, o.stalled_at, o.value_at, o.completed_at, o.ended_at, o.end_reason,
           ${thing("contacts", "contact_id")} as contact, ${thing("accounts", "account_id")} as account, ${thing("orders", "order_id", "number")} as "order",
           ${thing("products", "product_id")} as product, ${thing("rondo.users", "owner_id")} as owner
      from onboardings o where o.id = ${id} and o.deleted_at is null`.execute(ctx.db);
  if (!rows[0]) throw notFound("onboarding");
  const { contact_id, ...told } = rows[0];
  return { ...told, url: contact_id ? startUrl(ctx, id) : null, steps: await stepsTold(ctx, id) };
}

type Shown = StepRow & { e_name: string | null; e_at: Date | null; e_payload: Record<string, unknown> | null; e_withdrawn: boolean }; // prettier-ignore

async function stepsTold(ctx: Ctx, id: string): Promise<StepTold[]> {
  const { rows } = await sql<Shown>`
    select s.*, f.name as e_name, f.occurred_at as e_at, f.payload as e_payload, exists (select from fact_withdrawals w where w.fact_id = f.id) as e_withdrawn
      from onboarding_steps s left join facts f on f.id = s.evidence_fact where s.onboarding_id = ${id} order by s.position`.execute(ctx.db); // prettier-ignore
  const words = wordsFor(ctx.workspace.locale);
  return rows.map(({ e_name, e_at, e_payload, e_withdrawn, evidence_fact, onboarding_id: _own, fact_name: _name, done_fact: _fact, ...step }) => ({
    ...step,
    evidence: evidence_fact && e_name && e_at ? { id: evidence_fact, name: e_name, occurred_at: e_at, sentence: sentenceOf(e_name, e_payload ?? {}, words), withdrawn: e_withdrawn } : null,
  })); // prettier-ignore
}

export interface OnboardingLine {
  id: string;
  plan: string;
  status: OnboardingRow["status"];
  percent: number;
  current_step: string | null;
  started_at: Date;
  last_progress_at: Date;
  who: string;
}

/** The onboardings of a customer, the unfinished first; of an account those of its people too. At most 20. */
export async function onboardingsOf(ctx: Ctx, of: { contact_id: string } | { account_id: string }): Promise<OnboardingLine[]> {
  const mine = "contact_id" in of ? sql`o.contact_id = ${of.contact_id}` : sql`o.account_id = ${of.account_id}`;
  const { rows } = await sql<OnboardingLine>`
    select o.id, o.plan, o.status, o.percent, o.current_step, o.started_at, o.last_progress_at, coalesce(c.name, a.name) as who
      from onboardings o left join contacts c on c.id = o.contact_id left join accounts a on a.id = o.account_id
     where ${mine} and o.deleted_at is null order by o.status in ('running', 'stalled') desc, o.started_at desc, o.id limit 20`.execute(ctx.db);
  return rows;
} // prettier-ignore

/** Where unfinished onboardings stand: their first required open step, most people first; at most 20. */
export async function stuckSteps(ctx: Ctx, planId?: string): Promise<{ title: string; people: number }[]> {
  const { rows } = await sql<{ title: string; people: number }>`
    select current_step as title, count(*)::int as people from onboardings
     where status in ('running', 'stalled') and current_step is not null and deleted_at is null ${planId ? sql`and plan_id = ${planId}` : sql``}
     group by 1 order by 2 desc, 1 limit 20`.execute(ctx.db);
  return rows;
}

export interface OnboardingFigures {
  /** Started in the last 365 days. */
  started: number;
  running: number;
  stalled: number;
  /** Days from start to first value, the middle of all who reached it; null when nobody did. */
  value: { n: number; median_days: number | null };
  /** Of those who started 30 to 365 days ago, as only they had the time, with 95 % interval (Wilson). */
  completed: { n: number; completed: number; rate: Interval };
  stuck: { title: string; people: number }[];
}

// Whoever began later may still complete: counting them would make a good month look bad.
const ripeDays = 30;

/** How onboardings of the last year do, of one plan or of all. */
export async function onboardingFigures(ctx: Ctx, planId?: string): Promise<OnboardingFigures> {
  const now = ctx.clock();
  const { rows } = await sql<{ started: number; running: number; stalled: number; ripe: number; completed: number; n: number; median: number | null }>`
    select count(*)::int as started, count(*) filter (where status in ('running', 'stalled'))::int as running, count(*) filter (where status = 'stalled')::int as stalled,
           count(*) filter (where started_at <= ${now}::timestamptz - make_interval(days => ${ripeDays}::int))::int as ripe,
           count(*) filter (where status = 'completed' and started_at <= ${now}::timestamptz - make_interval(days => ${ripeDays}::int))::int as completed,
           count(value_at)::int as n, percentile_cont(0.5) within group (order by extract(epoch from value_at - started_at) / 86400)::float8 as median
      from onboardings where deleted_at is null and started_at > ${now}::timestamptz - interval '365 days' ${planId ? sql`and plan_id = ${planId}` : sql``}`.execute(ctx.db); // prettier-ignore
  const { started, running, stalled, ripe, completed, n, median } = rows[0]!;
  return {
    started, running, stalled, value: { n, median_days: median }, completed: { n: ripe, completed, rate: wilson({ k: completed, n: ripe }) },
    stuck: await stuckSteps(ctx, planId),
  }; // prettier-ignore
}
