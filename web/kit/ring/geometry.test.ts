import { expect, test } from "vitest";
import { lineHeight, narrow, linesOf, ringOf, weightOf, type Box, type Drawn, type Size } from "./geometry.ts";

// A line of a name: 14 letters of 6.6 px at 12 px; where the ring is narrow a figure of 5 signs at 16 px stands alone.
const nameWidth = (size: Size) => (size.width < narrow ? 50 : 96);
const boxOf = ({ x, y, anchor }: Box, width: number, above: number, below: number) => {
  const left = anchor === "start" ? x : anchor === "end" ? x - width : x - width / 2;
  return { left, right: left + width, top: y - above, bottom: y + below };
};
const overlap = (a: ReturnType<typeof boxOf>, b: ReturnType<typeof boxOf>) =>
  a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

const sizes: Size[] = [{ width: 960, height: 640 }, { width: 720, height: 560 }, { width: 560, height: 520 }, { width: 328, height: 384 }, { width: 300, height: 356 }, { width: 1400, height: 460 }]; // prettier-ignore
const everyRing = sizes.flatMap((size) =>
  [3, 4, 5, 6, 7, 8].flatMap((n) =>
    [1, 2].map((lines) => ({
      size,
      n,
      lines,
      ring: ringOf(
        Array.from({ length: n }, (_, i) => 1000 * (i + 1)),
        size,
        Array.from({ length: n }, () => lines),
      ),
    })),
  ),
);
const labels = (ring: Drawn, size: Size, lines: number) =>
  ring.arcs.map(({ label }) =>
    boxOf(
      label,
      nameWidth(size),
      size.width < narrow ? 14 : 17,
      size.width < narrow ? 3 : 22 + (lines - 1) * lineHeight,
    ),
  );

test("no label lies on another, for 3 to 8 steps with names of one or two lines at every size", () => {
  for (const { size, n, lines, ring } of everyRing) {
    const boxes = [...labels(ring, size, lines), ...ring.links.map(({ label }) => boxOf(label, 52, 13, 17))];
    boxes.forEach((a, i) =>
      boxes.forEach(
        (b, k) =>
          i < k &&
          expect(
            overlap(a, b),
            `${n} steps of ${lines} lines at ${size.width}x${size.height}: labels ${i} and ${k}`,
          ).toBe(false),
      ),
    );
  }
});

test("every label stays inside the drawing", () => {
  for (const { size, n, lines, ring } of everyRing)
    for (const box of labels(ring, size, lines)) {
      const where = `${n} steps of ${lines} lines at ${size.width}x${size.height}`;
      expect(box.left, where).toBeGreaterThanOrEqual(0);
      expect(box.right, where).toBeLessThanOrEqual(size.width);
      expect(box.top, where).toBeGreaterThanOrEqual(0);
      expect(box.bottom, where).toBeLessThanOrEqual(size.height);
    }
});

test("a long name of a step takes two lines and is never longer", () => {
  expect(linesOf("Retention", 14)).toEqual(["Retention"]);
  expect(linesOf("Feedback & analysis", 14)).toEqual(["Feedback &", "analysis"]);
  expect(linesOf("Improvement decided and acted on", 14)).toHaveLength(2);
  expect(linesOf("Donaudampfschifffahrtsgesellschaft", 14)[0]?.length).toBeLessThanOrEqual(18);
});

test("an empty company is a thin even ring, and more people are never thinner", () => {
  expect(ringOf([0, 0, 0], { width: 600, height: 500 }).arcs.map((arc) => arc.weight)).toEqual([12, 12, 12]);
  expect(weightOf(100, 400)).toBeGreaterThan(weightOf(50, 400));
  expect(weightOf(400, 400)).toBe(34);
});

test("a small ring tells its links in a list, a large one between the arcs", () => {
  expect(ringOf([1, 2, 3], { width: 328, height: 380 }).links).toEqual([]);
  expect(ringOf([1, 2, 3], { width: 960, height: 640 }).links).toHaveLength(3);
});
