import { expect, test } from "vitest";
import { cohortOf, homeSearch, instantsOf, startOfDay } from "./period.ts";

const day = 86_400_000; // ms
const now = new Date();

test("a year is the usual period, and the same question within a minute is the same address", () => {
  const { from, until } = instantsOf({}, "UTC", now);
  expect(Date.parse(until) - Date.parse(from)).toBe(365 * day);
  expect(Date.parse(until)).toBeGreaterThanOrEqual(now.getTime());
  expect(until.slice(16)).toBe(":00.000Z");
});

test("own dates hold both days whole, in the company's zone", () => {
  const own = { period: "own", from: "2026-03-28", until: "2026-03-29" } as const;
  // The second of these days has 23 hours in Berlin.
  expect(instantsOf(own, "Europe/Berlin", now)).toEqual({
    from: "2026-03-27T23:00:00.000Z",
    until: "2026-03-29T22:00:00.000Z",
  });
  expect(startOfDay("2026-07-01", "America/New_York")).toBe("2026-07-01T04:00:00.000Z");
});

test("own dates in the wrong order fall back to the usual period instead of an empty one", () => {
  const { from, until } = instantsOf({ period: "own", from: "2026-03-29", until: "2026-03-01" }, "UTC", now);
  expect(from < until).toBe(true);
});

test("an address written by hand cannot bring in what the ring does not know", () => {
  expect(
    homeSearch({ lens: "seven", period: "century", from: "soon", who: "robot", fresh: "yes", cohort: [] }),
  ).toEqual({ lens: "seven" });
  expect(homeSearch({ period: "90d", who: "account", fresh: true })).toEqual({
    period: "90d",
    who: "account",
    fresh: true,
  });
});

test("a cohort is who became known in the period, who fits the condition, or both", () => {
  const period = { from: "a", until: "b" };
  expect(cohortOf({}, period)).toBeUndefined();
  expect(cohortOf({ fresh: true, who: "account" }, period)).toEqual({ fact: "account.created", within: period });
  const country = { field: "country", op: "in" as const, value: ["DE"] };
  expect(cohortOf({ fresh: true, cohort: country }, period)).toEqual({
    all: [{ fact: "contact.created", within: period }, country],
  });
});
