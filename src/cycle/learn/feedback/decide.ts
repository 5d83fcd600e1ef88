import { sql } from "kysely";
import { troubleOf } from "#engage/support";
import type { Tx } from "#platform/context";
import { record } from "#timeline";
import type { Kind } from "./survey.ts";

/** An invitation with what of its survey decides. */
export interface Invitation {
  id: string;
  survey_id: string;
  contact_id: string;
  account_id: string | null;
  trigger_fact: string | null;
  case_id: string | null;
  order_id: string | null;
  product_id: string | null;
  wave: string;
  state: "due" | "queued" | "sent" | "held";
  due_at: Date;
  decided_at: Date | null;
  sent_fact: string | null;
  remind_at: Date | null;
  answered_at: Date | null;
  survey: string;
  kind: Kind;
  question: string;
  follow_up: string;
  question_version: number;
  rest_days: number;
  reminder_days: number;
  active: boolean;
}

/** Columns of an invitation `i` with its survey `s`; the wording is the one it was sent with, the latest before. */
export const invitationColumns = sql`
  i.id, i.survey_id, i.contact_id, i.account_id, i.trigger_fact, i.case_id, i.order_id, i.product_id, i.wave, i.state, i.due_at, i.decided_at, i.sent_fact, i.remind_at, i.answered_at,
  s.name as survey, s.kind, s.rest_days, s.reminder_days, s.active and s.deleted_at is null as active, coalesce(i.question_version, s.question_version) as question_version,
  (select w.question from survey_wordings w where w.survey_id = s.id and w.version = coalesce(i.question_version, s.question_version)) as question,
  (select w.follow_up from survey_wordings w where w.survey_id = s.id and w.version = coalesce(i.question_version, s.question_version)) as follow_up`;

export interface Against {
  code: "stopped" | "open-case" | "bad-resolution" | "colleague" | "asked-lately" | "outranked";
  reason: string;
}

const dayMs = 86_400_000;
// A question about the relationship stands alone for so many days on both sides.
const alone = 3;

/** What speaks against asking now, consent and the contact budget aside, which the mail's ledger knows; null when nothing does. */
export async function against(tx: Tx, i: Invitation): Promise<Against | null> {
  if (!i.active) return { code: "stopped", reason: "the survey was stopped" };
  // How a case was handled may be asked however it was handled.
  const trouble = await troubleOf(tx, i.contact_id, i.kind === "csat" ? i.case_id : null);
  if (trouble.open) return { code: "open-case", reason: `has an open case: ${trouble.open}` };
  if (trouble.bad)
    return { code: "bad-resolution", reason: `case ${trouble.bad} was not settled well, less than 3 days ago` };
  if (await worksHere(tx, i.contact_id)) return { code: "colleague", reason: "works here" };
  const asked = await lastAsked(tx, i);
  if (asked) {
    const days = Math.floor((tx.clock().getTime() - asked.getTime()) / dayMs);
    const ago = days === 0 ? "today" : days === 1 ? "yesterday" : `${days} days ago`;
    return { code: "asked-lately", reason: `was asked this ${ago}` };
  }
  const first = i.kind === "csat" ? await relationshipFirst(tx, i) : null;
  return first ? { code: "outranked", reason: `“${first}” goes first` } : null;
}

async function worksHere(tx: Tx, contact_id: string): Promise<boolean> {
  const { rows } = await sql`
    select 1 from contacts c join rondo.users u on lower(u.email) = lower(c.email) join rondo.members m on m.user_id = u.id and m.workspace_id = ${tx.workspace.id}
     where c.id = ${contact_id}`.execute(tx.db);
  return rows.length > 0;
}

async function lastAsked(tx: Tx, i: Invitation): Promise<Date | null> {
  const since = new Date(tx.clock().getTime() - i.rest_days * dayMs);
  const { rows } = await sql<{ at: Date | null }>`
    select max(decided_at) as at from survey_invitations
     where survey_id = ${i.survey_id} and contact_id = ${i.contact_id} and id <> ${i.id} and state in ('queued', 'sent') and decided_at > ${since}`.execute(
    tx.db,
  );
  return rows[0]!.at;
}

/** A survey about the whole relationship that is about to go to this customer, or just went. */
async function relationshipFirst(tx: Tx, i: Invitation): Promise<string | null> {
  const [before, after] = [-alone, alone].map((days) => new Date(tx.clock().getTime() + days * dayMs));
  const { rows } = await sql<{ name: string }>`
    select s.name from survey_invitations o join surveys s on s.id = o.survey_id
     where o.contact_id = ${i.contact_id} and s.kind = 'nps'
       and ((o.state = 'due' and s.active and s.deleted_at is null and o.due_at < ${after}) or (o.state in ('queued', 'sent') and o.decided_at > ${before}))
     order by o.due_at limit 1`.execute(tx.db);
  return rows[0]?.name ?? null;
}

/** Writes down that this one is not asked, and tells it; chance is nothing that happened to a customer. */
export async function hold(tx: Tx, id: string, code: string, reason: string, cause?: string): Promise<void> {
  const { rows } = await sql<Invitation>`
    update survey_invitations i set state = 'held', code = ${code}, reason = ${reason}, decided_at = ${tx.clock()}, remind_at = null
      from surveys s where i.id = ${id} and s.id = i.survey_id and i.state in ('due', 'queued') returning ${invitationColumns}`.execute(
    tx.db,
  );
  const i = rows[0];
  if (!i || code === "not-drawn") return;
  const { contact_id, account_id, survey_id, survey, kind } = i;
  await record(tx, {
    name: "survey.held",
    contact_id,
    account_id,
    caused_by: i.trigger_fact ?? cause ?? null,
    payload: { survey, survey_id, invitation_id: id, kind, code, reason },
  });
}
