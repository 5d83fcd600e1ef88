import { expect, test } from "vitest";
import { sql } from "kysely";
import type { RawJson } from "#kernel/endpoint";
import { newId } from "#kernel/id";
import { accountType, contactType } from "#customers";
import { cancelOrder, placeOrder, placeOrders } from "#deliver/orders";
import { inTransaction, type Ctx } from "#platform/context";
import { createRecord, findRecord, recordType } from "#records";
import { timelineOf } from "#timeline";
import { databaseForTest } from "../../../../test/database.ts";
import { paymentsApi } from "./api.ts";
import { payMany, receivePayment, refund } from "./index.ts";
import "#convert/catalog";

const read = async (answer: RawJson<unknown> | Promise<RawJson<unknown>>) =>
  JSON.parse((await answer).json) as Record<string, unknown>;
const orderNow = (ctx: Ctx, id: string) => read(findRecord(ctx, recordType("order").object, id));
const place = (ctx: Ctx, contact_id: string | null = null, more: object = {}): Promise<string> =>
  placeOrder(ctx, { contact_id, lines: [{ description: "Lantern", quantity: "4", unit_price: "25" }], ...more });
const euros = (amount: number) => ({ amount: amount * 100, method: "card" });

test("Ana pays in two parts and gets a part back; her timeline says so", async () => {
  const ctx = (await databaseForTest()).ctx();
  const vertex = await createRecord(ctx, accountType, { name: "Vertex GmbH" });
  const ana = await createRecord(ctx, contactType, { name: "Ana Ruiz", account_id: vertex.id });
  const id = await place(ctx, ana.id);
  const first = await read(
    paymentsApi.receive.run(
      ctx,
      paymentsApi.receive.input.parse({ id, amount: 4000, method: "bank_transfer", reference: "RF18" }),
    ),
  );
  expect(first).toMatchObject({
    number: "P1",
    kind: "payment",
    amount: 4000,
    base_amount: 4000,
    method: "bank_transfer",
    reference: "RF18",
    order: { title: "1001" },
    account: { title: "Vertex GmbH" },
  });
  expect(await orderNow(ctx, id)).toMatchObject({ paid: 4000, payment_status: "part_paid", status: "open" });
  await receivePayment(ctx, id, euros(60));
  expect(await orderNow(ctx, id)).toMatchObject({ paid: 10_000, payment_status: "paid", status: "completed" });
  await refund(ctx, id, euros(30));
  expect(await orderNow(ctx, id)).toMatchObject({
    refunded: 3000,
    payment_status: "part_refunded",
    status: "completed",
  });
  await refund(ctx, id, euros(70));
  expect(await orderNow(ctx, id)).toMatchObject({ refunded: 10_000, payment_status: "refunded" });
  const { items } = await timelineOf(ctx, { contact_id: ana.id });
  expect(items.map((i) => i.sentence).slice(0, 4)).toEqual([
    "got €70.00 back for order 1001", "got €30.00 back for order 1001", "paid €60.00, order 1001 is settled", "paid €40.00 of order 1001",
  ]); // prettier-ignore
  expect(
    (await timelineOf(ctx, { account_id: vertex.id })).items.filter(
      (i) => i.name.startsWith("payment.") || i.name === "order.paid",
    ),
  ).toHaveLength(4);
  const of = await read(paymentsApi.of.run(ctx, { id }));
  expect(of.items).toMatchObject([
    { amount: 4000, kind: "payment" },
    { amount: 6000 },
    { amount: 3000, kind: "refund" },
    { amount: 7000 },
  ]);
});

test("two refunds at once: only one wins", async () => {
  const ctx = (await databaseForTest()).ctx();
  const id = await place(ctx);
  await receivePayment(ctx, id, euros(80));
  const tries = await Promise.allSettled([1, 2, 3, 4].map(() => refund(ctx, id, euros(50))));
  expect(tries.filter((t) => t.status === "fulfilled")).toHaveLength(1);
  for (const t of tries)
    if (t.status === "rejected")
      expect(t.reason).toMatchObject({ code: "refund.too-much", message: "Only 30.00 EUR can still be given back." });
  expect(await orderNow(ctx, id)).toMatchObject({ paid: 8000, refunded: 5000 });
  const { rows } =
    await sql`select sum(amount) filter (where kind = 'refund')::int as back, count(*) as n from payments`.execute(
      ctx.db,
    );
  expect(rows).toEqual([{ back: 5000, n: 2 }]);
});

