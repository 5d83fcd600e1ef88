import { newId } from "#kernel/id";
import { productsFor, type NamedProduct } from "#convert/catalog";
import { meetContacts, type Met, type Person } from "#customers";
import { inBase, returnMany, type BulkLine } from "#deliver/orders";
import { payMany } from "#deliver/payments";
import type { Tx } from "#platform/context";
import { madeHere, type Counts, type Plan, type StagedRow, type Written } from "#records";
import { basketsOf, type Basket } from "./basket.ts";
import { factorOf, optionsOf, rateOf, systemOf } from "./options.ts";
import type { Line } from "./line.ts";
import { filled, leftOut, placeFilled } from "./own.ts";

/** Saves the orders and returns of a chunk with their customers, products and payments; known ones are left as they are. */
export async function writeOrders(
  tx: Tx,
  plan: Plan,
  rows: readonly StagedRow[],
  continued: boolean,
): Promise<Written> {
  const { baskets, misfits } = basketsOf(plan, rows);
  const met = await meetContacts(tx, peopleOf(plan, baskets), { source: sourceOf(plan) });
  const products = await productsFor(tx, productsOf(baskets));
  const counts: Counts = {
    lines: 0,
    ...customerCounts(met, continued ? baskets[0]?.customer : null),
    products_new: await madeHere(tx, "product"),
  };
  const orders = await placeBaskets(
    tx,
    plan,
    baskets.filter((b) => !b.back),
    met,
    products,
  );
  const returns = await takeBack(
    tx,
    plan,
    baskets.filter((b) => b.back),
    met,
    products,
  );
  for (const part of [orders.counts, returns])
    for (const [key, n] of Object.entries(part)) counts[key] = (counts[key] ?? 0) + n;
  return { counts, failures: [...misfits, ...orders.failures] };
}

const sourceOf = (plan: Plan): string => plan.file.slice(0, 200);

/** Each customer once, with the first value said for each detail. */
function peopleOf(plan: Plan, baskets: readonly Basket[]): Person[] {
  const people = new Map<string, Person>();
  const system = optionsOf(plan).shop;
  for (const { customer, who, at, country } of baskets) {
    if (customer === null) continue;
    const known = people.get(customer);
    const said: Record<string, string | null> = {
      email: who.email, phone: who.phone, name: who.name, given_name: who.given_name, family_name: who.family_name, account_name: who.account_name, city: who.city, country,
    }; // prettier-ignore
    const fresh = Object.fromEntries(Object.entries(said).filter(([, v]) => v !== null));
    const first = known?.first_seen_at && known.first_seen_at.getTime() < at ? known.first_seen_at : new Date(at);
    people.set(customer, {
      ...fresh,
      ...known,
      key: customer,
      first_seen_at: first,
      ...(who.customer_id ? { external: { system, id: who.customer_id } } : {}),
    });
  }
  return [...people.values()];
}

const customerCounts = (met: ReadonlyMap<string, Met>, continued: string | null | undefined): Counts => {
  const counted = [...met].filter(([key]) => key !== continued);
  const made = counted.filter(([, m]) => m.created).length;
  return { customers_new: made, customers_known: counted.length - made };
};

const productKey = (l: Line): string | null =>
  l.sku ? `sku ${l.sku.toLowerCase()}` : l.description ? `name ${l.description.toLowerCase()}` : null;

/** Each product once; its price is the first one it was sold for. */
function productsOf(baskets: readonly Basket[]): NamedProduct[] {
  const products = new Map<string, NamedProduct>();
  for (const line of baskets.flatMap((b) => b.lines)) {
    const key = productKey(line);
    if (key !== null && !products.has(key))
      products.set(key, { key, name: line.description ?? line.sku ?? "", sku: line.sku, category: line.category });
  }
  return [...products.values()];
}

/** Said of a line whose product the file does not name. */
export const nameless = (plan: Plan): string =>
  plan.columns.some((c) => c.field.name === "description") ? "(no description)" : "Purchase";

