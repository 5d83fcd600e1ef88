import fc from "fast-check";
import { expect, test } from "vitest";
import { drawingOf } from "./bands.ts";

const order = ["unknown", "lead", "customer", "active", "at_risk", "lapsed"];
const stage = fc.constantFrom(...order);
const ways = fc.uniqueArray(fc.record({ stood: stage, stands: stage, count: fc.integer({ min: 0, max: 100_000 }) }), {
  selector: (way) => `${way.stood}>${way.stands}`,
  maxLength: 30,
});

test("a flow loses nobody: what leaves and what arrives add up, posts do not overlap, and bands fill their posts", () => {
  fc.assert(
    fc.property(ways, (some) => {
      const { left, right, bands, height } = drawingOf(some, order, { from: 100, to: 500 });
      const total = some.reduce((sum, way) => sum + way.count, 0);
      for (const posts of [left, right]) {
        expect(posts.reduce((sum, post) => sum + post.count, 0)).toBe(total);
        for (const [i, post] of posts.entries()) {
          const next = posts[i + 1];
          if (next) expect(post.y + post.height).toBeLessThan(next.y);
          expect(post.y + post.height).toBeLessThanOrEqual(height + 0.001);
        }
      }
      const ascending = (counts: number[]): number[] => counts.filter((n) => n > 0).toSorted((a, b) => a - b);
      expect(ascending(bands.map((band) => band.way.count))).toEqual(ascending(some.map((way) => way.count)));
    }),
  );
  expect(drawingOf([], order, { from: 0, to: 1 })).toEqual({ height: 0, left: [], right: [], bands: [] });
}); // prettier-ignore
