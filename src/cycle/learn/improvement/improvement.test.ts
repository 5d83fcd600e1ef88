import { sql } from "kysely";
import { expect, test } from "vitest";
import { addMembers, removeMembers, segmentsConsumer } from "#attract/audience";
import { sampleThreshold } from "#kernel/condition";
import { contactType, lifecycleConsumer, withdrawConsent } from "#customers";
import { inTransaction, type Ctx } from "#platform/context";
import { createRecord, updateRecord } from "#records";
import { consumeAll, record, recordAll, timelineOf, type FactInput } from "#timeline";
import { buildTheme, findInsight, findOut, themeType } from "#learn/insight";
import { defineField } from "../../../records/custom/fields.ts";
import { databaseForTest } from "../../../../test/database.ts";
import { meet } from "../../../../test/world.ts";
import { improvementsApi } from "./api.ts";
import { improvementsDue } from "./due.ts";
import { announce, beingDoneAbout, decide, exposureConsumer, extendReview, improvementType, listenersOf, measure, measureDue, provedOf, startImprovement, type Plan } from "./index.ts"; // prettier-ignore
import { improvementTold } from "./queries.ts";

const dayMs = 86_400_000;
const now = new Date("2026-06-01T10:00:00Z");
const day = (n: number): Date => new Date(now.getTime() + n * dayMs);
const plan: Plan = {
  exposure: { fact: "order.placed" },
  scope: { field: "source", op: "is", value: "a fair" },
  metric: { kind: "share", fact: "case.opened", days: 10 },
  better: "lower",
  design: { kind: "randomised", treated: 0.5 },
  baseline_days: 60,
  smallest: 0.15,
};
const draft = async (ctx: Ctx, more: Partial<Plan> = {}, values: object = {}): Promise<string> =>
  (await createRecord(ctx, improvementType, { name: "Delivery text message", hypothesis: "Who knows when it comes asks less", plan: { ...plan, ...more }, ...values })).id; // prettier-ignore
const consume = async (ctx: Ctx): Promise<void> => {
  for (const consumer of [lifecycleConsumer, segmentsConsumer, exposureConsumer]) await consumeAll(ctx, consumer);
};

