import { CompiledQuery, sql } from "kysely";
import { newId } from "#kernel/id";
import { invalid } from "#kernel/refusal";
import type { Purpose } from "#customers";
import type { Tx } from "#platform/context";
import { escapeHtml, isAddress } from "#platform/mail";
import { newIdSql, record } from "#timeline";
import { budgetsOf } from "./budget.ts";
import { gate, heldBack } from "./gate.ts";
import { countsAgainstBudget, purposeOf, type SendKind } from "./send.ts";
import { mailSettings } from "./settings.ts";
import { stoppedFact } from "./tell.ts";

export interface QueuedMail {
  kind: SendKind;
  /** What asks for it ("case", "survey", "quote") and which one: the invitation, the reply, not the survey or the case. */
  source: string;
  source_id: string;
  /** Who it is about; null only for an address that belongs to no contact. */
  contact_id: string | null;
  /** Where it goes when not to the contact's own address. */
  to?: string | undefined;
  subject: string;
  text: string;
  /** A whole HTML mail; made from the text when absent. */
  html?: string | undefined;
  reply_to?: string | undefined;
  headers?: Readonly<Record<string, string>> | undefined;
  /** Not before; at once when absent. */
  due_at?: Date | undefined;
  caused_by?: string | null | undefined;
  /** One mail for each key, however often it is asked for. */
  unique_key: string;
  /** What must have been agreed to; the newsletter for marketing, surveys for relationship unless said. */
  purpose?: Purpose | undefined;
  /** A person wrote it, so that an out-of-office answer is welcome. */
  personal?: boolean | undefined;
  /** Its own Message-ID, with angle brackets, where answers are told by it; made from the send when absent. */
  message_id?: string | undefined;
}

export type Queued = { send_id: string } | { held: string };

/**
 * Puts one mail into the ledger, in the caller's transaction: it leaves soon after the commit, or never. Answers what stands in its way
 * when it may not be sent; everything is checked again at the moment of sending.
 */
export async function queueMail(tx: Tx, mail: QueuedMail): Promise<Queued> {
  if (mail.to !== undefined && !isAddress(mail.to)) throw invalid("to", "This is not an e-mail address.");
  const id = newId();
  const purpose = mail.purpose ?? purposeOf[mail.kind];
  const verdict = await verdictNow(tx, { ...mail, id, purpose, address: mail.to ?? null });
  const held = "code" in verdict ? verdict : null;
  const subject = oneLine(mail.subject);
  const account_id = "code" in verdict ? await accountOf(tx, mail.contact_id) : verdict.account_id;
  const { rows } = await sql<{ id: string }>`
    insert into sends (id, kind, source, source_id, contact_id, account_id, purpose, address, subject, html, body, reply_to, headers, personal, unique_key, state, code, reason,
                       due_at, caused_by, message_id, created_at, updated_at)
    values (${id}, ${mail.kind}, ${mail.source}, ${mail.source_id}, ${mail.contact_id}, ${account_id}, ${purpose}, ${mail.to ?? null}, ${subject}, ${mail.html ?? htmlOf(mail.text)},
            ${mail.text}, ${mail.reply_to ?? null}, ${JSON.stringify(mail.headers ?? {})}, ${mail.personal ?? false}, ${mail.unique_key}, ${held ? "held" : "planned"},
            ${held?.code ?? null}, ${held?.reason ?? null}, ${mail.due_at ?? tx.clock()}, ${mail.caused_by ?? null}, ${mail.message_id ?? null}, ${tx.clock()}, ${tx.clock()})
        on conflict do nothing returning id`.execute(tx.db);
  if (!rows[0]) return queuedBefore(tx, mail);
  if (!held) return { send_id: id };
  const told = { id, kind: mail.kind, source: mail.source, source_id: mail.source_id, contact_id: mail.contact_id, account_id, caused_by: mail.caused_by ?? null, subject };
  await record(tx, stoppedFact("mail.held", told, held.code, held.reason));
  return { held: held.reason };
} // prettier-ignore

