import fc from "fast-check";
import { expect, test } from "vitest";
import { CompiledQuery } from "kysely";
import type { Condition } from "#kernel/condition";
import type { Ctx } from "#platform/context";
import { countRecords } from "#records";
import { consumeAll } from "#timeline";
import { databaseForTest } from "../../../test/database.ts";
import { meetWithPast, people, type Who } from "../../../test/world.ts";
import { account } from "../account.ts";
import { contact } from "../contact.ts";
import { lifecycleConsumer } from "../lifecycle/consumer.ts";
import { acts } from "../lifecycle/traits.ts";
import { stages } from "../stage.ts";
import { checkLens, stepOf, type Lens } from "./lens.ts";
import { flowOf } from "./flow.ts";
import { changeLens, lenses, seedLenses } from "./lenses.ts";
import { onlyMoved } from "./moved.ts";
import { ringOf } from "./ring.ts";
import { stepSql } from "./ring-sql.ts";

const today = new Date("2026-03-01T12:00:00Z");
const daysAgo = (n: number): Date => new Date(today.getTime() - n * 86_400_000);

async function theCast(): Promise<{ ctx: Ctx; ids: Record<Who, string> }> {
  const t = await databaseForTest();
  const ctx = t.ctx("owner", { at: today });
  await seedLenses(ctx);
  const ids = {} as Record<Who, string>;
  for (const who of Object.keys(people) as Who[]) ids[who] = (await meetWithPast(ctx, who)).id;
  await consumeAll(ctx, lifecycleConsumer);
  return { ctx, ids };
}

test("every lens places every stage and last act in exactly one step, in TypeScript and in SQL", async () => {
  const ctx = (await databaseForTest()).ctx();
  for (const lens of lenses) {
    expect(() => checkLens(lens)).not.toThrow();
    for (const stage of stages)
      for (const act of [null, ...acts]) {
        const standing = lens.steps.filter((_, i) => i === stepOf(lens, stage, act));
        expect(standing).toHaveLength(1);
      }
    const pairs = stages.flatMap((stage) => [null, ...acts].map((act) => ({ stage, act })));
    const text = `select ${stepSql(lens, "r.stage", "r.act")} as step from json_to_recordset($1::json) as r(stage text, act text)`;
    const { rows } = await ctx.db.executeQuery<{ step: number }>(CompiledQuery.raw(text, [JSON.stringify(pairs)]));
    expect(rows.map((r) => r.step)).toEqual(pairs.map((p) => stepOf(lens, p.stage, p.act)));
  }
});

test("any lens that passes the check partitions the customers; one that does not is refused", () => {
  const someLens = fc.record({
    steps: fc
      .array(fc.subarray([...stages]), { minLength: 2, maxLength: 5 })
      .map((parts): Lens["steps"] =>
        parts.map((part, i) => ({ key: `s${i}`, name: `Step ${i}`, tone: "blue", stages: part })),
      ),
  });
  fc.assert(
    fc.property(someLens, (lens) => {
      const holders = stages.map((s) => lens.steps.filter((step) => step.stages.includes(s)).length);
      const partition = holders.every((n) => n === 1) && lens.steps.every((s) => s.stages.length > 0);
      if (partition) expect(() => checkLens(lens)).not.toThrow();
      else expect(() => checkLens(lens)).toThrow();
    }),
  );
});

test("the ring shows where the cast stands, through every lens, and every number opens its customers", async () => {
  const { ctx } = await theCast();
  const seven = await ringOf(ctx, { lens: "seven_stages", from: daysAgo(90), until: today });
  expect(seven.total).toBe(5);
  expect(Object.fromEntries(seven.steps.filter((s) => s.count > 0).map((s) => [s.key, s.count]))).toEqual({
    acquisition: 1, // Cleo asked for a demo
    engagement: 1, // Sam
    retention: 1, // Bo
    loyalty: 1, // Ana
    advocacy: 1, // Priya
  });
  expect(seven.sideways.map((s) => [s.stage, s.count])).toEqual([
    ["at_risk", 1],
    ["lapsed", 0],
    ["won_back", 0],
  ]);
  expect(seven.weakest).toEqual({ link: null, why: "Too early to say: no step had 30 customers in this period." });
  for (const { key } of lenses) {
    const ring = await ringOf(ctx, { lens: key, from: daysAgo(500), until: today });
    expect(ring.steps.reduce((sum, s) => sum + s.count, 0)).toBe(5);
    const listed = async (filter: Condition) => (await countRecords(ctx, contact, { filter, count: "exact" })).count;
    for (const step of ring.steps)
      expect([key, step.key, await listed(step.filter)]).toEqual([key, step.key, step.count]);
  }
});

