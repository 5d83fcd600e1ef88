import { expect, test } from "vitest";
import { absorb, fresh, rowOf, rowsOf, wantedOf, windowSize } from "./chain.ts";

const page = (from: number, n: number, of: number) => ({
  items: Array.from({ length: n }, (_, i) => from + i),
  next: from + n < of ? `after ${from + n}` : null,
  total: { count: of, exact: true },
});
const here = { from: 0, to: 0 };

test("a list is walked window by window and ends where it ends", () => {
  let chain = fresh<number>("all");
  expect(wantedOf(chain, here)).toEqual([0]);
  chain = absorb(chain, here, [[0, page(0, windowSize, 250)]]);
  expect([rowsOf(chain), wantedOf(chain, here)]).toEqual([200, [0, 1]]);
  chain = absorb(chain, here, [[1, page(100, windowSize, 250)]]);
  chain = absorb(chain, here, [[2, page(200, 50, 250)]]);
  expect(rowsOf(chain)).toBe(250);
  expect(rowOf(chain, 249)).toBe(249);
  expect(rowOf(chain, 250)).toBeUndefined();
});

test("the tail on its way is never longer than the list", () => {
  const chain = absorb(fresh<number>("all"), here, [[0, page(0, windowSize, 130)]]);
  expect(rowsOf(chain)).toBe(130);
});

test("nothing new is the very same chain, so that nothing is drawn again", () => {
  const answer = page(0, 3, 3);
  const chain = absorb(fresh<number>("all"), here, [[0, answer]]);
  expect(absorb(chain, here, [[0, answer]])).toBe(chain);
});

test("windows far from what is seen are let go, the first stays", () => {
  let chain = fresh<number>("all");
  for (let w = 0; w < 60; w++) chain = absorb(chain, { from: w, to: w }, [[w, page(w * windowSize, windowSize, 1e6)]]);
  expect(chain.items.size).toBeLessThan(25);
  expect([chain.items.has(0), chain.items.has(5), chain.items.has(59)]).toEqual([true, false, true]);
  expect(chain.cursors).toHaveLength(61);
});

test("a list that has become shorter forgets what was beyond", () => {
  let chain = fresh<number>("all");
  chain = absorb(chain, here, [[0, page(0, windowSize, 200)]]);
  chain = absorb(chain, here, [[1, page(100, windowSize, 200)]]);
  chain = absorb(chain, here, [[0, page(0, 40, 40)]]);
  expect(rowsOf(chain)).toBe(40);
  expect(rowOf(chain, 120)).toBeUndefined();
});
