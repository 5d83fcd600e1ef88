import { expect, test } from "vitest";
import type { Field } from "#records";
import { dayOfValue, onDays, turned, valueOn, weekOf, weeksOf } from "./days.ts";

const at: Field = { name: "at", label: "At", type: "datetime" };
const on: Field = { name: "on", label: "On", type: "date" };
const berlin = "Europe/Berlin";

test("a month shows whole weeks, beginning where the person's weeks begin", () => {
  const march = weeksOf("2026-03-17", "month", 1);
  expect([march[0]?.[0], march.at(-1)?.[6], march.length]).toEqual(["2026-02-23", "2026-04-05", 6]);
  expect(weeksOf("2026-03-17", "month", 7)[0]?.[0]).toBe("2026-03-01");
  expect(weeksOf("2026-03-17", "week", 1)).toEqual([["2026-03-16", "2026-03-17", "2026-03-18", "2026-03-19", "2026-03-20", "2026-03-21", "2026-03-22"]]); // prettier-ignore
  expect(weekOf("2026-03-22", 1)).toBe("2026-03-16");
  expect([turned("2026-01-31", "month", 1), turned("2026-03-01", "week", -1), turned("2026-12-31", "month", 1)]).toEqual(["2026-02-28", "2026-02-22", "2027-01-31"]); // prettier-ignore
});

test("an instant stands on the company's day, not on Greenwich's, and keeps its time of day when it is moved over a change of clocks", () => {
  expect(dayOfValue(at, "2026-03-28T23:30:00Z", berlin)).toBe("2026-03-29");
  expect(dayOfValue(on, "2026-03-28", berlin)).toBe("2026-03-28");
  expect(dayOfValue(at, null, berlin)).toBeUndefined();
  expect(valueOn(at, "2026-03-27T08:15:00.000Z", "2026-03-30", berlin)).toBe("2026-03-30T07:15:00.000Z");
  expect(valueOn(on, "2026-03-28", "2026-04-02", berlin)).toBe("2026-04-02");
  expect(onDays(at, "2026-03-29", "2026-03-29", berlin)).toEqual({
    all: [
      { field: "at", op: "gte", value: "2026-03-28T23:00:00.000Z" },
      { field: "at", op: "lt", value: "2026-03-29T22:00:00.000Z" },
    ],
  });
});
