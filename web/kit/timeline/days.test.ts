import { expect, test } from "vitest";
import { bootWith } from "../boot.ts";
import { sampleBoot } from "../../dev/sample.ts";
import { stretches, whenWords } from "./days.ts";

bootWith(sampleBoot()); // Europe/Berlin
const now = new Date("2026-11-22T10:00:00Z");
const at = (occurred_at: string) => ({ occurred_at });

test("what happened stands under today, yesterday, this month and the months before", () => {
  const items = [
    "2026-11-22T08:00:00Z",
    "2026-11-21T20:00:00Z",
    "2026-11-03T12:00:00Z",
    "2026-09-09T12:00:00Z",
    "2026-09-03T12:00:00Z",
    "2025-03-01T12:00:00Z",
  ].map(at);
  expect(stretches(items, now).map(({ title, items: inside }) => [title, inside.length])).toEqual([["Today", 1], ["Yesterday", 1], ["November", 1], ["September", 2], ["March 2025", 1]]); // prettier-ignore
});

test("a day begins at the company's midnight, not at Greenwich's", () => {
  expect(stretches([at("2026-11-21T23:30:00Z")], now)[0]?.title).toBe("Today");
});

test("recent things carry their time, older ones their day", () => {
  expect(whenWords("2026-11-22T08:12:00Z", now)).toBe("09:12");
  expect(whenWords("2026-11-03T08:12:00Z", now)).toBe("Nov 3");
});