const linesOf = (plan: Plan, basket: Basket, products: ReadonlyMap<string, string>): BulkLine[] =>
  basket.lines.map((l) => {
    const key = productKey(l);
    return {
      product_id: (key && products.get(key)) ?? null,
      description: l.description ?? l.sku ?? nameless(plan),
      quantity: l.quantity,
      unit_price: l.unit_price,
    };
  });

const sharedOf = (plan: Plan, b: Basket, met: ReadonlyMap<string, Met>) => {
  const who = b.customer === null ? undefined : met.get(b.customer);
  return {
    id: newId(), contact_id: who?.id ?? null, account_id: who?.account_id ?? null, currency: b.currency, rate: rateOf(plan, b.currency) ?? "1", source: sourceOf(plan),
    external: { system: systemOf(plan), id: b.external },
  }; // prettier-ignore
};

const baseOf = (plan: Plan, b: Basket): number =>
  inBase(b.total, factorOf(b.currency, rateOf(plan, b.currency) ?? "1", plan.workspace.currency));

async function placeBaskets(
  tx: Tx,
  plan: Plan,
  all: readonly Basket[],
  met: ReadonlyMap<string, Met>,
  products: ReadonlyMap<string, string>,
): Promise<Written> {
  const byNumber = optionsOf(plan).group_by === "number";
  const { fit, failures } = await filled(tx, plan, all);
  const baskets = fit.map((f) => f.basket);
  const orders = fit.map(({ basket: b, custom }) => ({
    custom,
    ...sharedOf(plan, b, met), number: byNumber || optionsOf(plan).group_by === "row" ? b.number : null, placed_at: new Date(b.at), country: b.country, lines: linesOf(plan, b, products),
  })); // prettier-ignore
  const placings = await placeFilled(tx, orders);
  const counts: Counts = {};
  const add = (key: string, n: number): void => void (counts[key] = (counts[key] ?? 0) + n);
  placings.forEach((placing, i) => {
    const basket = baskets[i]!;
    if (!("outcome" in placing)) return void failures.push(...leftOut(basket, placing));
    if (placing.outcome === "known") return add("already_here", 1);
    if (placing.outcome === "number-taken")
      return void failures.push(
        ...leftOut(basket, {
          field: "number",
          code: "number-taken",
          message: `another order, which this import did not bring, has the number ${basket.number}`,
        }),
      );
    const kind = basket.customer === null ? "anonymous_orders" : basket.total > 0 ? "orders" : "free_orders";
    add(kind, 1);
    add(`${kind}_sum`, baseOf(plan, basket));
    add("lines", basket.lines.length);
  });
  if (optionsOf(plan).paid) {
    const paid = placings.flatMap((p, i) =>
      "outcome" in p && p.outcome === "placed"
        ? [
            {
              order_id: p.id,
              kind: "payment" as const,
              amount: p.total,
              method: "imported",
              received_at: new Date(baskets[i]!.at),
            },
          ]
        : [],
    );
    await payMany(tx, paid);
  }
  return { counts, failures };
}

async function takeBack(
  tx: Tx,
  plan: Plan,
  baskets: readonly Basket[],
  met: ReadonlyMap<string, Met>,
  products: ReadonlyMap<string, string>,
): Promise<Counts> {
  const returns = baskets.map((b) => ({
    ...sharedOf(plan, b, met),
    returned_at: new Date(b.at),
    lines: linesOf(plan, b, products),
  }));
  const taken = await returnMany(tx, returns);
  const counts: Counts = { returns: 0, returns_sum: 0, returns_linked_lines: 0, returns_already_here: 0, lines: 0 };
  taken.forEach((t, i) => {
    if (t.outcome === "known") return void (counts.returns_already_here! += 1);
    counts.returns! += 1;
    counts.returns_sum! += baseOf(plan, baskets[i]!);
    counts.returns_linked_lines! += t.linked;
    counts.lines! += baskets[i]!.lines.length;
  });
  return counts;
}
