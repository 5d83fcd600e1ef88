import { sql } from "kysely";
import { newId } from "#kernel/id";
import { meetContacts, type Met, type Person } from "#customers";
import { placeOrders, returnMany, type BulkOrder, type BulkReturn } from "#deliver/orders";
import { payMany, type BulkPayment } from "#deliver/payments";
import type { Tx } from "#platform/context";
import { reasonNamed } from "#records";
import { recordAll, type FactInput } from "#timeline";
import { losses } from "./company/convert.ts";
import { goods } from "./company/goods.ts";
import type { Story, ToldFact, ToldOrder } from "./company/story.ts";
import { sample } from "./sample.ts";
import { withForms, writeSubmissions } from "./write-forms.ts";
import { withLeads } from "./write-leads.ts";
import { requireNew } from "./write-shop.ts";

/** A price of the sample in major units of the company's currency. */
export type Price = (hundredths: number) => string;
type Placed = { order: ToldOrder; id: string; total: number; number: string; who: Met; placed_fact: string };

const dayMs = 86_400_000;
const northwind = { kind: "demo", id: null } as const;
const good = new Map(goods.map((g) => [g.sku, g]));

/** Writes customers with their orders, money and facts in some dozen statements; times are `today` less the days of the story. */
export async function writeChunk(tx: Tx, chunk: readonly Story[], today: Date, price: Price): Promise<void> {
  const at = (ago: number): Date => new Date(Math.round(today.getTime() - ago * dayMs));
  const met = await meetAll(tx, chunk, at);
  const placed = await placeAll(tx, chunk, met, at, price);
  await payMany(tx, placed.flatMap((p) => paymentsOf(p, at))); // prettier-ignore
  await takeBackAll(tx, placed, at, price);
  const keys = new Map([...met].map(([key, who]) => [who.id, key]));
  const told = await withForms(tx, factsOf(chunk, met, placed, at, await lossReasons(tx)));
  const facts = await withLeads(tx, told, (id) => keys.get(id) ?? id);
  await recordAll(tx, facts);
  await writeSubmissions(tx, facts);
}

async function meetAll(tx: Tx, chunk: readonly Story[], at: (ago: number) => Date): Promise<Map<string, Met>> {
  const accounts = await accountNames(tx);
  const people = await withoutNamesakes(
    tx,
    chunk.map(({ customer: c }) => ({
      ...c.person,
      key: c.key,
      external: { system: sample, id: c.key },
      first_seen_at: at(c.seen - 0.25),
      account_name: c.firm ? accounts.get(c.firm.key) : undefined,
    })),
  );
  const bySource = Map.groupBy(people, (p) => chunk.find((s) => s.customer.key === p.key)!.customer.source);
  const met = new Map<string, Met>();
  for (const [source, list] of bySource)
    for (const [key, m] of await meetContacts(tx, list, { source })) met.set(key, m);
  requireNew([...met.values()]);
  return met;
}

// Accounts may have been given another name than their firm's, see withoutNamesakes in write-shop.ts.
async function accountNames(tx: Tx): Promise<Map<string, string>> {
  const { rows } = await sql<{ key: string; name: string }>`
    select e.external_id as key, a.name from external_ids e join accounts a on a.id = e.record_id where e.object = 'account' and e.system = ${sample}`.execute(
    tx.db,
  );
  return new Map(rows.map((r) => [r.key, r.name]));
}

// Somebody of the company's own with that e-mail stays who they are: the sample's namesake has none then.
async function withoutNamesakes(tx: Tx, people: readonly Person[]): Promise<Person[]> {
  const { rows } = await sql<{ email: string }>`
    select lower(email) as email from contacts where lower(email) = any(${people.map((p) => p.email ?? "")}) and email is not null and deleted_at is null`.execute(
    tx.db,
  );
  const taken = new Set(rows.map((r) => r.email));
  const { rows: phones } = await sql<{ phone: string }>`
    select phone_e164 as phone from contacts where phone_e164 = any(${people.map((p) => p.phone?.replaceAll(" ", "") ?? "")}) and deleted_at is null`.execute(
    tx.db,
  );
  const numbers = new Set(phones.map((r) => r.phone));
  return people.map(({ email, phone, ...p }) => ({
    ...p,
    email: email && taken.has(email) ? undefined : email,
    phone: phone && numbers.has(phone.replaceAll(" ", "")) ? undefined : phone,
  }));
}

async function placeAll(
  tx: Tx,
  chunk: readonly Story[],
  met: ReadonlyMap<string, Met>,
  at: (ago: number) => Date,
  price: Price,
): Promise<Placed[]> {
  const products = await productIds(tx);
  const told = chunk.flatMap((s) =>
    s.orders.map((order) => ({
      order,
      who: met.get(s.customer.key)!,
      firm: s.customer.firm !== null,
      country: s.customer.person.country ?? null,
    })),
  );
  const orders = told.map(({ order, who, firm, country }): BulkOrder => ({
    id: newId(), number: order.number, contact_id: who.id, account_id: firm ? who.account_id : null, currency: tx.workspace.currency, rate: "1",
    placed_at: at(order.ago), source: firm ? "sales" : "online shop", country, external: { system: sample, id: order.key },
    lines: order.lines.map((l) => ({ product_id: products.get(l.sku) ?? null, description: good.get(l.sku)!.name, quantity: String(l.quantity), unit_price: price(good.get(l.sku)!.price) })),
  })); // prettier-ignore
  const placings = await placeOrders(tx, orders);
  const { rows } = await sql<{ id: string; placed_fact: string }>`select id, placed_fact from orders where id = any(${orders.map((o) => o.id)})`.execute(tx.db); // prettier-ignore
  const facts = new Map(rows.map((r) => [r.id, r.placed_fact]));
  // A number that an own order has already is left to it: the sample has that order not.
  return told.flatMap(({ order, who }, i) => {
    const { outcome, id, total } = placings[i]!;
    return outcome === "placed" ? [{ order, id, total, number: order.number, who, placed_fact: facts.get(id)! }] : [];
  });
}

