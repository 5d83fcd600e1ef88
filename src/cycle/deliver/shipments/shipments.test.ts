import { expect, test } from "vitest";
import { sql } from "kysely";
import { newId } from "#kernel/id";
import { accountType, contactType } from "#customers";
import { cancelLines, cancelOrder, placeOrder, restoreLines, returnGoods, returnWindowEnds } from "#deliver/orders";
import { receivePayment } from "#deliver/payments";
import type { Ctx } from "#platform/context";
import { createRecord } from "#records";
import { timelineOf } from "#timeline";
import { databaseForTest } from "../../../../test/database.ts";
import { shipmentsDue } from "./due.ts";
import { markDelivered, shipGoods, undoDelivered, undoShipment } from "./index.ts";
import { shipmentsApi } from "./api.ts";
import "#convert/catalog";

const day = 86_400_000;
const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 10);

async function ordered(ctx: Ctx, quantities: readonly string[], more: object = {}) {
  const vertex = await createRecord(ctx, accountType, { name: "Vertex GmbH" });
  const ana = await createRecord(ctx, contactType, { name: "Ana Ruiz", account_id: vertex.id });
  const lines = quantities.map((quantity) => ({ description: "Lantern", quantity, unit_price: "10", ships: true }));
  const id = await placeOrder(ctx, { contact_id: ana.id, placed_at: new Date(Date.now() - 20 * day), ...more, lines });
  const { rows } = await sql<{ id: string }>`select id from order_lines where order_id = ${id} order by position`.execute(ctx.db); // prettier-ignore
  return { id, ana: ana.id, lines: rows.map((r) => r.id) };
}
const orderNow = async (ctx: Ctx, id: string) =>
  (await sql<Record<string, unknown>>`select fulfilment_status, status, payment_status, cancelled_total, return_status from orders where id = ${id}`.execute(ctx.db)).rows[0]!; // prettier-ignore
const piece = (order_line_id: string, quantity: string) => ({ order_line_id, quantity });
const sentences = async (ctx: Ctx, contact_id: string): Promise<string[]> =>
  (await timelineOf(ctx, { contact_id })).items.map((i) => i.sentence);

test("an order goes out in two parcels and arrives late; the last piece makes it delivered", async () => {
  const ctx = (await databaseForTest()).ctx();
  const { id, ana, lines } = await ordered(ctx, ["3", "1"], { promised_at: dayOf(Date.now() - 9 * day), number: "10482" }); // prettier-ignore
  const first = await shipGoods(ctx, id, {
    lines: [piece(lines[0]!, "2")],
    carrier: "dhl",
    tracking_number: "00 34/0#x",
    shipped_at: new Date(Date.now() - 8 * day),
  });
  expect(await orderNow(ctx, id)).toMatchObject({ fulfilment_status: "partial", status: "open" });
  expect(await sentences(ctx, ana)).toContain("part of order 10482 sent with DHL (00 34/0#x)");
  expect(JSON.parse((await shipmentsApi.get.run(ctx, { id: first })).json)).toMatchObject({
    number: "S1001",
    tracking_url: "https://www.dhl.com/en/home/tracking.html?tracking-id=00%2034%2F0%23x",
    lines: [{ description: "Lantern", quantity: "2" }],
  });
  await receivePayment(ctx, id, { amount: 4000, method: "card" });
  const second = await shipGoods(ctx, id, { shipped_at: new Date(Date.now() - 7 * day) });
  expect(await orderNow(ctx, id)).toMatchObject({ fulfilment_status: "shipped", status: "open", payment_status: "paid" }); // prettier-ignore
  await markDelivered(ctx, second, new Date(Date.now() - 5 * day));
  expect(await returnWindowEnds(ctx, id)).toBeNull();
  await markDelivered(ctx, first, new Date(Date.now() - 6 * day));
  expect(await orderNow(ctx, id)).toMatchObject({ fulfilment_status: "delivered", status: "completed" });
  // The last piece came five days ago, four days after the promise.
  expect(await sentences(ctx, ana)).toContain("order 10482 delivered, 4 days late");
  expect((await returnWindowEnds(ctx, id))!.getTime()).toBeCloseTo(Date.now() + 25 * day, -5);
});

