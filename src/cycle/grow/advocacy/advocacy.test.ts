import { sql } from "kysely";
import { expect, test } from "vitest";
import { leadsConsumer } from "#convert/leads";
import { cancelOrder, changeOrder, placeOrder } from "#deliver/orders";
import { receivePayment, refund } from "#deliver/payments";
import { markDelivered, shipGoods } from "#deliver/shipments";
import { memberOf } from "#grow/loyalty";
import { redeemCode } from "#grow/offers";
import type { Ctx } from "#platform/context";
import { consumeAll } from "#timeline";
import { advocacyConsumer, settleDue } from "./consumer.ts";
import { referralsDue } from "./due.ts";
import { askToRefer } from "./mail.ts";
import { chain, recommending } from "./recommending-for-tests.ts";
import { clearReferral, readmitReferral, refuseReferral } from "./review.ts";

const pointsOf = async (ctx: Ctx, contact: string): Promise<number> => (await memberOf(ctx, { contact }))?.available ?? 0; // prettier-ignore

const buy = async (ctx: Ctx, contact_id: string, { price = "40", ships = false } = {}): Promise<string> => {
  const order = await placeOrder(ctx, { contact_id, lines: [{ description: "Jars", quantity: "1", unit_price: price, ships }] }); // prettier-ignore
  await receivePayment(ctx, order, { amount: Number(price) * 100, method: "card" });
  return order;
};

/** Bo came through Priya. */
async function boCame(more: Record<string, unknown> = {}) {
  const r = await recommending(more);
  await r.join(await r.click(), "Bo Lind", "bo@vertex.example");
  const [referral] = await r.all();
  return { ...r, bo: referral!.friend_id, id: referral!.id, now: async () => (await r.all())[0]! };
}

test("a friend comes through an invitation, pays, keeps the goods, and the advocate is rewarded once, each from its cause", async () => {
  const r = await boCame();
  expect(await r.now()).toMatchObject({ state: "signed_up", review: "none", points: 200 });
  await consumeAll(r.on(), leadsConsumer);
  const lead = await sql<{ source: string }>`select source from leads where contact_id = ${r.bo}`.execute(r.ctx.db);
  expect(lead.rows).toEqual([{ source: "referral" }]);
  const [mail] = await r.mails();
  const code = /first order: (\S+)/.exec(mail!.text)?.[1] ?? "";
  const bought = await r.pass(3);
  const order = await placeOrder(bought, { contact_id: r.bo, lines: [{ description: "Jars", quantity: "1", unit_price: "40", ships: true }] });
  await redeemCode(bought, order, code);
  await receivePayment(bought, order, { amount: 3600, method: "card" });
  await r.pass(0);
  expect(await r.now()).toMatchObject({ state: "qualified", order_id: order, hold_until: null });
  const sent = await r.pass(1);
  await markDelivered(await r.pass(2), await shipGoods(sent, order, {}));
  const arrived = await r.pass(0);
  expect(await r.now()).toMatchObject({ state: "holding", hold_until: new Date(arrived.clock().getTime() + 30 * 86_400_000) });
  expect((await referralsDue(r.on(), { mine: false }))[0]).toMatchObject({ title: "Thank Priya Kim", reason: "The first order of Bo Lind, whom they recommended us to, was paid · the reward leaves the return window on July 7" });
  await r.pass(29);
  expect(await pointsOf(r.on(), r.priya)).toBe(0);
  const late = await r.pass(2);
  expect(await r.now()).toMatchObject({ state: "rewarded" });
  expect(await pointsOf(late, r.priya)).toBe(200);
  const links = await chain(r.ctx);
  for (const link of ["referral.made > referral.joined", "referral.joined > form.submitted", "form.submitted > lead.opened", "order.paid > referral.qualified", "referral.qualified > referral.rewarded", "referral.rewarded > reward.earned"])
    expect(links).toContain(link);
}); // prettier-ignore

