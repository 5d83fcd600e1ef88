import { createHash } from "node:crypto";
import { sql } from "kysely";
import { newId } from "#kernel/id";
import type { Tx } from "#platform/context";
import { recordAll } from "#timeline";

/** A campaign's mail of the past, told by the sample company: nothing leaves for it. */
export interface PastMail {
  id: string;
  source: "campaign";
  source_id: string;
  contact_id: string;
  account_id: string | null;
  campaign: string;
  subject: string;
  why: string;
  sent_at: Date;
  stopped: { state: "held" | "rejected"; code: string; reason: string } | null;
  opened: Date | null;
  /** When a mail gateway looked at all links. */
  gateway: Date | null;
  /** A click that was told as a fact before. */
  clicked: { at: Date; fact_id: string; url: string } | null;
}

const person = "Mozilla/5.0 (Macintosh) Mail";
const linkId = (url: string): string => createHash("sha256").update(url).digest("hex").slice(0, 24);

/** Writes mails of the past into the ledger with their facts and who read them, and ties the clicks that were told to their mail. */
export async function notePastMails(tx: Tx, mails: readonly PastMail[]): Promise<void> {
  if (mails.length === 0) return;
  const told = mails.map((m) => ({
    send_id: m.id,
    kind: "marketing" as const,
    source: m.source,
    source_id: m.source_id,
    subject: m.subject,
  }));
  const facts = await recordAll(tx, mails.map((m, i) => {
    const about = { contact_id: m.contact_id, account_id: m.account_id, campaign_id: m.source_id, occurred_at: m.sent_at };
    if (!m.stopped) return { ...about, name: "mail.sent", payload: told[i]! };
    const { state, code, reason } = m.stopped;
    return { ...about, name: state === "held" ? "mail.held" : "mail.rejected", payload: { ...told[i]!, code, reason } };
  })); // prettier-ignore
  const rows = mails.map((m, i) => ({
    ...m,
    ...m.stopped,
    state: m.stopped?.state ?? "sent",
    fact_id: facts[i]!,
    at: m.sent_at,
  }));
  await sql`
    insert into sends (id, kind, source, source_id, contact_id, account_id, purpose, address, subject, unique_key, state, code, reason, why, attempt, due_at, fact_id, created_at, sent_at, updated_at)
    select r.id, 'marketing', r.source, r.source_id, r.contact_id, r.account_id, 'newsletter', c.email, r.subject, r.source || ':' || r.source_id || ':' || r.contact_id, r.state, r.code, r.reason, r.why, 1,
           r.at, r.fact_id, r.at, case when r.state = 'sent' then r.at end, r.at
      from json_to_recordset(${JSON.stringify(rows)}::json) as r(id uuid, source text, source_id uuid, contact_id uuid, account_id uuid, subject text, state text, code text, reason text, why text,
             fact_id uuid, at timestamptz) join contacts c on c.id = r.contact_id`.execute(tx.db);
  await tieClicks(tx, mails, facts);
  await noteHits(tx, mails);
}

const tieClicks = async (tx: Tx, mails: readonly PastMail[], facts: readonly string[]): Promise<void> =>
  void (await sql`
    update facts f set campaign_id = r.source_id, caused_by = r.sent, payload = f.payload || jsonb_build_object('campaign_id', r.source_id, 'send_id', r.id, 'url', r.url)
      from json_to_recordset(${JSON.stringify(mails.flatMap((m, i) => (m.clicked ? [{ id: m.id, source_id: m.source_id, sent: facts[i], fact: m.clicked.fact_id, url: m.clicked.url }] : [])))}::json)
             as r(id uuid, source_id uuid, sent uuid, fact uuid, url text) where f.id = r.fact`.execute(tx.db));

async function noteHits(tx: Tx, mails: readonly PastMail[]): Promise<void> {
  const urls = [...new Set(mails.flatMap((m) => m.clicked?.url ?? []))];
  await sql`insert into mail_links (id, url) select * from unnest(${urls.map(linkId)}::text[], ${urls}::text[]) on conflict do nothing`.execute(
    tx.db,
  );
  const hits = mails.flatMap((m) => {
    const hit = { send_id: m.id, link_id: null as string | null, trap: false, fact_id: null as string | null, user_agent: person, network: "192.0.2.0", class: "human", reasons: [] as string[] };
    const machine = { user_agent: "", network: "198.51.100.0", class: "machine" };
    return [
      ...(m.opened ? [{ ...hit, id: newId(), kind: "open", at: m.opened }] : []),
      ...(m.clicked ? [{ ...hit, id: newId(), kind: "click", at: m.clicked.at, link_id: linkId(m.clicked.url), fact_id: m.clicked.fact_id }] : []),
      ...(m.gateway ? [{ ...hit, ...machine, id: newId(), kind: "click", at: m.gateway, trap: true, reasons: ["followed a link that nobody sees", "gave no name", "came within 3 s of delivery"] }] : []),
    ];
  }); // prettier-ignore
  await sql`
    insert into mail_hits (id, send_id, kind, link_id, trap, at, method, user_agent, network, class, reasons, fact_id)
    select r.id, r.send_id, r.kind, r.link_id, r.trap, r.at, 'GET', r.user_agent, r.network, r.class, array(select json_array_elements_text(r.reasons)), r.fact_id
      from json_to_recordset(${JSON.stringify(hits)}::json) as r(id uuid, send_id uuid, kind text, link_id text, trap boolean, at timestamptz, user_agent text, network text, class text, reasons json, fact_id uuid)`.execute(
    tx.db,
  );
}

/** Deletes addresses under this one that no hit names any more. */
export const forgetLinks = async (tx: Tx, under: string): Promise<void> =>
  void (await sql`delete from mail_links l where starts_with(l.url, ${under}) and not exists (select from mail_hits h where h.link_id = l.id)`.execute(
    tx.db,
  ));
