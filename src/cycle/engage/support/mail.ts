import { sql } from "kysely";
import { invalid } from "#kernel/refusal";
import { queueMail } from "#attract/channels";
import { pageUrl, seal } from "#platform/pages";
import type { Ctx, Tx } from "#platform/context";
import type { CaseRow } from "./words.ts";

/** How long a mail waits, so that the person who wrote it can take it back, in ms. */
export const secondThoughtsMs = 10_000;
// Of the thread the first and the last ones; a header may be 900 characters, and an id is longer than the name of our host by 95.
const referencesAtMost = 6;
const headerAtMost = 890;

type Linking = Pick<Ctx, "outside" | "workspace">;

/** The customer's own page of their case; it stops working when the case becomes somebody else's. */
export const caseUrl = (ctx: Linking, c: { id: string; contact_id: string }): string =>
  pageUrl(ctx, `/cases/${seal(ctx, "case", `${c.id}.${c.contact_id}`)}`);

/** A Message-ID that only we can have made, so that an answer with it belongs to this case. */
export const messageIdOf = (ctx: Linking, caseId: string, messageId: string): string =>
  `<${seal(ctx, "case-message", `${caseId}.${messageId}`)}@${new URL(ctx.outside.url).hostname}>`;

/** Mails a public message to the contact, to their address of this moment, in the thread of the case. */
export async function mailMessage(tx: Tx, c: CaseRow, message: { id: string; body: string; caused_by: string | null }): Promise<void> {
  const { contact_id } = c;
  if (!contact_id) throw invalid("body", "This case has no contact to answer; write a note, or choose the contact.", "case.no-contact");
  const { rows } = await sql<{ email: string | null; name: string }>`select email, name from contacts where id = ${contact_id}`.execute(tx.db);
  const { email, name } = rows[0]!;
  if (!email) throw invalid("body", `${name} has no e-mail address; add one, or write a note.`, "case.no-address");
  const before = await threadOf(tx, c.id);
  const message_id = messageIdOf(tx, c.id, message.id);
  const queued = await queueMail(tx, {
    kind: "service", source: "case", source_id: message.id, contact_id, to: email, unique_key: `case-message:${message.id}`, message_id,
    subject: before.length > 0 ? `Re: ${c.subject} [${c.number}]` : `${c.subject} [${c.number}]`,
    text: `${message.body}\n\n--\nYour request ${c.number}: read everything and answer here: ${caseUrl(tx, { id: c.id, contact_id })}`,
    headers: before.length > 0 ? { "In-Reply-To": before.at(-1)!, References: before.join(" ") } : {},
    due_at: new Date(tx.clock().getTime() + secondThoughtsMs), caused_by: message.caused_by, personal: tx.actor.kind === "user",
  });
  await sql`
    update case_messages set message_id = ${message_id}, to_address = ${email}, send_id = ${"send_id" in queued ? queued.send_id : null}, held = ${"held" in queued ? queued.held : null}
     where id = ${message.id}`.execute(tx.db);
} // prettier-ignore

/** Message-IDs of the thread so far: its first, and its last ones. */
async function threadOf(tx: Tx, caseId: string): Promise<string[]> {
  const { rows } = await sql<{ message_id: string }>`
    select message_id from case_messages where case_id = ${caseId} and message_id is not null order by at, id`.execute(
    tx.db,
  );
  const ids = rows.map((r) => r.message_id);
  const fitting = ids.length === 0 ? 0 : Math.floor(headerAtMost / (Math.max(...ids.map((id) => id.length)) + 1));
  const most = Math.max(2, Math.min(referencesAtMost, fitting));
  return ids.length <= most ? ids : [ids[0]!, ...ids.slice(1 - most)];
}