async function verdictNow(tx: Tx, asking: QueuedMail & { id: string; purpose: Purpose; address: string | null }) {
  const verdict = (await gate(tx, [asking])).get(asking.id)!;
  if ("code" in verdict || !countsAgainstBudget(asking.kind) || !asking.contact_id) return verdict;
  // What is to go later is judged by the budget of then.
  if (asking.due_at && asking.due_at > tx.clock()) return verdict;
  const left = (await budgetsOf(tx, await mailSettings(tx), [asking.contact_id])).get(asking.contact_id);
  return left && left !== "free" ? heldBack(left) : verdict;
}

async function accountOf(tx: Tx, contact_id: string | null): Promise<string | null> {
  const { rows } = await sql<{
    account_id: string | null;
  }>`select account_id from contacts where id = ${contact_id}`.execute(tx.db);
  return rows[0]?.account_id ?? null;
}

async function queuedBefore(tx: Tx, mail: QueuedMail): Promise<Queued> {
  const { rows } = await sql<{ id: string; state: string; reason: string | null }>`
    select id, state, reason from sends where unique_key = ${mail.unique_key}`.execute(tx.db);
  const there = rows[0];
  if (!there)
    throw new TypeError(
      `another mail of ${mail.source} ${mail.source_id} goes to this contact already: give each mail a source_id of its own`,
    );
  return there.state === "held" ? { held: there.reason ?? "" } : { send_id: there.id };
}

const oneLine = (text: string): string =>
  text
    .replaceAll(/[\p{Cc}\u2028\u2029\s]+/gu, " ")
    .trim()
    .slice(0, 300) || "(no subject)";

const linked = (text: string): string =>
  text.replaceAll(/https?:\/\/[^\s<>"']+[^\s<>"'.,;:!?)]/g, (url) => `<a href="${url}">${url}</a>`);

/** A plain HTML twin of a text: paragraphs, line breaks and links. */
const htmlOf = (text: string): string =>
  `<!doctype html><html><body style="font:16px/1.5 system-ui,sans-serif;color:#1f1d2b;max-width:36rem;margin:0 auto;padding:24px">${text
    .split(/\n{2,}/)
    .map((p) => `<p style="margin:0 0 16px">${linked(escapeHtml(p)).replaceAll("\n", "<br>")}</p>`)
    .join("")}</body></html>`;

export interface Plan {
  kind: Exclude<SendKind, "service">;
  source: string;
  source_id: string;
  purpose?: Purpose;
  subject: string;
  why: string;
  due_at: Date;
}

/**
 * Plans the mails of a whole source in one statement, for every contact `who` selects; the source writes each of them when it is
 * claimed. `who` answers a SELECT of contacts' ids and pushes its values on params. Somebody planned before is left as they are. Answers how many are new.
 */
export async function planSends(tx: Tx, plan: Plan, who: (params: unknown[]) => string): Promise<number> {
  const params: unknown[] = [
    plan.kind,
    plan.source,
    plan.source_id,
    plan.purpose ?? purposeOf[plan.kind],
    oneLine(plan.subject),
    plan.due_at,
    plan.why,
    tx.clock(),
  ];
  const text = `
    insert into sends (id, kind, source, source_id, contact_id, account_id, purpose, subject, unique_key, due_at, why, created_at, updated_at)
    select ${newIdSql}, $1::text, $2::text, $3::uuid, c.id, c.account_id, $4::text, $5::text, $2::text || ':' || $3::uuid || ':' || c.id, $6::timestamptz, $7::text, $8::timestamptz, $8::timestamptz
      from contacts c where c.id in (${who(params)})
        on conflict do nothing`;
  const { numAffectedRows } = await tx.db.executeQuery(CompiledQuery.raw(text, params));
  return Number(numAffectedRows ?? 0);
}
