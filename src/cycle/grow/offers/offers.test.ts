import { sql } from "kysely";
import { expect, test } from "vitest";
import { meetContacts } from "#customers";
import { productType } from "#convert/catalog";
import { cancelOrder, changeOrder, placeOrder, reopenOrder } from "#deliver/orders";
import { receivePayment } from "#deliver/payments";
import { Refused } from "#kernel/refusal";
import { inTransaction, type Ctx } from "#platform/context";
import { createRecord, updateRecord } from "#records";
import { consumeAll } from "#timeline";
import { databaseForTest, type TestDatabase } from "../../../../test/database.ts";
import { guardAttempts } from "./attempts.ts";
import { promotionsApi } from "./api.ts";
import { makeCodes, switchCode } from "./codes.ts";
import { offersConsumer } from "./consumer.ts";
import { promotionType, type Promotion } from "./promotion.ts";
import { codesCsv, onOrder, reportOf, usesOf } from "./queries.ts";
import { addGood } from "./scope.ts";
import { redeemCode } from "./use.ts";

async function scene(values: Record<string, unknown> = {}, uses_limit: number | null = null) {
  const t = await databaseForTest();
  const ctx = t.ctx("manager");
  const promotion = await createRecord(ctx, promotionType, { name: "Spring", kind: "percent", percent: 10, ...values });
  const [code] = await makeCodes(ctx, promotion.id, { count: 1, uses_limit, code: "spring-26" });
  return { t, ctx, id: promotion.id, code: code!.code };
}

const meet = async (ctx: Ctx, name: string): Promise<string> =>
  (await inTransaction(ctx, (tx) => meetContacts(tx, [{ key: "x", name, email: `${name.toLowerCase()}@vertex.example` }], { source: "shop" }))).get("x")!.id; // prettier-ignore

const order = (ctx: Ctx, contact_id: string | null = null, price = "10", quantity = "10"): Promise<string> =>
  placeOrder(ctx, { contact_id, lines: [{ description: "Jars", quantity, unit_price: price, tax_rate: "20" }, { description: "Lids", quantity: "1", unit_price: "5.05" }] }); // prettier-ignore

const promotionNow = async (ctx: Ctx, id: string): Promise<Promotion> =>
  (await sql<Promotion>`select * from promotions where id = ${id}`.execute(ctx.db)).rows[0]!;

const totalOf = async (ctx: Ctx, id: string): Promise<number> =>
  (await sql<{ total: number }>`select total from orders where id = ${id}`.execute(ctx.db)).rows[0]!.total;

const refusalOf = async (work: Promise<unknown>): Promise<string> => {
  try {
    await work;
    return "none";
  } catch (error) {
    if (error instanceof Refused) return error.code;
    throw error;
  }
};

/** What the ledger says, beside what the counters say. */
async function books(t: TestDatabase, id: string) {
  const { rows } = await sql<{ uses: number; spent: number }>`
    select (count(*) filter (where standing))::int as uses, coalesce(sum(amount), 0)::int as spent from promotion_uses where promotion_id = ${id}`.execute(t.ctx().db); // prettier-ignore
  const p = await promotionNow(t.ctx(), id);
  expect({ uses: p.use_count, spent: p.spent }).toEqual(rows[0]);
  return rows[0]!;
}

test("a code takes its share off every line, tax follows, and the timeline tells it from the order", async () => {
  const { t, ctx, id, code } = await scene();
  const bo = await meet(ctx, "Bo");
  const placed = await order(ctx, bo);
  expect(await totalOf(ctx, placed)).toBe(12_505);
  await redeemCode(ctx, placed, code.toLowerCase());
  // 105.05 less 10.51: 10.00 off the jars and 0.51 off the lids.
  expect(await totalOf(ctx, placed)).toBe(10_800 + 454);
  expect(await onOrder(ctx, placed)).toMatchObject({ promotion: "Spring", amount: 1051 });
  await redeemCode(ctx, placed, code);
  expect(await books(t, id)).toEqual({ uses: 1, spent: 1051 });
  const { rows } = await sql<{ cause: string; who: string }>`
    select c.name as cause, f.contact_id as who from facts f join facts c on c.id = f.caused_by where f.name = 'promotion.redeemed'`.execute(ctx.db); // prettier-ignore
  expect(rows).toEqual([{ cause: "order.placed", who: bo }]);
  expect(await reportOf(ctx, id)).toMatchObject({ uses: 1, revenue: 11_254, cost: 1051 });
  expect((await usesOf(ctx, id, { limit: 5 })).items[0]).toMatchObject({ contact: "Bo", total: 11_254, amount: 1051 });
  await promotionsApi.remove.run(ctx, { id: placed });
  expect(await totalOf(ctx, placed)).toBe(12_505);
  expect(await books(t, id)).toEqual({ uses: 0, spent: 0 });
});

