import fc from "fast-check";
import { expect, test } from "vitest";
import type { RingLink } from "#customers";
import type { Due } from "#kernel/due";
import { timelineOf } from "#timeline";
import { databaseForTest } from "../../../../test/database.ts";
import { meet } from "../../../../test/world.ts";
import { putOff, putOffBy, rank, recommendAgain, setTarget, targetHistory, targetsOf, turnDown, urgency } from "./index.ts"; // prettier-ignore
import { weakestByMoney, weakestByRate } from "./weakest.ts";

const now = new Date("2026-11-22T10:00:00Z");
const link = (key: string, more: Partial<RingLink>): RingLink => ({ key, from: key, to: "x", moved: 50, base: 100, rate: 0.5, median_days: 3, stuck: 50, yearly_each: 10_000, list: { moved: { lens: "seven_stages", from: key, to: "x", since: now, until: now } }, ...more }); // prettier-ignore
const target = (key: string, rate: number) => ({ link: key, rate, days: null, set_at: "", set_by: "" });

test("the weakest link is the one furthest below what the company wants of it", () => {
  const links = [link("a", { rate: 0.2 }), link("b", { rate: 0.38 }), link("c", { rate: 0.1, base: 5 })];
  // Without targets the lowest rate counts; five customers say nothing.
  expect(weakestByRate(links, [])).toMatchObject({ link: "a", target: null });
  // 20 % wanted 22 %; 38 % wanted 55 %.
  expect(weakestByRate(links, [target("a", 0.22), target("b", 0.55)])).toMatchObject({ link: "b", target: 0.55 });
  expect(weakestByRate(links, [target("a", 0.15)])).toBeNull();
  expect(weakestByMoney([link("a", { stuck: 61, yearly_each: 79_000 }), link("b", { stuck: 400, yearly_each: 1_000 })])).toEqual({ link: "a", stuck: 61, each: 79_000, at_stake: 4_819_000 }); // prettier-ignore
  expect(weakestByMoney([link("a", { yearly_each: null })])).toBeNull();
});

test("targets are kept with who set them, and can be taken away", async () => {
  const t = await databaseForTest();
  const ctx = t.ctx("manager", { at: now });
  const asked = { lens: "seven_stages", link: "onboarding>engagement" };
  await setTarget(ctx, { ...asked, rate: 0.5, days: 30, version: 0 });
  await setTarget(ctx, { ...asked, rate: 0.55, days: null, version: 1 });
  expect(await targetsOf(ctx, "seven_stages")).toMatchObject([{ link: "onboarding>engagement", rate: 0.55, days: null, set_by: "Mira Okafor" }]); // prettier-ignore
  await setTarget(ctx, { ...asked, rate: null, days: null, version: 2 });
  expect(await targetsOf(ctx, "seven_stages")).toEqual([]);
  expect((await targetHistory(ctx, asked.lens, asked.link)).map((h) => h.rate)).toEqual([null, 0.55, 0.5]);
  for (const wrong of [
    { ...asked, lens: "none" },
    { ...asked, link: "engagement>onboarding" },
  ])
    await expect(setTarget(ctx, { ...wrong, rate: 0.5, days: null, version: 0 })).rejects.toMatchObject({
      kind: "invalid",
    });
});

test("what one person puts off comes back to them at its hour, and never left the others", async () => {
  const t = await databaseForTest();
  const mira = t.ctx("agent", { at: now });
  const tom = t.ctx("agent", { at: now, actor: { id: "01900000-0000-7000-8000-0000000000bb", name: "Tom" } });
  await putOff(mira, "lead:1", new Date(now.getTime() + 3_600_000));
  expect([...(await putOffBy(mira))]).toEqual(["lead:1"]);
  expect([...(await putOffBy(tom))]).toEqual([]);
  expect([...(await putOffBy(t.ctx("agent", { at: new Date(now.getTime() + 3_600_001) })))]).toEqual([]);
  await putOff(mira, "lead:1", now);
  expect([...(await putOffBy(mira))]).toEqual([]);
});

test("not this: what one person turns down is told on the timeline and due to them no more, until they take it back", async () => {
  const t = await databaseForTest();
  const mira = t.ctx("agent", { at: now });
  const bo = await meet(mira, "bo");
  const call: Due = { id: "task:1", stage: "grow", loses: "customer", title: "Call Bo Lind", reason: "no order for 61 days", due_at: null, value: 0, contact_id: bo.id, account_id: bo.account_id, owner_id: null, act: { label: "call", to: "/" } };
  await Promise.all([turnDown(mira, call), turnDown(mira, call)]);
  const told = async () => (await timelineOf(mira, { contact_id: bo.id }, { limit: 10 })).items.filter((i) => i.name.startsWith("step.")).map((i) => [i.sentence, i.caused_by?.name]);
  expect(await told()).toEqual([["“Call Bo Lind” was turned down as the next step", undefined]]);
  expect([...(await putOffBy(mira))]).toEqual(["task:1"]);
  expect([...(await putOffBy(t.ctx("agent", { at: now, actor: { id: "01900000-0000-7000-8000-0000000000bb", name: "Tom" } })))]).toEqual([]);
  await recommendAgain(mira, "task:1");
  await recommendAgain(mira, "task:1");
  expect([...(await putOffBy(mira))]).toEqual([]);
  expect(new Map((await told()) as [string, string | undefined][])).toEqual(new Map([["“Call Bo Lind” is recommended again", "step.turned-down"], ["“Call Bo Lind” was turned down as the next step", undefined]]));
}); // prettier-ignore