test("taking an arrival and a shipment back reverses exactly what they did", async () => {
  const ctx = (await databaseForTest()).ctx();
  const { id, ana } = await ordered(ctx, ["2"]);
  const state = async () => ({
    order: await orderNow(ctx, id),
    lines: (await sql`select shipped_quantity, delivered_quantity from order_lines where order_id = ${id}`.execute(ctx.db)).rows,
    told: (await sentences(ctx, ana)).filter((s) => /sent|delivered/.test(s)),
  }); // prettier-ignore
  const before = await state();
  const shipment = await shipGoods(ctx, id, {});
  const sent = await state();
  await markDelivered(ctx, shipment);
  await expect(undoShipment(ctx, shipment)).rejects.toMatchObject({ code: "shipment.delivered" });
  await undoDelivered(ctx, shipment);
  const again = await state();
  expect({ order: again.order, lines: again.lines }).toEqual({ order: sent.order, lines: sent.lines });
  await undoShipment(ctx, shipment);
  const after = await state();
  expect({ order: after.order, lines: after.lines }).toEqual({ order: before.order, lines: before.lines });
  // What was told is withdrawn; that it was taken back stays.
  const told = (await timelineOf(ctx, { contact_id: ana })).items.map((i) => i.name);
  expect(told.filter((n) => n === "shipment.sent" || n === "order.delivered")).toEqual([]);
  expect(told.filter((n) => n === "shipment.taken-back")).toHaveLength(2);
});

test("of twenty who send the last piece at once one does", async () => {
  const ctx = (await databaseForTest()).ctx();
  const { id, lines } = await ordered(ctx, ["1"]);
  const tries = await Promise.allSettled(
    Array.from({ length: 20 }, (_, i) => shipGoods(ctx, id, i % 2 ? {} : { lines: [piece(lines[0]!, "1")] })),
  );
  expect(tries.filter((t) => t.status === "fulfilled")).toHaveLength(1);
  for (const t of tries)
    if (t.status === "rejected") expect((t.reason as { code: string }).code).toMatch(/^ship\.(too-many|nothing-left)$/);
  const { rows } = await sql`select count(*)::int as shipments, (select shipped_quantity from order_lines where id = ${lines[0]}) as shipped from shipments`.execute(ctx.db); // prettier-ignore
  expect(rows).toEqual([{ shipments: 1, shipped: "1" }]);
});

test("cancelling what is still open and sending it at once: one of both", async () => {
  const ctx = (await databaseForTest()).ctx();
  const { id, lines } = await ordered(ctx, ["1", "5"]);
  const [sent, cancelled] = await Promise.allSettled([
    shipGoods(ctx, id, { lines: [piece(lines[0]!, "1")] }),
    cancelLines(ctx, id, { lines: [piece(lines[0]!, "1")], reason: "out of stock" }),
  ]);
  expect([sent.status, cancelled.status].toSorted()).toEqual(["fulfilled", "rejected"]);
});

test("a part that cannot come is cancelled: the rest makes the order paid, delivered and complete; and back again", async () => {
  const ctx = (await databaseForTest()).ctx();
  const { id, ana, lines } = await ordered(ctx, ["3", "1"]);
  await receivePayment(ctx, id, { amount: 3000, method: "card" });
  await markDelivered(ctx, await shipGoods(ctx, id, { lines: [piece(lines[0]!, "3")] }));
  await expect(cancelOrder(ctx, id, "gone")).rejects.toMatchObject({ code: "order.shipped" });
  await expect(cancelLines(ctx, id, { lines: [piece(lines[0]!, "1")], reason: "x" })).rejects.toMatchObject({ code: "cancel.too-many" }); // prettier-ignore
  const act = await cancelLines(ctx, id, { lines: [piece(lines[1]!, "1")], reason: "out of stock" });
  expect(await orderNow(ctx, id)).toEqual({ fulfilment_status: "delivered", status: "completed", payment_status: "paid", cancelled_total: 1000, return_status: "none" }); // prettier-ignore
  const told = await sentences(ctx, ana);
  expect(told).toContain("order 1001 is settled");
  expect(told).toContain("€10.00 of order 1001 cancelled: out of stock");
  await restoreLines(ctx, id, act);
  expect(await orderNow(ctx, id)).toMatchObject({ fulfilment_status: "partial", status: "open", payment_status: "part_paid", cancelled_total: 0 }); // prettier-ignore
  const now = (await timelineOf(ctx, { contact_id: ana })).items.map((i) => i.name);
  expect(now).not.toContain("order.delivered");
  expect(now).not.toContain("order.paid");
});

