import { expect, test } from "vitest";
import type { ListAnswer } from "../records/record.ts";
import { chainOf, segmentAsked } from "./walk.ts";

const window = (ids: string[], next: string | null): ListAnswer => ({
  items: ids.map((id) => ({ id })),
  next,
  total: { count: 143, exact: true },
});

test("a walk follows the windows in their order and knows where the list goes on", () => {
  const known = new Map([["first", window(["a", "b"], "2")], ["2", window(["c"], "3")]]); // prettier-ignore
  expect(chainOf((cursor) => known.get(cursor))).toEqual({
    ids: ["a", "b", "c"],
    next: "3",
    total: { count: 143, exact: true },
  });
});

test("a walk of a list that ends, ends", () => {
  expect(chainOf(() => window(["a"], null))).toMatchObject({ ids: ["a"], next: null });
});

test("a list that was never seen is no walk", () => {
  expect(chainOf(() => undefined)).toEqual({ ids: [], next: null, total: null });
});

test("a list is called by its segment only when it asks for nothing else", () => {
  expect(segmentAsked({ all: [{ segment: "s1", is: true }] })).toBe("s1");
  expect(segmentAsked({ segment: "s1", is: true })).toBe("s1");
  expect(segmentAsked({ segment: "s1", is: false })).toBeUndefined();
  expect(
    segmentAsked({
      all: [
        { segment: "s1", is: true },
        { field: "city", op: "is_set" },
      ],
    }),
  ).toBeUndefined();
  expect(segmentAsked(undefined)).toBeUndefined();
});