test("of twenty orders at once for the last coupon exactly one gets it, and the nineteen keep their price", async () => {
  const { t, ctx, id, code } = await scene({ uses_limit: 1 });
  const orders = await Promise.all(Array.from({ length: 20 }, () => order(ctx)));
  const answers = await Promise.all(orders.map((one) => refusalOf(redeemCode(ctx, one, code))));
  expect(answers.toSorted().slice(0, 20)).toEqual(["none", ...Array.from({ length: 19 }, () => "promotion.used-up")]);
  expect(await books(t, id)).toEqual({ uses: 1, spent: 1051 });
  const totals = await Promise.all(orders.map((one) => totalOf(ctx, one)));
  expect(totals.filter((total) => total === 12_505)).toHaveLength(19);
});

test("a budget, a day and a single code are never passed, however many come at once", async () => {
  const { t, ctx, id, code } = await scene({ budget: 5000 });
  const orders = await Promise.all(Array.from({ length: 12 }, () => order(ctx)));
  const answers = await Promise.all(orders.map((one) => refusalOf(redeemCode(ctx, one, code))));
  expect(answers.filter((a) => a === "none")).toHaveLength(4);
  expect(answers.filter((a) => a === "promotion.budget")).toHaveLength(8);
  expect(await books(t, id)).toEqual({ uses: 4, spent: 4204 });
  const daily = await createRecord(ctx, promotionType, { name: "Daily", kind: "amount", amount: 500, day_limit: 2 });
  const [single] = await makeCodes(ctx, daily.id, { count: 1, uses_limit: 1 });
  const [many] = await makeCodes(ctx, daily.id, { count: 1, uses_limit: null });
  const left = await Promise.all(Array.from({ length: 6 }, () => order(ctx)));
  const singles = await Promise.all(left.slice(0, 3).map((one) => refusalOf(redeemCode(ctx, one, single!.code))));
  expect(singles.toSorted()).toEqual(["code.used", "code.used", "none"]);
  const days = await Promise.all(left.slice(3).map((one) => refusalOf(redeemCode(ctx, one, many!.code))));
  expect(days.toSorted()).toEqual(["none", "promotion.day-limit", "promotion.day-limit"]);
});

test("one customer is counted once, as guest or with an account, and two at the same moment are not both let through", async () => {
  const { ctx, code } = await scene({ customer_limit: 1 });
  const bo = await meet(ctx, "Bo");
  const [first, second, guest, nobody] = [await order(ctx, bo), await order(ctx, bo), await order(ctx), await order(ctx)];
  const both = await Promise.all([first, second].map((one) => refusalOf(redeemCode(ctx, one, code))));
  expect(both.toSorted()).toEqual(["none", "promotion.customer-limit"]);
  expect(await refusalOf(redeemCode(ctx, guest, code, "BO@vertex.example"))).toBe("promotion.customer-limit");
  expect(await refusalOf(redeemCode(ctx, nobody, code))).toBe("promotion.customer-unknown");
  expect(await refusalOf(redeemCode(ctx, nobody, code, "new@vertex.example"))).toBe("none");
}); // prettier-ignore

test("every refusal says why, and a refused code leaves nothing behind", async () => {
  const { t, ctx, id, code } = await scene({ min_order: 20_000 });
  const small = await order(ctx);
  expect(await refusalOf(redeemCode(ctx, small, "nothing"))).toBe("code.unknown");
  expect(await refusalOf(redeemCode(ctx, small, code))).toBe("promotion.min-order");
  const now = await promotionNow(ctx, id);
  const change = async (values: Record<string, unknown>) => void (await updateRecord(ctx, promotionType, id, undefined, values)); // prettier-ignore
  await change({ min_order: null, active: false });
  expect(await refusalOf(redeemCode(ctx, small, code))).toBe("promotion.inactive");
  await change({ active: true, valid_from: new Date(Date.now() + 86_400_000) });
  expect(await refusalOf(redeemCode(ctx, small, code))).toBe("promotion.not-yet");
  await change({ valid_from: null, valid_to: new Date(Date.now() - 1000) });
  expect(await refusalOf(redeemCode(ctx, small, code))).toBe("promotion.over");
  await change({ valid_to: null });
  const product = await createRecord(ctx, productType, { name: "Kraut pot", category: "Pots", price: 1000, currency: "EUR" }); // prettier-ignore
  await addGood(ctx, id, { category: "Pots" });
  expect(await refusalOf(redeemCode(ctx, small, code))).toBe("promotion.no-goods");
  const pots = await placeOrder(ctx, { lines: [{ product_id: product.id, quantity: "1" }, { description: "Box", quantity: "1", unit_price: "90" }] }); // prettier-ignore
  await redeemCode(ctx, pots, code);
  expect(await totalOf(ctx, pots)).toBe(9900);
  const paid = await order(ctx);
  await receivePayment(ctx, paid, { amount: 100, method: "card" });
  await addGood(ctx, id, { product_id: product.id });
  expect(await refusalOf(redeemCode(ctx, paid, code))).toBe("promotion.no-goods");
  const other = await createRecord(ctx, promotionType, { name: "All", kind: "amount", amount: 100 });
  const [all] = await makeCodes(ctx, other.id, { count: 1, uses_limit: null });
  expect(await refusalOf(redeemCode(ctx, paid, all!.code))).toBe("order.fixed");
  expect(await refusalOf(redeemCode(ctx, pots, all!.code))).toBe("promotion.another");
  const [row] = (await sql<{ id: string }>`select id from promotion_codes where promotion_id = ${other.id}`.execute(ctx.db)).rows; // prettier-ignore
  await switchCode(ctx, other.id, row!.id, false);
  expect(await refusalOf(redeemCode(ctx, small, all!.code))).toBe("code.ended");
  const pounds = await placeOrder(ctx, { currency: "GBP", rate: "1.2", lines: [{ description: "Jar", quantity: "1", unit_price: "9" }] }); // prettier-ignore
  expect(await refusalOf(redeemCode(ctx, pounds, code))).toBe("promotion.currency");
  expect(await books(t, other.id)).toEqual({ uses: 0, spent: 0 });
  expect(now.version).toBe(1);
});

