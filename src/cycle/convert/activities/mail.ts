import { sql } from "kysely";
import { queueMail } from "#attract/channels";
import { newId } from "#kernel/id";
import { invalid, Refused } from "#kernel/refusal";
import { inTransaction, type Ctx } from "#platform/context";

export interface Letter {
  contact_id: string;
  subject: string;
  text: string;
  /** The sender's own name for this letter: the same twice is one mail. */
  key: string;
}

/** Sends a person's own mail to a contact through the one ledger; answers come to the writer. @throws Refused, saying why, when it may not go. */
export const writeMail = (ctx: Ctx, letter: Letter): Promise<{ send_id: string }> =>
  inTransaction(ctx, async (tx) => {
    const { rows } = await sql<{ email: string | null; reply_to: string | null }>`
      select c.email, (select email from rondo.users where id = ${tx.actor.kind === "user" ? tx.actor.id : null}) as reply_to
        from contacts c where c.id = ${letter.contact_id} and c.deleted_at is null`.execute(tx.db);
    if (!rows[0]) throw invalid("contact_id", "There is no such contact.");
    if (!rows[0].email) throw invalid("contact_id", "We have no e-mail address of theirs.", "mail.no-address");
    const queued = await queueMail(tx, {
      kind: "service",
      source: "person",
      source_id: newId(),
      contact_id: letter.contact_id,
      subject: letter.subject,
      text: letter.text,
      reply_to: rows[0].reply_to ?? undefined,
      personal: true,
      unique_key: `person:${letter.contact_id}:${letter.key}`,
    });
    if ("held" in queued) throw new Refused("conflict", "mail.held", `It was not sent: ${queued.held}`);
    return queued;
  });