/** So many guests of a fair. */
async function crowd(ctx: Ctx, n: number, source = "a fair"): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    insert into contacts (id, name, source) select gen_random_uuid(), 'Guest ' || i, ${source} from generate_series(1, ${n}) i returning id`.execute(ctx.db);
  return rows.map((r) => r.id);
} // prettier-ignore

const ordered = (who: string, at: Date): FactInput => ({ name: "order.placed", contact_id: who, occurred_at: at, payload: { order_id: who, number: "1", amount: 100, currency: "EUR", base_amount: 100, lines: 1 } }); // prettier-ignore
const complained = (who: string, at: Date, subject = "Where is my parcel?"): FactInput => ({ name: "case.opened", contact_id: who, occurred_at: at, payload: { number: "1", subject } }); // prettier-ignore
const tell = (ctx: Ctx, facts: readonly FactInput[]) => inTransaction(ctx, (tx) => recordAll(tx, facts));
const armsOf = async (ctx: Ctx, id: string): Promise<Map<string, string>> =>
  new Map((await sql<{ contact_id: string; arm: string }>`select contact_id, arm from improvement_people where improvement_id = ${id}`.execute(ctx.db)).rows.map((r) => [r.contact_id, r.arm])); // prettier-ignore

test("from the start to the verdict: customers fall into arms as they come, and the effect in their facts is found", async () => {
  const t = await databaseForTest();
  const ctx = t.ctx("owner", { at: now });
  const guests = await crowd(ctx, 400);
  const [stranger] = await crowd(ctx, 1, "a magazine");
  await tell(ctx, guests.slice(0, 100).map((who) => ordered(who, day(-20)))); // prettier-ignore
  await tell(ctx, guests.slice(0, 30).map((who) => complained(who, day(-15)))); // prettier-ignore
  const id = await draft(ctx);
  const size = await improvementsApi.size.run(ctx, { plan });
  expect(size).toMatchObject({
    baseline: { n: 100, mean: expect.closeTo(0.3) },
    per_day: 100 / 60,
    counts: "opened a case within 10 days",
  });
  // 30 % to 15 %: 118 each (Fleiss).
  expect(size.required).toEqual([118, 118]);
  expect(size.days_needed).toBe(Math.ceil(236 / (100 / 60)) + 10);
  await startImprovement(ctx, id, day(40));

  const later = t.ctx("owner", { at: day(5) });
  await tell(later, [...guests, stranger!].map((who) => ordered(who, day(2)))); // prettier-ignore
  await tell(later, guests.slice(0, 50).map((who) => ordered(who, day(4)))); // prettier-ignore
  await consume(later);
  await consume(later);
  const arms = await armsOf(ctx, id);
  expect(arms.size).toBe(400);
  const treated = guests.filter((g) => arms.get(g) === "treated");
  const held = guests.filter((g) => arms.get(g) === "held");
  expect(Math.abs(treated.length - 200)).toBeLessThan(45);
  const told = await improvementTold(later, id);
  // The arms are the sample any condition can ask for, and two segments.
  const { rows: same } = await sql<{ id: string }>`
    select id from contacts where source = 'a fair' and ('x' || left(md5(${id}::text || ':' || id::text), 8))::bit(32)::bigint < ${sampleThreshold(50)}`.execute(ctx.db); // prettier-ignore
  expect(same.map((r) => r.id).toSorted()).toEqual(treated.toSorted());
  const { rows: segments } = await sql<{ id: string; name: string; member_count: number }>`select id, name, member_count from segments order by name desc`.execute(ctx.db); // prettier-ignore
  for (const [segment, who] of [
    [segments[0]!, held],
    [segments[1]!, treated],
  ] as const)
    await expect(addMembers(ctx, segment.id, who.slice(0, 1))).rejects.toThrow("An improvement keeps this segment");
  await expect(removeMembers(ctx, segments[0]!.id, treated.slice(0, 1))).rejects.toThrow("nobody is added or removed by hand"); // prettier-ignore
  expect(segments.map(({ name, member_count }) => ({ name, member_count }))).toEqual([{ name: "With “Delivery text message”", member_count: treated.length }, { name: "Held out of “Delivery text message”", member_count: held.length }]); // prettier-ignore
  expect(told.now).toMatchObject({ verdict: null, rule: "interim", arms: [{ n: 0, waiting: treated.length }, { n: 0, waiting: held.length }] }); // prettier-ignore

  // 10 % against 30 % ask; one asks before the order, some long after: those do not count.
  await tell(ctx, treated.slice(0, Math.round(treated.length * 0.1)).map((who) => complained(who, day(6)))); // prettier-ignore
  await tell(ctx, held.slice(0, Math.round(held.length * 0.3)).map((who) => complained(who, day(6)))); // prettier-ignore
  await tell(ctx, treated.slice(-60).map((who) => complained(who, day(20)))); // prettier-ignore
  const review = t.ctx("owner", { at: day(40) });
  expect(await measureDue(t.ctx("owner", { at: day(39) }))).toBe(0);
  expect(await improvementsDue(review, { mine: false })).toEqual([]);
  expect(await measure(review, id)).toBe("worked");
  const { measurements, state, verdict } = await improvementTold(review, id);
  expect({ state, verdict }).toEqual({ state: "review", verdict: "worked" });
  expect(measurements[0]!.result).toMatchObject({ rule: "proved", arms: [{ n: treated.length }, { n: held.length }], split: { broken: false } }); // prettier-ignore
  const effect = measurements[0]!.result.effect!;
  expect(effect.low).toBeLessThan(-0.2);
  expect(effect.high).toBeGreaterThan(-0.2);
  const [due] = await improvementsDue(review, { mine: true });
  expect(due).toMatchObject({ title: "Review is due: “Delivery text message”", reason: expect.stringMatching(/^n = \d+ against \d+ held out · opened a case within 10 days −\d+ % \[−\d+, −\d+\]$/) }); // prettier-ignore
  expect(await provedOf(review, { from: day(0), until: day(50) })).toEqual({ proved: 1, finished: 1 });
  expect(await decide(review, id, "keep")).toBeNull();
  await expect(decide(review, id, "stop")).rejects.toMatchObject({ code: "improvement.no-verdict" });
}, 60_000);

test("for whom it is may be told by a field that is worked out: those it holds for fall into its arms, and no others", async () => {
  const t = await databaseForTest();
  const ctx = t.ctx("owner", { at: now });
  await defineField(ctx, { object: "contact", label: "Seats", type: "number" });
  await defineField(ctx, { object: "contact", label: "Half", type: "formula", formula: "custom.seats / 2" });
  const ids: string[] = [];
  for (let i = 0; i < 40; i++) ids.push((await createRecord(ctx, contactType, { name: `Guest ${i}`, custom: { seats: i } })).id); // prettier-ignore
  await tell(ctx, ids.map((who) => ordered(who, day(-20)))); // prettier-ignore
  const scope = { field: "custom.half", op: "gte", value: 10 } as const;
  expect(await improvementsApi.size.run(ctx, { plan: { ...plan, scope } })).toMatchObject({ baseline: { n: 20 } });
  const id = await draft(ctx, { scope });
  await startImprovement(ctx, id, day(40));
  const later = t.ctx("owner", { at: day(5) });
  await tell(later, ids.map((who) => ordered(who, day(2)))); // prettier-ignore
  await consume(later);
  expect([...(await armsOf(ctx, id)).keys()].toSorted()).toEqual(ids.slice(20).toSorted());
});

test("measured by many at once, it is measured once; extended, it goes on and keeps what was measured", async () => {
  const t = await databaseForTest();
  const ctx = t.ctx("owner", { at: now });
  const guests = await crowd(ctx, 40);
  const id = await draft(ctx);
  await expect(startImprovement(ctx, id, day(-1))).rejects.toMatchObject({ kind: "invalid" });
  await startImprovement(ctx, id, day(20));
  await expect(startImprovement(ctx, id, day(20))).rejects.toMatchObject({ code: "improvement.started" });
  await tell(ctx, guests.map((who) => ordered(who, day(1)))); // prettier-ignore
  await expect(extendReview(ctx, id, day(10))).rejects.toMatchObject({ code: "improvement.sooner" });
  const review = t.ctx("owner", { at: day(20) });
  const answers = await Promise.all(Array.from({ length: 8 }, () => measure(review, id)));
  expect(answers.filter((a) => a !== null)).toEqual(["too_early"]);
  const count = async (): Promise<number> =>
    (await sql<{ n: number }>`select count(*)::int as n from measurements`.execute(ctx.db)).rows[0]!.n;
  expect(await count()).toBe(1);
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from facts where name = 'improvement.measured'`.execute(ctx.db); // prettier-ignore
  expect(rows[0]!.n).toBe(1);
  // Nobody was consumed, and everybody was assigned all the same.
  expect((await armsOf(ctx, id)).size).toBe(40);
  await extendReview(review, id, day(50));
  expect(await measureDue(t.ctx("owner", { at: day(50) }))).toBe(1);
  expect(await count()).toBe(2);
  const next = await decide(t.ctx("owner", { at: day(51) }), id, "repeat");
  expect(await improvementTold(ctx, next!)).toMatchObject({ state: "draft", repeats: { id }, plan, name: "Delivery text message (again)" }); // prettier-ignore
  expect(await provedOf(ctx, { from: day(0), until: day(90) })).toEqual({ proved: 0, finished: 0 });
}, 60_000);

