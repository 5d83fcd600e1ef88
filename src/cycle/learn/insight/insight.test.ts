import { sql } from "kysely";
import { expect, test } from "vitest";
import { placeOrder, returnGoods } from "#deliver/orders";
import { receivePayment, refund } from "#deliver/payments";
import { inTransaction, type Ctx } from "#platform/context";
import { workOnce } from "#platform/jobs";
import { createLog } from "#platform/log";
import { createRecord, reasonNamed } from "#records";
import { consumeAll, record, timelineOf, type FactInput } from "#timeline";
import { databaseForTest } from "../../../../test/database.ts";
import { meet, type Who } from "../../../../test/world.ts";
import { insightsApi, themesApi } from "./api.ts";
import { buildJob } from "./build.ts";
import { insightsDue } from "./due.ts";
import { findInsight, findOut, themesConsumer, themeType } from "./index.ts";
import { raisersOf } from "./people.ts";
import { chanceOfRise, kept } from "./proposed.ts";
import { mentionsOf, seenOf, themeLines } from "./themes.ts";

const dayMs = 86_400_000;
const ago = (days: number): Date => new Date(Date.now() - days * dayMs);
const lids = { reason_ids: [], rules: [{ any: ["lid*"], all: [], none: [] }] };
const tell = (ctx: Ctx, fact: FactInput): Promise<string> => inTransaction(ctx, (tx) => record(tx, fact));
const complain = async (ctx: Ctx, who: string, subject: string, days: number, more: object = {}): Promise<string> =>
  tell(ctx, {
    name: "case.opened",
    contact_id: who,
    occurred_at: ago(days),
    payload: { number: `${subject}${days}`, subject, ...more },
  });
const makeTheme = async (ctx: Ctx, name: string, definition: object): Promise<string> =>
  (await createRecord(ctx, themeType, { name, definition })).id;
const build = async (ctx: Ctx): Promise<void> => {
  while (await workOnce(ctx, [buildJob], createLog("silent")));
};
const people = async (ctx: Ctx, ...who: Who[]): Promise<string[]> => {
  const met = [];
  for (const one of who) met.push((await meet(ctx, one)).id);
  return met;
}; // prettier-ignore

test("a theme gathers what was said as a case, a return, a refund and an answer; each case once", async () => {
  const ctx = (await databaseForTest()).ctx();
  const [ana, bo, sam] = await people(ctx, "ana", "bo", "sam");
  const reason = await inTransaction(ctx, (tx) => reasonNamed(tx, "Lid does not close", "return"));
  const order_id = await placeOrder(ctx, { contact_id: ana!, placed_at: ago(20), lines: [{ description: "Jar", quantity: "2", unit_price: "5" }] });
  const before = await complain(ctx, bo!, "The lid leaks", 10, { case_id: "01900000-0000-7000-8000-00000000c001" });
  const id = await makeTheme(ctx, "Lids", { ...lids, reason_ids: [reason] });
  await build(ctx);
  const { items: known } = await mentionsOf(ctx, id, { limit: 50 });
  expect(known).toMatchObject([{ fact_id: before, said: "The lid leaks", contact_id: bo }]);

  await receivePayment(ctx, order_id, { amount: 1000, method: "card", received_at: ago(19) });
  const lines = await sql<{ id: string }>`select id from order_lines where order_id = ${order_id}`.execute(ctx.db);
  await returnGoods(ctx, order_id, { reason_id: reason, returned_at: ago(4), lines: [{ order_line_id: lines.rows[0]!.id, quantity: "1" }] });
  await refund(ctx, order_id, { amount: 300, method: "card", received_at: ago(3) });
  await tell(ctx, { name: "case.resolved", contact_id: bo!, occurred_at: ago(9), payload: { number: "1", hours: 2, case_id: "01900000-0000-7000-8000-00000000c001", reason_id: reason } });
  await tell(ctx, { name: "survey.answered", contact_id: sam!, occurred_at: ago(2), payload: { survey: "How?", score: 3, comment: "Your LIDS leak" } });
  await tell(ctx, { name: "survey.answered", contact_id: sam!, occurred_at: ago(2), payload: { survey: "How?", score: 9, comment: "Solid!" } });
  await consumeAll(ctx, themesConsumer);
  const seen = await seenOf(ctx, id, 90);
  expect(seen).toMatchObject({ people: 3, mentions: 3, orders: 1, base: 1, rate: 300, stake: { refunded: 300, returned: 200, lost: 0, customers: 700 } });
  expect(seen.trend.reduce((n, b) => n + b.mentions, 0)).toBe(3);
  expect((await themeLines(ctx, 90)).items).toMatchObject([{ id, at_stake: 1200, insights: 0 }]);
}); // prettier-ignore