const due = fc.record({
  id: fc.tuple(fc.constantFrom("lead", "case", "invoice"), fc.uuid()).map((parts) => parts.join(":")),
  stage: fc.constantFrom("convert", "engage", "grow"),
  loses: fc.constant("answer"),
  title: fc.constant("t"),
  reason: fc.constant("r"),
  due_at: fc.option(fc.integer({ min: -100, max: 1000 }).map((h) => new Date(now.getTime() + h * 3_600_000).toISOString())),
  value: fc.integer({ min: 0, max: 5_000_000 }),
  contact_id: fc.constant(null),
  account_id: fc.constant(null),
  owner_id: fc.constant(null),
  act: fc.constant({ label: "do", to: "/" }),
}) as fc.Arbitrary<Due>; // prettier-ignore

test("the ranking loses nothing, is the same in any order, and within a kind never puts the later and lesser first", () => {
  fc.assert(
    fc.property(fc.uniqueArray(due, { selector: (d) => d.id, maxLength: 30 }), (dues) => {
      const ranked = rank(dues, now);
      expect(ranked.map((d) => d.id).toSorted()).toEqual(dues.map((d) => d.id).toSorted());
      expect(rank(dues.toReversed(), now)).toEqual(ranked);
      for (const [i, a] of ranked.entries())
        for (const b of ranked.slice(i + 1))
          if (a.id.split(":")[0] === b.id.split(":")[0] && urgency(b.due_at, now) > urgency(a.due_at, now))
            expect(b.value).toBeLessThan(a.value);
    }),
  );
  // Ninety overdue invoices do not hide the one case.
  const overdue = (id: string, value: number) =>
    ({
      id,
      stage: "engage",
      loses: id.startsWith("case") ? "answer" : "money",
      title: "",
      reason: "",
      due_at: now.toISOString(),
      value,
      contact_id: null,
      account_id: null,
      owner_id: null,
      act: { label: "", to: "" },
    }) as Due;
  const many = [...Array.from({ length: 90 }, (_x, i) => overdue(`invoice:${i}`, 100_000 + i)), overdue("case:1", 0)];
  expect(rank(many, now).findIndex((d) => d.id === "case:1")).toBeLessThan(6);
  fc.assert(
    fc.property(fc.integer({ min: -500, max: 5000 }), fc.integer({ min: 0, max: 500 }), (h, more) => {
      const at = (hours: number): string => new Date(now.getTime() + hours * 3_600_000).toISOString();
      expect(urgency(at(h), now)).toBeGreaterThanOrEqual(urgency(at(h + more), now));
    }),
  );
});

test("first comes what loses most by waiting: who waits for an answer before who owes money", () => {
  const at = (hours: number): string => new Date(now.getTime() + hours * 3_600_000).toISOString();
  const one = (id: string, loses: Due["loses"], due_at: string | null, value = 0): Due => ({ id, stage: "learn", loses, title: "", reason: "", due_at, value, contact_id: null, account_id: null, owner_id: null, act: { label: "", to: "" } });
  const order = (...dues: Due[]): string[] => rank(dues, now).map((d) => d.id);
  // A morning: the debts are large and long overdue, and still nothing of them is lost by noon.
  const morning = [
    one("lead:1", "answer", at(0)), one("case:1", "answer", at(0.7), 20_000), one("task:1", "customer", at(0), 50_000), one("ship:1", "promise", at(3), 20_000),
    one("opportunity:1", "deal", at(-48), 1_840_000), one("onboarding:1", "start", at(-100)), one("case:detractor", "customer", at(29)),
    one("invoice:1", "money", at(-300), 900_000), one("referral:1", "thanks", at(72)), one("improvement:1", "learning", at(-2)),
  ];
  expect(order(...morning)).toEqual(["lead:1", "case:1", "task:1", "ship:1", "opportunity:1", "onboarding:1", "invoice:1", "case:detractor", "referral:1", "improvement:1"]);
  // However much is owed, it does not come before somebody who waits; of two who wait the one with more at stake does.
  expect(order(one("invoice:1", "money", at(-1000), 100_000_000), one("lead:1", "answer", at(2)))).toEqual(["lead:1", "invoice:1"]);
  expect(order(one("case:1", "answer", at(0)), one("lead:1", "answer", at(0), 900_000))).toEqual(["lead:1", "case:1"]);
  // An answer that has time until next week does wait for the debt.
  expect(order(one("lead:1", "answer", at(200)), one("invoice:1", "money", at(-24), 900_000))).toEqual(["invoice:1", "lead:1"]);
}); // prettier-ignore
