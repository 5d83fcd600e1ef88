import { giveConsent, purposeLabel } from "#customers";
import { sql } from "kysely";
import { Refused } from "#kernel/refusal";
import { inTransaction, type Ctx } from "#platform/context";
import { unseal } from "#platform/pages";
import { submissionOf, wordingOf, type Submission } from "./accept.ts";
import { confirmDays } from "./confirm-mail.ts";

export interface ToConfirm {
  company: string;
  purposes: string[];
  confirmed: boolean;
}

const unknownLink = (): Refused =>
  new Refused("not-found", "form.no-such-link", "This link is not whole, or what it belonged to is gone. Please fill in the form again."); // prettier-ignore

function checkLink(ctx: Ctx, submission: Submission | null): Submission & { contact_id: string } {
  if (!submission?.contact_id) throw unknownLink();
  const until = submission.submitted_at.getTime() + confirmDays * 86_400_000;
  if (!submission.confirmed_at && ctx.clock().getTime() > until)
    throw new Refused("conflict", "form.link-expired", `This link worked for ${confirmDays} days. Please fill in the form again.`); // prettier-ignore
  return { ...submission, contact_id: submission.contact_id };
}

const told = (ctx: Ctx, { consents, confirmed_at }: Submission): ToConfirm => ({
  company: ctx.workspace.name,
  purposes: consents.map((c) => purposeLabel(c.purpose)),
  confirmed: confirmed_at !== null,
});

/** What a link would confirm; changes nothing. @throws Refused for a link that is forged, too old, or whose submission is gone. */
export const lookAt = (ctx: Ctx, token: string): Promise<ToConfirm> =>
  inTransaction(ctx, async (tx) => told(tx, checkLink(tx, await submissionOf(tx, idIn(ctx, token)))));

function idIn(ctx: Ctx, token: string): string {
  const id = unseal(ctx, "form-confirm", token);
  if (!id) throw unknownLink();
  return id;
}

/** Gives the consents of a submission, once; a second time changes nothing, also when they were withdrawn since. */
export const confirm = (ctx: Ctx, token: string, from: { ip: string; userAgent: string }): Promise<ToConfirm> =>
  inTransaction(ctx, async (tx) => {
    const submission = checkLink(tx, await submissionOf(tx, idIn(ctx, token)));
    if (submission.confirmed_at) return told(tx, submission);
    const confirmed_at = tx.clock();
    await sql`update form_submissions set confirmed_at = ${confirmed_at} where id = ${submission.id}`.execute(tx.db);
    for (const { purpose, version } of submission.consents)
      await giveConsent(tx, {
        contact_id: submission.contact_id,
        purpose,
        wording: await wordingOf(tx, submission.form_id, purpose, version),
        source: `Form “${submission.form_name}”`,
        form_id: submission.form_id,
        form_version: version,
        ip: from.ip,
        user_agent: from.userAgent,
        evidence: `confirmed by the link in a mail, asked on ${submission.submitted_at.toISOString().slice(0, 10)}`,
        caused_by: submission.fact_id,
      });
    return told(tx, { ...submission, confirmed_at });
  });
