import { CompiledQuery, sql } from "kysely";
import { evaluate, explain, type Condition, type ExplainedNode } from "#kernel/condition";
import { notFound } from "#kernel/refusal";
import type { Ctx } from "#platform/context";
import { contact } from "#customers";
import { evidenceOf, explainWordsOf, inReach, objectNamed, whereOf } from "#records";
import { cursorAt, placeOf } from "#timeline";
import { checkSegmentCondition } from "./check.ts";
import { subjectsFor } from "./flips.ts";
import { keptOf } from "./kept.ts";

export interface SegmentTold {
  id: string;
  version: number;
  name: string;
  description: string | null;
  kind: "dynamic" | "static";
  /** Who decides about its members instead of people. */
  kept_by: "improvement" | null;
  active: boolean;
  condition: Condition | null;
  member_count: number;
  built_at: Date | null;
  created_at: Date;
  updated_at: Date;
  deleted_at: Date | null;
  /** The job that computes it as a whole, while it waits or works. */
  job_id: string | null;
}

/** One segment with its condition. */
export async function findSegment(ctx: Ctx, id: string): Promise<SegmentTold> {
  const { rows } = await sql<SegmentTold>`
    select s.id, s.version, s.name, s.description, s.kind, s.kept_by, s.active, s.condition, s.member_count, s.built_at, s.created_at, s.updated_at, s.deleted_at,
           (select j.id from jobs j where j.state in ('queued', 'running', 'paused') and j.kind like 'segments.%' and j.input ->> 'segment_id' = s.id::text
             order by j.created_at desc limit 1) as job_id
      from segments s where s.id = ${id}`.execute(ctx.db);
  if (!rows[0]) throw notFound("segment");
  return rows[0];
}

export interface Preview {
  /** null when even an estimate took longer than a second. */
  count: number | null;
  exact: boolean;
  samples: { id: string; name: string; email: string | null }[];
}

// How long one question of a preview may take, in milliseconds; together they stay near a second.
const patience = { count: 600, estimate: 200, samples: 200 };
// Contacts that an estimate looks at.
const looked = 5000;
// PostgreSQL's code for a statement that took longer than allowed.
const tooLong = "57014";

/** How many contacts a condition means, exactly or about, and ten of them; takes about a second at most. */
export async function previewOf(ctx: Ctx, condition: Condition): Promise<Preview> {
  await checkSegmentCondition(ctx, condition);
  const rowsOf = async <R>(ms: number, text: (where: string) => string): Promise<R[] | null> => {
    const params: unknown[] = [];
    const query = text(whereOf(ctx, contact, { filter: condition }, params));
    try {
      return await ctx.db.transaction().execute(async (db) => {
        await sql`set local statement_timeout = ${sql.raw(String(ms))}`.execute(db);
        return (await db.executeQuery<R>(CompiledQuery.raw(query, params))).rows;
      });
    } catch (error) {
      if ((error as { code?: unknown }).code === tooLong) return null;
      throw error;
    }
  };
  const counted = await rowsOf<{ n: number }>(
    patience.count,
    (w) => `select count(*)::int as n from contacts t where ${w}`,
  );
  const estimated = counted
    ? null
    : await rowsOf<{ n: number }>(patience.estimate, (w) => `
        select (count(*) filter (where ${w}) * greatest((select reltuples from pg_class where oid = 'contacts'::regclass), ${looked}) / greatest(count(*), 1))::int as n
          from (select * from contacts order by id limit ${looked}) t`); // prettier-ignore
  const samples = await rowsOf<Preview["samples"][number]>(
    counted ? patience.count : patience.samples,
    (w) => `select t.id, t.name, t.email from contacts t where ${w} order by t.id desc limit 10`,
  );
  return { count: (counted ?? estimated)?.[0]?.n ?? null, exact: counted !== null, samples: samples ?? [] };
}

export interface Member {
  id: string;
  name: string;
  email: string | null;
  entered_at: Date;
}

/** The members of a segment, who came last first; contacts in the trash left out. */
export async function membersOf(
  ctx: Ctx,
  id: string,
  { limit, cursor }: { limit: number; cursor?: string | undefined },
): Promise<{ items: Member[]; next: string | null }> {
  await findSegment(ctx, id);
  const after = placeOf(cursor);
  const { rows } = await sql<Member>`
    select c.id, c.name, c.email, date_trunc('milliseconds', m.entered_at) as entered_at from segment_members m join contacts c on c.id = m.contact_id and c.deleted_at is null
     where m.segment_id = ${id} and ${inReach(ctx, contact, "c")} and ${after ? sql`(date_trunc('milliseconds', m.entered_at), m.contact_id) < (${after[0]}::timestamptz, ${after[1]}::uuid)` : sql`true`}
     order by date_trunc('milliseconds', m.entered_at) desc, m.contact_id desc limit ${limit + 1}`.execute(ctx.db);
  const items = rows.slice(0, limit);
  return { items, next: rows.length > limit ? cursorAt(items.at(-1)!.entered_at, items.at(-1)!.id) : null };
}

export interface SegmentOfContact {
  id: string;
  name: string;
  kind: "dynamic" | "static";
  entered_at: Date;
}

/** The segments a contact is in. */
export async function segmentsOf(ctx: Ctx, contact_id: string): Promise<SegmentOfContact[]> {
  const { rows } = await sql<SegmentOfContact>`
    select s.id, s.name, s.kind, m.entered_at from segment_members m join segments s on s.id = m.segment_id and s.deleted_at is null
     where m.contact_id = ${contact_id} order by lower(s.name), s.id limit 200`.execute(ctx.db);
  return rows;
}

export interface WhyTold {
  member: boolean;
  entered_at: Date | null;
  /** The condition line by line with what was met; null for a segment made by hand. */
  tree: ExplainedNode | null;
  /** Facts that the lines rest on, by id. */
  evidence: { id: string; name: string; occurred_at: Date }[];
}

/** Why a contact is, or is not, in a segment. */
export async function whyOf(ctx: Ctx, id: string, contact_id: string): Promise<WhyTold> {
  const { condition, name } = await findSegment(ctx, id);
  const { rows } = await sql<{ entered_at: Date | null }>`
    select m.entered_at from contacts c left join segment_members m on m.contact_id = c.id and m.segment_id = ${id} where c.id = ${contact_id}`.execute(
    ctx.db,
  );
  if (!rows[0]) throw notFound("contact");
  const { entered_at } = rows[0];
  if (!condition) return { member: entered_at !== null, entered_at, tree: null, evidence: [] };
  const [subject] = await subjectsFor(ctx, [keptOf(id, name, condition)], [contact_id]);
  if (!subject) throw notFound("contact");
  const words = await explainWordsOf(ctx, contact, objectNamed, [condition], subject.fields);
  const tree = explain(condition, evaluate(condition, subject, ctx.clock()), words);
  return { member: entered_at !== null, entered_at, tree, evidence: evidenceOf(subject, tree.evidence) };
}

/** How many came and went on each of the last days on which anybody did. */
export async function trendOf(
  ctx: Ctx,
  id: string,
  days: number,
): Promise<{ day: string; came: number; went: number }[]> {
  const { rows } = await sql<{ day: string; came: number; went: number }>`
    select to_char(day, 'YYYY-MM-DD') as day, came, went from segment_days
     where segment_id = ${id} and day > (${ctx.clock()}::timestamptz at time zone ${ctx.workspace.time_zone})::date - ${days}::int order by day`.execute(
    ctx.db,
  );
  return rows;
}
