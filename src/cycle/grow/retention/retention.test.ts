import { sql } from "kysely";
import { expect, test } from "vitest";
import { lifecycleConsumer, meetContacts, nextFlipAt, runDueFlips, seedRules } from "#customers";
import { finishTask } from "#convert/activities";
import { placeOrder } from "#deliver/orders";
import { receivePayment } from "#deliver/payments";
import { inTransaction, type Ctx } from "#platform/context";
import { createRecord } from "#records";
import { consumeAll } from "#timeline";
import { databaseForTest, type TestDatabase } from "../../../../test/database.ts";
import { playType } from "./play.ts";
import { effectOf, endLost, nextLostAt, retentionConsumer, runsOf, runsWith } from "./index.ts";

const start = new Date("2026-06-01T10:00:00Z");
const day = 86_400_000;
const on = (t: TestDatabase, days: number): Ctx => t.ctx("manager", { at: new Date(start.getTime() + days * day) });

async function buy(ctx: Ctx, contact_id: string): Promise<void> {
  const order = await placeOrder(ctx, {
    contact_id,
    lines: [{ description: "Jars", quantity: "10", unit_price: "4" }],
  });
  await receivePayment(ctx, order, { amount: 4000, method: "card" });
}

async function settle(ctx: Ctx): Promise<void> {
  await consumeAll(ctx, lifecycleConsumer);
  for (let at = await nextFlipAt(ctx); at && at <= ctx.clock(); at = await nextFlipAt(ctx)) await runDueFlips(ctx);
  await consumeAll(ctx, lifecycleConsumer);
  await consumeAll(ctx, retentionConsumer);
  for (let at = await nextLostAt(ctx); at && at <= ctx.clock(); at = await nextLostAt(ctx)) await endLost(ctx);
}

/** Somebody who ordered every 20 days until day 60, and a play for whoever is at risk. */
async function leaving(held_out: number) {
  const t = await databaseForTest();
  const ctx = on(t, 0);
  await seedRules(ctx);
  const play = await createRecord(ctx, playType, { name: "Call before they go", trigger: "at_risk", task: "Call {name} before they go", held_out }); // prettier-ignore
  const met = await inTransaction(ctx, (tx) => meetContacts(tx, [{ key: "bo", name: "Bo Lind", email: "bo@vertex.example" }], { source: "shop" })); // prettier-ignore
  const bo = met.get("bo")!.id;
  for (const days of [0, 20, 40, 60]) {
    await buy(on(t, days), bo);
    await settle(on(t, days));
  }
  // Twice the usual gap, and never before 45 days: time alone makes it true.
  await settle(on(t, 62));
  for (let days = 63; days <= 125; days++) {
    await settle(on(t, days));
    if ((await runsWith(ctx, { contact_id: bo })).length > 0) return { t, bo, play: play.id, at: days };
  }
  throw new Error("nobody came to be at risk");
}

test("who falls silent gets a task with the reason, once, and an order ends the play as saved", async () => {
  const { t, bo, play, at } = await leaving(0);
  const ctx = on(t, at);
  const [run] = await runsWith(ctx, { contact_id: bo });
  expect(run).toMatchObject({ play: "Call before they go", held_out: false, outcome: "open" });
  const task = await sql<{ title: string; reason: string; status: string; due_at: Date }>`select * from tasks`.execute(ctx.db); // prettier-ignore
  expect(task.rows).toHaveLength(1);
  expect(task.rows[0]).toMatchObject({ title: "Call Bo Lind before they go", status: "open" });
  expect(task.rows[0]!.reason).toMatch(/^No order for \d+ days.*20/);
  // The move caused the play, the play the task.
  const chain = await sql<{ name: string; cause: string }>`
    select f.name, c.name as cause from facts f join facts c on c.id = f.caused_by where f.name in ('play.started', 'task.opened')`.execute(ctx.db); // prettier-ignore
  expect(chain.rows.map((r) => `${r.cause} > ${r.name}`).toSorted()).toEqual([
    "customer.stage-changed > play.started",
    "play.started > task.opened",
  ]);
  // All facts again: nobody is called twice.
  await sql`update consumers set epoch = 0, tx = 0, seq = 0 where name = 'retention'`.execute(ctx.db);
  await settle(ctx);
  expect((await runsOf(ctx, play, { limit: 10 })).items).toHaveLength(1);
  const back = on(t, at + 5);
  await buy(back, bo);
  await settle(back);
  expect((await runsWith(back, { contact_id: bo }))[0]).toMatchObject({
    outcome: "saved",
    task_outcome: "Ordered again",
  });
  const ended = await sql<{ cause: string }>`select c.name as cause from facts f join facts c on c.id = f.caused_by where f.name = 'play.ended'`.execute(back.db); // prettier-ignore
  expect(ended.rows).toEqual([{ cause: "order.placed" }]);
});

