import { sql } from "kysely";
import { changeReferralProgram, makeAdvocate, referralProgram } from "#grow/advocacy";
import { refreshOrders } from "#deliver/orders";
import { makeCodes, promotionType } from "#grow/offers";
import { newId } from "#kernel/id";
import type { Tx } from "#platform/context";
import { createRecord } from "#records";
import { recordAll, type FactInput } from "#timeline";
import type { MoneyOf } from "./company/company.ts";
import { sample } from "./sample.ts";

/** What tells the sample's programme from one of the company's own. */
export const headline = "Jars that close, from people who use them";
const dayMs = 86_400_000;
const northwind = { kind: "demo", id: null } as const;

/** Writes the sample's two promotions with orders that used them, and the referrals that its facts tell of, in every state. */
export async function writeOffers(tx: Tx, today: Date, money: MoneyOf): Promise<void> {
  const { rows } = await sql`select 1 from external_ids where object = 'promotion' and system = ${sample}`.execute(tx.db);
  if (rows.length > 0) return;
  const welcome = await promotion(tx, "welcome", { name: "A friend's first order", kind: "percent", percent: 10, customer_limit: 1, budget: money(500_000).amount });
  const autumn = await promotion(tx, "autumn", { name: "Autumn preserves", kind: "amount", amount: money(500).amount, min_order: money(4000).amount, uses_limit: 200, day_limit: 20 });
  if (autumn) await takeUses(tx, autumn, "AUTUMN-JARS", money(500).amount, today);
  await writeReferrals(tx, today, welcome, money(2000).amount);
} // prettier-ignore

async function promotion(
  tx: Tx,
  key: string,
  values: { name: string } & Record<string, unknown>,
): Promise<string | null> {
  const { rows } = await sql`select 1 from promotions where lower(name) = ${values.name.toLowerCase()} and deleted_at is null`.execute(tx.db); // prettier-ignore
  if (rows.length > 0) return null;
  return (await createRecord(tx, promotionType, { ...values, external_ids: { [sample]: key } })).id;
}

interface Used {
  id: string;
  number: string;
  contact_id: string;
  account_id: string | null;
  placed_at: Date;
  placed_fact: string | null;
  line: string;
  total: number;
}

/** Orders not yet paid can use a code still; those of the last weeks did so before they were paid: their price has it in it. */
async function takeUses(tx: Tx, promotionId: string, word: string, amount: number, today: Date): Promise<void> {
  const { rows: taken } = await sql`select 1 from promotion_codes where code = ${word.replaceAll("-", "")}`.execute(tx.db); // prettier-ignore
  if (taken.length > 0) return;
  const [code] = await makeCodes(tx, promotionId, { count: 1, uses_limit: null, code: word });
  await makeCodes(tx, promotionId, { count: 24, uses_limit: 1 });
  // Only orders of which nothing is paid, invoiced or shipped: what they come to may still change.
  const { rows } = await sql<Used>`
    select o.id, o.number, o.contact_id, o.account_id, o.placed_at, o.placed_fact, o.total, l.id as line
      from orders o join external_ids e on e.object = 'order' and e.system = ${sample} and e.record_id = o.id
      join lateral (select id from order_lines where order_id = o.id and total - tax > ${amount} and tax = 0 and tax_rate = 0 order by total desc, position limit 1) l on true
     where o.cancelled_at is null and o.deleted_at is null and o.paid = 0 and o.invoiced = 0 and o.contact_id is not null and o.placed_at > ${today}::timestamptz - interval '80 days'
       and o.total > ${amount * 8} and not exists (select from order_lines s where s.order_id = o.id and (s.shipped_quantity > 0 or s.cancelled_quantity > 0 or s.returned_quantity > 0))
     order by md5(e.external_id || 'autumn') limit 18`.execute(tx.db);
  const uses = rows.map((o) => ({ ...o, use: newId(), fact: newId(), at: new Date(o.placed_at.getTime() + 60_000), amount, by: [{ order_line_id: o.line, by: amount }] })); // prettier-ignore
  await sql`
    update order_lines l set discount = l.discount + ${amount}, total = l.total - ${amount} where l.id = any(${uses.map((u) => u.line)}::uuid[])`.execute(tx.db); // prettier-ignore
  await refreshOrders(tx, uses.map((u) => u.id)); // prettier-ignore
  await sql`
    insert into promotion_uses (id, promotion_id, promotion_version, code_id, order_id, kind, customer_key, day_key, amount, lines, fact_id, at, actor_name, standing)
    select u.use, ${promotionId}, 1, ${code!.id}, u.id, 'redeemed', 'contact ' || u.contact_id, 'day ' || (u.at at time zone ${tx.workspace.time_zone})::date, u.amount, u.by, u.fact, u.at, 'Sample company', true
      from json_to_recordset(${JSON.stringify(uses)}::json) as u(use uuid, id uuid, contact_id uuid, amount bigint, by jsonb, fact uuid, at timestamptz)`.execute(tx.db);
  await sql`
    insert into promotion_counts (promotion_id, key, used)
    select promotion_id, k.key, count(*) from promotion_uses, lateral (values (customer_key), (day_key)) k(key) where promotion_id = ${promotionId} group by 1, 2`.execute(tx.db);
  await sql`
    update promotions p set use_count = u.n, spent = u.spent from (select count(*) as n, coalesce(sum(amount), 0) as spent from promotion_uses where promotion_id = ${promotionId}) u where p.id = ${promotionId}`.execute(tx.db);
  await sql`update promotion_codes set used = ${uses.length} where id = ${code!.id}`.execute(tx.db);
  await recordAll(tx, uses.map((u): FactInput => ({
    id: u.fact, name: "promotion.redeemed", contact_id: u.contact_id, account_id: u.account_id, occurred_at: u.at, caused_by: u.placed_fact, actor: { ...northwind, name: "Sample company" },
    payload: { promotion_id: promotionId, promotion: "Autumn preserves", code: code!.code, order_id: u.id, number: u.number, amount, currency: tx.workspace.currency, base_amount: amount },
  })));
} // prettier-ignore

