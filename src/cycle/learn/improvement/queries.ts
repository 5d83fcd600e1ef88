import { sql } from "kysely";
import type { Condition } from "#kernel/condition";
import type { Ctx } from "#platform/context";
import { treatedSample } from "./expose.ts";
import { findImprovement, type Found } from "./find.ts";
import type { State, Verdict } from "./improvement.ts";
import { lookAt, type Result } from "./measure.ts";
import { metricWords, type Design } from "./plan.ts";

export interface Measured {
  id: string;
  at: Date;
  review_at: Date | null;
  verdict: Verdict | null;
  result: Result;
}

export interface ImprovementTold extends Found {
  owner: string | null;
  insight: { id: string; name: string } | null;
  repeats: { id: string; name: string } | null;
  repeated_by: { id: string; name: string }[];
  /** What is counted, in words. */
  counts: string;
  /** Review measurements, the latest first. */
  measurements: Measured[];
  /** How it stands now, without a verdict while the review lies ahead; null for a draft and for what is over. */
  now: Result | null;
  /** Conditions for segments, campaigns and plays: who gets the change, who is held out. */
  conditions: { treated: Condition; held: Condition } | null;
  told: number;
}

const named = (ctx: Ctx, what: "insights" | "improvements", where: ReturnType<typeof sql>) =>
  sql<{ id: string; name: string }>`select id, name from ${sql.table(what)} where ${where} and deleted_at is null order by created_at`.execute(ctx.db); // prettier-ignore

/** One improvement with its design, its figures now and its measurements. */
export async function improvementTold(ctx: Ctx, id: string): Promise<ImprovementTold> {
  const it = await findImprovement(ctx, id);
  const { start_at, review_at, plan } = it;
  const [owner, insight, repeats, repeated, measured, told] = await Promise.all([
    sql<{ name: string }>`select name from rondo.users where id = ${it.owner_id}`.execute(ctx.db),
    named(ctx, "insights", sql`id = ${it.insight_id}`),
    named(ctx, "improvements", sql`id = ${it.repeats_id}`),
    named(ctx, "improvements", sql`repeats_id = ${id}`),
    sql<Measured>`select id, at, review_at, verdict, result from measurements where improvement_id = ${id} order by at desc limit 50`.execute(ctx.db),
    sql<{ n: number }>`select count(*)::int as n from announcements where improvement_id = ${id}`.execute(ctx.db),
  ]);
  const treated = plan.design.kind === "randomised" ? treatedSample(id, plan.design.treated) : null;
  return {
    ...it,
    owner: owner.rows[0]?.name ?? null,
    insight: insight.rows[0] ?? null,
    repeats: repeats.rows[0] ?? null,
    repeated_by: repeated.rows,
    counts: metricWords(plan.metric),
    measurements: measured.rows,
    now: it.state === "running" && start_at && review_at ? await lookAt(ctx, { ...it, start_at, review_at }) : null,
    conditions: treated && { treated, held: { not: treated } },
    told: told.rows[0]!.n,
  };
} // prettier-ignore

export interface ImprovementLine {
  id: string;
  name: string;
  state: State;
  verdict: Verdict | null;
  design: Design["kind"];
  counts: string;
  owner: string | null;
  insight_id: string | null;
  insight: string | null;
  start_at: Date | null;
  review_at: Date | null;
  /** The last review's figures. */
  last: Pick<Result, "arms" | "effect" | "rule"> | null;
}

/** All improvements, at most 500, for the board: what runs first, the nearest review first. */
export async function improvementLines(ctx: Ctx): Promise<ImprovementLine[]> {
  const { rows } = await sql<Omit<ImprovementLine, "design" | "counts"> & { plan: Found["plan"] }>`
    select i.id, i.name, i.state, i.verdict, i.plan, u.name as owner, i.insight_id, n.name as insight, i.start_at, i.review_at,
           (select m.result from measurements m where m.improvement_id = i.id order by m.at desc limit 1) as last
      from improvements i left join rondo.users u on u.id = i.owner_id left join insights n on n.id = i.insight_id
     where i.deleted_at is null order by i.review_at nulls first, i.created_at desc limit 500`.execute(ctx.db);
  return rows.map(({ plan, last, ...row }) => ({
    ...row,
    design: plan.design.kind,
    counts: metricWords(plan.metric),
    last: last && { arms: last.arms, effect: last.effect, rule: last.rule },
  }));
}

/** The improvements under way about a link of the ring. */
export async function beingDoneAbout(ctx: Ctx, link: { lens: string; from: string; to: string }): Promise<{ id: string; title: string; state: State; verdict: Verdict | null }[]> {
  const about = JSON.stringify({ kind: "link", ...link });
  const { rows } = await sql<{ id: string; title: string; state: State; verdict: Verdict | null }>`
    select i.id, i.name as title, i.state, i.verdict from improvements i join insights n on n.id = i.insight_id and n.deleted_at is null
     where n.about @> ${about}::jsonb and i.deleted_at is null and i.state in ('draft', 'running', 'review') order by i.created_at desc limit 20`.execute(ctx.db);
  return rows;
} // prettier-ignore

/** Of the improvements reviewed in the time with an answer, how many proved an effect; too early is no answer yet. */
export async function provedOf(ctx: Ctx, { from, until }: { from: Date; until: Date }): Promise<{ proved: number; finished: number }> {
  const { rows } = await sql<{ proved: number; finished: number }>`
    select count(*) filter (where verdict = 'worked')::int as proved, count(*)::int as finished from improvements
     where deleted_at is null and state in ('review', 'done') and verdict in ('worked', 'no_effect', 'worse') and review_at >= ${from} and review_at < ${until}`.execute(ctx.db);
  return rows[0]!;
} // prettier-ignore

export interface ImprovementOfContact {
  id: string;
  name: string;
  state: State;
  arm: "treated" | "held" | null;
  told_at: Date | null;
}

/** What is tried with a contact, and what they were told about. */
export async function improvementsOf(ctx: Ctx, contact_id: string): Promise<ImprovementOfContact[]> {
  const { rows } = await sql<ImprovementOfContact>`
    select i.id, i.name, i.state, p.arm, a.told_at
      from improvements i left join improvement_people p on p.improvement_id = i.id and p.contact_id = ${contact_id}
      left join announcements a on a.improvement_id = i.id and a.contact_id = ${contact_id}
     where i.deleted_at is null and (a.told_at is not null or (p.arm is not null and i.state in ('running', 'review')))
     order by coalesce(a.told_at, p.exposed_at) desc limit 20`.execute(ctx.db);
  return rows;
} // prettier-ignore
