import { sql } from "kysely";
import type { Tx } from "#platform/context";
import type { Answer } from "./answers.ts";

/** A submission of the past that is known already with the contact and the fact it became; kept without doing anything again. */
export interface PastSubmission {
  id: string;
  form_id: string;
  contact_id: string | null;
  submitted_at: Date;
  answers: readonly Answer[];
  fact_id: string | null;
  /** Why it is taken for spam; null when it is none. */
  spam: string | null;
  utm_source?: string | null;
  utm_medium?: string | null;
  utm_campaign?: string | null;
  referrer?: string | null;
}

/** Keeps many submissions of the past in one statement and counts them. Repeatable: a submission that is kept already stays. */
export async function keepPastSubmissions(tx: Tx, past: readonly PastSubmission[]): Promise<void> {
  if (past.length === 0) return;
  await sql`
    with kept as (
      insert into form_submissions (id, form_id, unique_key, contact_id, submitted_at, answers, verdict, why, utm_source, utm_medium, utm_campaign, referrer, fact_id)
      select r.id, r.form_id, r.id::text, r.contact_id, r.submitted_at, r.answers, case when r.spam is null then 'accepted' else 'spam' end, r.spam, r.utm_source, r.utm_medium,
             r.utm_campaign, r.referrer, r.fact_id
        from json_to_recordset(${JSON.stringify(past)}::json) as r(id uuid, form_id uuid, contact_id uuid, submitted_at timestamptz, answers jsonb, spam text, utm_source text,
             utm_medium text, utm_campaign text, referrer text, fact_id uuid)
          on conflict do nothing returning form_id, submitted_at, verdict)
    update forms f set submission_count = f.submission_count + k.n, last_submitted_at = greatest(f.last_submitted_at, k.last)
      from (select form_id, count(*)::int as n, max(submitted_at) as last from kept where verdict = 'accepted' group by 1) k where k.form_id = f.id`.execute(
    tx.db,
  );
}
