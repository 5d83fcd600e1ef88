import { expect, test } from "vitest";
import type { Condition } from "#kernel/condition";
import { bootWith, type Boot } from "../../kit/boot.ts";
import { sampleBoot } from "../../dev/sample.ts";
import { ruleKey } from "../../customers/rule-name.ts";
import { asGroup, hasEmptyGroup, plain, withPart, withWhen } from "../../records/condition/edit.ts";
import { gatherSteps, placesOf, whatIsWrong, type Step } from "./steps.ts";
import { whenWords } from "./words.ts";

const facts = [{ name: "order.placed", label: "placed an order", stage: "deliver" }, { name: "customer.stage-changed", label: "moved", stage: "grow" }]; // prettier-ignore
bootWith({ ...sampleBoot(), facts } as Boot);
const ordered: Condition = { fact: "order.placed" };

test("a rule says in words when it holds", () => {
  expect(
    whenWords({ fact: "order.placed", times: { op: "at_least", n: 5 }, within: { last: { n: 365, unit: "day" } } }),
  ).toBe("placed an order at least 5 times within the last 365 days");
  expect(whenWords({ quiet: "order.placed", factor: 2, usual_gap_days: 90, at_least_days: 30 })).toBe(
    "silent for 2 times the usual gap since they last “placed an order” (at least 30 days)",
  );
  expect(
    whenWords({
      all: [ordered, { not: { any: [ordered, { fact: "order.placed", within: { since_field: "stage_since" } }] } }],
    }),
  ).toBe("placed an order and not (placed an order or placed an order since entering the stage)");
  expect(whenWords({ fact: "order.placed", times: { op: "exactly", n: 0 } })).toBe("never placed an order");
});

test("conditions are put in, changed and taken out without needless nesting", () => {
  const two = { all: [...("all" in asGroup(ordered) ? [ordered] : []), ordered] };
  expect(plain(withPart(two, 0, undefined))).toEqual(ordered);
  expect(plain({ any: [{ all: [ordered] }, { not: { any: [ordered] } }] })).toEqual({
    any: [ordered, { not: ordered }],
  });
  expect(hasEmptyGroup({ all: [ordered, { any: [] }] })).toBe(true);
  expect(hasEmptyGroup({ not: ordered })).toBe(false);
});

test("choosing another bound in time forgets the former one", () => {
  const leaf = { fact: "order.placed", within: { since_field: "stage_since" } };
  expect(withWhen(leaf, "ever")).toEqual(ordered);
  expect(withWhen(leaf, "last")).toEqual({ ...ordered, within: { last: { n: 365, unit: "day" } } });
});

test("a rule's key is made from its name and never taken twice", () => {
  expect(ruleKey("Zweimal die übliche Lücke!", new Set())).toBe("zweimal-die-ubliche-lucke");
  expect(ruleKey("24 hours", new Set(["hours"]))).toBe("hours-2");
  expect(ruleKey("…", new Set())).toBe("rule");
});

test("a lens edited by placing stages puts every stage in exactly one step", () => {
  const steps: Step[] = [
    { key: "a", name: "Ask", tone: "blue", stages: ["identified", "lead"] },
    { key: "b", name: "Buy", tone: "teal", stages: ["customer"], acts: ["survey.sent"] },
  ];
  const places = placesOf(steps);
  expect(places.get("survey.sent")).toBe("b");
  const moved = gatherSteps(
    steps,
    new Map([...places, ["lead", "b"]]),
    ["identified", "lead", "customer"],
    ["survey.sent"],
  );
  expect(moved.map((step) => step.stages)).toEqual([["identified"], ["lead", "customer"]]);
  expect(moved[0]?.acts).toBeUndefined();
});

test("what a lens lacks is said before it is sent", () => {
  const step = (key: string, name: string, stages: Step["stages"]): Step => ({ key, name, tone: "blue", stages });
  expect(whatIsWrong([step("a", "Ask", ["identified"])])).toMatch(/two steps/);
  expect(whatIsWrong([step("a", "Ask", ["identified"]), step("b", "Buy", [])])).toMatch(/Buy/);
  expect(whatIsWrong([step("a", " ", ["identified"]), step("b", "Buy", ["lead"])])).toMatch(/name/);
  expect(whatIsWrong([step("a", "Ask", ["identified"]), step("b", "Buy", ["lead"])])).toBeUndefined();
});
