import { expect, test } from "vitest";
import { placed, points, toneOf } from "./told.ts";

test("points carry their sign, and a picture never leaves its frame", () => {
  expect([points(30.2), points(-7.6), points(0.2)]).toEqual(["+30", "−8", "0"]);
  const nps = { kind: "nps", n: 4, promoters: 4, passives: 0, detractors: 0, value: 95, margin: 20 } as const;
  expect(placed(nps)).toEqual({ at: 0.975, low: 0.875, high: 1 });
  expect(placed({ ...nps, n: 0, value: null, margin: null })).toBeNull();
});

test("the bands are those of each scale", () => {
  expect([0, 6, 7, 8, 9, 10].map((s) => toneOf("nps", s))).toEqual(["red", "red", "gray", "gray", "green", "green"]);
  expect([1, 2, 3, 4, 5].map((s) => toneOf("csat", s))).toEqual(["red", "red", "gray", "green", "green"]);
});