test("a changed definition finds its mentions anew, and what it no longer means is gone", async () => {
  const ctx = (await databaseForTest()).ctx();
  const [ana, bo] = await people(ctx, "ana", "bo");
  await complain(ctx, ana!, "Lid is bent", 5);
  await complain(ctx, bo!, "Where is my parcel?", 4);
  const id = await makeTheme(ctx, "Trouble", lids);
  await build(ctx);
  const said = async () => (await mentionsOf(ctx, id, { limit: 50 })).items.map((m) => m.said);
  expect(await said()).toEqual(["Lid is bent"]);
  const definition = { reason_ids: [], rules: [{ any: ["parcel"], all: [], none: [] }] };
  const changed = await themesApi.update.run(ctx, { id, version: 1, definition });
  expect(changed.job_id).not.toBeNull();
  await consumeAll(ctx, themesConsumer);
  await build(ctx);
  expect(await said()).toEqual(["Where is my parcel?"]);
  const tried = await themesApi.tried.run(ctx, { definition: lids });
  expect(tried).toMatchObject({ matched: 1, of: 2, examples: [{ said: "Lid is bent", contact: "Ana Ruiz" }] });
  await expect(makeTheme(ctx, "trouble", lids)).rejects.toMatchObject({ code: "theme.name-taken" });
  await expect(makeTheme(ctx, "Empty", { reason_ids: [], rules: [] })).rejects.toThrow();
  await expect(makeTheme(ctx, "Gone", { reason_ids: [id], rules: [] })).rejects.toMatchObject({ code: "theme.reason" });
});

test("an insight freezes its evidence and joins those who raised it, with their words as the cause; later ones join by their fact", async () => {
  const ctx = (await databaseForTest()).ctx();
  const [ana, bo, sam] = await people(ctx, "ana", "bo", "sam");
  const cause = await complain(ctx, ana!, "Lid leaks", 5);
  const theme_id = await makeTheme(ctx, "Lids", lids);
  await build(ctx);
  const id = await findOut(ctx, { title: "Lids of the 500 ml jar", about: { kind: "theme", theme_id }, days: 90 });
  const found = await findInsight(ctx, id);
  expect(found).toMatchObject({ state: "open", people: 1, evidence: { kind: "theme", mentions: 1, definition: lids, fact_ids: [cause] } });
  const joined = async (who: string) => (await timelineOf(ctx, { contact_id: who }, { names: ["insight.joined"] })).items;
  expect(await joined(ana!)).toMatchObject([{ sentence: "added to the insight “Lids of the 500 ml jar”", caused_by: { id: cause } }]);
  expect(await joined(bo!)).toEqual([]);
  const later = await tell(ctx, { name: "case.opened", contact_id: sam!, payload: { number: "9", subject: "My lid, too" } });
  await complain(ctx, bo!, "A lid of long ago", 30);
  await consumeAll(ctx, themesConsumer);
  await consumeAll(ctx, themesConsumer);
  expect(await joined(sam!)).toMatchObject([{ caused_by: { id: later } }]);
  // What happened before the insight was found was not raised since.
  expect(await joined(bo!)).toEqual([]);
  expect(await raisersOf(ctx, id)).toMatchObject([{ name: "Sam Moreau", later: true, said: "My lid, too" }, { name: "Ana Ruiz", later: false }]);
  expect((await findInsight(ctx, id)).evidence).toEqual(found.evidence);
  expect(await insightsApi.of.run(ctx, { id: sam! })).toMatchObject({ items: [{ id, theme: "Lids", mentions: 1 }] });
  await insightsApi.close.run(ctx, { id, reason: "Solved by the supplier" });
  await expect(insightsApi.close.run(ctx, { id, reason: "again" })).rejects.toMatchObject({ code: "insight.state" });
  await tell(ctx, { name: "case.opened", contact_id: bo!, payload: { number: "10", subject: "Lid" } });
  await consumeAll(ctx, themesConsumer);
  expect(await joined(bo!)).toEqual([]);
}); // prettier-ignore

