import { sql } from "kysely";
import { cancelSends } from "#attract/channels";
import { openCaseFor } from "#engage/support";
import { newId } from "#kernel/id";
import { Refused } from "#kernel/refusal";
import { inTransaction, type Ctx, type Tx } from "#platform/context";
import { unseal } from "#platform/pages";
import { cut, reasonNamed } from "#records";
import { record } from "#timeline";
import { tellSent } from "./ask.ts";
import { invitationColumns, type Invitation } from "./decide.ts";
import { isLow, scaleOf } from "./survey.ts";
import { languageOf } from "./words.ts";

/** Days in which a question takes an answer, and in which an answer's comment can be changed. */
export const openDays = 45;
export const commentAtMost = 2000;

export interface Asked extends Invitation {
  name: string;
  owner_id: string | null;
  answer: { id: string; score: number; comment: string | null; at: Date } | null;
}

/** The invitation of a link. @throws Refused for one that is forged, was never sent, is gone or too old: nothing else is said of who exists. */
export async function askedBy(ctx: Ctx, token: string, lock = false): Promise<Asked> {
  const words = languageOf(ctx.workspace.locale);
  const id = unseal(ctx, "survey", token);
  const { rows } = await sql<Asked>`
    select ${invitationColumns}, c.name, c.owner_id,
           (select json_build_object('id', r.id, 'score', r.score, 'comment', r.comment, 'at', r.at) from survey_responses r where r.invitation_id = i.id) as answer
      from survey_invitations i join surveys s on s.id = i.survey_id and s.deleted_at is null join contacts c on c.id = i.contact_id and c.deleted_at is null
     where i.id::text = ${id} and i.state in ('queued', 'sent') ${lock ? sql`for update of i` : sql``}`.execute(ctx.db);
  const found = rows[0];
  if (!found) throw new Refused("not-found", "survey.no-such-link", words.gone);
  const since = new Date(found.answer?.at ?? found.decided_at!).getTime();
  if (ctx.clock().getTime() > since + openDays * 86_400_000)
    throw new Refused("conflict", "survey.closed", words.closed);
  return found;
}

/** Records the answer of a link, once; asked again, only the comment is taken. A low score opens a case in the same transaction. */
export const answer = (ctx: Ctx, token: string, given: { score: number | null; comment: string }): Promise<void> =>
  inTransaction(ctx, async (tx) => {
    const asked = await askedBy(tx, token, true);
    const theirs: Tx = { ...tx, actor: { kind: "customer", id: asked.contact_id, name: asked.name } };
    const comment = given.comment || null;
    // Under the lock nobody else answers: what was read with it is read again.
    const { rows } = await sql<NonNullable<Asked["answer"]>>`select id, score, comment, at from survey_responses where invitation_id = ${asked.id}`.execute(tx.db); // prettier-ignore
    if (rows[0]) return comment === rows[0].comment ? undefined : rewrite(theirs, asked, rows[0].id, comment);
    const score = given.score;
    const [least, most] = scaleOf(asked.kind);
    if (score === null || !Number.isInteger(score) || score < least || score > most)
      throw new Refused("invalid", "survey.score", languageOf(ctx.workspace.locale).pickOne);
    await note(theirs, asked, score, comment);
  });

async function note(tx: Tx, asked: Asked, score: number, comment: string | null): Promise<void> {
  const { contact_id, account_id, survey_id, survey, kind, wave, order_id, product_id, id: invitation_id } = asked;
  const id = newId();
  const caused_by = await tellSent(tx, invitation_id, asked.decided_at ?? tx.clock(), null);
  const said = comment ? { comment: cut(comment, 1000) } : {};
  const fact_id = await record(tx, {
    name: "survey.answered",
    contact_id,
    account_id,
    caused_by,
    payload: { survey, survey_id, response_id: id, invitation_id, kind, score, order_id, product_id, ...said },
  });
  await sql`
    insert into survey_responses (id, survey_id, invitation_id, contact_id, account_id, wave, kind, question_version, score, scale, comment, at, fact_id)
    values (${id}, ${survey_id}, ${invitation_id}, ${contact_id}, ${account_id}, ${wave}, ${kind}, ${asked.question_version}, ${score}, ${[...scaleOf(kind)]}, ${comment},
            ${tx.clock()}, ${fact_id})`.execute(tx.db);
  await sql`update survey_invitations set answered_at = ${tx.clock()}, remind_at = null where id = ${invitation_id}`.execute(tx.db); // prettier-ignore
  await sql`update surveys set answer_count = answer_count + 1, last_answered_at = greatest(last_answered_at, ${tx.clock()}) where id = ${survey_id}`.execute(tx.db); // prettier-ignore
  await cancelSends(tx, { source: "survey-reminder", source_id: invitation_id });
  if (isLow(kind, score)) await callThem(tx, asked, { id, score, comment, fact_id });
}

/** Somebody is unhappy: a case, owed in the time that is promised to an important one, that goes on from the case they were asked about. */
async function callThem(tx: Tx, asked: Asked, said: { id: string; score: number; comment: string | null; fact_id: string }): Promise<void> {
  const { id } = await openCaseFor(tx, {
    // What they read above our reply: the question they were asked, not what we call the survey.
    subject: cut(`Your answer ${said.score} of ${scaleOf(asked.kind)[1]}: ${asked.question}`, 200),
    description: said.comment,
    type: "complaint",
    priority: "high",
    contact_id: asked.contact_id,
    account_id: asked.account_id,
    owner_id: asked.owner_id,
    order_id: asked.order_id,
    product_id: asked.product_id,
    reason_id: await reasonNamed(tx, "Low survey score", "case"),
    previous_id: asked.case_id,
    channel: "survey",
    caused_by: said.fact_id,
  });
  await sql`update survey_responses set case_id = ${id} where id = ${said.id}`.execute(tx.db);
} // prettier-ignore

async function rewrite(tx: Tx, asked: Asked, id: string, comment: string | null): Promise<void> {
  const { contact_id, account_id, survey_id, survey } = asked;
  await sql`update survey_responses set comment = ${comment}, edited_at = ${tx.clock()} where id = ${id}`.execute(tx.db); // prettier-ignore
  if (!comment) return;
  const { rows } = await sql<{ fact_id: string }>`select fact_id from survey_responses where id = ${id}`.execute(tx.db);
  await record(tx, {
    name: "survey.commented",
    contact_id,
    account_id,
    caused_by: rows[0]!.fact_id,
    payload: { survey, survey_id, response_id: id, comment: cut(comment, 1000) },
  });
}
