import { CompiledQuery } from "kysely";
import type { Condition } from "#kernel/condition";
import type { Period } from "#kernel/period";
import type { Ctx } from "#platform/context";
import { objectNamed, whereOf } from "#records";
import { companyActs } from "../lifecycle/traits.ts";
import { stages, type SubjectKind } from "../stage.ts";
import { stepOf, type Lens } from "./lens.ts";

/*
 * What the ring counts, from the moves of the lifecycle alone: every customer's stays in the steps of the lens.
 *
 * Words we use
 *   stay       one customer in one step, from entering it until leaving it
 *   moved on   left the step forward, or out of it by recovering: from at risk or lapsed to any other stage; falling at risk is no progress
 */
export interface RingQuestion extends Period {
  lens: Lens;
  subject: SubjectKind;
  cohort?: Condition | undefined;
}

export interface StepFigures {
  step: number;
  count: number;
  came: number;
  left: number;
  base: number;
  moved: number;
  median_days: number | null;
  stuck: number;
  yearly_each: number | null;
}

const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;
const quiet = "('at_risk', 'lapsed')";

/** The step of a stage and a last act, as SQL; equal to stepOf. Only names of our own lists are written into the text. */
export function stepSql(lens: Pick<Lens, "steps">, stage: string, act: string): string {
  const acts = companyActs.flatMap((a) => {
    const step = lens.steps.findIndex((s) => s.acts?.includes(a) ?? false);
    return step < 0 ? [] : [`when ${quoted(a)} then ${step}`];
  });
  const byStage = `case ${stage} ${stages.map((s) => `when ${quoted(s)} then ${stepOf(lens, s, null)}`).join(" ")} end`;
  return acts.length === 0 ? byStage : `coalesce(case ${act} ${acts.join(" ")} end, ${byStage})`;
}

const hasActs = (lens: Lens): boolean => lens.steps.some((s) => (s.acts?.length ?? 0) > 0);

/** The live customers of the cohort as the table expression `who`; pushes its values. */
export function whoSql(ctx: Ctx, q: Pick<RingQuestion, "subject" | "cohort">, params: unknown[]): string {
  const object = objectNamed(q.subject);
  return `who as materialized (select t.id from "${object.table}" t where ${whereOf(ctx, object, { filter: q.cohort }, params)})`;
}

// Moves of one instant follow one another by id (uuid v7); an act of that instant comes after them.
const inOrder = "window w as (partition by subject_id order by at, id)";

// A stage or an act that did not change is carried on from the event before. Only customers with an act need that.
function eventsSql(q: Pick<RingQuestion, "lens" | "subject">, until: string): string {
  const moves = `select m.subject_id, m.at, m.id, m.to_stage as stage, null::text as act
    from lifecycle_transitions m join who on who.id = m.subject_id where m.subject = '${q.subject}' and m.withdrawn_at is null and m.at < ${until}`;
  if (!hasActs(q.lens)) return `events as (${moves})`;
  return `acting as materialized (select a.* from lifecycle_acts a join who on who.id = a.subject_id where a.subject = '${q.subject}' and a.at < ${until}),
    raw as (${moves} and m.subject_id in (select subject_id from acting)
      union all select subject_id, at, ('ffffffff-ffff-ffff-ffff-' || lpad(to_hex(position), 12, '0'))::uuid, null, coalesce(act, '-') from acting),
    runs as (select *, count(stage) over w as stage_run, count(act) over w as act_run from raw ${inOrder}),
    events as (select subject_id, at, id, max(stage) over (partition by subject_id, stage_run) as stage,
                      nullif(max(act) over (partition by subject_id, act_run), '-') as act
                 from runs where stage_run > 0
               union all ${moves} and not exists (select from acting where acting.subject_id = m.subject_id))`;
}

/** The stays of the customers `who` that reach into the period, as the table expression `seen`; `hops` are all their steps until its end. */
const seenSql = (q: Pick<RingQuestion, "lens" | "subject">, from: string, until: string): string => `
    ${eventsSql(q, until)},
    placed as (select e.*, ${stepSql(q.lens, "e.stage", "e.act")} as step from events e),
    hops as (select subject_id, at, id, stage, step, lag(step) over w as before, lag(stage) over w as stage_before, lead(at) over w is null as last
               from placed ${inOrder}),
    stays as (select subject_id, step, at, lead(at) over w as left_at, lead(step) over w as to_step, lead(stage) over w as to_stage, lead(stage_before) over w as from_stage
                from hops where before is distinct from step ${inOrder}),
    seen as materialized (
      select subject_id, step, at, left_at, left_at is not null as gone,
             left_at is not null and ((to_step > step and (to_stage = from_stage or to_stage not in ${quiet})) or (from_stage in ${quiet} and to_stage not in ${quiet})) as onward
        from stays where left_at is null or left_at >= ${from})`;

/** Whether a customer moved on from the step in the period, as a test of `id`: the same stays that figuresOf counts. Pushes its values. */
export function movedOnSql(q: Omit<RingQuestion, "cohort"> & { step: number }, id: string, params: unknown[]): string {
  const from = `$${params.push(q.from)}::timestamptz`;
  const until = `$${params.push(q.until)}::timestamptz`;
  const within = `subject = '${q.subject}' and at >= ${from} and at < ${until}`;
  // Who moved on has a move or an act in the period; nobody else's past is told.
  const alsoActing = hasActs(q.lens) ? `union select subject_id from lifecycle_acts where ${within}` : "group by 1";
  return `${id} in (
    with who as materialized (select subject_id as id from lifecycle_transitions where withdrawn_at is null and ${within} ${alsoActing}),
    ${seenSql(q, from, until)}
    select subject_id from seen where onward and step = ${q.step})`;
}