test("the ring's weakest link becomes an insight with its figures; a link that is none is refused", async () => {
  const ctx = (await databaseForTest()).ctx();
  await people(ctx, "ana");
  const about = { kind: "link" as const, lens: "seven_stages", from: "onboarding", to: "engagement" };
  const id = await findOut(ctx, { title: "They stop after the first box", about, days: 90 });
  expect(await findInsight(ctx, id)).toMatchObject({ kind: "link", evidence: { kind: "link", from_step: "Onboarding", moved: 0 } });
  await expect(findOut(ctx, { title: "x", about: { ...about, to: "advocacy" }, days: 90 })).rejects.toMatchObject({ kind: "invalid" });
}); // prettier-ignore

test("a theme that rose is proposed with its figures; chance alone is not, and one waved away stays away", async () => {
  const ctx = (await databaseForTest()).ctx();
  const [ana] = await people(ctx, "ana");
  const ids = await crowd(ctx, ana!, 120);
  const rising = await makeTheme(ctx, "Lids", lids);
  await makeTheme(ctx, "Parcels", { reason_ids: [], rules: [{ any: ["parcel"], all: [], none: [] }] });
  for (const [i, who] of ids.entries()) {
    if (i < 14) await complain(ctx, who, "Lid leaks", 5);
    if (i < 3) await complain(ctx, who, "Lid leaks", 50 + 10 * i);
    if (i % 30 === 0) for (const days of [5, 40, 70, 100]) await complain(ctx, who, "parcel", days);
  }
  await build(ctx);
  const due = await insightsDue(ctx);
  expect(due).toMatchObject([{ title: "“Lids” is rising", reason: expect.stringContaining("14 people"), act: { to: `/themes/${rising}` } }]); // prettier-ignore
  await themesApi.putOff.run(ctx, { id: rising, days: 90 });
  expect(await insightsDue(ctx)).toEqual([]);
  await themesApi.putOff.run(ctx, { id: rising, days: 0 });
  await findOut(ctx, { title: "Lids", about: { kind: "theme", theme_id: rising }, days: 90, proposed: true });
  expect(await insightsDue(ctx)).toEqual([]);
});

/** So many contacts, each ordering every twenty days for half a year. */
async function crowd(ctx: Ctx, like: string, n: number): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    insert into contacts (id, name, source) select gen_random_uuid(), 'Guest ' || i, 'a fair' from generate_series(1, ${n}) i returning id`.execute(ctx.db);
  await sql`
    insert into orders (id, number, contact_id, currency, placed_at)
    select gen_random_uuid(), c.name || ' ' || d, c.id, 'EUR', now() - d * interval '1 day' from contacts c cross join generate_series(1, 181, 20) d where c.id <> ${like}`.execute(ctx.db);
  return rows.map((r) => r.id);
} // prettier-ignore

test("of many tests on nothing, at most a few in a hundred say something", () => {
  expect(chanceOfRise({ k: 30, n: 400 }, { k: 30, n: 1200 })).toBeLessThan(0.001);
  expect(chanceOfRise({ k: 5, n: 400 }, { k: 60, n: 1200 })).toBeGreaterThan(0.9);
  expect(kept([0.001, 0.02, 0.03, 0.9].map((p) => ({ p }))).map((t) => t.p)).toEqual([0.001, 0.02, 0.03]);
  expect(kept([0.02, 0.9, 0.9, 0.9].map((p) => ({ p })))).toEqual([]);
});
