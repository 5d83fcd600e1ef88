import { sql } from "kysely";
import { expect, test } from "vitest";
import { cancelOrder } from "#deliver/orders";
import { inTransaction, type Ctx } from "#platform/context";
import { createRecord, updateRecord } from "#records";
import { consumeAll, record, withdraw } from "#timeline";
import { databaseForTest, type TestDatabase } from "../../../../test/database.ts";
import { actOnStep, endOnboarding, resumeOnboarding } from "./act.ts";
import { onboardingConsumer } from "./consumer.ts";
import { onboardingDue } from "./due.ts";
import { onboardingFigures, onboardingTold, onboardingsOf, stuckSteps } from "./queries.ts";
import { planType } from "./plan.ts";
import { nextStallAt, stallDue } from "./stall.ts";
import { startByHand } from "./start.ts";
import { buys, of, usualSteps, welcoming } from "./started-for-tests.ts";
import { designSchema } from "./step.ts";

// A Monday, in the usual business hours.
const monday = new Date("2026-06-01T08:00:00Z");
const day = 86_400_000;
const on = (t: TestDatabase, days: number): Ctx => t.ctx("manager", { at: new Date(monday.getTime() + days * day) });
const states = async (ctx: Ctx, id: string) => Object.fromEntries((await onboardingTold(ctx, id)).steps.map((s) => [s.key, s.state])); // prettier-ignore

async function chain(ctx: Ctx, name: string): Promise<string[]> {
  const { rows } = await sql<{ cause: string | null }>`
    select c.name as cause from facts f left join facts c on c.id = f.caused_by where f.name = ${name} order by f.occurred_at, f.id`.execute(ctx.db); // prettier-ignore
  return rows.map((r) => r.cause ?? "nothing");
}

test("Cleo pays for the set: steps wait for one another, value is measured, her second order is the proof", async () => {
  const t = await databaseForTest();
  const { cleo, product } = await welcoming(on(t, -30));
  await buys(on(t, 0), cleo, product);
  const [id] = await of(on(t, 0), cleo);
  let told = await onboardingTold(on(t, 0), id!);
  expect(told).toMatchObject({ status: "running", percent: 0, plan: "First preserves", plan_version: 1 });
  expect(await states(on(t, 0), id!)).toEqual({ call: "ready", labels: "ready", fill: "blocked", again: "blocked", photo: "ready" }); // prettier-ignore
  // Two business days after Monday end with Wednesday's closing at 17 in Berlin.
  expect(told.steps[0]!.due_at).toEqual(new Date("2026-06-03T15:00:00Z"));
  await expect(actOnStep(on(t, 1), id!, "fill", { act: "done" })).rejects.toMatchObject({ code: "onboarding.blocked" });
  await expect(actOnStep(on(t, 1), id!, "labels", { act: "done" })).rejects.toMatchObject({ code: "field.invalid" });
  await expect(actOnStep(on(t, 1), id!, "again", { act: "done" })).rejects.toMatchObject({
    code: "onboarding.blocked",
  });
  await actOnStep(on(t, 1), id!, "call", { act: "done" });
  told = await onboardingTold(on(t, 1), id!);
  expect(told.percent).toBe(20);
  // Ready on Tuesday, so due on Friday.
  expect(told.steps[2]).toMatchObject({ state: "ready", due_at: new Date("2026-06-05T15:00:00Z") });
  await actOnStep(on(t, 2), id!, "labels", { act: "done", answer: "The round ones" });
  await actOnStep(on(t, 4), id!, "fill", { act: "done" });
  await actOnStep(on(t, 4), id!, "photo", { act: "not_applicable", reason: "No camera" });
  told = await onboardingTold(on(t, 4), id!);
  // 6 of 8: what does not apply leaves the whole.
  expect(told).toMatchObject({ percent: 75, value_at: on(t, 4).clock(), status: "running" });
  await buys(on(t, 6), cleo, product);
  told = await onboardingTold(on(t, 6), id!);
  expect(told).toMatchObject({ status: "completed", percent: 100 });
  expect(told.steps[3]!.evidence).toMatchObject({ name: "order.placed", withdrawn: false });
  expect(await chain(on(t, 6), "onboarding.started")).toEqual(["order.paid", "order.paid"]);
  expect(await chain(on(t, 6), "onboarding.value-reached")).toEqual(["onboarding.step-done"]);
  expect(await chain(on(t, 6), "onboarding.completed")).toEqual(["onboarding.step-done"]);
  expect((await chain(on(t, 6), "onboarding.step-done")).filter((c) => c === "order.placed")).toHaveLength(2);
  const figures = await onboardingFigures(on(t, 60));
  expect(figures).toMatchObject({ started: 2, value: { n: 1, median_days: 4 }, completed: { n: 2, completed: 1 } });
});

