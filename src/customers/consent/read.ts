import { sql } from "kysely";
import { registerConsents } from "#records";
import type { Ctx } from "#platform/context";
import { purposeLabel, purposes, type Basis, type Channel, type ConsentStatus, type Purpose } from "./purpose.ts";

registerConsents("contact", { table: "consents", subject: "contact_id", purposes, label: purposeLabel });

export interface ConsentTold {
  purpose: Purpose;
  label: string;
  channel: Channel;
  status: ConsentStatus;
  since: Date;
  basis: Basis;
  source: string;
  wording: string | null;
  evidence: string | null;
  by: string;
}

export interface ConsentLine extends Omit<ConsentTold, "since"> {
  id: string;
  at: Date;
  ip: string | null;
  user_agent: string | null;
  form_version: number | null;
}

/** Who of these has said what to the purpose on the channel, by contact; who was never asked is left out. Only "given" is a yes. */
export async function consentOf(
  ctx: Ctx,
  contactIds: readonly string[],
  purpose: Purpose,
  channel: Channel = "email",
): Promise<Map<string, ConsentStatus>> {
  if (contactIds.length === 0) return new Map();
  const { rows } = await sql<{ contact_id: string; status: ConsentStatus }>`
    select contact_id, status from consents where contact_id = any(${contactIds}) and purpose = ${purpose} and channel = ${channel}`.execute(
    ctx.db,
  );
  return new Map(rows.map((r) => [r.contact_id, r.status]));
}

const named = <T extends { purpose: string }>(row: T): T & { label: string } => ({
  ...row,
  label: purposeLabel(row.purpose),
});

/** What counts now for a contact, by purpose, and the newest 100 lines of the log behind it. */
export async function consentsOfContact(
  ctx: Ctx,
  contactId: string,
): Promise<{ items: ConsentTold[]; log: ConsentLine[] }> {
  const now = await sql<Omit<ConsentTold, "label">>`
    select k.purpose, k.channel, k.status, k.since, l.basis, l.source, l.wording, l.evidence, l.actor_name as by
      from consents k join consent_log l on l.id = k.log_id where k.contact_id = ${contactId} order by k.purpose, k.channel`.execute(
    ctx.db,
  );
  const log = await sql<Omit<ConsentLine, "label">>`
    select id, purpose, channel, status, basis, source, wording, evidence, at, ip, user_agent, form_version, actor_name as by
      from consent_log where contact_id = ${contactId} order by at desc, id desc limit 100`.execute(ctx.db);
  return { items: now.rows.map(named), log: log.rows.map(named) };
}