test("a broken split stops it: nothing measured on it can be believed", async () => {
  const t = await databaseForTest();
  const ctx = t.ctx("owner", { at: now });
  const guests = await crowd(ctx, 200);
  const id = await draft(ctx);
  await startImprovement(ctx, id, day(20));
  await sql`
    insert into improvement_people (improvement_id, contact_id, arm, exposed_at, fact_id)
    select ${id}, c.id, case when i <= 140 then 'treated' else 'held' end, ${day(1)}, gen_random_uuid() from unnest(${guests}::uuid[]) with ordinality c(id, i)`.execute(ctx.db); // prettier-ignore
  expect(await measure(t.ctx("owner", { at: day(20) }), id)).toBeNull();
  expect(await improvementTold(ctx, id)).toMatchObject({ state: "stopped", verdict: null, stop_reason: expect.stringContaining("split"), measurements: [{ verdict: null, result: { rule: "split", split: { broken: true } } }] }); // prettier-ignore
});

test("what a theme meant at the start is what is measured, whatever it means later; the plan cannot be touched", async () => {
  const t = await databaseForTest();
  const ctx = t.ctx("owner", { at: now });
  const guests = await crowd(ctx, 60);
  const rule = (word: string) => ({ reason_ids: [], rules: [{ any: [word], all: [], none: [] }] });
  const theme = await createRecord(ctx, themeType, { name: "Parcels", definition: rule("parcel") });
  const id = await draft(ctx, { metric: { kind: "theme", theme_id: theme.id, days: 10 } });
  await startImprovement(ctx, id, day(20));
  await tell(ctx, guests.map((who) => ordered(who, day(1)))); // prettier-ignore
  await tell(ctx, guests.slice(0, 20).map((who) => complained(who, day(3)))); // prettier-ignore
  await tell(ctx, guests.slice(20, 50).map((who) => complained(who, day(3), "The lid leaks"))); // prettier-ignore
  await updateRecord(ctx, themeType, theme.id, undefined, { definition: rule("lid"), name: "Lids" });
  await expect(updateRecord(ctx, improvementType, id, undefined, { plan: { ...plan, smallest: 0.3 } })).rejects.toMatchObject({ code: "improvement.frozen" }); // prettier-ignore
  await updateRecord(ctx, improvementType, id, undefined, { hypothesis: "Said better" });
  await measure(t.ctx("owner", { at: day(20) }), id);
  const told = await improvementTold(ctx, id);
  expect(told.counts).toBe("raised “Parcels” within 10 days");
  const [a, b] = told.measurements[0]!.result.arms;
  expect((a.k ?? 0) + (b.k ?? 0)).toBe(20);
});