async function productIds(tx: Tx): Promise<Map<string, string>> {
  const { rows } = await sql<{ sku: string; id: string }>`
    select external_id as sku, record_id as id from external_ids where object = 'product' and system = ${sample}`.execute(
    tx.db,
  );
  return new Map(rows.map((r) => [r.sku, r.id]));
}

/** What was received for an order; parts are rounded so that they add up to no more than it costs. */
function paymentsOf({ order, id, total }: Placed, at: (ago: number) => Date): BulkPayment[] {
  let left = total;
  return order.payments.map(({ ago, share, method }, i) => {
    const amount = i > 0 && i === order.payments.length - 1 ? left : Math.min(left, Math.round(total * share));
    left -= amount;
    return { order_id: id, kind: "payment", amount, method, received_at: at(ago) };
  });
}

async function takeBackAll(tx: Tx, placed: readonly Placed[], at: (ago: number) => Date, price: Price): Promise<void> {
  const products = await productIds(tx);
  const backs = placed.filter((p) => p.order.back !== null);
  const returns = backs.map(({ order, who }): BulkReturn => {
    const line = order.lines[order.back!.line]!;
    return {
      id: newId(), contact_id: who.id, account_id: who.account_id, currency: tx.workspace.currency, rate: "1", returned_at: at(order.back!.ago), source: "sample company",
      reason: order.back!.reason, external: { system: sample, id: order.key },
      lines: [{ product_id: products.get(line.sku) ?? null, description: good.get(line.sku)!.name, quantity: String(order.back!.quantity), unit_price: price(good.get(line.sku)!.price) }],
    };
  }); // prettier-ignore
  const taken = await returnMany(tx, returns);
  const settled = new Set(backs.filter((b) => b.order.payments.length > 0).map((b) => b.id));
  await payMany(
    tx,
    backs.flatMap((b, i) =>
      settled.has(b.id)
        ? [
            {
              order_id: b.id,
              kind: "refund" as const,
              amount: taken[i]!.total,
              method: b.order.payments[0]!.method,
              received_at: at(b.order.back!.refunded),
            },
          ]
        : [],
    ),
  );
}

/** All other facts of the chunk, in the order in which they happened; causes are found by their marks. */
function factsOf(
  chunk: readonly Story[],
  met: ReadonlyMap<string, Met>,
  placed: readonly Placed[],
  at: (ago: number) => Date,
  reasons: ReadonlyMap<string, string>,
): FactInput[] {
  const ids = new Map<string, string>();
  const idOf = (mark: string): string => ids.get(mark) ?? ids.set(mark, newId()).get(mark)!;
  const facts: { ago: number; mark: string | undefined; cause: string | undefined; known?: string; fact: FactInput }[] =
    [];
  for (const { order, id, number, who, placed_fact } of placed)
    if (order.delivered)
      facts.push({
        ago: order.delivered.ago,
        mark: order.delivered.mark,
        cause: undefined,
        known: placed_fact,
        fact: {
          name: "order.delivered",
          contact_id: who.id,
          account_id: who.account_id,
          payload: { order_id: id, number, ...(order.delivered.late ? { days_late: order.delivered.late } : {}) },
        },
      });
  for (const { customer, facts: told } of chunk) {
    const who = met.get(customer.key)!;
    for (const { ago, mark, cause, by, name, payload } of told)
      facts.push({
        ago,
        mark,
        cause,
        fact: {
          name,
          payload: withDeal({ name, payload, mark, cause }, idOf, reasons),
          contact_id: who.id,
          account_id: who.account_id,
          actor: { ...northwind, name: by ?? String(customer.person.name) },
        },
      });
  }
  const told = new Set(facts.flatMap((f) => f.mark ?? []));
  return facts
    .toSorted((a, b) => b.ago - a.ago)
    .map(({ ago, mark, cause, known, fact }) => ({
      ...fact,
      id: mark ? idOf(mark) : newId(),
      occurred_at: at(ago),
      caused_by: cause && told.has(cause) ? idOf(cause) : (known ?? null),
    }));
}

/** The reasons for which deals of the sample are lost, by label. */
async function lossReasons(tx: Tx): Promise<Map<string, string>> {
  const ids = new Map<string, string>();
  for (const label of losses) ids.set(label, await reasonNamed(tx, label, "lost"));
  return ids;
}

/** Facts about a deal name it, and why it was lost: the deal's row is written from them (write-pipeline.ts). */
function withDeal(
  {
    name,
    payload,
    mark,
    cause,
  }: Pick<ToldFact, "name" | "payload"> & { mark: string | undefined; cause: string | undefined },
  idOf: (mark: string) => string,
  reasons: ReadonlyMap<string, string>,
): ToldFact["payload"] {
  const deal = name === "opportunity.opened" ? mark : cause;
  if (!name.startsWith("opportunity.") || !deal) return payload;
  const reason = "reason" in payload ? reasons.get(String(payload.reason)) : undefined;
  return { ...payload, opportunity_id: idOf(`${deal} itself`), ...(reason ? { reason_id: reason } : {}) };
}
