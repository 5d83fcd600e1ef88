import { expect, test } from "vitest";
import { sql } from "kysely";
import { newId } from "#kernel/id";
import type { RawJson } from "#kernel/endpoint";
import { inTransaction, type Ctx } from "#platform/context";
import { createRecord, historyOf, listRecords } from "#records";
import { lifecycleConsumer, seedRules } from "#customers";
import { consumeAll, record, timelineOf } from "#timeline";
import { productsFor, productType } from "#convert/catalog";
import { databaseForTest } from "../../../../test/database.ts";
import { ordersApi } from "./api.ts";
import { company, customer } from "./customers-for-tests.ts";
import { cancelOrder, changeOrder, order, placeOrder, reopenOrder, returnGoods, settle } from "./index.ts";

const day = 86_400_000;
const read = async (answer: RawJson<unknown> | Promise<RawJson<unknown>>) =>
  JSON.parse((await answer).json) as Record<string, unknown>;
const get = (ctx: Ctx, id: string) => read(ordersApi.get.run(ctx, { id }));
const linesOf = (o: Record<string, unknown>) => o.lines as Record<string, unknown>[];
const sentences = async (ctx: Ctx, contact_id: string): Promise<string[]> =>
  (await timelineOf(ctx, { contact_id })).items.map((i) => i.sentence);

test("Ana orders two lanterns and a parcel; her account is taken along and the numbers follow from the lines", async () => {
  const ctx = (await databaseForTest()).ctx();
  const vertex = await company(ctx, "Vertex GmbH");
  const ana = await customer(ctx, "Ana Ruiz", vertex);
  const lantern = await createRecord(ctx, productType, { name: "Lantern", sku: "L1", price: 250 });
  const input = { contact_id: ana, external_ids: { shop: "77" }, custom: { channel: "fair" }, lines: [{ product_id: lantern.id, quantity: "2" }, { description: "Parcel", quantity: "1.5", unit_price: "3.335" }] }; // prettier-ignore
  const placed = await read(ordersApi.create.run(ctx, ordersApi.create.input.parse(input)));
  expect(placed).toMatchObject({ number: "1001", currency: "EUR", total: 1000, base_total: 1000, line_count: 2, status: "open", payment_status: "unpaid", return_status: "none", source: "by hand" }); // prettier-ignore
  expect(placed).toMatchObject({ contact: { id: ana, title: "Ana Ruiz" }, account: { id: vertex, title: "Vertex GmbH" }, external_ids: { shop: "77" }, custom: { channel: "fair" } }); // prettier-ignore
  expect(linesOf(placed)).toMatchObject([
    { description: "Lantern", product: { title: "Lantern" }, quantity: "2", unit_price: "2.5", total: 500 },
    { description: "Parcel", product: null, quantity: "1.5", unit_price: "3.335", total: 500 },
  ]);
  expect((await sentences(ctx, ana))[0]).toBe("ordered 2 lines for €10.00 (1001)");
  const [entry] = await historyOf(ctx, "order", String(placed.id));
  expect(entry).toMatchObject({ action: "created", fields: { number: [null, "1001"], total: [null, 1000] } });
  await expect(placeOrder(ctx, { ...input, external_ids: { shop: "77" } })).rejects.toMatchObject({
    code: "external-id.taken",
    message: 'The order 1001 has the id "77" in shop already.',
  });
});

test("an order says what it came of, when that lies on its customer's timeline", async () => {
  const ctx = (await databaseForTest()).ctx();
  const [ana, bo] = [await customer(ctx, "Ana Ruiz"), await customer(ctx, "Bo Lind")];
  const asked = await inTransaction(ctx, (tx) => record(tx, { name: "form.submitted", contact_id: ana, payload: { form: "Ask for jars" } })); // prettier-ignore
  const lines = [{ description: "Jars", quantity: "1", unit_price: "4" }];
  const placed = await read(ordersApi.create.run(ctx, ordersApi.create.input.parse({ contact_id: ana, lines, caused_by: asked }))); // prettier-ignore
  const [told] = (await timelineOf(ctx, { contact_id: ana })).items;
  expect([told!.payload.order_id, told!.caused_by?.id]).toEqual([placed.id, asked]);
  for (const caused_by of [asked, newId()])
    await expect(placeOrder(ctx, { contact_id: bo, lines, caused_by })).rejects.toMatchObject({ fields: [{ field: "caused_by" }] }); // prettier-ignore
});