/** Figures of every step, and how many stand in each stage at the end of the period. */
export async function figuresOf(
  ctx: Ctx,
  q: RingQuestion,
): Promise<{ steps: StepFigures[]; stages: Record<string, number> }> {
  const params: unknown[] = [q.from, q.until];
  const text = `
    with ${whoSql(ctx, q, params)}, ${seenSql(q, "$1::timestamptz", "$2::timestamptz")},
    each as (select step, subject_id, bool_or(not gone) as here, bool_or(at >= $1::timestamptz) as came, bool_or(gone) as gone, bool_or(onward) as onward
               from seen group by step, subject_id),
    -- What they paid a year, over at least one year: a first order of last week is no yearly sum.
    worth as (select e.step, avg(c.paid_total / greatest(1, extract(epoch from $2::timestamptz - c.first_order_at) / 31557600)) as yearly_each
                from each e join "${objectNamed(q.subject).table}" c on c.id = e.subject_id where e.onward and c.first_order_at is not null group by e.step),
    medians as (select step, percentile_cont(0.5) within group (order by extract(epoch from left_at - at) / 86400) as median_days from seen where onward group by step)
    select json_build_object(
      'steps', (select coalesce(json_agg(x), '[]') from (
         select step, count(*) filter (where here) as count, count(*) filter (where came) as came, count(*) filter (where gone) as left,
                count(*) as base, count(*) filter (where onward) as moved, count(*) filter (where here and not onward) as stuck,
                (select yearly_each::float8 from worth where worth.step = each.step) as yearly_each, (select median_days from medians where medians.step = each.step)
           from each group by step) x),
      'stages', (select coalesce(json_object_agg(stage, n), '{}') from (select stage, count(*) as n from hops where last group by stage) s)) as answer`;
  const { rows } = await ctx.db.executeQuery<{ answer: { steps: StepFigures[]; stages: Record<string, number> } }>(
    CompiledQuery.raw(text, params),
  );
  return rows[0]!.answer;
}

export interface TotalFigures {
  identified: number;
  customers: number;
  at_risk: number;
  recovered: number;
  paid_base: number;
  referrals: number;
}

const totalNames = [
  "identified",
  "customers",
  "at_risk",
  "recovered",
  "paid_base",
  "referrals",
] as const satisfies readonly (keyof TotalFigures)[];

/**
 * What the period brought and what the equally long one before it did: people who became known, first orders, falls and
 * recoveries, referrals, and money paid minus refunded in minor units.
 */
export async function totalsOf(
  ctx: Ctx,
  q: Omit<RingQuestion, "lens">,
): Promise<{ now: TotalFigures; before: TotalFigures }> {
  const earlier = new Date(2 * q.from.getTime() - q.until.getTime());
  const params: unknown[] = [earlier, q.from, q.until];
  const who = whoSql(ctx, q, params);
  // Without a cohort the money of anonymous orders counts as well.
  const whose = q.cohort ? `and f.${q.subject}_id in (select id from who)` : "";
  const within = (column: string): string => `${column} >= $1::timestamptz and ${column} < $3::timestamptz`;
  const isNow = (column: string): string => `${column} >= $2::timestamptz as now`;
  const text = `
    with ${who},
    moves as (select m.from_stage, m.to_stage, m.subject_id, ${isNow("m.at")} from lifecycle_transitions m join who on who.id = m.subject_id
               where m.subject = '${q.subject}' and m.withdrawn_at is null and ${within("m.at")}),
    moved as (select now, count(*) filter (where from_stage is null) as identified, count(distinct subject_id) filter (where to_stage = 'customer') as customers,
                     count(distinct subject_id) filter (where to_stage = 'at_risk') as at_risk,
                     count(distinct subject_id) filter (where from_stage in ${quiet} and to_stage not in ${quiet}) as recovered
                from moves group by now),
    paid as (select ${isNow("f.occurred_at")}, sum(case f.name when 'payment.refunded' then -1 else 1 end * (f.payload ->> 'base_amount')::bigint) as paid_base
               from facts f where f.name in ('order.paid', 'payment.received', 'payment.refunded') and ${within("f.occurred_at")} ${whose} group by 1),
    referred as (select ${isNow("f.occurred_at")}, count(*) as referrals from facts f
                  where f.name = 'referral.made' and ${within("f.occurred_at")} and f.${q.subject}_id in (select id from who) group by 1)
    select p.now, ${totalNames.map((n) => `coalesce(${n}, 0)::bigint as ${n}`).join(", ")}
      from (values (true), (false)) p(now) left join moved using (now) left join paid using (now) left join referred using (now)`;
  const { rows } = await ctx.db.executeQuery<TotalFigures & { now: boolean }>(CompiledQuery.raw(text, params));
  const of = (now: boolean): TotalFigures => {
    const row = rows.find((r) => r.now === now)!;
    return Object.fromEntries(totalNames.map((n) => [n, row[n]])) as unknown as TotalFigures;
  };
  return { now: of(true), before: of(false) };
}
