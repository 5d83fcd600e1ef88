import { sql } from "kysely";
import { expect, test } from "vitest";
import { cancelOrder, placeOrder, returnGoods } from "#deliver/orders";
import { receivePayment, refund } from "#deliver/payments";
import { inTransaction, type Ctx } from "#platform/context";
import { databaseForTest, type TestDatabase } from "../../../../test/database.ts";
import { adjustPoints, applyVoucher, cancelVoucher, changeProgram, grantPoints, loyaltyTold, memberOf, programOf, redeemReward, takeBackPoints } from "./index.ts"; // prettier-ignore
import { buy, disagreeing, programWith, settle, start } from "./members-for-tests.ts";

const day = 86_400_000;
const on = (t: TestDatabase, days: number): Ctx => t.ctx("manager", { at: new Date(start.getTime() + days * day) });
const held = async (ctx: Ctx, contact: string) => {
  const m = (await memberOf(ctx, { contact }))!;
  return { pending: m.pending, available: m.available, debt: m.debt, redeemed: m.redeemed, expired: m.expired };
};

test("points follow an order from its payment to its return, and every fact names its cause", async () => {
  const t = await databaseForTest();
  const [ana] = await programWith(on(t, 0), 1);
  const order = await buy(on(t, 1), ana!, 1200);
  await settle(on(t, 1));
  expect(await held(on(t, 1), ana!)).toMatchObject({ pending: 1200, available: 0 });
  // Read late, before anybody wrote it: 30 days to return are over.
  expect(await held(on(t, 32), ana!)).toMatchObject({ pending: 0, available: 1200 });
  await settle(on(t, 32));
  const told = (await memberOf(on(t, 32), { contact: ana! }))!;
  expect(told).toMatchObject({ tier: "Silver", qualifying: 1200, next: { tier: "Gold", missing: 1800 } });
  // Consumed again from the beginning, nothing comes twice.
  await sql`update consumers set epoch = 0, tx = 0, seq = 0 where name = 'loyalty'`.execute(on(t, 32).db);
  await settle(on(t, 32));
  expect(await held(on(t, 32), ana!)).toMatchObject({ available: 1200 });
  const lines = await sql<{ id: string }>`select id from order_lines where order_id = ${order}`.execute(on(t, 33).db);
  await returnGoods(on(t, 33), order, { lines: [{ order_line_id: lines.rows[0]!.id, quantity: "400" }] });
  await settle(on(t, 33));
  // The money for it goes back later: the same goods are not taken off twice.
  await refund(on(t, 34), order, { amount: 40_000, method: "card" });
  await settle(on(t, 34));
  expect(await held(on(t, 34), ana!)).toMatchObject({ available: 800, debt: 0 });
  const chain = await sql<{ name: string; cause: string }>`
    select f.name, c.name as cause from facts f join facts c on c.id = f.caused_by where f.name ~ '^(reward|points|tier)' order by f.occurred_at, f.id`.execute(on(t, 34).db);
  expect(chain.rows.map((r) => `${r.cause} > ${r.name}`)).toEqual([
    "order.paid > reward.earned",
    "reward.earned > points.activated",
    "points.activated > tier.reached",
    "order.returned > points.reversed",
  ]);
  // The half that is left expires after two years, dated at the midnight after, however late it is written.
  await settle(on(t, 900));
  expect(await held(on(t, 900), ana!)).toMatchObject({ available: 0, expired: 800 });
  const expired = await sql<{ at: Date }>`select at from loyalty_entries where kind = 'expired'`.execute(on(t, 900).db);
  expect(expired.rows[0]!.at).toEqual(new Date("2028-02-10T23:00:00Z"));
  expect((await disagreeing(on(t, 900))).wrong).toEqual([]);
}); // prettier-ignore

test("a voucher is taken, pays a part of an order, and comes back in part with its refund", async () => {
  const t = await databaseForTest();
  const [ana] = await programWith(on(t, 0), 1);
  await inTransaction(on(t, 1), (tx) => grantPoints(tx, { contact_id: ana!, points: 700, key: "g", reason: "Welcome" }));
  const code = await redeemReward(on(t, 2), { contact_id: ana!, key: "once" });
  expect(await redeemReward(on(t, 2), { contact_id: ana!, key: "once" })).toBe(code);
  expect(await held(on(t, 2), ana!)).toMatchObject({ available: 200, redeemed: 500 });
  const order = await placeOrder(on(t, 3), { contact_id: ana!, lines: [{ description: "Jars", quantity: "10", unit_price: "1" }] });
  expect(await applyVoucher(on(t, 3), { code: code.toLowerCase().replaceAll("-", " "), order_id: order })).toBe(500);
  await expect(applyVoucher(on(t, 3), { code, order_id: order })).rejects.toThrow(/was used/);
  await receivePayment(on(t, 3), order, { amount: 500, method: "card" });
  await settle(on(t, 3));
  // The half that points paid earns nothing.
  expect(await held(on(t, 3), ana!)).toMatchObject({ pending: 5, available: 200, redeemed: 500 });
  await refund(on(t, 4), order, { amount: 500, method: "card" });
  await settle(on(t, 4));
  expect(await held(on(t, 4), ana!)).toMatchObject({ pending: 2, available: 450, redeemed: 250 });
  await settle(on(t, 40));
  expect((await disagreeing(on(t, 40))).wrong).toEqual([]);
}); // prettier-ignore