test("what cannot be an order is refused by line and field, and leaves nothing behind", async () => {
  const ctx = (await databaseForTest()).ctx();
  const line = { description: "Lantern", quantity: "1", unit_price: "2" };
  const refusals: [object, string][] = [
    [{ lines: [line, { ...line, quantity: "0" }] }, "lines.1.quantity"],
    [{ lines: [{ ...line, quantity: "1000000001" }] }, "lines.0.quantity"],
    [{ lines: [{ ...line, unit_price: "1000000000001" }] }, "lines.0.unit_price"],
    [{ lines: [{ ...line, quantity: "1000000000", unit_price: "1000000000000" }] }, "lines.0.unit_price"],
    [{ lines: [{ quantity: "1", unit_price: "2" }] }, "lines.0.description"],
    [{ lines: [{ product_id: newId(), quantity: "1" }] }, "lines.0.product_id"],
    [{ contact_id: newId(), lines: [line] }, "contact_id"],
    [{ account_id: newId(), lines: [line] }, "account_id"],
    [{ currency: "USD", lines: [line] }, "rate"],
    [{ placed_at: new Date(Date.now() + 3 * day), lines: [line] }, "placed_at"],
    [{ lines: [] }, "lines"],
    [{ lines: Array.from({ length: 1001 }, () => line) }, "lines"],
  ];
  for (const [input, field] of refusals)
    await expect(placeOrder(ctx, input as never), field).rejects.toMatchObject({
      kind: "invalid",
      fields: [{ field }],
    });
  const { create, update } = ordersApi;
  for (const quantity of ["1e3", "-1", "NaN", "1.1234567", "", 5])
    expect(create.input.safeParse({ lines: [{ ...line, quantity }] }).success, String(quantity)).toBe(false);
  for (const computed of ["total", "status", "payment_status", "paid", "base_total", "to_base", "source"]) {
    expect(create.input.safeParse({ lines: [line], [computed]: 1 }).success, computed).toBe(false);
    expect(update.input.safeParse({ id: newId(), version: 1, [computed]: 1 }).success, computed).toBe(false);
  }
  await placeOrder(ctx, { number: "A-1", lines: [line] });
  await expect(placeOrder(ctx, { number: "A-1", lines: [line] })).rejects.toMatchObject({ code: "order.number-taken" });
  const { rows } =
    await sql`select (select count(*) from orders) as orders, (select count(*) from facts where name = 'order.placed') as facts`.execute(
      ctx.db,
    );
  expect(rows).toEqual([{ orders: 1, facts: 1 }]);
});

test("an open order may be corrected, and both customers' timelines tell it right", async () => {
  const ctx = (await databaseForTest()).ctx();
  const ana = await customer(ctx, "Ana Ruiz");
  const bo = await customer(ctx, "Bo Lind");
  const id = await placeOrder(ctx, {
    contact_id: ana,
    lines: [{ description: "Lantern", quantity: "1", unit_price: "2" }],
  });
  await changeOrder(ctx, id, 1, {
    contact_id: bo,
    lines: [
      { description: "Lantern", quantity: "4", unit_price: "2" },
      { description: "Star", quantity: "1", unit_price: "1" },
    ],
  });
  expect(await get(ctx, id)).toMatchObject({ version: 2, contact: { title: "Bo Lind" }, total: 900, line_count: 2 });
  expect(await sentences(ctx, ana)).toEqual(["order 1001 was corrected", "was added by hand"]);
  expect((await sentences(ctx, bo)).filter((s) => s.includes("1001"))).toEqual(["ordered 2 lines for €9.00 (1001)"]);
  expect((await historyOf(ctx, "order", id))[0]?.fields).toMatchObject({
    contact_id: [ana, bo],
    lines: [[{ quantity: "1" }], [{ quantity: "4" }, { quantity: "1" }]],
  });
  await expect(changeOrder(ctx, id, 1, { country: "DE" })).rejects.toMatchObject({ kind: "stale" });
  await changeOrder(ctx, id, 2, { country: "DE" });
  expect((await timelineOf(ctx, { contact_id: bo })).items.filter((i) => i.name === "order.placed").length).toBe(1);
});

test("a change of currency needs the lines anew", async () => {
  const ctx = (await databaseForTest()).ctx();
  const id = await placeOrder(ctx, { lines: [{ description: "Lantern", quantity: "3", unit_price: "200" }] });
  await expect(changeOrder(ctx, id, 1, { currency: "JPY", rate: "0.006" })).rejects.toMatchObject({
    fields: [{ field: "lines" }],
  });
  await changeOrder(ctx, id, 1, {
    currency: "JPY",
    rate: "0.006",
    lines: [{ description: "Lantern", quantity: "3", unit_price: "200" }],
  });
  expect(await get(ctx, id)).toMatchObject({ currency: "JPY", total: 600, base_total: 360 });
});

test("what was agreed stays once money, goods or a cancellation came", async () => {
  const ctx = (await databaseForTest()).ctx();
  const place = () => placeOrder(ctx, { lines: [{ description: "Lantern", quantity: "2", unit_price: "5" }] });
  const [paid, returned, cancelled] = [await place(), await place(), await place()];
  await inTransaction(ctx, (tx) => settle(tx, [{ order_id: paid, paid: 1, refunded: 0 }]));
  const [line] = linesOf(await get(ctx, returned));
  await returnGoods(ctx, returned, { lines: [{ order_line_id: String(line!.id), quantity: "1" }] });
  await cancelOrder(ctx, cancelled, "changed their mind");
  for (const [id, why] of [
    [paid, /payments/],
    [returned, /came back/],
    [cancelled, /cancelled/],
  ] as const) {
    await expect(
      changeOrder(ctx, id, undefined, { lines: [{ description: "Star", quantity: "1", unit_price: "1" }] }),
    ).rejects.toThrow(why);
    await expect(changeOrder(ctx, id, undefined, { number: "X" })).rejects.toThrow(why);
    await changeOrder(ctx, id, undefined, { country: "DE", custom: { note: "call first" } });
    expect(await get(ctx, id)).toMatchObject({ country: "DE", custom: { note: "call first" }, total: 1000 });
  }
});

