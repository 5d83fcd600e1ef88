import { sql } from "kysely";
import type { Interval } from "#kernel/statistics";
import { newId } from "#kernel/id";
import { inTransaction, type Ctx, type Tx } from "#platform/context";
import { lockRecord, noteChanges } from "#records";
import { record } from "#timeline";
import { armsOf, differenceOfDifferences, effectOf, splitOf, verdictOf, type Arm, type Effect, type Rule } from "./effect.ts"; // prettier-ignore
import { assign, exposedIn, type Exposed } from "./expose.ts";
import { findImprovement, type Found } from "./find.ts";
import { improvementType, type Verdict } from "./improvement.ts";
import { figuresFor, matured } from "./outcome.ts";

const dayMs = 86_400_000;

/** What a measurement found, as it was reckoned then. */
export interface Result {
  arms: [Arm, Arm];
  effect: Effect | null;
  rule: Rule;
  verdict: Verdict | null;
  required: [number, number] | null;
  /** Randomised: how the assigned people fell, and whether chance explains it. */
  split: { treated: number; held: number; p: number; broken: boolean } | null;
  /** Before and after with a comparison: its arms, and how it ran before the start already. */
  comparison: { arms: [Arm, Arm]; ran_apart: Interval | null; differs: boolean } | null;
}

type Started = Found & { start_at: Date; review_at: Date };

async function people(ctx: Ctx, id: string): Promise<Record<"treated" | "held", Exposed[]>> {
  const { rows } = await sql<Exposed & { arm: "treated" | "held" }>`
    select contact_id, exposed_at as at, arm from improvement_people where improvement_id = ${id} order by exposed_at, contact_id`.execute(ctx.db);
  return { treated: rows.filter((r) => r.arm === "treated"), held: rows.filter((r) => r.arm === "held") };
} // prettier-ignore

/** Measures by intention to treat: everybody assigned counts in their arm, once their days are over. Changes nothing. */
export async function lookAt(ctx: Ctx, it: Started): Promise<Result> {
  const looksBefore = await fullLooks(ctx, it.id);
  const due = ctx.clock() >= it.review_at;
  const required = it.size?.required ?? null;
  const found = it.plan.design.kind === "randomised" ? await randomised(ctx, it) : await beforeAndAfter(ctx, it);
  const { arms, split, comparison, effectAt } = found;
  const n = [arms[0].n, arms[1].n] as const;
  const judged = verdictOf({ better: it.plan.better, effectAt, n, required, due, broken: split?.broken ?? false, looksBefore }); // prettier-ignore
  return { arms, split, comparison, required, ...judged };
}

interface Compared extends Pick<Result, "arms" | "split" | "comparison"> {
  effectAt: (confidence: number) => Effect | null;
}

async function randomised(ctx: Ctx, { id, plan }: Started): Promise<Compared> {
  const { treated, held } = await people(ctx, id);
  const armOf = async (name: "treated" | "held", all: Exposed[]) => {
    const { ripe, waiting } = matured(all, plan.metric.days, ctx.clock());
    return { name, figures: await figuresFor(ctx, plan.metric, ripe), waiting };
  };
  const arms = armsOf(plan, await armOf("treated", treated), await armOf("held", held));
  const share = plan.design.kind === "randomised" ? plan.design.treated : 0.5;
  const split = { treated: treated.length, held: held.length, ...splitOf(treated.length, held.length, share) };
  return { arms, split, comparison: null, effectAt: (confidence) => effectOf(plan, arms, confidence) };
}

async function beforeAndAfter(ctx: Ctx, it: Started): Promise<Compared> {
  const { plan } = it;
  const arms = await sides(ctx, it, plan.scope);
  const other = plan.design.kind === "before_after" ? plan.design.comparison : null;
  if (!other) return { arms, split: null, comparison: null, effectAt: (confidence) => effectOf(plan, arms, confidence) };
  const others = await sides(ctx, it, other);
  const ran_apart = await trendBefore(ctx, it, other);
  const differs = ran_apart !== null && (ran_apart.low > 0 || ran_apart.high < 0);
  return { arms, split: null, comparison: { arms: others, ran_apart, differs }, effectAt: (confidence) => differenceOfDifferences(arms, others, confidence) };
} // prettier-ignore

