import { sql } from "kysely";
import { askConsent, giveConsent, meetContacts, type Met, type Person, type Purpose } from "#customers";
import type { Tx } from "#platform/context";
import { cut } from "#records";
import { record } from "#timeline";
import type { Answer } from "./answers.ts";
import { contactFields, type ContactField } from "./design.ts";
import { mailConfirmation } from "./confirm-mail.ts";

/** A submission with what its form says must come of it. */
export interface Submission {
  id: string;
  form_id: string;
  form_name: string;
  form_source: string | null;
  opens_lead: boolean;
  double_opt_in: boolean;
  submitted_at: Date;
  answers: Answer[];
  consents: { purpose: Purpose; version: number }[];
  utm_source: string | null;
  contact_id: string | null;
  fact_id: string | null;
  ip: string | null;
  user_agent: string | null;
  confirmed_at: Date | null;
}

/** One submission, locked until the transaction ends; null when it is gone. */
export async function submissionOf(tx: Tx, id: string): Promise<Submission | null> {
  const { rows } = await sql<Submission>`
    select s.id, s.form_id, f.name as form_name, f.source as form_source, f.opens_lead, f.double_opt_in, s.submitted_at, s.answers, s.consents, s.utm_source, s.contact_id, s.fact_id,
           s.ip, s.user_agent, s.confirmed_at
      from form_submissions s join forms f on f.id = s.form_id where s.id = ${id} for update of s`.execute(tx.db);
  return rows[0] ?? null;
}

/** What makes a submission count: a contact, the fact that others react to, consent asked or given. */
export async function accept(tx: Tx, id: string): Promise<void> {
  const submission = (await submissionOf(tx, id))!;
  const source = submission.form_source ?? submission.form_name;
  const met = await meet(tx, submission, source);
  if (!met) return;
  const { rows } = await sql<{ name: string }>`select name from contacts where id = ${met.id}`.execute(tx.db);
  const fact_id = await record(tx, {
    name: "form.submitted",
    contact_id: met.id,
    account_id: met.account_id,
    occurred_at: submission.submitted_at,
    actor: { kind: "customer", id: met.id, name: rows[0]!.name },
    payload: {
      form: submission.form_name,
      form_id: submission.form_id,
      submission_id: id,
      opens_lead: submission.opens_lead,
      source: submission.utm_source ?? source,
      ...messageOf(submission),
    },
  });
  await sql`update form_submissions set contact_id = ${met.id}, fact_id = ${fact_id} where id = ${id}`.execute(tx.db);
  await consented(tx, { ...submission, contact_id: met.id, fact_id });
  await sql`
    update forms set submission_count = submission_count + 1, last_submitted_at = greatest(last_submitted_at, ${submission.submitted_at}) where id = ${submission.form_id}`.execute(
    tx.db,
  );
}

// What a person wrote in their own words, for the line on the timeline.
function messageOf({ answers }: Submission): { message?: string } {
  const own = answers.filter((a) => !(a.key in contactFields) && a.value.length > 3);
  const said = own.toSorted((a, b) => b.value.length - a.value.length)[0];
  return said ? { message: cut(said.value, 500) } : {};
}

/**
 * Finds or makes the contact. Whoever gave an e-mail address is who has that address: a phone number alone would let a stranger
 * put an address of theirs on somebody else's record. Filled fields stay as they are; what was said differently stays with the submission.
 */
async function meet(tx: Tx, { answers }: Submission, source: string): Promise<Met | null> {
  const person: Person = { key: "sender" };
  for (const { key, value } of answers) if (key in contactFields) person[key as ContactField] = value;
  const { phone, ...first } = person;
  const met = (await meetContacts(tx, [person.email ? first : person], { source })).get("sender") ?? null;
  if (met && person.email && phone) await meetContacts(tx, [{ key: "sender", email: person.email, phone }], { source });
  return met;
}

/** The wording of a consent as that version of the form showed it. */
export async function wordingOf(tx: Tx, formId: string, purpose: string, version: number): Promise<string | null> {
  const { rows } = await sql<{ wording: string }>`
    select wording from form_wordings where form_id = ${formId} and purpose = ${purpose} and version = ${version}`.execute(
    tx.db,
  );
  return rows[0]?.wording ?? null;
}

async function consented(tx: Tx, submission: Submission & { contact_id: string }): Promise<void> {
  let open = false;
  for (const { purpose, version } of submission.consents) {
    const said = {
      contact_id: submission.contact_id,
      purpose,
      wording: await wordingOf(tx, submission.form_id, purpose, version),
      source: `Form “${submission.form_name}”`,
      form_id: submission.form_id,
      form_version: version,
      ip: submission.ip,
      user_agent: submission.user_agent,
      caused_by: submission.fact_id,
    };
    const logged = await (submission.double_opt_in ? askConsent(tx, said) : giveConsent(tx, said));
    open ||= logged?.status === "pending";
  }
  if (open) await mailConfirmation(tx, submission);
}
