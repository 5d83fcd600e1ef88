import { sql } from "kysely";
import fc from "fast-check";
import { expect, test } from "vitest";
import { priceListType, productType, setPrice } from "#convert/catalog";
import { newId } from "#kernel/id";
import { inTransaction, type Ctx } from "#platform/context";
import { createRecord, reasonNamed, trashRecord, updateRecord } from "#records";
import { databaseForTest, type TestDatabase } from "../../../../test/database.ts";
import { meet } from "../../../../test/world.ts";
import { boardOf } from "./board.ts";
import { record } from "#timeline";
import { openByHand } from "./by-hand.ts";
import { dueOpportunities } from "./due.ts";
import {
  changeLines, linesOf, moveOpportunity, openOpportunity, opportunityType, pipelinesOf, savePipeline, seedPipeline, winOpportunity,
} from "./index.ts"; // prettier-ignore
import { findOpportunity, type Spell } from "./queries.ts";

const dayMs = 86_400_000;
const start = new Date(Date.now() - 60 * dayMs);
const after = (days: number): Date => new Date(start.getTime() + days * dayMs);

/** A company with its pipeline, Ana of Initech, and a deal of 18,400.00 opened on the first day. */
async function company(): Promise<{ t: TestDatabase; on: (day: number) => Ctx; deal: string; ana: { id: string; account_id: string } }> {
  const t = await databaseForTest();
  const on = (day: number): Ctx => t.ctx("agent", { at: after(day) });
  await seedPipeline(on(0));
  const ana = await meet(t.ctx(), "ana");
  const deal = await openOpportunity(on(0), { name: "Initech expansion", contact_id: ana.id, amount: 1_840_000 });
  return { t, on, deal, ana };
} // prettier-ignore
const stage = async (ctx: Ctx, name: string): Promise<string> =>
  (await pipelinesOf(ctx))[0]!.stages.find((s) => s.name === name)!.id;
const move = async (ctx: Ctx, id: string, name: string, more: Partial<Parameters<typeof moveOpportunity>[2]> = {}) =>
  moveOpportunity(ctx, id, { stage_id: await stage(ctx, name), ...more });
const seen = async (ctx: Ctx, id: string) =>
  JSON.parse((await findOpportunity(ctx, id)).json) as Record<string, unknown> & { spells: Spell[]; version: number };
const factsOf = async (ctx: Ctx, id: string) =>
  (
    await sql<{ name: string; id: string; caused_by: string | null; payload: Record<string, unknown> }>`
      select name, id, caused_by, payload from facts where payload->>'opportunity_id' = ${id} order by occurred_at, seq`.execute(
      ctx.db,
    )
  ).rows;

test("a deal that somebody writes down answers the contact's open lead; where there is none, nothing is made up", async () => {
  const { on, ana } = await company();
  const cause = async (contact_id: string, day: number): Promise<string | null> =>
    (await factsOf(on(day), await openByHand(on(day), { name: "A deal", contact_id })))[0]!.caused_by;
  const told = (day: number, name: "lead.opened" | "lead.unqualified" | "lead.reopened", more: object): Promise<string> =>
    inTransaction(on(day), (tx) => record(tx, { name, contact_id: ana.id, payload: { lead_id: lead, ...more } } as Parameters<typeof record>[1]));
  const lead = newId();
  expect(await cause(ana.id, 1)).toBeNull();
  const asked = await told(2, "lead.opened", { source: "a form" });
  expect(await cause(ana.id, 3)).toBe(asked);
  await told(4, "lead.unqualified", { reason: "No budget" });
  expect(await cause(ana.id, 5)).toBeNull();
  await told(6, "lead.reopened", { why: "asked again" });
  expect(await cause(ana.id, 7)).toBe(asked);
  expect(await cause((await meet(on(0), "bo")).id, 7)).toBeNull();
}); // prettier-ignore

