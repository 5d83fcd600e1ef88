import { sql } from "kysely";
import type { Ctx } from "#platform/context";
import { openDays } from "./answer.ts";
import type { Kind } from "./survey.ts";

export interface AnswerTold {
  id: string;
  survey_id: string;
  survey: string;
  kind: Kind;
  contact_id: string;
  contact: string;
  score: number;
  comment: string | null;
  question_version: number;
  at: Date;
  edited_at: Date | null;
  case_id: string | null;
  case_number: string | null;
  case_status: string | null;
}

const answerColumns = sql`
  r.id, r.survey_id, s.name as survey, r.kind, r.contact_id, c.name as contact, r.score, r.comment, r.question_version, r.at, r.edited_at, r.case_id,
  k.number as case_number, k.status as case_status`;
const answerTables = sql`
  survey_responses r join surveys s on s.id = r.survey_id join contacts c on c.id = r.contact_id left join cases k on k.id = r.case_id`;

export interface Answers {
  items: AnswerTold[];
  next: string | null;
}

/** A survey's answers, newest first; only some scores, only those in a segment. */
export async function answersOf(
  ctx: Ctx,
  id: string,
  page: { least: number; most: number; commented: boolean; segment_id?: string | undefined; limit: number; cursor?: string | undefined }, // prettier-ignore
): Promise<Answers> {
  const { rows } = await sql<AnswerTold>`
    select ${answerColumns} from ${answerTables}
     where r.survey_id = ${id} and r.score between ${page.least} and ${page.most} and (not ${page.commented}::boolean or r.comment is not null)
       ${page.segment_id ? sql`and r.contact_id in (select contact_id from segment_members where segment_id = ${page.segment_id})` : sql``}
       ${page.cursor ? sql`and (r.at, r.id) < (select at, id from survey_responses where id = ${page.cursor})` : sql``}
     order by r.at desc, r.id desc limit ${page.limit + 1}`.execute(ctx.db);
  const items = rows.slice(0, page.limit);
  return { items, next: rows.length > page.limit ? (items.at(-1)?.id ?? null) : null };
}

export interface HeldTold {
  id: string;
  contact_id: string;
  contact: string;
  reason: string;
  decided_at: Date;
}

/** Who was not asked by one rule, the latest first, at most 200. */
export async function heldBy(ctx: Ctx, id: string, code: string): Promise<HeldTold[]> {
  const { rows } = await sql<HeldTold>`
    select i.id, i.contact_id, c.name as contact, i.reason, i.decided_at from survey_invitations i join contacts c on c.id = i.contact_id
     where i.survey_id = ${id} and i.state = 'held' and i.code = ${code} order by i.decided_at desc, i.id limit 200`.execute(
    ctx.db,
  );
  return rows;
}

export interface OfCustomer {
  answers: AnswerTold[];
  /** Asked, or to be asked, and not answered yet. */
  pending: {
    id: string;
    survey_id: string;
    survey: string;
    contact_id: string;
    contact: string;
    state: string;
    due_at: Date;
    sent_at: Date | null;
  }[];
}

/** What a customer answered last, and which answers are still to come. */
export async function ofCustomer(ctx: Ctx, whose: { contact_id: string } | { account_id: string }): Promise<OfCustomer> {
  const mine = (of: string) =>
    "contact_id" in whose ? sql`${sql.ref(`${of}.contact_id`)} = ${whose.contact_id}` : sql`${sql.ref(`${of}.account_id`)} = ${whose.account_id}`;
  const { rows: answers } = await sql<AnswerTold>`
    select ${answerColumns} from ${answerTables} where ${mine("r")} order by r.at desc, r.id desc limit 10`.execute(ctx.db);
  const since = new Date(ctx.clock().getTime() - openDays * 86_400_000);
  const { rows: pending } = await sql<OfCustomer["pending"][number]>`
    select i.id, i.survey_id, s.name as survey, i.contact_id, c.name as contact, i.state, i.due_at, case when i.state = 'sent' then i.decided_at end as sent_at
      from survey_invitations i join surveys s on s.id = i.survey_id join contacts c on c.id = i.contact_id
     where ${mine("i")} and i.answered_at is null and (i.state in ('due', 'queued') or (i.state = 'sent' and i.decided_at > ${since}))
     order by i.due_at desc limit 10`.execute(ctx.db);
  return { answers, pending };
} // prettier-ignore
