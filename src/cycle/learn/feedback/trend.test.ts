import { expect, test } from "vitest";
import { trendOf } from "./results.ts";

const month = (at: string, question_version: number, promoters: number, passives: number, detractors: number) =>
  ([[10, promoters], [8, passives], [2, detractors]] as const).map(([score, n]) => ({ month: at, question_version, score, n })); // prettier-ignore

test("a month is compared with the last one in the same words, and called a change only when it is more than chance", () => {
  const trend = trendOf("nps", [
    ...month("2026-01", 1, 200, 120, 80),
    ...month("2026-02", 1, 176, 128, 96),
    ...month("2026-03", 2, 380, 10, 10),
    ...month("2026-04", 1, 100, 100, 200),
    ...month("2026-05", 2, 5, 2, 1),
  ]);
  expect(trend.map((p) => [p.month, p.change])).toEqual([
    ["2026-01", null],
    ["2026-02", "chance"],
    ["2026-03", null],
    ["2026-04", "down"],
    ["2026-05", null],
  ]);
  expect(trend[1]!.z).toBeCloseTo(-1.789, 3);
});