test("a deal moves on, is asked for what a stage needs, is won, and its history has the days of each stage", async () => {
  const { on, deal } = await company();
  await move(on(5), deal, "Meeting");
  await expect(move(on(8), deal, "Proposal")).rejects.toMatchObject({
    code: "opportunity.fields-required",
    fields: [{ field: "expected_close" }],
  });
  await move(on(9), deal, "Proposal", { values: { expected_close: "2030-01-31" } });
  await move(on(12.5), deal, "Won");
  const now = await seen(on(20), deal);
  expect(now).toMatchObject({ status: "won", probability: 100, closed_at: after(12.5).toISOString().replace("Z", "+00:00").replace(/\.(\d+?)0*\+/, ".$1+") }); // prettier-ignore
  expect(now.spells.map((s) => [s.stage.title, Math.round((s.seconds / 86_400) * 10) / 10])).toEqual([
    ["Qualified", 5],
    ["Meeting", 4],
    ["Proposal", 3.5],
    ["Won", 0],
  ]);
  const facts = await factsOf(on(20), deal);
  expect(facts.map((f) => f.name)).toEqual(["opportunity.opened", "opportunity.staged", "opportunity.staged", "opportunity.won"]); // prettier-ignore
  expect(facts[1]!.payload).toMatchObject({ from: "Qualified", to: "Meeting", days: 5 });
  expect(new Set(facts.slice(1).map((f) => f.caused_by))).toEqual(new Set([facts[0]!.id]));
});

test("losing needs a reason of the taxonomy; reopening tells, clears it, and the deal can still be won", async () => {
  const { t, on, deal } = await company();
  await expect(move(on(2), deal, "Lost")).rejects.toMatchObject({ fields: [{ field: "lost_reason_id" }] });
  await expect(move(on(2), deal, "Lost", { lost_reason_id: newId() })).rejects.toMatchObject({ fields: [{ field: "lost_reason_id" }] }); // prettier-ignore
  const price = await inTransaction(t.ctx(), (tx) => reasonNamed(tx, "Price", "lost"));
  await move(on(2), deal, "Lost", { lost_reason_id: price });
  expect(await seen(on(2), deal)).toMatchObject({ status: "lost", probability: 0, lost_reason: { title: "Price" } });
  await move(on(4), deal, "Meeting");
  expect(await seen(on(4), deal)).toMatchObject({ status: "open", probability: 40, lost_reason_id: null, closed_at: null }); // prettier-ignore
  const facts = await factsOf(on(4), deal);
  expect(facts[1]).toMatchObject({ name: "opportunity.lost", payload: { reason: "Price", reason_id: price } });
  expect(facts[2]).toMatchObject({ name: "opportunity.reopened", caused_by: facts[1]!.id });
});

test("two people move a deal at once: one wins, the other is told; the deal stands in one stage", async () => {
  const { on, deal } = await company();
  const both = await Promise.allSettled([
    move(on(1), deal, "Meeting", { version: 1 }),
    move(on(1), deal, "Negotiation", { version: 1, values: { expected_close: "2030-01-01" } }),
  ]);
  expect(both.map((b) => b.status).toSorted()).toEqual(["fulfilled", "rejected"]);
  expect(both.find((b) => b.status === "rejected")).toMatchObject({ reason: { kind: "stale", detail: { current: { version: 2 + Number(both[1]!.status === "fulfilled") } } } }); // prettier-ignore
  const { rows } = await sql`select 1 from stage_spells where opportunity_id = ${deal} and left_at is null`.execute(on(1).db); // prettier-ignore
  expect(rows.length).toBe(1);
});

test("won twenty times at once is won once", async () => {
  const { on, deal } = await company();
  await Promise.all(Array.from({ length: 20 }, () => winOpportunity(on(3), deal)));
  expect((await factsOf(on(3), deal)).filter((f) => f.name === "opportunity.won").length).toBe(1);
  expect((await seen(on(3), deal)).spells.length).toBe(2);
});

