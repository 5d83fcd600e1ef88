import { sql } from "kysely";
import { notFound } from "#kernel/refusal";
import type { Ctx, Tx } from "#platform/context";
import type { Content } from "./content.ts";
import type { QuoteStatus } from "./quote.ts";
import { standing, today } from "./told.ts";

/*
 * Words we use
 *   shown   what a link opens: the version as it was sent, and how the quote stands now
 */
export interface Shown {
  version_id: string;
  content: Content;
  hash: string;
  sent_at: Date;
  opened: boolean;
  /** "replaced" when a later version was sent, "revising" while one is being written. */
  standing: QuoteStatus | "replaced" | "revising";
  /** The version the customer has now, when this one was replaced. */
  now_version_id: string | null;
  accepted_at: Date | null;
  accepted_by: string | null;
  declined_at: Date | null;
}

interface Found {
  content: string;
  hash: string;
  sent_at: Date;
  opened: boolean;
  status: QuoteStatus;
  shown_version_id: string | null;
  valid_until: string;
  accepted_at: Date | null;
  accepted_by: string | null;
  declined_at: Date | null;
}

/** What the link to that version shows; null when the quote is gone. */
export async function shownOf(ctx: Ctx | Tx, versionId: string): Promise<Shown | null> {
  const { rows } = await sql<Found>`
    select v.content, v.hash, v.sent_at, v.opened_at is not null as opened, q.status, q.shown_version_id, q.valid_until::text as valid_until, q.accepted_at, q.accepted_by, q.declined_at
      from quote_versions v join quotes q on q.id = v.quote_id where v.id = ${versionId} and q.deleted_at is null`.execute(
    ctx.db,
  );
  const found = rows[0];
  if (!found) return null;
  return {
    version_id: versionId,
    content: JSON.parse(found.content) as Content,
    hash: found.hash,
    sent_at: found.sent_at,
    opened: found.opened,
    standing: standingOf(ctx, versionId, found),
    now_version_id: found.shown_version_id,
    accepted_at: found.accepted_at,
    accepted_by: found.accepted_by,
    declined_at: found.declined_at,
  };
}

function standingOf(ctx: Ctx | Tx, versionId: string, found: Found): Shown["standing"] {
  if (found.shown_version_id === null) return "revising";
  if (found.shown_version_id !== versionId) return "replaced";
  // The day is over at midnight, whether or not the clockwork got to it yet.
  const waits = found.status === "sent" || found.status === "viewed";
  return waits && found.valid_until < today(ctx) ? "expired" : found.status;
}

/** The version the customer has before them. Refused while none is. */
export async function shownVersion(ctx: Ctx | Tx, quoteId: string): Promise<string> {
  const { rows } = await sql<{ number: string; status: string; shown_version_id: string | null }>`
    select number, status, shown_version_id from quotes where id = ${quoteId} and deleted_at is null`.execute(ctx.db);
  if (!rows[0]) throw notFound("quote");
  if (!rows[0].shown_version_id) throw standing(rows[0], "send it first.");
  return rows[0].shown_version_id;
}
