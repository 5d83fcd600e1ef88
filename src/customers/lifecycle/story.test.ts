import { expect, test } from "vitest";
import { sql } from "kysely";
import { inTransaction, type Ctx } from "#platform/context";
import { createRecord, restoreRecord, trashRecord } from "#records";
import { consumeAll, record, recordAll, timelineOf, type FactInput } from "#timeline";
import { newId } from "#kernel/id";
import { databaseForTest } from "../../../test/database.ts";
import { contactType } from "../contact.ts";
import { accountType } from "../account.ts";
import { lifecycleConsumer, nextFlipAt, runDueFlips } from "./consumer.ts";

const day = 86_400_000;
const today = new Date("2026-01-01T12:00:00Z");
const ago = (days: number): Date => new Date(today.getTime() - days * day);
const order = (contact_id: string, at: Date, account_id: string | null = null): FactInput => ({
  name: "order.placed",
  contact_id,
  account_id,
  occurred_at: at,
  payload: { order_id: newId(), number: "1", amount: 1200, currency: "EUR", base_amount: 1200, lines: 1 },
});
const tell = (ctx: Ctx, facts: FactInput[]) => inTransaction(ctx, (tx) => recordAll(tx, facts));
const stageOf = async (ctx: Ctx, id: string) =>
  (
    await sql<{
      stage: string;
      orders: number;
    }>`select lifecycle_stage as stage, order_count as orders from contacts where id = ${id}`.execute(ctx.db)
  ).rows[0]!;
const movesOf = async (ctx: Ctx, id: string) =>
  (
    await sql<{
      move: string;
    }>`select to_stage || ' ' || to_char(at at time zone 'UTC', 'YYYY-MM-DD') as move from lifecycle_transitions
     where subject_id = ${id} and withdrawn_at is null order by at, id`.execute(ctx.db)
  ).rows.map((r) => r.move);

test("Bo orders every 28 days, falls silent, lapses, and comes back", async () => {
  const t = await databaseForTest();
  const ctx = t.ctx("owner", { at: ago(400) });
  const bo = await createRecord(ctx, contactType, { name: "Bo Lind" });
  await tell(ctx, [order(bo.id, ago(400)), order(bo.id, ago(372)), order(bo.id, ago(344))]);
  await consumeAll(ctx, lifecycleConsumer);
  expect(await stageOf(ctx, bo.id)).toEqual({ stage: "customer", orders: 1 });
  const later = t.ctx("owner", { at: ago(330) });
  expect(await nextFlipAt(ctx)).toEqual(ago(372));
  while (((await nextFlipAt(later)) ?? today) <= ago(330)) await runDueFlips(later);
  expect(await stageOf(ctx, bo.id)).toEqual({ stage: "active", orders: 3 });
  const now = t.ctx("owner", { at: today });
  await runDueFlips(now);
  expect(await stageOf(ctx, bo.id)).toEqual({ stage: "lapsed", orders: 3 });
  const { items } = await timelineOf(now, { contact_id: bo.id });
  expect(items.filter((i) => i.name === "customer.stage-changed").map((i) => i.sentence)).toEqual([
    "became lapsed",
    "became at risk",
    "became active",
    "became customer",
  ]);
  const { rows } = await sql<{ reason: string; by_time: boolean; n: number }>`
    select reason, by_time, cardinality(evidence) as n from lifecycle_transitions where to_stage = 'at_risk'`.execute(
    ctx.db,
  );
  expect(rows).toEqual([{ reason: "no order for 56 days, and the usual gap is 28", by_time: true, n: 3 }]);
  await tell(now, [order(bo.id, today)]);
  await consumeAll(now, lifecycleConsumer);
  expect((await stageOf(now, bo.id)).stage).toBe("won_back");
  expect(await consumeAll(now, lifecycleConsumer)).toBe(0);
});

