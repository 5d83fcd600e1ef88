import { CompiledQuery } from "kysely";
import type { Ctx } from "#platform/context";
import type { Stage, SubjectKind } from "../stage.ts";
import { whoSql, type RingQuestion } from "./ring-sql.ts";

/*
 * Words we use
 *   unknown   where somebody "stood" who was not known yet
 */
export const unknown = "unknown";
export type Stood = Stage | typeof unknown;

// Moves of one instant follow one another by id (uuid v7).
const latest = "order by m.subject_id, m.at desc, m.id desc";
const standing = (subject: SubjectKind, before: string, among = ""): string => `
  select distinct on (m.subject_id) m.subject_id, m.to_stage as stage from lifecycle_transitions m ${among}
   where m.subject = '${subject}' and m.withdrawn_at is null and m.at < ${before} ${latest}`;

/** How many of the cohort went from each stage to each other one, who stayed included: everybody known at the end counts once. */
export async function flowsOf(ctx: Ctx, q: Omit<RingQuestion, "lens">): Promise<{ stood: Stood; stands: Stage; count: number }[]> {
  const params: unknown[] = [q.from, q.until];
  const among = "join who on who.id = m.subject_id";
  const text = `
    with ${whoSql(ctx, q, params)}, starts as (${standing(q.subject, "$1::timestamptz", among)}), ends as (${standing(q.subject, "$2::timestamptz", among)})
    select coalesce(s.stage, '${unknown}') as stood, e.stage as stands, count(*)::int as count
      from ends e left join starts s using (subject_id) group by 1, 2`;
  const { rows } = await ctx.db.executeQuery<{ stood: Stood; stands: Stage; count: number }>(CompiledQuery.raw(text, params));
  return rows;
} // prettier-ignore

/** Whether a customer went that way in the period, as a test of `id`: the same stages that flowsOf counts. Pushes its values. */
export function flowedSql(
  subject: SubjectKind,
  asked: { stood: Stood; stands: Stage; since: Date; until: Date },
  id: string,
  params: unknown[],
): string {
  const until = `$${params.push(asked.until)}::timestamptz`;
  const since = `$${params.push(asked.since)}::timestamptz`;
  const stands = `$${params.push(asked.stands)}`;
  const stood = `$${params.push(asked.stood)}`;
  const before = `select m.to_stage from lifecycle_transitions m where m.subject = '${subject}' and m.subject_id = e.subject_id and m.withdrawn_at is null and m.at < ${since} order by m.at desc, m.id desc limit 1`;
  return `${id} in (select e.subject_id from (${standing(subject, until)}) e where e.stage = ${stands} and coalesce((${before}), '${unknown}') = ${stood})`;
}
