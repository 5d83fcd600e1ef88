import { sql } from "kysely";
import { exponentOf } from "#kernel/money";
import { applyVoucher, programOf, retellPoints, standingsOf, startProgram, usualRules, type Moment, type Standing } from "#grow/loyalty"; // prettier-ignore
import type { Tx } from "#platform/context";
import { chanceOf } from "./company/chance.ts";
import { sample } from "./sample.ts";

const dayMs = 86_400_000;
// As old as the oldest story, so that every point the stories tell of has its lot.
const ageDays = 730;
const atOnce = 500;

/** Starts the sample's programme two years ago and lets points follow the sample's orders since then; a company's own programme stays alone. */
export async function writeLoyalty(tx: Tx, today: Date): Promise<void> {
  if (await programOf(tx)) return;
  const started_at = new Date(today.getTime() - ageDays * dayMs);
  const usual = usualRules(10 ** exponentOf(tx.workspace.currency));
  const id = await startProgram(tx, { name: "Jar Points", zone: tx.workspace.time_zone, started_at, rules: { ...usual, expiry_after: 12, refund: "debt" } }); // prettier-ignore
  await sql`
    insert into external_ids (object, record_id, system, external_id) values ('loyalty_program', ${id}, ${sample}, 'programme')`.execute(
    tx.db,
  );
  const keys = await keysOf(tx);
  const moments = [...(await orderMoments(tx, keys)), ...(await grantMoments(tx, keys))];
  // A minute before today: what happens today is the company's own.
  const until = new Date(today.getTime() - 60_000);
  await retellPoints(tx, [...moments, ...takings(moments, keys, today)], until);
  await payWithVouchers({ ...tx, clock: () => until });
}

/** The sample's customers by id, with the names their luck belongs to. */
async function keysOf(tx: Tx): Promise<Map<string, string>> {
  const { rows } = await sql<{ id: string; key: string }>`
    select record_id as id, external_id as key from external_ids where object = 'contact' and system = ${sample} order by external_id`.execute(
    tx.db,
  );
  return new Map(rows.map((r) => [r.id, r.key]));
}

interface Told {
  id: string;
  order_id: string;
  name: string;
  at: Date;
}

// Each is one plain read, joined in memory: joined by the planner, which had no statistics of rows this new, they took minutes.
const toldOf = async (tx: Tx): Promise<Told[]> =>
  (await sql<Told>`
    select id, name, occurred_at as at, payload->>'order_id' as order_id from facts
     where name in ('order.paid', 'order.returned', 'payment.refunded', 'order.cancelled') order by occurred_at, id`.execute(tx.db)).rows; // prettier-ignore

/** Each paid order of the sample, as it was when paid, and as it is since something of it came back. */
async function orderMoments(tx: Tx, keys: ReadonlyMap<string, string>): Promise<Moment[]> {
  const told = await toldOf(tx);
  const ids = [...new Set(told.map((t) => t.order_id))];
  const now = new Map<string, Standing>();
  const whole = new Map<string, Standing["lines"]>();
  const cost = new Map<string, number>();
  for (let from = 0; from < ids.length; from += atOnce) {
    const part = ids.slice(from, from + atOnce);
    for (const s of await standingsOf(tx, part)) now.set(s.id, s);
    const { rows } = await sql<{ order_id: string; sku: string | null; total: number; net: number }>`
      select l.order_id, p.sku, l.total, l.total - l.tax as net from order_lines l left join products p on p.id = l.product_id where l.order_id = any(${part})`.execute(tx.db); // prettier-ignore
    for (const [order, lines] of Map.groupBy(rows, (l) => l.order_id)) {
      whole.set(order, lines);
      cost.set(order, lines.reduce((sum, l) => sum + l.total, 0)); // prettier-ignore
    }
  }
  return [...Map.groupBy(told, (t) => t.order_id).values()].flatMap((list): Moment[] => {
    const order = now.get(list[0]!.order_id);
    if (!order || !keys.has(order.contact_id)) return [];
    // What came back before the money came never earned: such an order earns what is left of it.
    const since = list.slice(list.findIndex((t) => t.name === "order.paid"));
    const asPaid = { ...order, cancelled: false, settled: true, cost: cost.get(order.id) ?? 0, kept: order.paid, lines: whole.get(order.id) ?? [] }; // prettier-ignore
    return since.map((t, i) => ({ at: t.at, contact_id: order.contact_id, order: i === since.length - 1 ? order : asPaid, cause: t.id })); // prettier-ignore
  });
}

