import { expect, test } from "vitest";
import { bootWith } from "../kit/boot.ts";
import { sampleBoot } from "../dev/sample.ts";
import { askOf, changeOf, isStill, type Cycle } from "./cycle.ts";

bootWith(sampleBoot());
const none = { field: "country", op: "is_set" } as const;
const step = (came: number, left: number) => ({
  key: "a",
  name: "A",
  tone: "blue" as const,
  count: 5,
  came,
  left,
  filter: none,
});
const ring = (total: number, steps: Cycle["steps"], moved = 0) =>
  ({
    total,
    steps,
    links: [{ key: "a>b", from: "a", to: "b", moved, base: 5, rate: 0, median_days: null }],
  }) as unknown as Cycle;

test("a period is still when customers stand in the ring and none came, left or moved on", () => {
  expect(isStill(ring(5, [step(0, 0)]))).toBe(true);
  expect(isStill(ring(5, [step(1, 0)]))).toBe(false);
  expect(isStill(ring(5, [step(0, 0)], 1))).toBe(false);
  expect(isStill(ring(0, [step(0, 0)]))).toBe(false);
});

test("a change is a share of what was before, and unsaid when there was nothing before", () => {
  expect(changeOf({ now: 112, before: 100 })).toBeCloseTo(0.12);
  expect(changeOf({ now: 50, before: 100 })).toBe(-0.5);
  expect(changeOf({ now: 50, before: 0 })).toBeNull();
});

test("what is asked follows the address: the company's lens unless another is chosen, the cohort only when there is one", () => {
  const now = new Date();
  expect(askOf({}, now)).toMatchObject({ subject: "contact", lens: "seven" });
  expect(askOf({}, now)).not.toHaveProperty("cohort");
  const fresh = askOf({ lens: "four_stages", who: "account", fresh: true }, now);
  expect(fresh).toMatchObject({
    subject: "account",
    lens: "four_stages",
    cohort: { fact: "account.created", within: { from: fresh.from, until: fresh.until } },
  });
});
