import { sql } from "kysely";
import { toString } from "qrcode";
import { notFound } from "#kernel/refusal";
import type { Ctx } from "#platform/context";
import { advocateWith, ownUrl, shareUrl } from "./advocate.ts";
import { referralProgram } from "./program.ts";
import type { Referral, State } from "./referral.ts";

export interface ReferralTold {
  id: string;
  advocate_id: string;
  advocate: string;
  friend_id: string;
  friend: string;
  state: State;
  reason: string | null;
  review: Referral["review"];
  joined_at: Date;
  expires_at: Date;
  hold_until: Date | null;
  rewarded_at: Date | null;
  points: number;
}

const columns = sql`
  r.id, r.advocate_id, a.name as advocate, r.friend_id, r.friend_name as friend, r.state, r.reason, r.review, r.joined_at, r.expires_at, r.hold_until, r.rewarded_at, r.points`;
const tables = sql`referrals r join contacts a on a.id = r.advocate_id`;

/** Whom an advocate brought, newest first, at most 50. */
export async function madeBy(ctx: Ctx, contactId: string): Promise<ReferralTold[]> {
  const { rows } = await sql<ReferralTold>`
    select ${columns} from ${tables} where r.advocate_id = ${contactId} order by r.joined_at desc, r.id desc limit 50`.execute(ctx.db);
  return rows;
} // prettier-ignore

export interface AdvocateTold {
  /** Whether the programme takes friends now. */
  active: boolean;
  suspended: boolean;
  /** What they share, and their own page; null until they were given a code. */
  share_url: string | null;
  own_url: string | null;
  clicks: number;
  made: ReferralTold[];
  /** Who brought them. */
  by: ReferralTold | null;
}

/** A contact as advocate and as friend. */
export async function aroundContact(ctx: Ctx, contactId: string): Promise<AdvocateTold> {
  const { rows: there } = await sql`select 1 from contacts where id = ${contactId}`.execute(ctx.db);
  if (there.length === 0) throw notFound("contact");
  const [{ active }, advocate, made] = [await referralProgram(ctx), await advocateWith(ctx, contactId), await madeBy(ctx, contactId)]; // prettier-ignore
  const { rows } = await sql<ReferralTold>`
    select ${columns} from ${tables} where r.friend_id = ${contactId} order by (r.state = 'rejected'), r.joined_at desc limit 1`.execute(ctx.db);
  return {
    active,
    suspended: advocate?.suspended_at != null,
    share_url: advocate && shareUrl(ctx, advocate),
    own_url: advocate && ownUrl(ctx, contactId),
    clicks: advocate?.click_count ?? 0,
    made,
    by: rows[0] ?? null,
  };
} // prettier-ignore

export interface ReferralTally {
  waiting: number;
  by_state: Record<string, number>;
  clicks: number;
}

/** How many referrals stand where, how many wait for a look, and how often advocates' pages were opened. */
export async function tally(ctx: Ctx): Promise<ReferralTally> {
  const { rows } = await sql<{ state: string; n: number; waiting: number }>`
    select state, count(*)::int as n, count(*) filter (where review = 'waiting')::int as waiting from referrals group by state`.execute(ctx.db);
  const { rows: opened } = await sql<{ n: number }>`select coalesce(sum(click_count), 0)::int as n from referral_codes`.execute(ctx.db);
  return { by_state: Object.fromEntries(rows.map((r) => [r.state, r.n])), waiting: rows.reduce((sum, r) => sum + r.waiting, 0), clicks: opened[0]!.n };
} // prettier-ignore

/** An address as a QR code, an SVG picture. */
export const qrOf = (url: string): Promise<string> => toString(url, { type: "svg", errorCorrectionLevel: "M", margin: 2 }); // prettier-ignore
