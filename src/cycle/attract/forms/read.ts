import { sql } from "kysely";
import { invalid, notFound, Refused } from "#kernel/refusal";
import type { Ctx } from "#platform/context";
import type { Answer } from "./answers.ts";
import type { FormRow } from "./form.ts";

/** A form that customers may open, by its key. @throws Refused when there is none, or it is closed. */
export async function openForm(ctx: Ctx, key: string): Promise<FormRow> {
  const { rows } = await sql<FormRow>`select * from forms where key = ${key.slice(0, 60)} and deleted_at is null`.execute(ctx.db); // prettier-ignore
  const form = rows[0];
  if (!form) throw notFound("form");
  if (!form.active) throw new Refused("not-found", "form.closed", "This form is closed.");
  return form;
}

/** A form with its design, also one in the trash. */
export async function findForm(ctx: Ctx, id: string): Promise<FormRow> {
  const { rows } = await sql<FormRow>`select * from forms where id = ${id}`.execute(ctx.db);
  if (!rows[0]) throw notFound("form");
  return rows[0];
}

export interface SubmissionTold {
  id: string;
  form_id: string;
  form_name: string;
  contact: { id: string; title: string } | null;
  submitted_at: Date;
  answers: Answer[];
  consents: { purpose: string; version: number }[];
  verdict: "accepted" | "spam";
  why: string | null;
  utm_source: string | null;
  utm_medium: string | null;
  utm_campaign: string | null;
  utm_term: string | null;
  utm_content: string | null;
  referrer: string | null;
  landing: string | null;
  confirmed_at: Date | null;
}

export interface SubmissionPage {
  items: SubmissionTold[];
  next: string | null;
  counts: { accepted: number; spam: number; confirmed: number };
}

const cursorOf = (last: SubmissionTold): string => `${last.submitted_at.getTime()}.${last.id}`;

function placeOf(cursor: string | undefined): { at: Date; id: string } | null {
  if (cursor === undefined) return null;
  const [, ms, id] = /^(\d{1,15})\.([0-9a-f-]{36})$/.exec(cursor) ?? [];
  if (!ms || !id) throw invalid("cursor", "This is no cursor of this list.");
  return { at: new Date(Number(ms)), id };
}

/** What was sent with a form, newest first, with the figures over all of it. Times are kept to the millisecond. */
export async function submissionsOf(
  ctx: Ctx,
  formId: string,
  query: { limit: number; cursor?: string | undefined; verdict?: "accepted" | "spam" | undefined },
): Promise<SubmissionPage> {
  await findForm(ctx, formId);
  const after = placeOf(query.cursor);
  const { rows } = await sql<SubmissionTold>`
    select s.id, s.form_id, f.name as form_name, case when c.id is null then null else json_build_object('id', c.id, 'title', c.name) end as contact, s.submitted_at, s.answers, s.consents,
           s.verdict, s.why, s.utm_source, s.utm_medium, s.utm_campaign, s.utm_term, s.utm_content, s.referrer, s.landing, s.confirmed_at
      from form_submissions s join forms f on f.id = s.form_id left join contacts c on c.id = s.contact_id
     where s.form_id = ${formId} and (${query.verdict ?? null}::text is null or s.verdict = ${query.verdict ?? null})
       and (${after?.at ?? null}::timestamptz is null or (s.submitted_at, s.id) < (${after?.at ?? null}::timestamptz, ${after?.id ?? null}::uuid))
     order by s.submitted_at desc, s.id desc limit ${query.limit + 1}`.execute(ctx.db);
  const { rows: counts } = await sql<SubmissionPage["counts"]>`
    select count(*) filter (where verdict = 'accepted')::int as accepted, count(*) filter (where verdict = 'spam')::int as spam, count(confirmed_at)::int as confirmed
      from form_submissions where form_id = ${formId}`.execute(ctx.db);
  const items = rows.slice(0, query.limit);
  return { items, next: rows.length > query.limit ? cursorOf(items.at(-1)!) : null, counts: counts[0]! };
}
