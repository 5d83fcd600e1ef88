import { sql } from "kysely";
import { queueMail } from "#attract/channels";
import { inTransaction, type Ctx, type Tx } from "#platform/context";
import { record } from "#timeline";
import { against, hold, invitationColumns, type Invitation } from "./decide.ts";
import { mailOf } from "./mail.ts";

const atOnce = 100;
const dayMs = 86_400_000;

/** Decides on the invitations that are due: asks, or writes down why not. A question about the relationship is decided first. Answers how many. */
export const askDue = (ctx: Ctx): Promise<number> =>
  inTransaction(ctx, async (tx) => {
    const { rows } = await sql<Invitation>`
      select ${invitationColumns} from survey_invitations i join surveys s on s.id = i.survey_id
       where i.state = 'due' and i.due_at <= ${tx.clock()} order by s.kind = 'nps' desc, i.due_at, i.id limit ${atOnce} for update of i skip locked`.execute(tx.db);
    // Two servers never decide on the same customer at once.
    await sql`select 1 from contacts where id = any(${rows.map((i) => i.contact_id)}) order by id for no key update`.execute(tx.db);
    for (const i of rows) {
      const no = await against(tx, i);
      await (no ? hold(tx, i.id, no.code, no.reason) : ask(tx, i));
    }
    return rows.length;
  }); // prettier-ignore

async function ask(tx: Tx, i: Invitation): Promise<void> {
  const queued = await queueMail(tx, {
    kind: "relationship",
    source: "survey",
    source_id: i.id,
    contact_id: i.contact_id,
    ...mailOf(tx, i),
    caused_by: i.trigger_fact,
    unique_key: `survey:${i.id}`,
  });
  if ("held" in queued) return hold(tx, i.id, "mail", queued.held);
  await sql`
    update survey_invitations set state = 'queued', send_id = ${queued.send_id}, decided_at = ${tx.clock()}, question_version = ${i.question_version}
     where id = ${i.id}`.execute(tx.db);
}

/** Tells that an invitation arrived where it was sent, once; answers the fact's id, also when it was told before. */
export async function tellSent(tx: Tx, id: string, at: Date, cause: string | null): Promise<string | null> {
  const { rows } = await sql<Invitation>`
    select ${invitationColumns} from survey_invitations i join surveys s on s.id = i.survey_id where i.id = ${id} and i.state in ('queued', 'sent') for update of i`.execute(
    tx.db,
  );
  const i = rows[0];
  if (!i || i.sent_fact) return i?.sent_fact ?? null;
  const { contact_id, account_id, survey_id, survey, kind } = i;
  const remind_at = i.reminder_days > 0 ? new Date(at.getTime() + i.reminder_days * dayMs) : null;
  const sent_fact = await record(tx, {
    name: "survey.sent",
    contact_id,
    account_id,
    occurred_at: at,
    actor: { kind: "system", id: null, name: "Rondo" },
    caused_by: i.trigger_fact ?? cause,
    payload: { survey, survey_id, invitation_id: id, kind },
  });
  await sql`update survey_invitations set state = 'sent', sent_fact = ${sent_fact}, remind_at = ${remind_at} where id = ${id}`.execute(tx.db); // prettier-ignore
  await sql`update surveys set sent_count = sent_count + 1 where id = ${survey_id}`.execute(tx.db);
  return sent_fact;
}

/** Reminds, once, those who did not answer; whoever has reason to be angry by now is left alone. Answers how many were looked at. */
export const remindDue = (ctx: Ctx): Promise<number> =>
  inTransaction(ctx, async (tx) => {
    const { rows } = await sql<Invitation>`
      select ${invitationColumns} from survey_invitations i join surveys s on s.id = i.survey_id
       where i.remind_at <= ${tx.clock()} order by i.remind_at, i.id limit ${atOnce} for update of i skip locked`.execute(tx.db);
    for (const i of rows) {
      // Its own clock runs since the first mail: only what happened since speaks against the second.
      const no = await against(tx, { ...i, rest_days: 0, kind: "nps" });
      const queued = no ? { held: no.reason } : await queueMail(tx, {
        kind: "relationship",
        source: "survey-reminder",
        source_id: i.id,
        contact_id: i.contact_id,
        ...mailOf(tx, i, { again: true }),
        caused_by: i.sent_fact,
        unique_key: `survey-reminder:${i.id}`,
      });
      const held = "held" in queued ? queued.held : null;
      await sql`
        update survey_invitations set remind_at = null, reminded_at = ${held ? null : tx.clock()}, reminder_held = ${held} where id = ${i.id}`.execute(tx.db);
    }
    return rows.length;
  }); // prettier-ignore

/** When an invitation or a reminder is due next. */
export async function nextAskAt(ctx: Ctx): Promise<Date | null> {
  const { rows } = await sql<{ at: Date | null }>`
    select least((select min(due_at) from survey_invitations where state = 'due'), (select min(remind_at) from survey_invitations where remind_at is not null)) as at`.execute(
    ctx.db,
  );
  return rows[0]!.at;
}