test("twenty at once, by fact and by time, give one reward", async () => {
  const r = await boCame();
  await buy(await r.pass(1), r.bo);
  await Promise.all(Array.from({ length: 20 }, () => consumeAll(r.on(), advocacyConsumer)));
  expect(await r.now()).toMatchObject({ state: "holding" });
  const late = r.on(60);
  await Promise.all(Array.from({ length: 20 }, () => settleDue(late)));
  // All facts again, too.
  await sql`update consumers set epoch = 0, tx = 0, seq = 0 where name = 'advocacy'`.execute(late.db);
  await consumeAll(late, advocacyConsumer);
  await settleDue(late);
  expect(await pointsOf(late, r.priya)).toBe(200);
  const told = await sql<{ n: number }>`select count(*)::int as n from facts where name in ('referral.rewarded', 'referral.qualified')`.execute(late.db); // prettier-ignore
  expect(told.rows[0]!.n).toBe(2);
});

test("money given back before the reward rejects it, after the reward takes the points back; a part that leaves enough does neither", async () => {
  const before = await boCame();
  const order = await buy(await before.pass(1), before.bo);
  await before.pass(1);
  await refund(before.on(), order, { amount: 1000, method: "card" });
  await before.pass(0);
  expect((await before.now()).state).toBe("holding");
  await refund(before.on(), order, { amount: 1500, method: "card" });
  await before.pass(0);
  expect(await before.now()).toMatchObject({ state: "rejected", reason: "the money was given back" });
  expect(await pointsOf(await before.pass(90), before.priya)).toBe(0);
  const after = await boCame();
  const kept = await buy(await after.pass(1), after.bo);
  const rewarded = await after.pass(40);
  expect(await pointsOf(rewarded, after.priya)).toBe(200);
  await refund(rewarded, kept, { amount: 4000, method: "card" });
  await after.pass(1);
  await after.pass(1);
  expect(await after.now()).toMatchObject({ state: "clawed_back" });
  expect(await pointsOf(after.on(), after.priya)).toBe(0);
  expect(await chain(after.ctx)).toContain("payment.refunded > referral.clawed-back");
});

test("a cancelled order, a small one, one too late and none at all bring no reward", async () => {
  const r = await boCame();
  await buy(await r.pass(1), r.bo, { price: "19" });
  await r.pass(1);
  expect((await r.now()).state).toBe("signed_up");
  const order = await buy(r.on(), r.bo, { price: "21" });
  await r.pass(0);
  expect((await r.now()).state).toBe("holding");
  await cancelOrder(r.on(), order, "sold out");
  await r.pass(1);
  expect(await r.now()).toMatchObject({ state: "rejected", reason: "the order was cancelled" });
  const late = await boCame({ window_days: 10 });
  await late.pass(11);
  expect(await late.now()).toMatchObject({ state: "rejected", reason: "no first order in time" });
  await buy(late.on(), late.bo);
  expect(await pointsOf(await late.pass(60), late.priya)).toBe(0);
});

test("whoever is the advocate, a customer, a lead before or came before does not count, and only their own mailbox learns it", async () => {
  const r = await recommending();
  const old = await r.meet("Old Customer", "old@vertex.example");
  await buy(r.on(), old);
  const answers = [];
  for (const [name, email] of [["New One", "new@vertex.example"], ["Old Customer", "old@vertex.example"], ["Me", "PRIYA+x@kim.example"], ["New One", "new@vertex.example"]] as const)
    answers.push(await r.join(await r.click(), name, email));
  expect(new Set(answers.map((a) => `${a.statusCode} ${a.headers.location} ${a.body}`)).size).toBe(1);
  expect((await r.all()).map((one) => one.reason)).toEqual([null, "was a customer already", "is the advocate themself", "was recommended before"]);
  const mails = await r.mails();
  expect(mails.filter((m) => /Your code/.test(m.text)).map((m) => m.to)).toEqual(["new@vertex.example"]);
  // Her own page says nothing of it that tells whom we know.
  const { own_url } = await (await import("./queries.ts")).aroundContact(r.ctx, r.priya);
  const page = await r.page("GET", own_url!.replace("https://crm.northwind.example", ""));
  expect(page.body.match(/Signed up; their first order counts until/g)).toHaveLength(4);
  expect(page.body).not.toMatch(/customer already|themself/);
}); // prettier-ignore