test("only what went out can come back, and then its shipment stays", async () => {
  const ctx = (await databaseForTest()).ctx();
  const { id, lines } = await ordered(ctx, ["2"]);
  const back = (quantity: string) => returnGoods(ctx, id, { lines: [piece(lines[0]!, quantity)] });
  await expect(back("1")).rejects.toMatchObject({ code: "return.too-many" });
  const shipment = await shipGoods(ctx, id, { lines: [piece(lines[0]!, "1")] });
  await expect(back("2")).rejects.toThrow("Only 1 of this line");
  await back("1");
  await expect(undoShipment(ctx, shipment)).rejects.toMatchObject({ code: "shipment.returned" });
});

test("what cannot be sent is refused in words", async () => {
  const ctx = (await databaseForTest()).ctx();
  const { id, lines } = await ordered(ctx, ["2"]);
  const service = await placeOrder(ctx, { lines: [{ description: "Advice", quantity: "1", unit_price: "5" }] });
  const { rows } = await sql<{ id: string }>`select id from order_lines where order_id = ${service}`.execute(ctx.db);
  await expect(shipGoods(ctx, service, {})).rejects.toMatchObject({ code: "ship.nothing-left" });
  await expect(shipGoods(ctx, service, { lines: [piece(rows[0]!.id, "1")] })).rejects.toMatchObject({ code: "ship.no-goods" }); // prettier-ignore
  await expect(shipGoods(ctx, id, { lines: [piece(rows[0]!.id, "1")] })).rejects.toThrow("The order has no such line.");
  await expect(shipGoods(ctx, id, { lines: [piece(lines[0]!, "1"), piece(lines[0]!, "1")] })).rejects.toThrow("named twice"); // prettier-ignore
  await expect(shipGoods(ctx, id, { lines: [] })).rejects.toThrow("at least one line");
  await expect(shipGoods(ctx, id, { shipped_at: new Date(Date.now() - 30 * day) })).rejects.toThrow("before the order");
  await expect(shipGoods(ctx, newId(), {})).rejects.toMatchObject({ kind: "not-found" });
  expect(shipmentsApi.ship.input.safeParse({ id, carrier: "https://evil.example/{}" }).success).toBe(false);
  await cancelOrder(ctx, id, "changed their mind");
  await expect(shipGoods(ctx, id, {})).rejects.toMatchObject({ code: "order.cancelled" });
});

test("what was promised for today is due with how much of it is out", async () => {
  const ctx = (await databaseForTest()).ctx();
  const today = new Intl.DateTimeFormat("en-CA", { timeZone: "Europe/Berlin", dateStyle: "short" }).format(new Date());
  const { id, lines } = await ordered(ctx, ["1", "1", "1"], { promised_at: today });
  await shipGoods(ctx, id, { lines: lines.slice(0, 2).map((l) => piece(l, "1")) });
  await ordered(ctx, ["1"], { promised_at: dayOf(Date.now() + 9 * day) });
  expect(await shipmentsDue(ctx)).toMatchObject([
    { id: `ship:${id}`, title: "Order 1001 promised for today", reason: "Ana Ruiz · 2 of 3 lines shipped", value: 3000, act: { label: "ship" } },
  ]); // prettier-ignore
  await shipGoods(ctx, id, {});
  expect(await shipmentsDue(ctx)).toEqual([]);
});