// Who was exposed so late before the start that their days reach beyond it belongs to neither side.
function baselineOf({ plan, start_at }: Started): { from: Date; until: Date } {
  const until = new Date(start_at.getTime() - plan.metric.days * dayMs);
  return { from: new Date(until.getTime() - plan.baseline_days * dayMs), until };
}

async function sides(ctx: Ctx, it: Started, scope: Found["plan"]["scope"]): Promise<[Arm, Arm]> {
  const { plan, start_at } = it;
  const window = baselineOf(it);
  const before = await exposedIn(ctx, plan, scope, window.from, window.until);
  const after = matured(await exposedIn(ctx, plan, scope, start_at, ctx.clock()), plan.metric.days, ctx.clock());
  return armsOf(
    plan,
    { name: "after", figures: await figuresFor(ctx, plan.metric, after.ripe), waiting: after.waiting },
    { name: "before", figures: await figuresFor(ctx, plan.metric, before), waiting: 0 },
  );
}

/** How the two ran apart before the start already: the later half of the baseline less the earlier, ours less the comparison's. */
async function trendBefore(ctx: Ctx, it: Started, other: Found["plan"]["scope"]): Promise<Interval | null> {
  const { from, until } = baselineOf(it);
  const middle = new Date((from.getTime() + until.getTime()) / 2);
  const halves = async (scope: Found["plan"]["scope"]): Promise<[Arm, Arm]> => {
    const figures = async (a: Date, b: Date) => figuresFor(ctx, it.plan.metric, await exposedIn(ctx, it.plan, scope, a, b));
    return armsOf(it.plan, { name: "after", figures: await figures(middle, until), waiting: 0 }, { name: "before", figures: await figures(from, middle), waiting: 0 });
  };
  return differenceOfDifferences(await halves(it.plan.scope), await halves(other));
} // prettier-ignore

async function fullLooks(ctx: Ctx, id: string): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from measurements where improvement_id = ${id} and review_at is not null and result ->> 'rule' in ('none', 'proved')`.execute(ctx.db);
  return rows[0]!.n;
} // prettier-ignore

/** Measures at the review: once for each review date, however often it is asked; answers the verdict, null when there was nothing to do. */
export const measure = (ctx: Ctx | Tx, id: string): Promise<Verdict | null> =>
  inTransaction(ctx, async (tx) => {
    await lockRecord(tx, improvementType, id);
    const it = await findImprovement(tx, id);
    const { start_at, review_at, state } = it;
    if (state !== "running" || !start_at || !review_at || review_at > tx.clock()) return null;
    await assign(tx, { ...it, start_at });
    const result = await lookAt(tx, { ...it, start_at, review_at });
    const { verdict } = result;
    const fact_id = await record(tx, {
      name: "improvement.measured",
      caused_by: it.started_fact,
      payload: { improvement_id: id, title: it.name, insight_id: it.insight_id, verdict, n: [result.arms[0].n, result.arms[1].n] },
    });
    await sql`
      insert into measurements (id, improvement_id, at, review_at, verdict, result, fact_id)
      values (${newId()}, ${id}, ${tx.clock()}, ${review_at}, ${verdict}, ${JSON.stringify(result)}, ${fact_id})`.execute(tx.db);
    const next = verdict === null ? { state: "stopped", reason: "The split of the people is broken" } : { state: "review", reason: null };
    await sql`
      update improvements set state = ${next.state}, verdict = ${verdict}, stop_reason = ${next.reason}, next_step = null, version = version + 1, updated_at = ${tx.clock()}
       where id = ${id}`.execute(tx.db);
    await noteChanges(tx, [{ object: "improvement", record_id: id, action: "updated", fields: { state: ["running", next.state], verdict: [it.verdict, verdict] } }]);
    return verdict;
  }); // prettier-ignore

/** When the next review is due; null when nothing runs. */
export async function nextReviewAt(ctx: Ctx): Promise<Date | null> {
  const { rows } = await sql<{ at: Date | null }>`
    select min(review_at) as at from improvements where state = 'running' and deleted_at is null`.execute(ctx.db);
  return rows[0]!.at;
}

/** Measures all whose review has come; answers how many. */
export async function measureDue(ctx: Ctx): Promise<number> {
  const { rows } = await sql<{ id: string }>`
    select id from improvements where state = 'running' and deleted_at is null and review_at <= ${ctx.clock()} order by review_at limit 20`.execute(ctx.db);
  for (const { id } of rows) await measure(ctx, id);
  return rows.length;
} // prettier-ignore