test("two advocates bring the same friend at one moment: one of them counts; and an advocate's limit holds", async () => {
  const r = await recommending({ advocate_limit: 2 });
  const tokens = [];
  for (let i = 0; i < 6; i++) tokens.push(await r.click());
  await Promise.all(tokens.slice(0, 3).map((token) => r.join(token, "Bo Lind", "bo@vertex.example")));
  expect((await r.all()).filter((one) => one.state === "signed_up")).toHaveLength(1);
  await Promise.all(tokens.slice(3).map((token, i) => r.join(token, `Friend ${i}`, `f${i}@elsewhere.example`)));
  const all = await r.all();
  expect(all.filter((one) => one.state === "signed_up")).toHaveLength(2);
  expect(all.filter((one) => one.reason?.startsWith("the advocate has brought"))).toHaveLength(2);
});

test("what looks odd waits for a person before the reward; refused three times the code is suspended", async () => {
  const r = await recommending();
  await r.join(await r.click(), "Cousin Kim", "cousin@kim.example");
  const [first] = await r.all();
  expect(first).toMatchObject({ state: "signed_up", review: "waiting", flags: "the address is of the advocate's own domain" }); // prettier-ignore
  await buy(await r.pass(1), first!.friend_id);
  const late = await r.pass(60);
  expect(await pointsOf(late, r.priya)).toBe(0);
  expect((await referralsDue(late, { mine: false })).map((d) => d.title)).toEqual(["Look at Priya Kim's recommendation of Cousin Kim"]); // prettier-ignore
  await clearReferral(late, first!.id, true);
  await r.pass(0);
  expect(await pointsOf(late, r.priya)).toBe(200);
  for (const name of ["a", "b", "c"]) await r.join(await r.click(), `Kim ${name}`, `${name}@mailinator.com`);
  const odd = (await r.all()).slice(1);
  for (const one of odd) await refuseReferral(r.on(), one.id, "nobody there");
  await readmitReferral(r.on(), odd[0]!.id);
  expect((await r.all())[1]).toMatchObject({ state: "signed_up", review: "waiting" });
  expect((await r.page("GET", `/r/${r.code}`)).statusCode).toBe(404);
});

test("asking a customer to recommend us counts against their budget of mails, and brings them to their own page", async () => {
  const r = await recommending();
  expect(await askToRefer(r.on(), r.priya)).toHaveProperty("send_id");
  const [mail] = await r.mails();
  const own = /https:\S+\/advocate\/\S+/.exec(mail!.text)?.[0] ?? "";
  const page = await r.page("GET", own.replace("https://crm.northwind.example", ""));
  expect(page.statusCode).toBe(200);
  expect(page.body).toContain(`/r/${r.code}`);
  expect(page.body).toContain("data:image/svg+xml");
  expect(await askToRefer(await r.pass(0.6), r.priya)).toHaveProperty("held");
});

test("an order that is changed before it is paid counts as it is when it is paid", async () => {
  const r = await boCame();
  const ctx = await r.pass(1);
  const order = await placeOrder(ctx, { contact_id: r.bo, lines: [{ description: "Jars", quantity: "1", unit_price: "40" }] }); // prettier-ignore
  await changeOrder(ctx, order, undefined, { lines: [{ description: "Jar", quantity: "1", unit_price: "10" }] });
  await receivePayment(ctx, order, { amount: 1000, method: "card" });
  await r.pass(0);
  expect((await r.now()).state).toBe("signed_up");
});
