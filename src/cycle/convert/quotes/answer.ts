import { sql } from "kysely";
import { invalid, notFound } from "#kernel/refusal";
import { inTransaction, type Actor, type Ctx, type Tx } from "#platform/context";
import { checkReason, type Row } from "#records";
import { winIts } from "./opportunity.ts";
import { amountsOf, noteStatus, standing, tellOf, today } from "./told.ts";

/** How somebody accepted: on the page by themselves, or by a colleague who was told so. */
export interface Acceptance {
  by: string;
  via: "page" | "hand";
  ip?: string | undefined;
  user_agent?: string | undefined;
  /** How we know, when a colleague says so: "signed PDF by mail". */
  note?: string | undefined;
}

const customer = (row: Row, name: string): Actor => ({ kind: "customer", id: row.contact_id as string | null, name });

/**
 * Accepts the version a quote shows, as one conditional statement together with the fact from which the order follows: of any number of
 * acceptances at once one is told, the others find it accepted. Answers false when this version was accepted before.
 */
export const acceptVersion = (ctx: Ctx | Tx, versionId: string, how: Acceptance): Promise<boolean> =>
  inTransaction(ctx, async (tx) => {
    const now = tx.clock();
    const { rows } = await sql<Row>`
      update quotes q set status = 'accepted', accepted_at = ${now}, accepted_by = ${how.by}, updated_at = ${now}, version = q.version + 1,
             acceptance = jsonb_build_object('at', ${now}::timestamptz, 'version_id', v.id, 'revision', v.revision, 'hash', v.hash) || ${JSON.stringify(how)}::jsonb
        from quote_versions v
       where v.id = ${versionId} and q.id = v.quote_id and q.shown_version_id = v.id and q.status in ('sent', 'viewed') and q.valid_until >= ${today(tx)} and q.deleted_at is null
      returning q.*, v.hash`.execute(tx.db); // prettier-ignore
    const row = rows[0];
    if (!row) return refuseUnlessAccepted(tx, versionId);
    await noteStatus(tx, row.id, row.viewed_at ? "viewed" : "sent", "accepted", how.note);
    const payload = { quote_id: row.id, number: String(row.number), by: how.by, revision: Number(row.revision), hash: String(row.hash), opportunity_id: row.opportunity_id as string | null, ...amountsOf(row) }; // prettier-ignore
    const fact = await tellOf(tx, row, { name: "quote.accepted", payload, actor: how.via === "page" ? customer(row, how.by) : tx.actor }); // prettier-ignore
    await winIts(tx, row.opportunity_id, fact);
    return true;
  });

async function refuseUnlessAccepted(tx: Tx, versionId: string): Promise<false> {
  const row = await byVersion(tx, versionId);
  if (row.status === "accepted" && row.shown_version_id === versionId) return false;
  const over = row.status === "sent" || row.status === "viewed";
  throw standing({ ...row, status: over && row.shown_version_id === versionId ? "expired" : row.status }, "it cannot be accepted."); // prettier-ignore
}

export interface Declining {
  reason_id?: string | null | undefined;
  /** In the customer's own words; needed when no reason is chosen. */
  words?: string | undefined;
  via: "page" | "hand";
}

/** Declines the version a quote shows. Refused when it is not waiting for an answer. */
export const declineVersion = (ctx: Ctx | Tx, versionId: string, { reason_id, words, via }: Declining): Promise<void> =>
  inTransaction(ctx, async (tx) => {
    const label = reason_id ? await checkReason(tx, reason_id, "lost") : null;
    const reason = [label, words?.trim()].filter(Boolean).join(": ");
    if (!reason) throw invalid("reason_id", "Please say why.");
    const now = tx.clock();
    const { rows } = await sql<Row>`
      update quotes set status = 'declined', declined_at = ${now}, decline_reason = ${reason}, decline_reason_id = ${reason_id ?? null}, updated_at = ${now}, version = version + 1
       where shown_version_id = ${versionId} and status in ('sent', 'viewed') and deleted_at is null returning *`.execute(tx.db); // prettier-ignore
    const row = rows[0];
    if (!row) throw standing(await byVersion(tx, versionId), "it cannot be declined.");
    await noteStatus(tx, row.id, row.viewed_at ? "viewed" : "sent", "declined", reason);
    const payload = { quote_id: row.id, number: String(row.number), reason, reason_id: reason_id ?? null, opportunity_id: row.opportunity_id as string | null, ...amountsOf(row) }; // prettier-ignore
    const name = await nameOf(tx, row);
    await tellOf(tx, row, { name: "quote.declined", payload, actor: via === "page" ? customer(row, name) : tx.actor });
  });

/** Notes that the customer opened the version, once; by their own press of a button, so that no mail scanner does it. */
export const openVersion = (ctx: Ctx | Tx, versionId: string): Promise<void> =>
  inTransaction(ctx, async (tx) => {
    const now = tx.clock();
    const { rows: opened } = await sql`update quote_versions set opened_at = ${now} where id = ${versionId} and opened_at is null returning id`.execute(tx.db); // prettier-ignore
    if (opened.length === 0) return;
    const { rows } = await sql<Row>`
      update quotes set status = 'viewed', viewed_at = ${now}, updated_at = ${now}, version = version + 1
       where shown_version_id = ${versionId} and status = 'sent' and deleted_at is null returning *`.execute(tx.db); // prettier-ignore
    const row = rows[0];
    if (!row) return;
    await noteStatus(tx, row.id, "sent", "viewed");
    const payload = { quote_id: row.id, number: String(row.number), revision: Number(row.revision) };
    await tellOf(tx, row, { name: "quote.viewed", payload, actor: customer(row, await nameOf(tx, row)) });
  });

async function byVersion(tx: Tx, versionId: string): Promise<Row> {
  const { rows } = await sql<Row>`
    select q.* from quotes q join quote_versions v on v.quote_id = q.id where v.id = ${versionId} and q.deleted_at is null`.execute(tx.db); // prettier-ignore
  if (!rows[0]) throw notFound("quote");
  return rows[0];
}

async function nameOf(tx: Tx, row: Row): Promise<string> {
  const { rows } = await sql<{ name: string }>`
    select coalesce((select name from contacts where id = ${row.contact_id as string | null}), (select name from accounts where id = ${row.account_id as string | null}), 'Customer') as name`.execute(tx.db); // prettier-ignore
  return rows[0]!.name;
}
