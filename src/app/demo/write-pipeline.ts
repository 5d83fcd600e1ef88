import { sql } from "kysely";
import { priceListType } from "#convert/catalog";
import { changeLines, pipelinesOf, seedPipeline, type Stage } from "#convert/pipeline";
import { newId } from "#kernel/id";
import { toMajor } from "#kernel/money";
import type { Tx } from "#platform/context";
import { createRecord, noteChanges } from "#records";
import { chanceOf } from "./company/chance.ts";
import { dealStages } from "./company/convert.ts";
import { sample } from "./sample.ts";

const dayMs = 86_400_000;

interface ToldDeal {
  opportunity_id: string;
  name: string;
  fact_id: string;
  occurred_at: Date;
  contact_id: string | null;
  account_id: string | null;
  actor: string;
  payload: { title: string; amount?: number; currency?: string; base_amount?: number; to?: string; reason_id?: string };
  key: string;
}

/** Writes the deals that the sample's facts tell of, with the days they stood in each stage: rows and facts are one history. */
export async function writePipeline(tx: Tx, today: Date): Promise<void> {
  await seedPipeline(tx);
  const stages = (await pipelinesOf(tx))[0]!.stages;
  const people = await members(tx);
  const told = Map.groupBy(await toldDeals(tx), (f) => f.opportunity_id);
  const deals = [...told.values()].flatMap((facts) => dealOf(facts, stages, people, today) ?? []);
  await insertDeals(tx, deals);
  await noteChanges(tx, deals.map((d) => ({ object: "opportunity", record_id: d.row.id, action: "created", fields: { name: [null, d.row.name], amount: [null, d.row.amount] } }))); // prettier-ignore
  await writeLines(tx, deals.filter((d) => d.row.status === "open")); // prettier-ignore
}

async function toldDeals(tx: Tx): Promise<ToldDeal[]> {
  const { rows } = await sql<ToldDeal>`
    select f.payload->>'opportunity_id' as opportunity_id, f.name, f.id as fact_id, f.occurred_at, f.contact_id, f.account_id, f.actor_name as actor, f.payload, e.external_id as key
      from facts f join external_ids e on e.object = 'contact' and e.system = ${sample} and e.record_id = f.contact_id
     where f.name like 'opportunity.%' and f.actor_kind = 'demo' and f.payload ? 'opportunity_id'
       and not exists (select from opportunities o where o.id = (f.payload->>'opportunity_id')::uuid)
     order by f.occurred_at, f.id`.execute(tx.db);
  return rows;
}

async function members(tx: Tx): Promise<{ id: string; name: string }[]> {
  const { rows } = await sql<{ id: string; name: string }>`
    select u.id, u.name from rondo.members m join rondo.users u on u.id = m.user_id where m.workspace_id = ${tx.workspace.id} and m.role <> 'viewer' order by u.id`.execute(
    tx.db,
  );
  return rows;
}

/** The row of a deal and its spells, from the facts that tell of it in order. */
function dealOf(facts: readonly ToldDeal[], stages: readonly Stage[], people: readonly { id: string; name: string }[], today: Date) {
  const [opened] = facts;
  if (opened?.name !== "opportunity.opened") return null;
  const open = stages.filter((s) => s.category === "open");
  const stageFor = (f: ToldDeal): Stage => {
    if (f.name === "opportunity.won") return stages.find((s) => s.category === "won")!;
    if (f.name === "opportunity.lost") return stages.find((s) => s.category === "lost")!;
    const at = f.name === "opportunity.staged" ? dealStages.findIndex((s) => s === f.payload.to) : 0;
    return open[Math.min(Math.max(at, 0), open.length - 1)]!;
  };
  const spells = facts.map((f, i) => ({
    id: newId(),
    opportunity_id: f.opportunity_id,
    stage_id: stageFor(f).id,
    entered_at: f.occurred_at,
    left_at: facts[i + 1]?.occurred_at ?? null,
    actor_name: f.actor,
  }));
  const last = facts.at(-1)!;
  const stage = stageFor(last);
  const chance = chanceOf(`${opened.key} ${opened.payload.title} row`);
  const isOpen = stage.category === "open";
  const owner = people.find((p) => p.name === opened.actor) ?? (people.length > 0 ? chance.pick(people) : null);
  const touched = isOpen ? touchedAt(opened.key, last.occurred_at, today, chance) : last.occurred_at;
  const cold = today.getTime() - touched.getTime() > 9 * dayMs;
  const planned = isOpen && !cold && chance.yes(0.5);
  const inDays = (days: number): string => new Date(today.getTime() + days * dayMs).toISOString().slice(0, 10);
  const late = isOpen && opened.key !== "ana" && chance.yes(0.06);
  const closes = late ? -chance.whole(1, 9) : chance.whole(6, 70);
  return {
    spells,
    row: {
      id: opened.opportunity_id,
      name: opened.payload.title,
      contact_id: opened.contact_id,
      account_id: opened.account_id,
      owner_id: owner?.id ?? null,
      pipeline_id: stage.pipeline_id,
      stage_id: stage.id,
      status: stage.category,
      type: opened.payload.title === "Yearly contract" ? "renewal" : opened.key === "ana" ? "upsell" : "new",
      amount: opened.payload.amount ?? 0,
      currency: opened.payload.currency ?? "EUR",
      base_amount: opened.payload.base_amount ?? 0,
      probability: stage.probability,
      expected_close: isOpen ? inDays(closes) : last.occurred_at.toISOString().slice(0, 10),
      closed_at: isOpen ? null : last.occurred_at,
      lost_reason_id: last.payload.reason_id ?? null,
      next_step: planned ? chance.pick(["Call about the quantities", "Send samples", "Agree on delivery dates", "Meet at their kitchen"]) : null,
      next_step_at: planned ? inDays(chance.whole(0, 9)) : null,
      stage_since: last.occurred_at,
      touched_at: touched,
      opened_fact: opened.fact_id,
      closed_fact: isOpen ? null : last.fact_id,
      created_at: opened.occurred_at,
    },
  };
} // prettier-ignore

