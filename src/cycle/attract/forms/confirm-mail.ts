import { sql } from "kysely";
import { queueMail } from "#attract/channels";
import type { Tx } from "#platform/context";
import { letter } from "#platform/mail";
import { pageUrl, seal } from "#platform/pages";
import type { Submission } from "./accept.ts";

/** Days in which the link in the mail can be used. */
export const confirmDays = 7;
// Mails that a stranger can have sent to one address in a day.
const asksPerDay = 3;

/** The link that confirms a submission's consent. */
export const confirmUrl = (tx: Tx, submission: Pick<Submission, "id" | "submitted_at">): string =>
  pageUrl(tx, `/f-confirm/${seal(tx, "form-confirm", submission.id)}`);

/** Asks by mail whether it was them; somebody who is asked often enough is not asked again, and nobody is told. */
export async function mailConfirmation(tx: Tx, submission: Submission & { contact_id: string }): Promise<void> {
  const to = submission.answers.find((a) => a.key === "email")?.value.toLowerCase();
  if (!to || !(await mayAsk(tx, submission))) return;
  const company = tx.workspace.name;
  const { subject, text, html } = letter({
    to,
    subject: `Please confirm: mails from ${company}`,
    paragraphs: [
      `Somebody, hopefully you, asked ${company} on the form “${submission.form_name}” to write to this address.`,
      "Please confirm that it was you. Until then we write nothing else.",
    ],
    button: { label: "Yes, write to me", url: confirmUrl(tx, submission) },
    foot: `If it was not you, do nothing: we do not write again. The link works for ${confirmDays} days.`,
  });
  await queueMail(tx, {
    kind: "service",
    source: "form",
    source_id: submission.id,
    contact_id: submission.contact_id,
    to,
    subject,
    text,
    html,
    caused_by: submission.fact_id,
    unique_key: `form-confirm:${submission.id}`,
  });
}

// Consent of one contact is noted by one after the other, so the count holds.
async function mayAsk(tx: Tx, submission: { id: string; contact_id: string }): Promise<boolean> {
  const since = new Date(tx.clock().getTime() - 86_400_000);
  const { rows } = await sql`
    update form_submissions set asked_at = ${tx.clock()} where id = ${submission.id}
       and (select count(*) from form_submissions o where o.contact_id = ${submission.contact_id} and o.asked_at > ${since}) < ${asksPerDay} returning id`.execute(
    tx.db,
  );
  return rows.length > 0;
}