test("a cancelled voucher gives points back with their old day; one that was never used runs out by itself", async () => {
  const t = await databaseForTest();
  const [ana] = await programWith(on(t, 0), 1, { voucher_days: 20, expiry: "days", expiry_after: 30 });
  await inTransaction(on(t, 0), (tx) => grantPoints(tx, { contact_id: ana!, points: 1000, key: "g", reason: "Welcome" }));
  await redeemReward(on(t, 1), { contact_id: ana!, key: "a" });
  await redeemReward(on(t, 15), { contact_id: ana!, key: "b" });
  const [second] = (await memberOf(on(t, 15), { contact: ana! }))!.vouchers;
  await expect(redeemReward(on(t, 15), { contact_id: ana!, key: "c" })).rejects.toThrow(/Only 0 points/);
  await settle(on(t, 22));
  // The first ran out on day 21.
  expect(await held(on(t, 22), ana!)).toMatchObject({ available: 500, redeemed: 500 });
  await cancelVoucher(on(t, 32), second!.id, "changed their mind");
  // Whoever cancels after the points' own day gets nothing.
  expect(await held(on(t, 32), ana!)).toMatchObject({ available: 0, redeemed: 0, expired: 1000 });
  expect((await disagreeing(on(t, 32))).wrong).toEqual([]);
}); // prettier-ignore

test("points of a cancelled order are taken back, granted ones too, and what was spent is owed", async () => {
  const t = await databaseForTest();
  const [ana] = await programWith(on(t, 0), 1, { reward: { name: "Voucher", points: 60, amount: 500 } });
  const grant = (key: string) => inTransaction(on(t, 1), (tx) => grantPoints(tx, { contact_id: ana!, points: 60, key, reason: "A friend ordered" })); // prettier-ignore
  expect(await grant("friend")).toBe(await grant("friend"));
  const order = await buy(on(t, 1), ana!, 50);
  await settle(on(t, 1));
  await cancelOrder(on(t, 2), order, "by mistake");
  await settle(on(t, 2));
  expect(await held(on(t, 2), ana!)).toMatchObject({ pending: 0, available: 60 });
  await redeemReward(on(t, 3), { contact_id: ana!, key: "v" });
  const back = () => inTransaction(on(t, 4), (tx) => takeBackPoints(tx, { key: "friend", reason: "the friend sent it back" })); // prettier-ignore
  expect([await back(), await back()]).toEqual([60, 0]);
  expect(await held(on(t, 4), ana!)).toMatchObject({ available: 0, debt: -60 });
  await expect(redeemReward(on(t, 4), { contact_id: ana!, key: "w" })).rejects.toThrow(/owed/);
  await adjustPoints(on(t, 5), { contact_id: ana!, points: 100, reason: "Sorry for the delay", key: "hand:1" });
  expect(await held(on(t, 5), ana!)).toMatchObject({ available: 40, debt: 0 });
  await expect(adjustPoints(on(t, 5), { contact_id: ana!, points: -41, reason: "x", key: "hand:2" })).rejects.toThrow(/Only 40/); // prettier-ignore
  await adjustPoints(on(t, 5), { contact_id: ana!, points: -40, reason: "x", key: "hand:3" });
  expect((await disagreeing(on(t, 5))).wrong).toEqual([]);
});

test("rules change for what comes then; what was earned keeps its version; the liability is what may still be spent", async () => {
  const t = await databaseForTest();
  const ctx = on(t, 1);
  const [ana] = await programWith(on(t, 0), 1);
  const first = await buy(ctx, ana!, 100);
  await settle(ctx);
  const { rules } = (await programOf(ctx))!;
  const { version, ...said } = rules;
  await changeProgram(ctx, { version, rules: { ...said, points_per_unit: "2" } });
  await expect(changeProgram(ctx, { version, rules: said })).rejects.toThrow(/Somebody changed/);
  await buy(on(t, 2), ana!, 100);
  await refund(on(t, 2), first, { amount: 5000, method: "card" });
  await settle(on(t, 2));
  expect(await held(on(t, 2), ana!)).toMatchObject({ pending: 250 });
  await settle(on(t, 40));
  const told = await loyaltyTold(on(t, 40));
  // 250 points at one cent each, of which a fifth is never spent.
  expect([told.sums.available, told.liability, told.versions.length]).toEqual([250, 200, 2]);
});

test("of twenty who take points at once from a balance of seven, seven get them", async () => {
  const t = await databaseForTest();
  const ctx = on(t, 1);
  const [ana] = await programWith(on(t, 0), 1, { reward: { name: "Voucher", points: 100, amount: 500 } });
  await inTransaction(ctx, (tx) => grantPoints(tx, { contact_id: ana!, points: 750, key: "g", reason: "Welcome" }));
  const tries = await Promise.allSettled(Array.from({ length: 20 }, (_, i) => redeemReward(ctx, { contact_id: ana!, key: `k${i}` }))); // prettier-ignore
  expect(tries.filter((r) => r.status === "fulfilled")).toHaveLength(7);
  expect(await held(ctx, ana!)).toMatchObject({ available: 50, redeemed: 700 });
  // One voucher used twice at once pays once.
  const order = await placeOrder(ctx, { contact_id: ana!, lines: [{ description: "Jars", quantity: "100", unit_price: "1" }] }); // prettier-ignore
  const code = tries.find((r) => r.status === "fulfilled")!.value;
  const uses = await Promise.allSettled([1, 2, 3].map(() => applyVoucher(ctx, { code, order_id: order })));
  expect(uses.filter((r) => r.status === "fulfilled")).toHaveLength(1);
  expect((await disagreeing(ctx)).wrong).toEqual([]);
});

test("before there is a programme nobody earns, and two who start it at once start one", async () => {
  const t = await databaseForTest();
  const ctx = on(t, 1);
  expect((await loyaltyTold(ctx)).program).toBeNull();
  const starts = await Promise.allSettled([programWith(ctx, 1), programWith(ctx, 1)]);
  expect(starts.filter((s) => s.status === "fulfilled")).toHaveLength(1);
});