/** Somebody did something about most deals lately; Ana's waits since it came to its stage. */
function touchedAt(key: string, since: Date, today: Date, chance: ReturnType<typeof chanceOf>): Date {
  const lately = new Date(today.getTime() - chance.between(0.2, 6) * dayMs);
  const warm = chance.yes(0.88);
  return key !== "ana" && warm && lately > since ? lately : since;
}

type Deal = NonNullable<ReturnType<typeof dealOf>>;

async function insertDeals(tx: Tx, deals: readonly Deal[]): Promise<void> {
  const rows = JSON.stringify(deals.map((d) => d.row));
  await sql`
    insert into opportunities (id, name, contact_id, account_id, owner_id, pipeline_id, stage_id, status, type, amount, currency, base_amount, probability, expected_close, closed_at,
           lost_reason_id, next_step, next_step_at, stage_since, touched_at, opened_fact, closed_fact, created_at, updated_at)
    select r.id, r.name, r.contact_id, r.account_id, r.owner_id, r.pipeline_id, r.stage_id, r.status, r.type, r.amount, r.currency, r.base_amount, r.probability, r.expected_close,
           r.closed_at, r.lost_reason_id, r.next_step, r.next_step_at, r.stage_since, r.touched_at, r.opened_fact, r.closed_fact, r.created_at, r.touched_at
      from json_to_recordset(${rows}::json) as r(id uuid, name text, contact_id uuid, account_id uuid, owner_id uuid, pipeline_id uuid, stage_id uuid, status text, type text, amount bigint,
             currency text, base_amount bigint, probability int, expected_close date, closed_at timestamptz, lost_reason_id uuid, next_step text, next_step_at date,
             stage_since timestamptz, touched_at timestamptz, opened_fact uuid, closed_fact uuid, created_at timestamptz)`.execute(
    tx.db,
  );
  await sql`
    insert into stage_spells (id, opportunity_id, stage_id, entered_at, left_at, actor_name)
    select r.id, r.opportunity_id, r.stage_id, r.entered_at, r.left_at, r.actor_name
      from json_to_recordset(${JSON.stringify(deals.flatMap((d) => d.spells))}::json) as r(id uuid, opportunity_id uuid, stage_id uuid, entered_at timestamptz, left_at timestamptz, actor_name text)`.execute(
    tx.db,
  );
}

// So many open deals say line by line what they are about.
const lined = 16;

/** Gives the greatest open deals lines from the catalogue; the amounts follow. */
async function writeLines(tx: Tx, open: readonly Deal[]): Promise<void> {
  const { rows: products } = await sql<{ id: string; price: number }>`
    select p.id, p.price from products p join external_ids e on e.object = 'product' and e.system = ${sample} and e.record_id = p.id
     where p.price > 0 and p.deleted_at is null order by e.external_id`.execute(tx.db);
  if (products.length === 0) return;
  for (const { row } of open.toSorted((a, b) => b.row.base_amount - a.row.base_amount).slice(0, lined)) {
    const chance = chanceOf(`${row.name} ${row.amount} lines`);
    const parts = Array.from({ length: chance.whole(2, 4) }, () => chance.pick(products));
    const lines = parts.map((p) => ({
      product_id: p.id,
      quantity: String(Math.max(1, Math.floor(row.amount / parts.length / p.price))),
      unit_price: toMajor(p.price, row.currency),
    }));
    // What was told of Ana's deal stays the amount: what the goods leave is the work.
    const sum = parts.reduce((all, p, i) => all + p.price * Number(lines[i]!.quantity), 0);
    const rest = row.amount - sum;
    const work = rest > 0 ? [{ description: "Delivery and set-up", quantity: "1", unit_price: toMajor(rest, row.currency) }] : []; // prettier-ignore
    await changeLines(tx, row.id, undefined, [...lines, ...work]);
    await sql`update opportunities set touched_at = ${row.touched_at} where id = ${row.id}`.execute(tx.db);
  }
}

/** Writes the sample's price lists: what its goods cost before, now and from the next quarter on. */
export async function writePrices(tx: Tx, today: Date): Promise<void> {
  const { currency } = tx.workspace;
  const { rows: taken } = await sql`select 1 from price_lists where currency = ${currency} and deleted_at is null limit 1`.execute(tx.db); // prettier-ignore
  if (taken.length > 0) return;
  const list = await createRecord(tx, priceListType, { name: `Northwind prices, ${currency}`, currency, is_default: true, external_ids: { [sample]: "prices" } }); // prettier-ignore
  const day = (days: number): string => new Date(today.getTime() + days * dayMs).toISOString().slice(0, 10);
  const spans = [
    { from: day(-720), to: day(-201), share: 92, min: 1 },
    { from: day(-200), to: day(39), share: 100, min: 1 },
    { from: day(-200), to: null, share: 90, min: 100 },
    { from: day(40), to: null, share: 104, min: 1 },
  ];
  for (const span of spans)
    await sql`
      insert into price_entries (id, list_id, product_id, min_qty, unit_price, valid_from, valid_to, created_at)
      select gen_random_uuid(), ${list.id}, p.id, ${span.min}::int, round(p.price * ${span.share}::numeric / 100), ${span.from}::date, ${span.to}::date, ${tx.clock()}
        from products p join external_ids e on e.object = 'product' and e.system = ${sample} and e.record_id = p.id
       where p.price is not null and p.currency = ${currency}`.execute(tx.db);
}
