import { sql } from "kysely";
import Big from "big.js";
import type { Ctx } from "#platform/context";
import { pageUrl, seal } from "#platform/pages";
import { programOf } from "./program.ts";
import type { Rules } from "./rules.ts";

export interface MemberRow {
  id: string;
  contact_id: string;
  name: string;
  tier: string | null;
  available: number;
  pending: number;
  debt: number;
  redeemed: number;
  expired: number;
}

export interface Movement {
  id: string;
  contact_id: string;
  name: string;
  kind: string;
  at: Date;
  reason: string | null;
  /** The order's number, when it came from one. */
  number: string | null;
  issued: number;
  pending: number;
  available: number;
  debt: number;
  redeemed: number;
  expired: number;
}

export interface LoyaltyTold {
  program: { id: string; name: string; zone: string; active: boolean; started_at: Date; version: number } | null;
  rules: Rules | null;
  versions: { version: number; since: Date; by_name: string; rules: Rules }[];
  sums: { members: number; available: number; pending: number; debt: number; redeemed: number; expired: number; issued: number };
  /** What all available points are worth, less what nobody will spend; minor units of the company's currency. */
  liability: number;
  tiers: { tier: string; points: number; members: number }[];
  movements: Movement[];
} // prettier-ignore

// What expired is not counted, also when nothing has written that yet.
const stillGood = (at: Date) => sql`
  coalesce((select sum(l.remaining) from loyalty_lots l where l.member_id = m.id and l.state = 'active' and (l.expires_at is null or l.expires_at > ${at})), 0)::bigint`;

/** sum(available) x value of a point x (1 - breakage), in minor units, rounded half up. */
export const liabilityOf = (available: number, rules: Rules): number => Number(new Big(available).times(rules.reward.amount).times(new Big(100).minus(rules.breakage)).div(new Big(rules.reward.points).times(100)).round(0, Big.roundHalfUp).toFixed()); // prettier-ignore

const noSums = { members: 0, available: 0, pending: 0, debt: 0, redeemed: 0, expired: 0, issued: 0 };

/** The programme, its rules with their versions, what is owed to members, the tiers, and the newest movements. */
export async function loyaltyTold(ctx: Ctx): Promise<LoyaltyTold> {
  const program = await programOf(ctx);
  if (!program) return { program: null, rules: null, versions: [], sums: noSums, liability: 0, tiers: [], movements: [] };
  const { rows: sums } = await sql<LoyaltyTold["sums"]>`
    select count(*)::int as members, coalesce(sum(pending), 0)::bigint as pending, coalesce(sum(debt), 0)::bigint as debt, coalesce(sum(redeemed), 0)::bigint as redeemed,
           coalesce(sum(expired), 0)::bigint as expired, coalesce(sum(issued), 0)::bigint as issued,
           coalesce((select sum(remaining) from loyalty_lots where state = 'active' and (expires_at is null or expires_at > ${ctx.clock()})), 0)::bigint as available
      from loyalty_members`.execute(ctx.db);
  const { rows: counts } = await sql<{ tier: string; members: number }>`
    select tier, count(*)::int as members from loyalty_members where tier is not null group by 1`.execute(ctx.db);
  const { rows: versions } = await sql<LoyaltyTold["versions"][number]>`
    select version, since, by_name, said || jsonb_build_object('version', version) as rules from loyalty_rules order by version desc limit 50`.execute(ctx.db);
  const { id, name, zone, active, started_at, version, rules } = program;
  return {
    program: { id, name, zone, active, started_at, version },
    rules,
    versions,
    sums: sums[0]!,
    liability: liabilityOf(sums[0]!.available, rules),
    tiers: rules.tiers.map((t) => ({ tier: t.name, points: t.points, members: counts.find((c) => c.tier === t.name)?.members ?? 0 })),
    movements: await movementsOf(ctx, null, 30),
  };
} // prettier-ignore

/** Journal entries, newest first: of one member, or of all. */
export async function movementsOf(ctx: Ctx, member: string | null, limit: number): Promise<Movement[]> {
  const { rows } = await sql<Movement>`
    select e.id, m.contact_id, c.name, e.kind, e.at, e.reason, o.number, e.issued, e.pending, e.available, e.debt, e.redeemed, e.expired
      from loyalty_entries e join loyalty_members m on m.id = e.member_id join contacts c on c.id = m.contact_id
      left join loyalty_lots l on l.id = e.lot_id left join loyalty_spends s on s.id = e.spend_id left join orders o on o.id = coalesce(l.order_id, s.order_id)
     where c.deleted_at is null ${member ? sql`and e.member_id = ${member}` : sql``} order by e.at desc, e.id desc limit ${limit}`.execute(
    ctx.db,
  );
  return rows;
}

/** Members, those with the most points first; of one tier when named. After a member's id for the next page. */
export async function membersOf(
  ctx: Ctx,
  asked: { tier?: string | undefined; cursor?: string | undefined; limit: number },
): Promise<{ items: MemberRow[]; next: string | null }> {
  const { rows } = await sql<MemberRow>`
    select m.id, m.contact_id, c.name, m.tier, ${stillGood(ctx.clock())} as available, m.pending, m.debt, m.redeemed, m.expired
      from loyalty_members m join contacts c on c.id = m.contact_id
     where c.deleted_at is null ${asked.tier ? sql`and m.tier = ${asked.tier}` : sql``}
       ${asked.cursor ? sql`and (m.available, m.id) < (select available, id from loyalty_members where id = ${asked.cursor})` : sql``}
     order by m.available desc, m.id desc limit ${asked.limit + 1}`.execute(ctx.db);
  const items = rows.slice(0, asked.limit);
  return { items, next: rows.length > asked.limit ? (items.at(-1)?.id ?? null) : null };
}

export const linkKind = "loyalty";

/** The path of a member's own page under the workspace's pages. */
export const pagePath = (ctx: Ctx, member: string): string => `/loyalty/${seal(ctx, linkKind, member)}`;

/** The address of a member's own page. */
export const pageOf = (ctx: Ctx, member: string): string => pageUrl(ctx, pagePath(ctx, member));
