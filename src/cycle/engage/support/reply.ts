import { sql } from "kysely";
import { newId } from "#kernel/id";
import { invalid, notFound, Refused } from "#kernel/refusal";
import { inTransaction, type Ctx, type Tx } from "#platform/context";
import { mailMessage } from "./mail.ts";
import { continueCase, setStatus } from "./status.ts";
import { endTargets, retime, startTarget } from "./targets.ts";
import { tell } from "./told.ts";
import { holdCase, type CaseRow } from "./words.ts";

export interface Message {
  kind: "public" | "note" | "auto";
  inbound: boolean;
  body: string;
  form_key?: string | null | undefined;
}

/** Saves a message of the actor; answers its id, or null when the same form was sent before. */
export async function saveMessage(tx: Tx, c: CaseRow, m: Message, id = newId()): Promise<string | null> {
  const { rows } = await sql`
    insert into case_messages (id, case_id, kind, inbound, author_id, author_name, body, form_key, was_status, at)
    values (${id}, ${c.id}, ${m.kind}, ${m.inbound}, ${tx.actor.id}, ${tx.actor.name}, ${m.body}, ${m.form_key ?? null}, ${c.status}, ${tx.clock()})
        on conflict (case_id, form_key) where form_key is not null do nothing returning id`.execute(tx.db);
  return rows.length > 0 ? id : null;
}

const refuseClosed = (c: CaseRow): void => {
  if (c.status === "closed") throw new Refused("conflict", "case.closed", "This case is closed. Open a new one for what is new.");
}; // prettier-ignore

/**
 * Answers the customer: by mail, to the address of this moment, and on their page. Ends the first response's clock, or the next one's.
 * Afterwards we wait for the customer, unless said otherwise.
 */
export const reply = (ctx: Ctx | Tx, id: string, given: { body: string; status?: "waiting" | "open" | undefined; form_key?: string | undefined }): Promise<string | null> =>
  inTransaction(ctx, async (tx) => {
    const c = await holdCase(tx, id);
    refuseClosed(c);
    const message = await saveMessage(tx, c, { kind: "public", inbound: false, body: given.body, form_key: given.form_key });
    if (!message) return null;
    if (c.status === "resolved") await continueCase(tx, c);
    const fact = await tell(tx, c, "case.replied", { subject: c.subject }, { caused_by: c.asked_fact ?? c.opened_fact });
    await sql`update case_messages set fact_id = ${fact} where id = ${message}`.execute(tx.db);
    await endTargets(tx, c, ["first_response", "next_response"], tx.clock(), "done", message);
    await sql`
      update cases set waiting_since = null, asked_fact = null, first_reply_at = coalesce(first_reply_at, ${tx.clock()}), updated_at = ${tx.clock()} where id = ${id}`.execute(tx.db);
    await mailMessage(tx, c, { id: message, body: given.body, caused_by: fact });
    await setStatus(tx, await holdCase(tx, id), given.status ?? "waiting");
    await retime(tx, id);
    return message;
  }); // prettier-ignore

/** Writes a note that never leaves the house; answers its id. */
export const writeNote = (ctx: Ctx | Tx, id: string, body: string): Promise<string> =>
  inTransaction(ctx, async (tx) => (await saveMessage(tx, await holdCase(tx, id), { kind: "note", inbound: false, body }))!); // prettier-ignore

/** Takes one's own note away, or anybody's for a manager. */
export const removeNote = (ctx: Ctx | Tx, caseId: string, messageId: string): Promise<void> =>
  inTransaction(ctx, async (tx) => {
    await holdCase(tx, caseId);
    const { rows } = await sql<{ author_id: string | null }>`
      select author_id from case_messages where id = ${messageId} and case_id = ${caseId} and kind = 'note'`.execute(tx.db);
    if (!rows[0]) throw notFound("note");
    if (rows[0].author_id !== tx.actor.id && tx.role === "agent") throw new Refused("forbidden", "note.not-yours", "This note is a colleague's.");
    await sql`delete from case_messages where id = ${messageId}`.execute(tx.db);
  }); // prettier-ignore

/**
 * The customer wrote, wherever. What waits for them goes on, what was resolved is open again; the next response is due from the first
 * message that nobody answered. Answers the message, or null when the same form was sent before.
 */
export async function customerWrote(tx: Tx, c: CaseRow, given: { body: string; form_key?: string | undefined }): Promise<string | null> {
  const message = await saveMessage(tx, c, { kind: "public", inbound: true, ...given });
  if (!message) return null;
  if (c.status !== "open") await continueCase(tx, c);
  const fact = await tell(tx, c, "case.answered", { subject: c.subject });
  await sql`update case_messages set fact_id = ${fact} where id = ${message}`.execute(tx.db);
  await sql`
    update cases set waiting_since = coalesce(waiting_since, ${tx.clock()}), asked_fact = coalesce(asked_fact, ${fact}), updated_at = ${tx.clock()} where id = ${c.id}`.execute(tx.db);
  if (c.first_reply_at) await startTarget(tx, c, "next_response", c.waiting_since ?? tx.clock());
  await retime(tx, c.id);
  return message;
} // prettier-ignore

/** Mails the customer that the case is here; no answer of a person, so no clock ends. */
export async function acknowledge(tx: Tx, c: CaseRow): Promise<void> {
  const body = `We have your request “${c.subject}” and answer as soon as we can. Its number is ${c.number}.`;
  const id = newId();
  const rondo: Tx = { ...tx, actor: { kind: "system", id: null, name: "Rondo" } };
  await saveMessage(rondo, c, { kind: "auto", inbound: false, body }, id);
  await mailMessage(tx, c, { id, body, caused_by: c.opened_fact });
}

/** Text as it is kept; refuses nothing and too much. */
export function bodyOf(text: string, field = "body"): string {
  const body = text.replaceAll("\r\n", "\n").trim();
  if (body === "") throw invalid(field, "Please write something.");
  if (body.length > 20_000) throw invalid(field, "At most 20,000 characters.");
  return body;
}