test("all facts read again change nothing, and her next purchase starts another only once the first is through", async () => {
  const t = await databaseForTest();
  const { cleo, product, plan } = await welcoming(on(t, -30));
  await buys(on(t, 0), cleo, product);
  await buys(on(t, 1), cleo, product);
  expect(await of(on(t, 1), cleo)).toHaveLength(1);
  const [id] = await of(on(t, 1), cleo);
  // The second order came before the steps it waits for: evidence is taken all the same, once.
  expect(await states(on(t, 1), id!)).toMatchObject({ fill: "blocked", again: "done" });
  await sql`update consumers set epoch = 0, tx = 0, seq = 0 where name = 'onboarding'`.execute(on(t, 1).db);
  await consumeAll(on(t, 1), onboardingConsumer);
  expect(await chain(on(t, 1), "onboarding.started")).toHaveLength(1);
  expect(await chain(on(t, 1), "onboarding.step-done")).toEqual(["order.placed"]);
  for (const [key, answer] of [["call"], ["labels", "Kraft"], ["fill"]] as const)
    await actOnStep(on(t, 2), id!, key, { act: "done", answer });
  expect((await onboardingTold(on(t, 2), id!)).status).toBe("completed");
  // Who orders in a run of its own afterwards begins anew, with what they did before counted at once.
  await buys(on(t, 3), cleo, product);
  const all = await of(on(t, 3), cleo);
  expect(all).toHaveLength(2);
  expect(await states(on(t, 3), all[0]!)).toMatchObject({ again: "done", call: "ready" });
  const told = await onboardingTold(on(t, 3), all[0]!);
  expect(told.steps[3]!.done_at).toEqual(told.started_at);
  const twenty = await Promise.allSettled(Array.from({ length: 8 }, () => startByHand(on(t, 4), plan, cleo)));
  expect(twenty.filter((r) => r.status === "fulfilled")).toHaveLength(0);
  await endOnboarding(on(t, 4), all[0]!, "Asked us to stop");
  const again = await Promise.allSettled(Array.from({ length: 8 }, () => startByHand(on(t, 4), plan, cleo)));
  expect(again.filter((r) => r.status === "fulfilled")).toHaveLength(1);
  // One ended and another running: the ended one cannot go on beside it.
  await expect(resumeOnboarding(on(t, 4), all[0]!)).rejects.toMatchObject({ code: "onboarding.running" });
});

test("the plan changes, and whoever began keeps the steps they began with", async () => {
  const t = await databaseForTest();
  const { cleo, product, plan } = await welcoming(on(t, -30));
  await buys(on(t, 0), cleo, product);
  const design = designSchema.parse({ steps: usualSteps.slice(0, 3) });
  const { version } = await updateRecord(on(t, 1), planType, plan, undefined, { stalled_days: 9 });
  await updateRecord(on(t, 1), planType, plan, version, { design });
  // The same steps again are the same version.
  await updateRecord(on(t, 1), planType, plan, undefined, { design });
  const [id] = await of(on(t, 1), cleo);
  expect(await onboardingTold(on(t, 1), id!)).toMatchObject({ plan_version: 1, steps: { length: 5 } });
  const { rows } = await sql<{ n: number; steps_version: number }>`
    select (select count(*)::int from onboarding_plan_versions) as n, steps_version from onboarding_plans`.execute(on(t, 1).db); // prettier-ignore
  expect(rows).toEqual([{ n: 2, steps_version: 2 }]);
});

