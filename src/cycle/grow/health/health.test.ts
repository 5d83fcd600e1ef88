import fc from "fast-check";
import { expect, test } from "vitest";
import { lifecycleConsumer } from "#customers";
import type { FactSeen } from "#kernel/condition";
import type { Ctx } from "#platform/context";
import { workOnce } from "#platform/jobs";
import { createLog } from "#platform/log";
import { consumeAll } from "#timeline";
import { databaseForTest } from "../../../../test/database.ts";
import { meetWithPast } from "../../../../test/world.ts";
import { aucOf, dailyJob, emptyTally, healthConsumer, healthNow, healthOf, healthOverview, runDay, type MeasureName } from "./index.ts"; // prettier-ignore

const now = new Date("2026-11-22T10:00:00Z");
const dayMs = 86_400_000;
const ago = (days: number): Date => new Date(now.getTime() - days * dayMs);
let n = 0;
const fact = (days: number, name: string, payload: Record<string, unknown> = {}): FactSeen => ({
  id: String(n++),
  name,
  occurred_at: ago(days),
  payload,
});
const order = (days: number, id = `o${days}`): FactSeen => fact(days, "order.placed", { order_id: id });
const of = (facts: FactSeen[], name: MeasureName) => healthOf(facts.toSorted((a, b) => Number(a.occurred_at) - Number(b.occurred_at)), now).measures.find((m) => m.name === name)!; // prettier-ignore

test("each measure says what it comes of, and says nothing where facts tell nothing", () => {
  const steady = [84, 56, 28].map((d) => order(d));
  expect(of(steady, "pace")).toMatchObject({ value: 100, reason: "last order 28 days ago, and the usual gap is 28" });
  expect(of([140, 112, 84].map((d) => order(d)), "pace")).toMatchObject({ value: 0 });
  expect(of([112, 84, 56].map((d) => order(d)), "pace")).toMatchObject({ value: 50 });
  expect(of([order(5)], "pace")).toMatchObject({ value: null, reason: "too few orders to know their usual gap" });
  const invoice = (days: number, due: number) => fact(days, "invoice.issued", { order_id: "o1", invoice_id: "i1", due_at: ago(due).toISOString().slice(0, 10) });
  expect(of([order(40, "o1"), invoice(39, 13)], "payment")).toMatchObject({ value: 80, reason: "1 invoice overdue, the oldest for 12 days" });
  expect(of([order(40, "o1"), invoice(39, 13), fact(1, "order.paid", { order_id: "o1" })], "payment")).toMatchObject({ value: 100 });
  expect(of([order(40, "o1"), invoice(39, 13), fact(1, "invoice.credited", { order_id: "o1", invoice_id: "i1" })], "payment")).toMatchObject({ value: 100 });
  const cases = [fact(20, "case.opened", { number: "1" }), fact(18, "case.resolved", { number: "1" }), fact(2, "case.opened", { number: "2" }), fact(1, "case.opened", { number: "3" }), fact(1, "case.dismissed", { number: "3" })];
  expect(of([order(30), ...cases, fact(9, "order.returned", { order_id: "o30" })], "service")).toMatchObject({ value: 35, reason: "2 cases, 1 open and 1 return in 90 days" });
  expect(of([fact(90, "survey.answered", { score: 3 }), fact(10, "survey.answered", { score: 9 })], "voice")).toMatchObject({ value: 90, reason: "gave us 9 of 10 10 days ago" });
  expect(of([fact(10, "survey.answered", { score: 2, kind: "csat" })], "voice")).toMatchObject({ value: 25, reason: "gave us 2 of 5 10 days ago" });
  expect(of([fact(97, "page.visited")], "contact")).toMatchObject({ value: 50 });
  expect(of([fact(30, "onboarding.started", { plan: "First steps" }), fact(3, "onboarding.stalled", { plan: "First steps", days: 10 })], "start")).toMatchObject({ value: 10, reason: "“First steps” stands still for 13 days" });
}); // prettier-ignore