interface Made {
  fact_id: string;
  at: Date;
  advocate_id: string;
  advocate: string;
  friend: string;
  friend_id: string;
  friend_account: string | null;
  order_id: string | null;
  number: string | null;
  placed_at: Date | null;
  back: boolean;
}

/** The rows of recommendations that the sample's history tells of: what came of each follows from the friend's first order. */
async function writeReferrals(tx: Tx, today: Date, promotionId: string | null, least: number): Promise<void> {
  const program = await referralProgram(tx);
  if (program.version === 1)
    await changeReferralProgram(tx, { ...program, active: true, headline, words: "Your friend likes our jars, and thinks you will, too.\nWith the code you get, your first order is ten percent less.", min_order: least, friend_promotion_id: promotionId }); // prettier-ignore
  const { rows } = await sql<Made>`
    select distinct on (c.id) f.id as fact_id, f.occurred_at as at, f.contact_id as advocate_id, a.name as advocate, c.name as friend, c.id as friend_id, c.account_id as friend_account,
           o.id as order_id, o.number, o.placed_at, coalesce(o.refunded > 0 or o.returned > 0, false) as back
      from facts f join external_ids ae on ae.object = 'contact' and ae.system = ${sample} and ae.record_id = f.contact_id join contacts a on a.id = f.contact_id
      join contacts c on c.name = f.payload ->> 'friend' and c.id <> f.contact_id
      join external_ids ce on ce.object = 'contact' and ce.system = ${sample} and ce.record_id = c.id
      left join lateral (select * from orders where contact_id = c.id and cancelled_at is null and placed_at > f.occurred_at and paid >= total - cancelled_total and paid > 0 order by placed_at limit 1) o on true
     where f.name = 'referral.made' and f.actor_kind = 'demo'
     order by c.id, f.occurred_at`.execute(tx.db);
  const all = rows.map((made, i) => rowOf(made, i, today));
  for (const advocate of new Set(all.map((r) => r.advocate_id))) await makeAdvocate(tx, advocate);
  await sql`
    insert into referrals (id, advocate_id, friend_id, friend_name, clicked_at, joined_at, state, reason, flags, review, expires_at, order_id, qualified_at, hold_until, rewarded_at, closed_at,
                           points, min_order, thanked_at, made_fact, created_at, updated_at)
    select r.id, r.advocate_id, r.friend_id, r.friend, r.at, r.joined_at, r.state, r.reason, r.flags, r.review, r.expires_at, r.order_id, r.qualified_at, r.hold_until, r.rewarded_at, r.closed_at,
           200, 0, r.thanked_at, r.fact_id, r.joined_at, coalesce(r.closed_at, r.qualified_at, r.joined_at)
      from json_to_recordset(${JSON.stringify(all)}::json) as r(id uuid, advocate_id uuid, friend_id uuid, friend text, at timestamptz, joined_at timestamptz, state text, reason text, flags text,
             review text, expires_at timestamptz, order_id uuid, qualified_at timestamptz, hold_until timestamptz, rewarded_at timestamptz, closed_at timestamptz, thanked_at timestamptz, fact_id uuid)
        on conflict do nothing`.execute(tx.db);
  await sql`update referral_codes k set click_count = 3 + n.n * 4 from (select advocate_id, count(*)::int as n from referrals group by 1) n where n.advocate_id = k.contact_id`.execute(tx.db);
  await recordAll(tx, all.map((r): FactInput => ({
    name: "referral.joined", contact_id: r.friend_id, account_id: r.friend_account, occurred_at: r.joined_at, caused_by: r.fact_id, actor: { ...northwind, name: r.friend },
    payload: { referral_id: r.id, advocate: r.advocate, advocate_id: r.advocate_id },
  })));
} // prettier-ignore

/** How a recommendation stands today. */
function rowOf(made: Made, i: number, today: Date) {
  const day = (from: Date, n: number): Date => new Date(from.getTime() + n * dayMs);
  const joined_at = day(made.at, 0.2);
  const expires_at = day(joined_at, 60);
  const base = { ...made, id: newId(), joined_at, expires_at, reason: null as string | null, flags: null as string | null, review: "none", qualified_at: null as Date | null, hold_until: null as Date | null, rewarded_at: null as Date | null, closed_at: null as Date | null, thanked_at: null as Date | null };
  if (!made.placed_at || made.placed_at > day(expires_at, 400)) {
    if (expires_at > today) return { ...base, order_id: null, state: "signed_up", ...(i % 2 ? {} : { review: "waiting", flags: "the address is of the advocate's own domain" }) };
    return { ...base, order_id: null, state: "rejected", reason: "no first order in time", closed_at: expires_at };
  }
  const qualified_at = day(made.placed_at, 1);
  const hold_until = day(made.placed_at, 34);
  const paid = { ...base, qualified_at, hold_until, expires_at: new Date(Math.max(expires_at.getTime(), qualified_at.getTime())) };
  if (made.back) return hold_until > today ? { ...paid, state: "rejected", reason: "the goods came back", closed_at: qualified_at } : { ...paid, state: "clawed_back", reason: "the money was given back", rewarded_at: hold_until, closed_at: hold_until };
  if (hold_until > today) return { ...paid, state: "holding" };
  return { ...paid, state: "rewarded", rewarded_at: hold_until, closed_at: hold_until, thanked_at: qualified_at };
} // prettier-ignore