test("the number on every link opens exactly those customers, through every lens, of people and of accounts", async () => {
  const { ctx } = await theCast();
  const objects = { contact, account };
  const inEurope: Condition = { field: "country", op: "in", value: ["Germany", "United Kingdom"] };
  let some = 0;
  for (const { key } of lenses)
    for (const subject of ["contact", "account"] as const)
      for (const days of [20, 90, 500])
        for (const cohort of [undefined, inEurope]) {
          const ring = await ringOf(ctx, { lens: key, subject, from: daysAgo(days), until: today, cohort });
          for (const { key: link, moved, list } of ring.links) {
            const only = await onlyMoved(ctx, subject, list.moved);
            const { count } = await countRecords(ctx, objects[subject], { filter: list.filter, only, count: "exact" });
            expect([key, subject, days, link, count]).toEqual([key, subject, days, link, moved]);
            some += moved;
          }
        }
  expect(some).toBeGreaterThan(100);
});

test("the flow loses nobody, tells the ways sideways, and each of its bands opens exactly its people", async () => {
  const { ctx, ids } = await theCast();
  const objects = { contact, account };
  const inEurope: Condition = { field: "country", op: "in", value: ["Germany", "United Kingdom"] };
  for (const subject of ["contact", "account"] as const)
    for (const days of [20, 90, 500])
      for (const cohort of [undefined, inEurope]) {
        const asked = { subject, from: daysAgo(days), until: today, cohort };
        const [flow, ring] = [await flowOf(ctx, asked), await ringOf(ctx, asked)];
        expect(flow.total).toBe(ring.total);
        for (const { stood, stands, count, list } of flow.flows) {
          const only = await onlyMoved(ctx, subject, list.moved);
          const listed = await countRecords(ctx, objects[subject], { filter: list.filter, only, count: "exact" });
          expect([subject, days, stood, stands, listed.count]).toEqual([subject, days, stood, stands, count]);
        }
      }
  const { flows } = await flowOf(ctx, { from: daysAgo(500), until: today });
  expect(flows.filter((one) => one.stands === "at_risk" || one.stands === "lapsed").length).toBeGreaterThan(0);
  // Of one person the flow says what their own moves say.
  const { rows } = await ctx.db.executeQuery<{ stage: string }>(CompiledQuery.raw("select lifecycle_stage as stage from contacts where id = $1", [ids.bo]));
  const only = await onlyMoved(ctx, "contact", { stood: "unknown", stands: rows[0]!.stage as "at_risk", since: daysAgo(5000), until: today });
  expect((await countRecords(ctx, contact, { filter: { field: "name", op: "is", value: people.bo.name }, only, count: "exact" })).count).toBe(1);
}); // prettier-ignore

test("a cohort narrows everything, and the past is drawn as it was", async () => {
  const { ctx } = await theCast();
  const berlin = await ringOf(ctx, {
    from: daysAgo(90),
    until: today,
    cohort: { field: "city", op: "is", value: "Berlin" },
  });
  expect(berlin.total).toBe(2);
  const then = await ringOf(ctx, { lens: "seven_stages", from: daysAgo(400), until: daysAgo(100) });
  expect(then.total).toBe(4);
  expect(then.sideways[0]!.count).toBe(0);
  const month = await ringOf(ctx, { from: daysAgo(30), until: today });
  expect(month.totals.identified).toEqual({ now: 1, before: 0 });
  expect(month.totals.paid_base.now).toBeGreaterThan(0);
  await expect(ringOf(ctx, { from: today, until: today })).rejects.toMatchObject({ fields: [{ field: "until" }] });
  await expect(ringOf(ctx, { lens: "none", from: daysAgo(1), until: today })).rejects.toMatchObject({
    kind: "not-found",
  });
});

test("accounts have a ring of their own", async () => {
  const { ctx } = await theCast();
  const ring = await ringOf(ctx, { subject: "account", from: daysAgo(90), until: today });
  expect(ring.total).toBe(3);
  expect(ring.steps.reduce((sum, s) => sum + s.count, 0)).toBe(3);
});

test("a lens is changed, and refused when somebody would stand nowhere or twice", async () => {
  const ctx = (await databaseForTest()).ctx();
  const two = { name: "Two", steps: [
    { key: "before", name: "Before", tone: "blue" as const, stages: stages.slice(0, 4) },
    { key: "after", name: "After", tone: "green" as const, stages: stages.slice(4) },
  ] }; // prettier-ignore
  expect((await changeLens(ctx, "four_stages", { ...two, version: 1 })).steps).toHaveLength(2);
  await expect(changeLens(ctx, "four_stages", { ...two, version: 1 })).rejects.toMatchObject({ kind: "stale" });
  await expect(changeLens(ctx, "four_stages", { ...two, version: 2, steps: two.steps.slice(1) })).rejects.toMatchObject(
    {
      code: "lens.missing-stage",
    },
  );
  const twice = two.steps.map((s) => ({ ...s, stages }));
  await expect(changeLens(ctx, "four_stages", { ...two, version: 2, steps: twice })).rejects.toMatchObject({
    code: "lens.overlap",
    fields: [{ field: "steps.1.stages" }],
  });
});