test("a cancelled order gives its use back with a row of its own, and takes it again when it is opened again", async () => {
  const { t, ctx, id, code } = await scene({ uses_limit: 1 });
  const placed = await order(ctx);
  await redeemCode(ctx, placed, code);
  await cancelOrder(ctx, placed, "changed their mind");
  await consumeAll(ctx, offersConsumer);
  expect(await books(t, id)).toEqual({ uses: 0, spent: 0 });
  await reopenOrder(ctx, placed);
  await consumeAll(ctx, offersConsumer);
  expect(await books(t, id)).toEqual({ uses: 1, spent: 1051 });
  expect(await totalOf(ctx, placed)).toBe(11_254);
  // Cancelled again, and another order takes the last use meanwhile: opened again it costs what it costs without.
  await cancelOrder(ctx, placed, "again");
  await consumeAll(ctx, offersConsumer);
  await redeemCode(ctx, await order(ctx), code);
  await reopenOrder(ctx, placed);
  await consumeAll(ctx, offersConsumer);
  expect(await totalOf(ctx, placed)).toBe(12_505);
  expect(await books(t, id)).toEqual({ uses: 1, spent: 1051 });
  const kinds = await sql<{ kind: string }>`select kind from promotion_uses where order_id = ${placed} order by at, id`.execute(ctx.db); // prettier-ignore
  expect(kinds.rows.map((r) => r.kind)).toEqual(["redeemed", "released", "redeemed", "released"]);
});

test("an order whose lines are changed keeps its one use, with what it takes off now; too small, it gives it back", async () => {
  const { t, ctx, id, code } = await scene({ uses_limit: 1, min_order: 5000 });
  const placed = await order(ctx);
  await redeemCode(ctx, placed, code);
  await changeOrder(ctx, placed, undefined, { lines: [{ description: "Jars", quantity: "30", unit_price: "10" }] });
  await consumeAll(ctx, offersConsumer);
  expect(await totalOf(ctx, placed)).toBe(27_000);
  expect(await books(t, id)).toEqual({ uses: 1, spent: 3000 });
  await changeOrder(ctx, placed, undefined, { lines: [{ description: "Jars", quantity: "1", unit_price: "10" }] });
  await consumeAll(ctx, offersConsumer);
  expect(await totalOf(ctx, placed)).toBe(1000);
  expect(await books(t, id)).toEqual({ uses: 0, spent: 0 });
});

test("an order placed with a code is placed whole or not at all, and wrong codes run out", async () => {
  const { ctx, id, code } = await scene();
  const lines = [{ description: "Jars", quantity: "1", unit_price: "10" }];
  expect(await promotionsApi.place.run(ctx, { lines, code })).toMatchObject({ promotion: { amount: 100 } });
  expect(await refusalOf(Promise.resolve(promotionsApi.place.run(ctx, { lines, code: "wrong" })))).toBe("code.unknown");
  expect((await sql`select 1 from orders`.execute(ctx.db)).rows).toHaveLength(1);
  for (let i = 0; i < 25; i++) await guardAttempts(ctx, code);
  const wrong = [];
  for (let i = 0; i < 25; i++) wrong.push(await refusalOf(guardAttempts(ctx, `WRONG${i}`)));
  expect(wrong.filter((w) => w !== "none").length).toBeGreaterThanOrEqual(5);
  // Guessing on is of no use: the right one is not answered either.
  expect(await refusalOf(guardAttempts(ctx, code))).not.toBe("none");
  await makeCodes(ctx, id, { count: 40, uses_limit: 1 });
  const csv = await codesCsv(ctx, id);
  expect(csv.file.trim().split("\n")).toHaveLength(42);
});
