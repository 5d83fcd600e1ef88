import { expect, test } from "vitest";
import { sql } from "kysely";
import { newId } from "#kernel/id";
import { inTransaction, type Ctx } from "#platform/context";
import { productsFor } from "#convert/catalog";
import { databaseForTest } from "../../../../test/database.ts";
import { placeOrders, returnMany, type BulkOrder, type BulkReturn } from "./index.ts";
import { customer } from "./customers-for-tests.ts";

const day = 86_400_000;
const ago = (days: number): Date => new Date(Date.now() - days * day);
const base = { contact_id: null, account_id: null, currency: "EUR", rate: "1", source: "shop.csv" };
const lineOf = (product_id: string | null, quantity: string, unit_price: string) => ({
  product_id,
  description: "Lantern",
  quantity,
  unit_price,
});

async function lantern(ctx: Ctx): Promise<string> {
  return (await inTransaction(ctx, (tx) => productsFor(tx, [{ key: "l", name: "Lantern", sku: "L1" }]))).get("l")!;
}
const order = (number: string | null, more: Partial<BulkOrder>): BulkOrder => ({
  ...base, id: newId(), number, placed_at: ago(30), external: number ? { system: "shop", id: number } : null, lines: [lineOf(null, "1", "10")], ...more,
}); // prettier-ignore
const back = (more: Partial<BulkReturn>): BulkReturn => ({
  ...base,
  id: newId(),
  returned_at: ago(1),
  lines: [],
  ...more,
});

test("the same file twice changes nothing", async () => {
  const ctx = (await databaseForTest()).ctx();
  const ana = await customer(ctx, "Ana Ruiz");
  const file = () => [
    order("536365", { contact_id: ana, lines: [lineOf(null, "6", "2.55"), lineOf(null, "8", "0.335")] }),
    order("536366", {}),
  ];
  const first = await inTransaction(ctx, (tx) => placeOrders(tx, file()));
  expect(first.map((p) => [p.outcome, p.number, p.total])).toEqual([
    ["placed", "536365", 1530 + 268],
    ["placed", "536366", 1000],
  ]);
  const second = await inTransaction(ctx, (tx) => placeOrders(tx, file()));
  expect(second.map((p) => [p.outcome, p.order_id])).toEqual(first.map((p) => ["known", p.order_id]));
  const { rows } = await sql`
    select (select count(*) from orders) as orders, (select count(*) from order_lines) as lines, (select count(*) from facts where name = 'order.placed') as facts,
           (select count(*) from changes where object = 'order') as changes`.execute(ctx.db);
  expect(rows).toEqual([{ orders: 2, lines: 3, facts: 2, changes: 2 }]);
});

test("two imports of one file at once place each order once", async () => {
  const ctx = (await databaseForTest()).ctx();
  const file = (): BulkOrder[] => Array.from({ length: 40 }, (_, i) => order(`S-${i}`, {}));
  const answers = await Promise.all(
    [file(), file().reverse()].map((f) => inTransaction(ctx, (tx) => placeOrders(tx, f))),
  );
  const placed = answers.flat().filter((p) => p.outcome === "placed");
  expect(placed.length).toBe(40);
  expect(new Set(answers.flat().map((p) => p.order_id)).size).toBe(40);
});

test("our numbers go on behind the shop's, and a taken number is said", async () => {
  const ctx = (await databaseForTest()).ctx();
  await inTransaction(ctx, (tx) => placeOrders(tx, [order("1001", {}), order("1002", {}), order("7000", {})]));
  const ours = await inTransaction(ctx, (tx) => placeOrders(tx, [order(null, {}), order(null, {})]));
  expect(ours.map((p) => Number(p.number)).toSorted((a, b) => a - b)).toEqual([7001, 7002]);
  const other = await inTransaction(ctx, (tx) =>
    placeOrders(tx, [order("7000", { external: { system: "till", id: "7000" } }), order("7000", { external: null })]),
  );
  expect(other.map((p) => [p.outcome, p.order_id !== null])).toEqual([
    ["number-taken", false],
    ["known", true],
  ]);
  const { rows } = await sql`select 1 from external_ids where system = 'till'`.execute(ctx.db);
  expect(rows).toEqual([]);
});

test("returned lines find the newest earlier order that still has enough of the product", async () => {
  const ctx = (await databaseForTest()).ctx();
  const ana = await customer(ctx, "Ana Ruiz");
  const bo = await customer(ctx, "Bo Lind");
  const product_id = await lantern(ctx);
  const of = (number: string, contact_id: string, days: number, quantities: string[]): BulkOrder =>
    order(number, { contact_id, placed_at: ago(days), lines: quantities.map((q) => lineOf(product_id, q, "2.50")) });
  const orders = [
    of("old", ana, 40, ["10"]),
    of("new", ana, 20, ["2", "3"]),
    of("later", ana, 1, ["99"]),
    of("bo", bo, 20, ["99"]),
  ];
  await inTransaction(ctx, (tx) => placeOrders(tx, orders));
  const give = (quantity: string, contact_id: string | null = ana): BulkReturn =>
    back({
      contact_id,
      returned_at: ago(10),
      external: { system: "shop", id: newId() },
      lines: [lineOf(product_id, quantity, "2.50")],
    });
  const returns = [give("4"), give("2"), give("9"), give("1", null)];
  const answers = await inTransaction(ctx, (tx) => returnMany(tx, returns));
  // 4 of the newer order's 2 + 3 (over two lines); 2 of the older one's 10; 9 fit nowhere; nobody's return has no order.
  expect(answers.map((a) => [a.outcome, a.total, a.linked])).toEqual([
    ["returned", 1000, 2],
    ["returned", 500, 1],
    ["returned", 2250, 0],
    ["returned", 250, 0],
  ]);
  expect(
    (
      await inTransaction(ctx, (tx) =>
        returnMany(
          tx,
          returns.map((r) => ({ ...r, id: newId() })),
        ),
      )
    ).map((a) => a.outcome),
  ).toEqual(Array.from({ length: 4 }, () => "known"));
  const { rows } = await sql`select number, returned, return_status from orders order by number`.execute(ctx.db);
  expect(rows).toEqual([
    { number: "bo", returned: 0, return_status: "none" },
    { number: "later", returned: 0, return_status: "none" },
    { number: "new", returned: 1000, return_status: "part" },
    { number: "old", returned: 500, return_status: "part" },
  ]);
});

test("a yen order counts in euro cents", async () => {
  const ctx = (await databaseForTest()).ctx();
  const yen = order("J1", { currency: "JPY", rate: "0.00613", lines: [lineOf(null, "3", "1999")] });
  await inTransaction(ctx, (tx) => placeOrders(tx, [yen]));
  const { rows } = await sql<{ total: number; base_total: number }>`select total, base_total from orders`.execute(
    ctx.db,
  );
  // 5,997 yen x 0.00613 = EUR 36.76161
  expect(rows).toEqual([{ total: 5997, base_total: 3676 }]);
  const { rows: facts } = await sql<{
    payload: unknown;
  }>`select payload->'base_amount' as payload from facts where name = 'order.placed'`.execute(ctx.db);
  expect(facts).toEqual([{ payload: 3676 }]);
});
