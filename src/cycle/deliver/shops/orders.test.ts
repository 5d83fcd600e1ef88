import { expect, test } from "vitest";
import { sql } from "kysely";
import { databaseForTest } from "../../../../test/database.ts";
import { lookAt } from "../../../records/import/look.ts";
import { imported, uploaded } from "../../../records/import/importing-for-tests.ts";
import { tally } from "./tally-for-tests.ts";
import "./module.ts";

const shopHeader = "Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\n";
const shop = `${shopHeader}WHITE LANTERN,6,2010-12-01 08:26,2.55,17850,United Kingdom
HOT WATER BOTTLE,8,2010-12-01 08:26,0.335,17850,United Kingdom
,1,2010-12-01 08:26,0,17850,United Kingdom
WHITE LANTERN,1,2010-12-02 09:00,2.55,17850,United Kingdom
FREE SAMPLE,1,2010-12-03 09:00,0,12347,Iceland
WHITE LANTERN,-2,2010-12-05 10:00,2.55,17850,United Kingdom
RED MUG,3,2010-12-04 11:11,1.25,,United Kingdom
white lantern ,1,2010-12-04 11:11,2.55,,United Kingdom
Adjust bad debt,1,2010-12-06 12:00,-11062.06,,United Kingdom
`;

test("a shop's file of lines becomes customers with orders, payments and returns", async () => {
  const ctx = (await databaseForTest()).ctx();
  const file = await uploaded(ctx, "orders", shop);
  const look = await lookAt(ctx, file);
  expect(look.problems).toEqual([]);
  expect(Object.entries(look.mapping).map(([c, to]) => [c, to.field])).toEqual([
    ["Description", "description"], ["Quantity", "quantity"], ["InvoiceDate", "placed_at"], ["UnitPrice", "unit_price"], ["CustomerID", "customer_id"], ["Country", "country"],
  ]); // prettier-ignore
  expect(look.options.group_by).toBe("customer_and_time");
  const { job, counts, failures } = await imported(ctx, "orders", file);
  expect([job.state, job.reason]).toEqual(["done", null]);
  expect(counts).toMatchObject({
    orders: 2, orders_sum: 1530 + 268 + 255, free_orders: 1, anonymous_orders: 1, anonymous_orders_sum: 375 + 255, returns: 1, returns_sum: 510,
    customers_new: 2, customers_known: 0, products_new: 4,
  }); // prettier-ignore
  expect(failures).toEqual([
    "row 10, column UnitPrice: the price -11062.06 is negative; an adjustment is not an order",
  ]);
  const { rows } =
    await sql`select c.name, c.country, o.placed_at, o.total, o.payment_status, o.return_status, o.line_count from orders o left join contacts c on c.id = o.contact_id order by placed_at`.execute(
      ctx.db,
    );
  expect(rows).toMatchObject([
    {
      name: "Customer 17850",
      country: "United Kingdom",
      placed_at: new Date("2010-12-01T07:26:00Z"),
      total: 1798,
      payment_status: "paid",
      line_count: 3,
      return_status: "part",
    },
    { name: "Customer 17850", total: 255, payment_status: "paid", return_status: "none" },
    { name: "Customer 12347", total: 0, payment_status: "nothing_due" },
    { name: null, total: 630, payment_status: "paid" },
  ]);
});

test("the same file twice changes nothing", async () => {
  const ctx = (await databaseForTest()).ctx();
  await imported(ctx, "orders", shop);
  const before = await tally(ctx);
  const { counts } = await imported(ctx, "orders", shop);
  expect(await tally(ctx)).toEqual(before);
  expect(counts).toMatchObject({
    already_here: 4,
    returns_already_here: 1,
    customers_new: 0,
    customers_known: 2,
    products_new: 0,
  });
  const { rows } = await sql`select payload from facts where name = 'import.finished' order by occurred_at`.execute(
    ctx.db,
  );
  expect(rows).toMatchObject([
    { payload: { created: 5, failed: 1, object: "orders" } },
    { payload: { created: 0, failed: 1 } },
  ]);
  expect((await sql`select from import_rows`.execute(ctx.db)).rows).toEqual([]);
});

test("a file with one total per row, in columns of spaces", async () => {
  const ctx = (await databaseForTest()).ctx();
  const file =
    " customer_id  date number_of_cds  dollar_value\r\n 00001 19970101  1   11.77\r\n 00002 19970112  1   12.00\r\n 00002 19970112  5   77.00\r\n 00003 19970102  3   29.33\r\n 00003 19970102  3   29.33\r\n 00004 19970103  1    0.00\r\n";
  const look = await lookAt(ctx, await uploaded(ctx, "orders", file));
  expect([look.problems, Object.values(look.mapping).map((m) => m.field), look.options.group_by]).toEqual([
    [],
    ["customer_id", "placed_at", "quantity", "total"],
    "row",
  ]);
  const { counts } = await imported(ctx, "orders", file);
  expect(counts).toMatchObject({
    orders: 5,
    orders_sum: 1177 + 1200 + 7700 + 2933 + 2933,
    free_orders: 1,
    customers_new: 4,
  });
  const { rows } =
    await sql`select quantity, unit_price, description from order_lines order by total desc, quantity desc limit 2`.execute(
      ctx.db,
    );
  expect(rows).toEqual([
    { quantity: "5", unit_price: "15.4", description: "Purchase" },
    { quantity: "3", unit_price: "9.777", description: "Purchase" },
  ]);
  expect((await imported(ctx, "orders", file)).counts.already_here).toBe(6);
});

test("a shop that numbers its orders and names the customer on their first row", async () => {
  const ctx = (await databaseForTest()).ctx();
  const file = `Name;Email;Created at;Lineitem quantity;Lineitem name;Lineitem price;Currency;Billing Company
1001;ana@vertex.example;31.12.2025 10:00;2;Lantern;1.234,50;EUR;Vertex GmbH
1001;;;1;Mug;7,00;;
1002;bo@initech.example;13.01.2026 09:30;1;Mug;7,00;EUR;
1001;cleo@x.example;13.01.2026 09:30;1;Mug;7,00;EUR;
1003;bo@initech.example;14.01.2026 09:30;1;Mug;7,00;USD;
1004;bo@initech.example;14.01.2026 09:30;1;Mug;7,00;XQQ;
`;
  const mapping = { ...(await lookAt(ctx, await uploaded(ctx, "orders", file))).mapping, Name: { field: "number" } };
  const { counts, failures } = await imported(ctx, "orders", file, { mapping, options: { group_by: "number" } });
  expect(failures).toEqual([
    "row 5, column Name: '1001' belongs to another customer in row 2",
    "row 6, column Currency: there is no exchange rate from USD to EUR; give one in the options",
    "row 7, column Currency: 'XQQ' is not an ISO 4217 currency",
  ]);
  expect(counts).toMatchObject({ orders: 2, orders_sum: 246900 + 700 + 700, customers_new: 2 });
  const { rows } =
    await sql`select o.number, o.line_count, a.name from orders o left join accounts a on a.id = o.account_id order by number`.execute(
      ctx.db,
    );
  expect(rows).toEqual([
    { number: "1001", line_count: 2, name: "Vertex GmbH" },
    { number: "1002", line_count: 1, name: null },
  ]);
});