test("a plan that cannot work is refused, whatever is wrong with it", async () => {
  const t = await databaseForTest();
  const wrong = [
  ["twice the same key", [usualSteps[0], usualSteps[0]]],
  ["a wait for what comes later", [usualSteps[2], usualSteps[0]]],
  ["an answer to nothing", [{ ...usualSteps[1], question: "" }]],
  ["no fact", [usualSteps[0], { ...usualSteps[3], done_when: null, depends_on: [] }]],
  ["a fact that never happens", [{ ...usualSteps[3], depends_on: [], done_when: { fact: "order.dreamt" } }]],
  ["a fact that never happened", [{ ...usualSteps[3], depends_on: [], done_when: { fact: "order.placed", times: { op: "at_most", n: 0 } } }]],
  ["facts of our own", [{ ...usualSteps[3], depends_on: [], done_when: { fact: "onboarding.started" } }]],
  ["two first values", [{ ...usualSteps[0], first_value: true }, { ...usualSteps[4], first_value: true }]],
  ["nothing required", [usualSteps[4]]],
] as const;
  for (const [what, steps] of wrong)
    await expect(welcoming(t.ctx(), {}, steps), what).rejects.toMatchObject({ kind: "invalid" });
}); // prettier-ignore

test("nothing for five business days: it stalls at the true instant, a task asks for help, progress ends it", async () => {
  const t = await databaseForTest();
  const { cleo, product } = await welcoming(on(t, -30));
  await buys(on(t, 0), cleo, product);
  const [id] = await of(on(t, 0), cleo);
  await actOnStep(on(t, 0), id!, "call", { act: "done" });
  await actOnStep(on(t, 0), id!, "labels", { act: "done", answer: "Kraft" });
  // Five business days after Monday end with the next Monday's closing.
  const stalls = new Date("2026-06-08T15:00:00Z");
  expect(await nextStallAt(on(t, 0))).toEqual(stalls);
  await stallDue(on(t, 5));
  expect((await onboardingTold(on(t, 5), id!)).status).toBe("running");
  await Promise.all([stallDue(on(t, 12)), stallDue(on(t, 12))]);
  expect(await onboardingTold(on(t, 12), id!)).toMatchObject({ status: "stalled", stalled_at: stalls });
  const task = await sql<{ title: string; reason: string; status: string }>`select title, reason, status from tasks`.execute(on(t, 12).db); // prettier-ignore
  expect(task.rows).toEqual([{ title: "Cleo Okafor’s onboarding stalls", reason: "Step 3 of 5, “Fill the first jars”, since 7 days", status: "open" }]); // prettier-ignore
  expect(await chain(on(t, 12), "onboarding.stalled")).toEqual(["onboarding.step-done"]);
  expect(await chain(on(t, 12), "task.opened")).toEqual(["onboarding.stalled"]);
  expect(await stuckSteps(on(t, 12))).toEqual([{ title: "Fill the first jars", people: 1 }]);
  // Its task says it already.
  expect(await onboardingDue(on(t, 12), { mine: false })).toEqual([]);
  await sql`update tasks set status = 'done', done_at = now()`.execute(on(t, 12).db);
  expect(await onboardingDue(on(t, 12), { mine: false })).toMatchObject([{ title: "Cleo Okafor’s onboarding stalls", reason: "Step 3 of 5 since 12 days: Fill the first jars" }]); // prettier-ignore
  await sql`update tasks set status = 'open', done_at = null`.execute(on(t, 12).db);
  await actOnStep(on(t, 13), id!, "fill", { act: "done" });
  expect(await onboardingTold(on(t, 13), id!)).toMatchObject({ status: "running", stalled_at: null });
  const closed = await sql<{ outcome: string }>`select outcome from tasks where status = 'done'`.execute(on(t, 13).db);
  expect(closed.rows).toEqual([{ outcome: "It goes on" }]);
});

