import { sql } from "kysely";
import { queueMail, type Queued } from "#attract/channels";
import { newId } from "#kernel/id";
import { invalid } from "#kernel/refusal";
import { inTransaction, type Ctx, type Tx } from "#platform/context";
import { isAddress } from "#platform/mail";
import { pageUrl, seal } from "#platform/pages";
import { lockRecord, type Row } from "#records";
import { wordsFor } from "#timeline";
import { contentOf, hashOf, type Content } from "./content.ts";
import { quoteType } from "./type.ts";
import { amountsOf, noteStatus, standing, tellOf, today } from "./told.ts";

export interface Sending {
  /** By mail, or by a link that somebody hands over. */
  by: "mail" | "link";
  /** Another address than the contact's own. */
  to?: string | undefined;
  /** Words of the mail before the link. */
  message?: string | undefined;
}
export interface Sent {
  url: string;
  /** Why the mail does not leave; null when it does, or none was asked for. */
  held: string | null;
}

/** The customer's link to that version of a quote. */
export const linkOf = (ctx: Ctx | Tx, versionId: string): string => pageUrl(ctx, `/q/${seal(ctx, "quote", versionId)}`);

/** Shows a draft to the customer: keeps what they see, for good, and mails them the link unless it is handed over. */
export const sendQuote = (ctx: Ctx | Tx, id: string, sending: Sending): Promise<Sent> =>
  inTransaction(ctx, async (tx) => {
    const row = await lockRecord(tx, quoteType, id);
    if (row.status !== "draft") throw standing(row, "change it to send a new version, or send the link again.");
    if (Number(row.line_count) === 0) throw invalid("lines", "A quote has at least one line.", "quote.empty");
    if (String(row.valid_until) < today(tx)) throw invalid("valid_until", "This day is over; choose a later one.");
    const address = await addressFor(tx, row, sending);
    const content = await contentOf(tx, row);
    const versionId = await keep(tx, row, content, address);
    const now = tx.clock();
    await sql`
      update quotes set status = 'sent', shown_version_id = ${versionId}, sent_at = ${now}, mailed_at = ${now}, viewed_at = null, updated_at = ${now}, version = version + 1
       where id = ${id}`.execute(tx.db);
    await noteStatus(tx, id, "draft", "sent");
    const payload = {
      quote_id: id,
      number: content.number,
      revision: content.revision,
      to: address,
      ...amountsOf(row),
    };
    const fact = await tellOf(tx, row, { name: "quote.sent", payload });
    const url = linkOf(tx, versionId);
    const mail = address ? await mailOf(tx, row, content, { address, url, message: sending.message, source_id: versionId, fact }) : null; // prettier-ignore
    return { url, held: heldOf(mail) };
  });

/** Sends the link to the version the customer has once more. */
export const resendQuote = (ctx: Ctx | Tx, id: string, sending: Omit<Sending, "by">): Promise<Sent> =>
  inTransaction(ctx, async (tx) => {
    const row = await lockRecord(tx, quoteType, id);
    if (row.status !== "sent" && row.status !== "viewed") throw standing(row, "there is nothing to send again.");
    const versionId = String(row.shown_version_id);
    const address = (await addressFor(tx, row, { ...sending, by: "mail" }))!;
    const { rows } = await sql<{ content: string }>`select content from quote_versions where id = ${versionId}`.execute(tx.db); // prettier-ignore
    const content = JSON.parse(rows[0]!.content) as Content;
    const url = linkOf(tx, versionId);
    const mail = await mailOf(tx, row, content, { address, url, message: sending.message, source_id: newId(), fact: row.last_fact as string | null }); // prettier-ignore
    await sql`update quotes set mailed_at = ${tx.clock()}, updated_at = ${tx.clock()} where id = ${id}`.execute(tx.db);
    return { url, held: heldOf(mail) };
  });

const heldOf = (mail: Queued | null): string | null => (mail && "held" in mail ? mail.held : null);

async function addressFor(tx: Tx, row: Row, { by, to }: Sending): Promise<string | null> {
  if (by === "link") return null;
  const { rows } = await sql<{ email: string | null }>`select email from contacts where id = ${row.contact_id as string | null} and deleted_at is null`.execute(tx.db); // prettier-ignore
  const address = to?.trim() || rows[0]?.email;
  if (!address) throw invalid("to", "The contact has no address. Say where it goes, or hand over the link.", "quote.no-address"); // prettier-ignore
  if (!isAddress(address)) throw invalid("to", "This is not an e-mail address.");
  return address;
}

async function keep(tx: Tx, row: Row, content: Content, address: string | null): Promise<string> {
  const id = newId();
  const text = JSON.stringify(content);
  await sql`
    insert into quote_versions (id, quote_id, revision, content, hash, sent_at, sent_by, sent_to)
    values (${id}, ${row.id}, ${row.revision}, ${text}, ${hashOf(text)}, ${tx.clock()}, ${tx.actor.name}, ${address})`.execute(tx.db); // prettier-ignore
  return id;
}

interface Mailing {
  address: string;
  url: string;
  message: string | undefined;
  source_id: string;
  fact: string | null;
}

function mailOf(
  tx: Tx,
  row: Row,
  content: Content,
  { address, url, message, source_id, fact }: Mailing,
): Promise<Queued> {
  const money = wordsFor(tx.workspace.locale).money(content.figures.total, content.currency);
  const hello = content.to.name ? `Hello ${content.to.name},` : "Hello,";
  const about = content.subject ? ` (${content.subject})` : "";
  const words = message?.trim() || `here is our quote ${content.number}${about} for ${money}. It is valid until ${dayWords(tx, content.valid_until)}.`; // prettier-ignore
  return queueMail(tx, {
    kind: "service",
    source: "quote",
    source_id,
    contact_id: row.contact_id as string | null,
    to: address,
    subject: `Quote ${content.number} from ${content.from.name}`,
    text: `${hello}\n\n${words}\n\nRead, accept or decline it here:\n${url}\n\n${content.from.name}`,
    caused_by: fact,
    unique_key: `quote:${source_id}`,
    personal: true,
  });
}

/** A day in the company's language: "22 December 2026". */
export const dayWords = (ctx: Pick<Ctx, "workspace">, day: string): string =>
  new Intl.DateTimeFormat(ctx.workspace.locale, { dateStyle: "long", timeZone: "UTC" }).format(new Date(`${day}T00:00:00Z`)); // prettier-ignore