test("payments at once receive no more than the order costs", async () => {
  const ctx = (await databaseForTest()).ctx();
  const id = await place(ctx);
  const tries = await Promise.allSettled([1, 2, 3, 4, 5].map(() => receivePayment(ctx, id, euros(30))));
  expect(tries.filter((t) => t.status === "fulfilled")).toHaveLength(3);
  await expect(receivePayment(ctx, id, euros(11))).rejects.toThrow("Only 10.00 EUR is still due.");
  await receivePayment(ctx, id, euros(10));
  await expect(receivePayment(ctx, id, { amount: 1, method: "card" })).rejects.toThrow("Nothing is due any more.");
  expect(await orderNow(ctx, id)).toMatchObject({ paid: 10_000, payment_status: "paid" });
});

test("money that cannot be is refused in words", async () => {
  const ctx = (await databaseForTest()).ctx();
  const id = await place(ctx);
  await expect(refund(ctx, id, euros(1))).rejects.toThrow("Nothing was received");
  await expect(receivePayment(ctx, newId(), euros(1))).rejects.toMatchObject({ kind: "not-found" });
  for (const amount of [0, -1, 1.5, Number.NaN])
    await expect(receivePayment(ctx, id, { amount, method: "card" })).rejects.toMatchObject({
      fields: [{ field: "amount" }],
    });
  for (const amount of [0, -1, 1.5, "5", 1e16])
    expect(paymentsApi.receive.input.safeParse({ id, amount }).success).toBe(false);
  await receivePayment(ctx, id, euros(50));
  await cancelOrder(ctx, id, "out of stock");
  await expect(receivePayment(ctx, id, euros(50))).rejects.toMatchObject({ code: "order.cancelled" });
  await refund(ctx, id, euros(50));
  expect(await orderNow(ctx, id)).toMatchObject({ status: "cancelled", payment_status: "refunded" });
});

test("a thousand paid orders come in a few statements; what does not fit is named and not written", async () => {
  const ctx = (await databaseForTest()).ctx();
  const now = new Date();
  const line = { product_id: null, description: "Lantern", quantity: "1", unit_price: "1999" };
  const same = {
    number: null,
    contact_id: null,
    account_id: null,
    currency: "JPY",
    rate: "0.006",
    placed_at: now,
    source: "shop.csv",
    lines: [line],
  };
  const orders = Array.from({ length: 1000 }, () => ({ ...same, id: newId() }));
  const answer = await inTransaction(ctx, async (tx) => {
    const placed = await placeOrders(tx, orders);
    const pay = (order_id: string, amount: number) => ({
      order_id,
      kind: "payment" as const,
      amount,
      method: "card",
      received_at: now,
    });
    return payMany(tx, [
      ...placed.slice(2).map((p) => pay(p.id, p.total)),
      pay(orders[0]!.id, 1999),
      pay(orders[0]!.id, 1),
      pay(orders[1]!.id, 999),
      pay(newId(), 5),
      pay(orders[1]!.id, 0),
    ]);
  });
  expect(answer).toMatchObject({ written: 999, refused: [orders[0]!.id, expect.any(String)] });
  const { rows } = await sql`
    select o.payment_status, count(*) as n, sum(p.base_amount)::int as base from orders o left join payments p on p.order_id = o.id group by 1 order by 1`.execute(
    ctx.db,
  );
  // 1,999 yen x 0.006 = EUR 11.99(4); 999 yen = EUR 5.99(4)
  expect(rows).toEqual([{ payment_status: "paid", n: 998, base: 998 * 1199 }, { payment_status: "part_paid", n: 1, base: 599 }, { payment_status: "unpaid", n: 1, base: null }]); // prettier-ignore
  const { rows: facts } =
    await sql`select name, count(*) as n from facts where name in ('order.paid', 'payment.received') group by name order by name`.execute(
      ctx.db,
    );
  expect(facts).toEqual([
    { name: "order.paid", n: 998 },
    { name: "payment.received", n: 1 },
  ]);
});