test("who is left alone has no task, and is lost at the true instant, however late we look", async () => {
  const { t, bo, at } = await leaving(50);
  const [run] = await runsWith(on(t, at), { contact_id: bo });
  const tasks = await sql<{ n: number }>`select count(*)::int as n from tasks`.execute(on(t, at).db);
  expect(tasks.rows[0]!.n).toBe(run!.held_out ? 0 : 1);
  const late = on(t, at + 200);
  await endLost(late);
  const [after] = await runsWith(late, { contact_id: bo });
  expect(after).toMatchObject({ outcome: "lost", ended_at: run!.ends_at });
  const told = await sql<{ occurred_at: Date }>`select occurred_at from facts where name = 'play.ended'`.execute(
    late.db,
  );
  expect(told.rows).toEqual([{ occurred_at: run!.ends_at }]);
  expect(await nextLostAt(late)).toBeNull();
});

test("after an outage of weeks the play still opens, a past that is imported opens none, and what is over opens nothing", async () => {
  const t = await databaseForTest();
  const ctx = on(t, 0);
  await seedRules(ctx);
  await createRecord(ctx, playType, { name: "Call before they go", trigger: "at_risk", task: "Call {name} before they go", held_out: 0, window_days: 60 }); // prettier-ignore
  const known = { source: "shop" };
  const met = await inTransaction(ctx, (tx) => meetContacts(tx, [{ key: "bo", name: "Bo Lind", email: "bo@vertex.example" }, { key: "ana", name: "Ana Ruiz", email: "ana@initech.example" }], known)); // prettier-ignore
  const [bo, ana] = [met.get("bo")!.id, met.get("ana")!.id];
  for (const days of [0, 20, 40, 60]) await buy(on(t, days), bo);
  // Facts are stamped by this clock; whatever the machine's own says.
  await settle(on(t, 60));
  // Nobody worked from day 61 to day 130; Bo came to be at risk on day 105.
  const back = on(t, 130);
  for (const days of [0, 20, 40, 60]) await placeOrder(back, { contact_id: ana, placed_at: on(t, days).clock(), lines: [{ description: "Jars", quantity: "1", unit_price: "4" }] }); // prettier-ignore
  await settle(back);
  expect((await runsWith(back, { contact_id: bo })).map((r) => r.outcome)).toEqual(["open"]);
  expect(await runsWith(back, { contact_id: ana })).toEqual([]);
});

test("what a person says of the call is kept beside what the customer did", async () => {
  const { t, bo, at } = await leaving(0);
  const ctx = on(t, at);
  const [run] = await runsWith(ctx, { contact_id: bo });
  await finishTask(ctx, run!.task_id!, "Reached: promised to order in July");
  expect((await runsWith(ctx, { contact_id: bo }))[0]).toMatchObject({
    outcome: "open",
    task_outcome: "Reached: promised to order in July",
  });
});

test("an effect needs enough runs on both sides, then says worked only when the interval leaves out zero", async () => {
  const t = await databaseForTest();
  const ctx = t.ctx("manager", { at: start });
  const { id: play } = await createRecord(ctx, playType, { name: "Call", trigger: "lapsed", task: "Call {name}" });
  const met = await inTransaction(ctx, (tx) => meetContacts(tx, [{ key: "x", name: "X", email: "x@x.example" }], { source: "shop" })); // prettier-ignore
  const runs = (n: number, held_out: boolean, outcome: string) =>
    sql`insert into play_runs (id, play_id, play_version, contact_id, trigger_fact, reason, held_out, started_at, ends_at, outcome)
        select gen_random_uuid(), ${play}, 1, ${met.get("x")!.id}, gen_random_uuid(), 'r', ${held_out}, ${start}, ${start}, ${outcome} from generate_series(1, ${n}::int)`.execute(ctx.db); // prettier-ignore
  await runs(15, true, "saved");
  await runs(90, false, "saved");
  expect((await effectOf(ctx, play)).verdict).toBe("little");
  await runs(60, true, "lost");
  await runs(90, false, "lost");
  const effect = await effectOf(ctx, play);
  expect(effect).toMatchObject({ verdict: "worked", treated: { n: 180, saved: 90 }, held_out: { n: 75, saved: 15 } });
  expect(effect.difference.value).toBeCloseTo(0.3, 10);
  expect(effect.difference.low).toBeGreaterThan(0.15);
  await runs(40, true, "saved");
  expect((await effectOf(ctx, play)).verdict).toBe("no_difference");
});

test("a play goes on for the customers of a colleague who left: their task is anybody's", async () => {
  const t = await databaseForTest();
  const ctx = on(t, 0);
  await seedRules(ctx);
  await createRecord(ctx, playType, { name: "Call", trigger: "at_risk", task: "Call {name}", held_out: 0 });
  const met = await inTransaction(ctx, (tx) => meetContacts(tx, [{ key: "bo", name: "Bo Lind", email: "bo@vertex.example" }], { source: "shop" })); // prettier-ignore
  const bo = met.get("bo")!.id;
  await sql`update contacts set owner_id = gen_random_uuid() where id = ${bo}`.execute(ctx.db);
  for (const days of [0, 20, 40, 60]) await buy(on(t, days), bo);
  for (let days = 62; days <= 125; days += 7) await settle(on(t, days));
  const { rows } = await sql`select owner_id, contact_id from tasks`.execute(ctx.db);
  expect(rows).toEqual([{ owner_id: null, contact_id: bo }]);
});
