import { expect, test } from "vitest";
import { expiryOf, lifetimes } from "./expiry.ts";

test("every lifetime offered ends when it says, or by hand", () => {
  const now = new Date("2026-03-01T12:00:00Z");
  expect(lifetimes.map((one) => expiryOf(one.days, now))).toEqual([
    "2026-03-31T12:00:00.000Z",
    "2026-05-30T12:00:00.000Z",
    "2027-03-01T12:00:00.000Z",
    null,
  ]);
});