interface Reward {
  id: string;
  contact_id: string;
  at: Date;
  points: number;
}

/** What the stories told of points for something else than an order: those facts stay, and get their lots. */
async function grantMoments(tx: Tx, keys: ReadonlyMap<string, string>): Promise<Moment[]> {
  const { rows } = await sql<Reward>`
    select id, contact_id, occurred_at as at, (payload->>'points')::int as points from facts
     where name = 'reward.earned' and payload->>'order_id' is null order by occurred_at, id`.execute(tx.db);
  const ours = rows.filter((r) => keys.has(r.contact_id));
  return ours.map((r) => ({ at: r.at, contact_id: r.contact_id, points: r.points, key: `sample:${r.id}`, reason: "Thank you", fact: r.id })); // prettier-ignore
}

/** Who takes the reward when, by luck of their own: some cancel it, and a few lose a thank-you that they have spent. */
function takings(moments: readonly Moment[], keys: ReadonlyMap<string, string>, today: Date): Moment[] {
  const mineOf = Map.groupBy(moments, (m) => m.contact_id);
  return [...mineOf].flatMap(([contact_id, mine]): Moment[] => {
    const chance = chanceOf(`${keys.get(contact_id)} points`);
    const first = Math.min(...mine.map((m) => m.at.getTime()));
    const days = [chance.between(60, 200), chance.between(240, 420), chance.between(430, 640)].map((d) => first + d * dayMs); // prettier-ignore
    const taken = [...days, today.getTime() - chance.between(1, 40) * dayMs].filter(() => chance.yes(0.25));
    const list = taken.flatMap((ms, i): Moment[] => {
      const key = `sample:${contact_id}:${i}`;
      const take: Moment = { at: new Date(ms), contact_id, take: key };
      return chance.yes(0.12) ? [take, { at: new Date(ms + chance.between(2, 20) * dayMs), contact_id, cancel: key }] : [take]; // prettier-ignore
    });
    const grant = mine.findLast((m) => "points" in m);
    const back = new Date(today.getTime() - chance.between(0.5, 12) * dayMs);
    if (!grant || !("points" in grant) || !chance.yes(0.08) || grant.at >= back) return list;
    return [...list, { at: back, contact_id, ungrant: grant.key, reason: "The friend sent everything back" }];
  });
}

/** A few vouchers pay for what is due on their customers' open orders. */
async function payWithVouchers(tx: Tx): Promise<void> {
  const { rows } = await sql<{ code: string; order_id: string }>`
    select distinct on (e.external_id) v.code, o.id as order_id
      from loyalty_vouchers v join loyalty_spends s on s.id = v.id and s.state = 'held' join loyalty_members m on m.id = s.member_id
      join external_ids e on e.object = 'contact' and e.system = ${sample} and e.record_id = m.contact_id join orders o on o.contact_id = m.contact_id and o.cancelled_at is null and o.deleted_at is null and o.currency = v.currency and o.total - o.paid > v.amount and o.refunded = 0 and not exists (select from loyalty_lots l where l.order_id = o.id)
     where m.due_at > ${tx.clock()}::timestamptz + interval '3 days'
     order by e.external_id, s.spent_at, o.placed_at limit 40`.execute(tx.db);
  for (const use of rows) await applyVoucher(tx, use);
}
