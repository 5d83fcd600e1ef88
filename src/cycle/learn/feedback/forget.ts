import { sql } from "kysely";
import { forgetSends } from "#attract/channels";
import type { Tx } from "#platform/context";
import { forgetHistoryOf } from "#records";

/** Deletes these surveys for good, with their invitations, mails, answers and history. */
export async function forgetSurveys(tx: Tx, ids: readonly string[]): Promise<void> {
  const { rows } = await sql<{ id: string }>`select id from survey_invitations where survey_id = any(${ids})`.execute(tx.db); // prettier-ignore
  const invitations = rows.map((r) => r.id);
  for (const source of ["survey", "survey-reminder"]) await forgetSends(tx, source, invitations);
  await sql`delete from surveys where id = any(${ids})`.execute(tx.db);
  await forgetHistoryOf(tx, ids);
}

/** Counts anew how often each survey was sent and answered: its customers' rows go with them. */
export const recountSurveys = async (tx: Tx): Promise<void> =>
  void (await sql`
    update surveys s set sent_count = n.sent, answer_count = n.answered, last_answered_at = n.last
      from (select x.id, (select count(*)::int from survey_invitations i where i.survey_id = x.id and i.state = 'sent') as sent, count(r.id)::int as answered, max(r.at) as last
              from surveys x left join survey_responses r on r.survey_id = x.id group by x.id) n
     where n.id = s.id and (s.sent_count, s.answer_count) is distinct from (n.sent, n.answered)`.execute(tx.db));