test("an order is cancelled once, told with its reason, and opened again", async () => {
  const ctx = (await databaseForTest()).ctx();
  const ana = await customer(ctx, "Ana Ruiz");
  const id = await placeOrder(ctx, {
    contact_id: ana,
    lines: [{ description: "Lantern", quantity: "2", unit_price: "5" }],
  });
  await expect(reopenOrder(ctx, id)).rejects.toMatchObject({ code: "order.not-cancelled" });
  const [a, b] = await Promise.allSettled([cancelOrder(ctx, id, "out of stock"), cancelOrder(ctx, id, "out of stock")]);
  expect([a.status, b.status].toSorted((x, y) => x.localeCompare(y))).toEqual(["fulfilled", "rejected"]);
  expect(await get(ctx, id)).toMatchObject({ status: "cancelled", cancel_reason: "out of stock" });
  await reopenOrder(ctx, id);
  expect(await get(ctx, id)).toMatchObject({ status: "open", cancelled_at: null, cancel_reason: null });
  expect((await sentences(ctx, ana)).slice(0, 2)).toEqual([
    "order 1001 opened again",
    "order 1001 cancelled: out of stock",
  ]);
  await expect(cancelOrder(ctx, newId(), "x")).rejects.toMatchObject({ kind: "not-found" });
});

test("an order with nothing to pay is complete", async () => {
  const ctx = (await databaseForTest()).ctx();
  const id = await placeOrder(ctx, { lines: [{ description: "Catalogue", quantity: "1", unit_price: "0" }] });
  expect(await get(ctx, id)).toMatchObject({ total: 0, payment_status: "nothing_due", status: "completed" });
});

test("orders are found by what was bought", async () => {
  const ctx = (await databaseForTest()).ctx();
  const products = await inTransaction(ctx, (tx) =>
    productsFor(tx, [
      { key: "l", name: "Lantern" },
      { key: "s", name: "Star" },
    ]),
  );
  for (const key of ["l", "s", "s"])
    await placeOrder(ctx, { lines: [{ product_id: products.get(key)!, quantity: "1", unit_price: "1" }] });
  const filter = {
    related: "lines",
    quantifier: "some",
    where: { field: "product_id", op: "is", value: products.get("s")! },
  } as never;
  const page = await read(listRecords(ctx, order, { limit: 10, filter }));
  expect((page.items as { number: string }[]).map((o) => o.number).toSorted((x, y) => x.localeCompare(y))).toEqual([
    "1002",
    "1003",
  ]);
});

test("sending what is agreed again is no change, also on a paid order", async () => {
  const ctx = (await databaseForTest()).ctx();
  const placed_at = new Date(Date.now() - day);
  const id = await placeOrder(ctx, {
    placed_at,
    currency: "USD",
    rate: "0.9",
    lines: [{ description: "Lantern", quantity: "2", unit_price: "5" }],
  });
  await inTransaction(ctx, (tx) => settle(tx, [{ order_id: id, paid: 1000, refunded: 0 }]));
  await changeOrder(ctx, id, 1, {
    number: "1001",
    placed_at: placed_at.toISOString(),
    currency: "USD",
    rate: 0.9,
    contact_id: null,
  });
  expect(await get(ctx, id)).toMatchObject({ version: 1, total: 1000, base_total: 900, payment_status: "paid" });
  await expect(changeOrder(ctx, id, 1, { rate: 0.8 })).rejects.toMatchObject({ code: "order.fixed" });
});

test("an order that moves from Ana to Bo moves in their lifecycles, too", async () => {
  const ctx = (await databaseForTest()).ctx();
  await seedRules(ctx);
  const ana = await customer(ctx, "Ana Ruiz");
  const bo = await customer(ctx, "Bo Lind");
  const standings = async () => {
    await consumeAll(ctx, lifecycleConsumer);
    return (await sql`select name, order_count, lifecycle_stage as stage from contacts order by name`.execute(ctx.db))
      .rows;
  };
  const id = await placeOrder(ctx, {
    contact_id: ana,
    placed_at: new Date(Date.now() - 5 * day),
    lines: [{ description: "Lantern", quantity: "1", unit_price: "2" }],
  });
  const bought = { order_count: 1, stage: "customer" };
  const not = { order_count: 0, stage: "identified" };
  expect(await standings()).toEqual([
    { name: "Ana Ruiz", ...bought },
    { name: "Bo Lind", ...not },
  ]);
  await changeOrder(ctx, id, 1, { contact_id: bo });
  expect(await standings()).toEqual([
    { name: "Ana Ruiz", ...not },
    { name: "Bo Lind", ...bought },
  ]);
});