test("lines come from the catalogue with the price of the day, kept when the list changes; the amount is their sum", async () => {
  const { t, on, deal } = await company();
  const boss = t.ctx("owner", { at: after(0) });
  const jar = await createRecord(boss, productType, { name: "Jar", price: 250 });
  const list = await createRecord(boss, priceListType, { name: "Euro", currency: "EUR", is_default: true });
  await setPrice(boss, { product_id: jar.id, price_list_id: list.id, unit_price: 240, valid_from: "2020-01-01" });
  const given = [{ product_id: jar.id, quantity: "10" }, { description: "Advice", quantity: "1.5", unit_price: "99.99" }]; // prettier-ignore
  await changeLines(on(1), deal, undefined, given);
  expect(await seen(on(1), deal)).toMatchObject({ amount: 2400 + 14_999, line_count: 2 });
  await setPrice(t.ctx("owner", { at: after(2) }), { product_id: jar.id, price_list_id: list.id, unit_price: 300 });
  expect((await linesOf(on(3), deal)).map((l) => [l.unit_price, l.total])).toEqual([["2.4", 2400], ["99.99", 14_999]]); // prettier-ignore
  const kept = await linesOf(on(3), deal);
  expect(kept[0]!.price_entry_id).not.toBeNull();
  const again = kept.map(({ product_id, description, quantity, unit_price }) => ({ product_id, description, quantity, unit_price })); // prettier-ignore
  await changeLines(on(3), deal, undefined, again);
  expect((await linesOf(on(3), deal))[0]).toMatchObject({
    unit_price: "2.4",
    price_entry_id: kept[0]!.price_entry_id,
  });
  const { version } = await seen(on(3), deal);
  await expect(updateRecord(on(3), opportunityType, deal, version, { amount: 5 })).rejects.toMatchObject({ code: "opportunity.has-lines" }); // prettier-ignore
  await expect(changeLines(on(3), deal, version - 1, [])).rejects.toMatchObject({ kind: "stale" });
  const star = await createRecord(boss, productType, { name: "Star", price: 100, currency: "USD" });
  await expect(changeLines(on(3), deal, version, [{ product_id: star.id, quantity: "1" }])).rejects.toMatchObject({
    fields: [{ field: "lines.0.unit_price" }],
  });
  await changeLines(on(3), deal, version, []);
  expect(await seen(on(3), deal)).toMatchObject({ amount: 17_399, line_count: 0 });
});

test("the board's weighted total is the exact sum of amount times probability", async () => {
  const { t, on, ana } = await company();
  const stages = (await pipelinesOf(on(0)))[0]!.stages.filter((s) => s.category === "open");
  const wish = fc.record({
    amount: fc.integer({ min: 0, max: 2_000_000_00 }),
    at: fc.integer({ min: 0, max: stages.length - 1 }),
    chance: fc.option(fc.integer({ min: 0, max: 100 }), { nil: null }),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(wish, { maxLength: 8 }), async (wishes) => {
      await sql`delete from opportunities`.execute(t.ctx().db);
      for (const { amount, at, chance } of wishes)
        await openOpportunity(on(0), { name: "A deal", contact_id: ana.id, amount, stage_id: stages[at]!.id, probability: chance }); // prettier-ignore
      const board = await boardOf(on(0), {});
      const exact = wishes.reduce(
        (sum, w) => sum + BigInt(w.amount) * BigInt(w.chance ?? stages[w.at]!.probability),
        0n,
      );
      expect(board.weighted).toBe(Number((exact + 50n) / 100n));
      expect(board.count).toBe(wishes.length);
      expect(board.total).toBe(wishes.reduce((sum, w) => sum + w.amount, 0));
    }),
    { numRuns: 12 },
  );
}, 60_000);

test("another currency counts by its rate; a probability set by hand holds until the next move", async () => {
  const { on, ana } = await company();
  await expect(openOpportunity(on(0), { name: "Yen", contact_id: ana.id, amount: 100_000, currency: "JPY" })).rejects.toMatchObject({ fields: [{ field: "rate" }] }); // prettier-ignore
  const yen = await openOpportunity(on(0), { name: "Yen", contact_id: ana.id, amount: 100_000, currency: "JPY", rate: "0.0061", probability: 55 }); // prettier-ignore
  expect(await seen(on(0), yen)).toMatchObject({ base_amount: 61_000, probability: 55, account: { title: "Initech" } });
  await move(on(1), yen, "Meeting");
  expect(await seen(on(1), yen)).toMatchObject({ probability: 40 });
  await updateRecord(on(1), opportunityType, yen, 2, { probability: 10 });
  await updateRecord(on(1), opportunityType, yen, 3, { probability: null });
  expect(await seen(on(1), yen)).toMatchObject({ probability: 40 });
});