test("before and after, what happened to those it cannot reach is taken off, and that they ran apart before is said", async () => {
  const t = await databaseForTest();
  const ctx = t.ctx("owner", { at: now });
  const [ours, others] = [await crowd(ctx, 200), await crowd(ctx, 200, "a magazine")];
  const comparison = { field: "source", op: "is" as const, value: "a magazine" };
  const id = await draft(ctx, { design: { kind: "before_after", comparison }, smallest: 0.2 });
  for (const group of [ours, others]) {
    await tell(ctx, group.slice(0, 100).map((who) => ordered(who, day(-50)))); // prettier-ignore
    await tell(ctx, group.slice(100).map((who) => ordered(who, day(-20)))); // prettier-ignore
    for (const from of [0, 100]) await tell(ctx, group.slice(from, from + 40).map((who) => complained(who, day(from ? -15 : -45)))); // prettier-ignore
  }
  await startImprovement(ctx, id, day(30));
  // Afterwards everybody asks less often, ours no less than the others.
  for (const group of [ours, others]) {
    await tell(ctx, group.map((who) => ordered(who, day(2)))); // prettier-ignore
    await tell(ctx, group.slice(0, 30).map((who) => complained(who, day(4)))); // prettier-ignore
  }
  expect(await measure(t.ctx("owner", { at: day(30) }), id)).toBe("no_effect");
  const [measured] = (await improvementTold(ctx, id)).measurements;
  expect(measured!.result).toMatchObject({ split: null, arms: [{ name: "after", k: 30, n: 200 }, { name: "before", k: 80, n: 200 }], comparison: { differs: false } }); // prettier-ignore
  expect(measured!.result.effect!.value).toBeCloseTo(0, 10);
});