test("the score weighs what is known only, old news less, and an invoice long overdue caps it", () => {
  const steady = [84, 56, 28].map((d) => order(d));
  const asked = (facts: FactSeen[]) => healthOf(facts.toSorted((a, b) => Number(a.occurred_at) - Number(b.occurred_at)), now);
  expect(asked([])).toMatchObject({ score: null, known: 0, of: 6 });
  expect(asked([fact(3, "page.visited")])).toMatchObject({ score: null, known: 1 });
  expect(asked(steady)).toMatchObject({ known: 4, capped: null });
  expect(asked(steady).score).toBeGreaterThan(95);
  // The same bad word weighs half after half a year.
  const word = (days: number): number => asked([...steady, fact(days, "survey.answered", { score: 0 })]).score!;
  expect(word(170)).toBeGreaterThan(word(1) + 5);
  const unpaid = [...steady, fact(80, "invoice.issued", { order_id: "o84", invoice_id: "i", due_at: ago(31).toISOString() })];
  expect(asked(unpaid)).toMatchObject({ capped: null });
  expect(asked([...steady, fact(80, "invoice.issued", { order_id: "o84", invoice_id: "i", due_at: ago(33).toISOString() })])).toMatchObject({ score: 40, capped: "at most 40: an invoice is overdue for more than 30 days" });
}); // prettier-ignore

test("whatever happened, the score is that of its instant: what came later does not change it, and it lies between 0 and 100", () => {
  const names = ["order.placed", "order.cancelled", "order.paid", "order.returned", "invoice.issued", "case.opened", "case.resolved", "case.reopened", "survey.answered", "page.visited", "onboarding.started", "onboarding.stalled", "onboarding.completed"];
  const some = fc.array(fc.record({ days: fc.integer({ min: 0, max: 700 }), name: fc.constantFrom(...names), k: fc.integer({ min: 0, max: 4 }), score: fc.integer({ min: 0, max: 10 }) }), { maxLength: 40 });
  fc.assert(
    fc.property(some, fc.integer({ min: 0, max: 700 }), (list, then) => {
      const facts = list.map(({ days, name, k, score }) => fact(days, name, { order_id: `o${k}`, invoice_id: `i${k}`, number: `c${k}`, score, due_at: ago(days - 14).toISOString(), plan: "P", days: 5 })).toSorted((a, b) => Number(a.occurred_at) - Number(b.occurred_at));
      const whole = healthOf(facts, ago(then));
      expect(healthOf(facts.filter((f) => f.occurred_at <= ago(then)), ago(then))).toEqual(whole);
      expect(whole.known).toBe(whole.measures.filter((m) => m.value !== null).length);
      if (whole.score !== null) expect(whole.score >= 0 && whole.score <= 100).toBe(true);
    }),
  );
  const tally = { ...emptyTally() };
  for (let i = 0; i < 30; i++) {
    tally.yes[60 + i]!++;
    tally.no[20 + i]!++;
  }
  expect(aucOf(tally)).toBe(1);
  expect(aucOf({ yes: tally.yes, no: tally.yes })).toBe(0.5);
  expect(aucOf(emptyTally())).toBeNull();
}); // prettier-ignore

test("once a day everybody is looked at: a change is noted with what it came of, and one's page says it at any time", async () => {
  const t = await databaseForTest();
  const ctx: Ctx = t.ctx("owner", { at: new Date() });
  const bo = await meetWithPast(ctx, "bo");
  await meetWithPast(ctx, "ana");
  await consumeAll(ctx, lifecycleConsumer);
  const told = await healthNow(ctx, { contact_id: bo.id });
  expect(told).toMatchObject({ before: null, auc: null, of: 6 });
  expect(told.measures.find((m) => m.name === "pace")!.reason).toMatch(/usual gap is 28$/);
  expect(await healthOverview(ctx)).toMatchObject({ ran_at: null, bands: { good: 0, fair: 0, poor: 0 } });
  await consumeAll(ctx, healthConsumer);
  await runDay(ctx);
  expect(await workOnce(ctx, [dailyJob], createLog("silent"))).toBe(true);
  const seen = await healthOverview(ctx);
  expect(seen).toMatchObject({ customers: 2, auc: { score: null } });
  expect(seen.bands.good + seen.bands.fair + seen.bands.poor).toBe(2);
  // Not again before tomorrow; then, and what did not change is not noted twice.
  await runDay(ctx);
  expect(await workOnce(ctx, [dailyJob], createLog("silent"))).toBe(false);
  const later = t.ctx("owner", { at: new Date(Date.now() + 40 * dayMs) });
  await runDay(later);
  expect(await workOnce(later, [dailyJob], createLog("silent"))).toBe(true);
  expect((await healthNow(later, { contact_id: bo.id })).before).toMatchObject({ score: told.score! });
}); // prettier-ignore