test("a deal going cold, one past its close and one whose step is due are due, with their reasons", async () => {
  const { on, deal, ana } = await company();
  await move(on(0), deal, "Proposal", { values: { expected_close: "2199-01-01" } });
  expect(await dueOpportunities(on(9), { mine: false })).toEqual([]);
  const [cold] = await dueOpportunities(on(12), { mine: false });
  expect(cold).toMatchObject({
    title: "Initech expansion, no step for 12 days",
    reason: "€18,400.00, Proposal · target time in stage 7 days",
    value: 1_840_000,
    contact_id: ana.id,
    act: { to: `/opportunities/${deal}` },
  });
  await updateRecord(on(12), opportunityType, deal, 3, { next_step: "Call Ana", next_step_at: "2199-01-01" });
  expect(await dueOpportunities(on(40), { mine: false })).toEqual([]);
  const day = after(20).toISOString().slice(0, 10);
  await updateRecord(on(13), opportunityType, deal, 4, { next_step_at: day });
  expect(await dueOpportunities(on(21), { mine: true })).toMatchObject([{ title: "Initech expansion: Call Ana" }]);
  await trashRecord(on(21), opportunityType, deal);
  expect(await dueOpportunities(on(40), { mine: false })).toEqual([]);
});

test("stages are the company's own: renamed, added, weighted anew; one in use does not go", async () => {
  const { on, deal } = await company();
  const [sales] = await pipelinesOf(on(0));
  const given = sales!.stages.map(({ id, name, category, probability }) => ({ id, name, category, probability }));
  const drop = given.filter((s) => s.name !== "Qualified");
  await expect(savePipeline(on(1), sales!.id, sales!.version, { name: "Sales", stages: drop })).rejects.toMatchObject({ code: "stage.in-use" }); // prettier-ignore
  await expect(savePipeline(on(1), sales!.id, null, { name: "Sales", stages: given.slice(0, 4) })).rejects.toMatchObject({ fields: [{ field: "stages" }] }); // prettier-ignore
  const changed = [{ ...given[0]!, name: "Asked", probability: 25 }, { name: "Trial", category: "open" as const, probability: 50 }, ...given.slice(2)]; // prettier-ignore
  await savePipeline(on(1), sales!.id, sales!.version, { name: "Sales", stages: changed });
  expect((await pipelinesOf(on(1)))[0]!.stages.map((s) => s.name)).toEqual(["Asked", "Trial", "Proposal", "Negotiation", "Won", "Lost"]); // prettier-ignore
  expect(await seen(on(1), deal)).toMatchObject({ probability: 25, stage: { title: "Asked" } });
  await expect(savePipeline(on(1), sales!.id, sales!.version, { name: "Sales", stages: changed })).rejects.toMatchObject({ kind: "stale" }); // prettier-ignore
});

test("nobody's deal, a past stage and a closed start are refused", async () => {
  const { on, ana } = await company();
  await expect(openOpportunity(on(0), { name: "Nobody's" })).rejects.toMatchObject({ fields: [{ field: "contact_id" }] }); // prettier-ignore
  await expect(openOpportunity(on(0), { name: "X", contact_id: ana.id, stage_id: newId() })).rejects.toMatchObject({ fields: [{ field: "stage_id" }] }); // prettier-ignore
  await expect(openOpportunity(on(0), { name: "X", contact_id: ana.id, stage_id: await stage(on(0), "Won") })).rejects.toMatchObject({ fields: [{ field: "stage_id" }] }); // prettier-ignore
  await expect(openOpportunity(on(0), { name: "X", contact_id: ana.id, probability: 101 })).rejects.toMatchObject({ fields: [{ field: "probability" }] }); // prettier-ignore
});

test("colleagues who write the same products in another order at once all get through", async () => {
  const { on, ana } = await company();
  const ctx = on(1);
  const [a, b] = [await createRecord(ctx, productType, { name: "Lantern" }), await createRecord(ctx, productType, { name: "Jar" })];
  const line = (p: { id: string }) => ({ product_id: p.id, quantity: "1", unit_price: "2" });
  const deals = await Promise.all(Array.from({ length: 8 }, (_, i) => openOpportunity(ctx, { name: `Deal ${i}`, contact_id: ana.id })));
  for (let round = 0; round < 3; round++)
    await Promise.all(deals.map((id, i) => changeLines(ctx, id, undefined, i % 2 ? [line(a), line(b)] : [line(b), line(a)])));
  expect(await linesOf(ctx, deals[0]!)).toHaveLength(2);
}); // prettier-ignore