test("twenty tell at once: each who raised it hears of it once; who does not want mails is held back with the reason", async () => {
  const t = await databaseForTest();
  const ctx = t.ctx("owner", { at: now });
  const [ana, bo, sam, cleo] = [await meet(ctx, "ana"), await meet(ctx, "bo"), await meet(ctx, "sam"), await meet(ctx, "cleo")]; // prettier-ignore
  await tell(ctx, [ana, bo, sam].map(({ id }) => complained(id, day(-3), "The lid leaks"))); // prettier-ignore
  await tell(ctx, [complained(cleo.id, day(-3), "The label fell off")]);
  await inTransaction(ctx, (tx) => withdrawConsent(tx, { contact_id: sam.id, purpose: "surveys", source: "phone" }));
  const { id: theme_id } = await createRecord(ctx, themeType, { name: "Lids", definition: { reason_ids: [], rules: [{ any: ["lid"], all: [], none: [] }] } }); // prettier-ignore
  await inTransaction(ctx, (tx) => buildTheme(tx, theme_id));
  const insight_id = await findOut(ctx, {
    title: "Lids of the 500 ml jar",
    about: { kind: "theme", theme_id },
    days: 90,
  });
  const id = await draft(ctx, {}, { name: "New lids", insight_id });
  const letter = { subject: "You told us", text: "Dear {name}, the lids close now." };
  await expect(announce(ctx, id, letter)).rejects.toMatchObject({ code: "improvement.draft" });
  await startImprovement(ctx, id, day(20));
  expect((await findInsight(ctx, insight_id)).state).toBe("in_improvement");
  const listeners = await listenersOf(ctx, id);
  expect(listeners.map((l) => [l.name, l.held])).toEqual(expect.arrayContaining([["Ana Ruiz", null], ["Bo Lind", null], ["Sam Moreau", "does not want it any more"]])); // prettier-ignore
  expect(listeners).toHaveLength(3);
  const answers = await Promise.all(Array.from({ length: 20 }, () => announce(ctx, id, letter)));
  expect(answers.reduce((sum, a) => sum + a.told, 0)).toBe(2);
  const { rows } = await sql<{ subject: string; body: string; state: string }>`
    select subject, body, state from sends where source = 'improvement' order by body`.execute(ctx.db);
  expect(rows.map((r) => [r.body, r.state])).toEqual([["Dear Ana Ruiz, the lids close now.", "planned"], ["Dear Bo Lind, the lids close now.", "planned"]]); // prettier-ignore
  const heard = await timelineOf(ctx, { contact_id: ana.id }, { names: ["improvement.announced"] });
  expect(heard.items).toMatchObject([
    { sentence: "heard that we improved: New lids", caused_by: { name: "insight.joined" } },
  ]);
  await inTransaction(ctx, (tx) => record(tx, { name: "survey.answered", contact_id: ana.id, occurred_at: day(-9), payload: { survey: "s", score: 4 } })); // prettier-ignore
  await inTransaction(ctx, (tx) => record(tx, { name: "survey.answered", contact_id: ana.id, occurred_at: day(9), payload: { survey: "s", score: 9 } })); // prettier-ignore
  expect((await improvementsApi.listeners.run(ctx, { id })).scores).toEqual({ told: 2, both: 1, before: 4, after: 9 });
}, 60_000);

test("what is done about a link of the ring is known there", async () => {
  const t = await databaseForTest();
  const ctx = t.ctx("owner", { at: now });
  const link = { lens: "seven_stages", from: "onboarding", to: "engagement" };
  const insight_id = await findOut(ctx, { title: "They stop early", about: { kind: "link", ...link }, days: 90 });
  const id = await draft(ctx, {}, { insight_id });
  expect(await beingDoneAbout(ctx, link)).toEqual([{ id, title: "Delivery text message", state: "draft", verdict: null }]); // prettier-ignore
  expect(await beingDoneAbout(ctx, { ...link, to: "retention" })).toEqual([]);
  await expect(draft(ctx, { scope: { field: "shoe_size", op: "is", value: 43 } })).rejects.toMatchObject({
    kind: "invalid",
  });
});