test("a fact that arrives late corrects the story, and the timeline says so", async () => {
  const t = await databaseForTest();
  const ctx = t.ctx("owner", { at: today });
  const ana = await createRecord(t.ctx("owner", { at: ago(300) }), contactType, { name: "Ana Ruiz" });
  await tell(ctx, [order(ana.id, ago(290)), order(ana.id, ago(10))]);
  await consumeAll(ctx, lifecycleConsumer);
  const first = await movesOf(ctx, ana.id);
  expect(first.map((m) => m.split(" ")[0])).toEqual(["identified", "customer", "at_risk", "active"]);
  await tell(ctx, [order(ana.id, ago(200)), order(ana.id, ago(100))]);
  await consumeAll(ctx, lifecycleConsumer);
  expect((await movesOf(ctx, ana.id)).map((m) => m.split(" ")[0])).toEqual(["identified", "customer", "active"]);
  const { items } = await timelineOf(ctx, { contact_id: ana.id });
  expect(items.filter((i) => i.name === "customer.stages-corrected").map((i) => i.payload)).toEqual([
    { withdrawn: 2, added: 1, reason: "an earlier fact arrived late" },
  ]);
  expect(items.filter((i) => i.name === "customer.stage-changed")).toHaveLength(2);
});

test("an account moves by its own orders, each counted once", async () => {
  const t = await databaseForTest();
  const ctx = t.ctx("owner", { at: today });
  const vertex = await createRecord(ctx, accountType, { name: "Vertex GmbH" });
  const ana = await createRecord(ctx, contactType, { name: "Ana Ruiz", account_id: vertex.id });
  const bo = await createRecord(ctx, contactType, { name: "Bo Lind", account_id: vertex.id });
  await tell(ctx, [order(ana.id, ago(0), vertex.id), order(bo.id, ago(0), vertex.id)]);
  await consumeAll(ctx, lifecycleConsumer);
  const { rows } = await sql`select lifecycle_stage, order_count from accounts`.execute(ctx.db);
  expect(rows).toEqual([{ lifecycle_stage: "active", order_count: 2 }]);
  expect(await stageOf(ctx, ana.id)).toEqual({ stage: "customer", orders: 1 });
});

test("somebody in the trash is not moved by time, and catches up when restored", async () => {
  const t = await databaseForTest();
  const ctx = t.ctx("owner", { at: ago(300) });
  const bo = await createRecord(ctx, contactType, { name: "Bo Lind" });
  await tell(ctx, [order(bo.id, ago(300))]);
  await trashRecord(ctx, contactType, bo.id);
  await consumeAll(ctx, lifecycleConsumer);
  expect(await nextFlipAt(ctx)).toBeNull();
  const now = t.ctx("owner", { at: today });
  await restoreRecord(now, contactType, bo.id);
  await consumeAll(now, lifecycleConsumer);
  expect((await stageOf(now, bo.id)).stage).toBe("at_risk");
  expect(await nextFlipAt(now)).not.toBeNull();
});

test("a lead that is set aside goes back, and asks again", async () => {
  const t = await databaseForTest();
  const ctx = t.ctx("owner", { at: today });
  const cleo = await createRecord(t.ctx("owner", { at: ago(30) }), contactType, { name: "Cleo Okafor" });
  const about = { contact_id: cleo.id };
  await tell(ctx, [
    { ...about, name: "newsletter.subscribed", occurred_at: ago(29), payload: { list: "News" } },
    { ...about, name: "lead.opened", occurred_at: ago(28), payload: { source: "a fair" } },
    { ...about, name: "lead.unqualified", occurred_at: ago(20), payload: { reason: "no budget" } },
    { ...about, name: "form.submitted", occurred_at: ago(10), payload: { form: "Pricing" } },
    {
      ...about,
      name: "opportunity.opened",
      occurred_at: ago(9),
      payload: { title: "Jars", amount: 100, currency: "EUR", base_amount: 100 },
    },
    { ...about, name: "opportunity.lost", occurred_at: ago(8), payload: { title: "Jars", reason: "price" } },
  ]);
  await consumeAll(ctx, lifecycleConsumer);
  expect((await movesOf(ctx, cleo.id)).map((m) => m.split(" ")[0])).toEqual([
    "identified",
    "subscriber",
    "lead",
    "subscriber",
    "lead",
    "opportunity",
    "subscriber",
  ]);
  await inTransaction(ctx, (tx) =>
    record(tx, { ...about, name: "newsletter.unsubscribed", payload: { list: "News" } }),
  );
  await consumeAll(ctx, lifecycleConsumer);
  expect((await stageOf(ctx, cleo.id)).stage).toBe("identified");
});