test("evidence that is taken back stays and has a person look, once; what people said can be taken back", async () => {
  const t = await databaseForTest();
  const ctx = on(t, 1);
  const { cleo, product } = await welcoming(on(t, -30));
  await buys(on(t, 0), cleo, product);
  const second = await buys(ctx, cleo, product);
  const [id] = await of(ctx, cleo);
  const told = await onboardingTold(ctx, id!);
  await inTransaction(ctx, async (tx) => {
    const by = await record(tx, { name: "order.corrected", contact_id: cleo, payload: { order_id: second, number: "O-2" } }); // prettier-ignore
    await withdraw(tx, [told.steps[3]!.evidence!.id], by);
  });
  await consumeAll(ctx, onboardingConsumer);
  await consumeAll(ctx, onboardingConsumer);
  const after = await onboardingTold(ctx, id!);
  expect(after.steps[3]).toMatchObject({ state: "done", evidence: { withdrawn: true }, contradicted_at: ctx.clock() });
  const task = await sql<{ title: string }>`select title from tasks`.execute(ctx.db);
  expect(task.rows).toEqual([{ title: "Is “Order again” of Cleo Okafor still done?" }]);
  await expect(actOnStep(ctx, id!, "again", { act: "reopen" })).rejects.toMatchObject({ code: "onboarding.evidence" });
  await actOnStep(ctx, id!, "call", { act: "done" });
  await actOnStep(ctx, id!, "fill", { act: "skip", reason: "Did it before" });
  await actOnStep(ctx, id!, "labels", { act: "done", answer: "Kraft" });
  // Skipped stays to be done in the percent, though nobody waits for it: 2 + 1 + 2 of 10.
  expect(await onboardingTold(ctx, id!)).toMatchObject({ status: "completed", percent: 50, value_at: null });
  await actOnStep(ctx, id!, "labels", { act: "reopen" });
  expect(await onboardingTold(ctx, id!)).toMatchObject({ status: "running", completed_at: null, percent: 40 });
  const gone = await sql<{ name: string }>`select f.name from facts f join fact_withdrawals w on w.fact_id = f.id where f.name like 'onboarding.%' order by 1`.execute(ctx.db); // prettier-ignore
  expect(gone.rows.map((r) => r.name)).toEqual(["onboarding.completed", "onboarding.step-done"]);
});

test("an order that is cancelled ends it; orders from before the plan, and of others, start nothing", async () => {
  const t = await databaseForTest();
  const { cleo, product } = await welcoming(on(t, 2), { for_whom: "people" });
  await buys(on(t, 0), cleo, product);
  expect(await of(on(t, 0), cleo)).toEqual([]);
  await createRecord(on(t, 2), planType, { name: "For companies", for_whom: "companies", starts_on: "placed", design: designSchema.parse({ steps: usualSteps.slice(0, 1) }) }); // prettier-ignore
  const order = await buys(on(t, 3), cleo, product);
  expect(await onboardingsOf(on(t, 3), { contact_id: cleo })).toMatchObject([{ plan: "First preserves", who: "Cleo Okafor" }]); // prettier-ignore
  await cancelOrder(on(t, 4), order, "Changed their mind");
  await consumeAll(on(t, 4), onboardingConsumer);
  const [id] = await of(on(t, 4), cleo);
  expect(await onboardingTold(on(t, 4), id!)).toMatchObject({ status: "ended", end_reason: "The order was cancelled" });
  expect(await chain(on(t, 4), "onboarding.ended")).toEqual(["order.cancelled"]);
  await expect(actOnStep(on(t, 4), id!, "call", { act: "done" })).rejects.toMatchObject({ code: "onboarding.ended" });
  await resumeOnboarding(on(t, 5), id!);
  expect(await onboardingTold(on(t, 5), id!)).toMatchObject({ status: "running", end_reason: null });
});
