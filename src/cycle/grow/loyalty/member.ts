import { sql } from "kysely";
import type { Ctx } from "#platform/context";
import { advance } from "./advance.ts";
import type { Lot } from "./book.ts";
import { programOf } from "./program.ts";
import { movementsOf, pageOf, type Movement } from "./queries.ts";
import { readBooks } from "./store.ts";
import { levelOf, qualifying } from "./tier.ts";

export interface LotTold {
  id: string;
  source: Lot["source"];
  number: string | null;
  order_id: string | null;
  reason: string | null;
  rules: number;
  original: number;
  remaining: number;
  reversed: number;
  expired: number;
  state: Lot["state"];
  earned_at: Date;
  active_at: Date;
  expires_at: Date | null;
}

export interface VoucherTold {
  id: string;
  code: string;
  reward: string;
  amount: number;
  currency: string;
  points: number;
  state: "issued" | "used" | "cancelled";
  until: Date | null;
  number: string | null;
  order_id: string | null;
  spent_at: Date;
}

export interface MemberTold {
  id: string;
  contact_id: string;
  name: string;
  program: string;
  active: boolean;
  available: number;
  pending: number;
  debt: number;
  redeemed: number;
  expired: number;
  issued: number;
  tier: string | null;
  tier_since: Date | null;
  /** When the tier is looked at again, and whether that is the end of a grace. */
  evaluate_at: Date | null;
  in_grace: boolean;
  /** Points that count for the tier now, and the next one with what is missing to it. */
  qualifying: number;
  next: { tier: string; missing: number } | null;
  /** What expires next, and what becomes spendable. */
  expiring: { points: number; at: Date } | null;
  coming: { points: number; at: Date }[];
  reward: { name: string; points: number; amount: number; currency: string; missing: number };
  lots: LotTold[];
  vouchers: VoucherTold[];
  movements: Movement[];
  page: string;
}

/** A membership as it stands at this instant, also where nobody has written yet what came due; null for who is no member. */
export async function memberOf(ctx: Ctx, who: { contact: string } | { member: string }): Promise<MemberTold | null> {
  const program = await programOf(ctx);
  if (!program) return null;
  const [book] = (await readBooks(ctx, program, "contact" in who ? { contacts: [who.contact] } : { members: [who.member] })).values(); // prettier-ignore
  if (!book) return null;
  const { rows } = await sql<{ name: string }>`select name from contacts where id = ${book.contact_id} and deleted_at is null`.execute(ctx.db); // prettier-ignore
  if (!rows[0]) return null;
  advance(book, ctx.clock());
  const sum = qualifying(book, ctx.clock());
  const above = program.rules.tiers[levelOf(book, book.tier) + 1];
  const active = book.lots.filter((l) => l.state === "active" && l.expires_at).toSorted((a, b) => a.expires_at!.getTime() - b.expires_at!.getTime()); // prettier-ignore
  const soonest = active[0]?.expires_at;
  const now = new Map(book.lots.map((l) => [l.id, l]));
  const { reward } = program.rules;
  return {
    id: book.id, contact_id: book.contact_id, name: rows[0].name, program: program.name, active: program.active, available: book.available, pending: book.pending, debt: book.debt,
    redeemed: book.redeemed, expired: book.expired, issued: book.issued, tier: book.tier, tier_since: book.tier_since, evaluate_at: book.evaluate_at, in_grace: book.in_grace,
    qualifying: sum,
    next: above ? { tier: above.name, missing: Math.max(0, above.points - sum) } : null,
    expiring: soonest ? { points: active.reduce((n, l) => n + (l.expires_at!.getTime() === soonest.getTime() ? l.remaining : 0), 0), at: soonest } : null,
    coming: book.lots.filter((l) => l.state === "pending").toSorted((a, b) => a.active_at.getTime() - b.active_at.getTime()).map((l) => ({ points: l.remaining, at: l.active_at })),
    reward: { ...reward, currency: ctx.workspace.currency, missing: Math.max(0, reward.points - book.available) },
    lots: (await lotsOf(ctx, book.id)).map((l) => ({ ...l, ...pick(now.get(l.id)) })),
    vouchers: await vouchersOf(ctx, book.id),
    movements: await movementsOf(ctx, book.id, 200),
    page: pageOf(ctx, book.id),
  };
} // prettier-ignore

const pick = (lot: Lot | undefined): Partial<LotTold> => lot ? { state: lot.state, remaining: lot.remaining, expired: lot.expired, reversed: lot.reversed, expires_at: lot.expires_at } : {}; // prettier-ignore

async function lotsOf(ctx: Ctx, member: string): Promise<LotTold[]> {
  const { rows } = await sql<LotTold>`
    select l.id, l.source, o.number, l.order_id, l.reason, l.rules, l.original, l.remaining, l.reversed, l.expired, l.state, l.earned_at, l.active_at, l.expires_at
      from loyalty_lots l left join orders o on o.id = l.order_id where l.member_id = ${member} order by l.earned_at desc, l.id desc limit 200`.execute(
    ctx.db,
  );
  return rows;
}

async function vouchersOf(ctx: Ctx, member: string): Promise<VoucherTold[]> {
  const { rows } = await sql<VoucherTold>`
    select v.id, v.code, v.reward, v.amount, v.currency, s.points, s.hold_until as until, o.number, s.order_id, s.spent_at,
           case when s.state = 'captured' then 'used' when s.state = 'released' or s.hold_until <= ${ctx.clock()} then 'cancelled' else 'issued' end as state
      from loyalty_vouchers v join loyalty_spends s on s.id = v.id left join orders o on o.id = s.order_id where s.member_id = ${member}
     order by s.spent_at desc, v.id desc limit 100`.execute(ctx.db);
  return rows;
}
