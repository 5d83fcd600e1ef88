/*
 * Words we use
 *   figure   what one bench measures: ours against a limit in the same run, so that the ratio holds on a noisy machine
 */
export interface Figure {
  figure: string;
  /** What the limit is: "the same SQL through pg". */
  against: string;
  ours_ms: number;
  limit_ms: number;
  ratio: number;
  /** The ratio that design/speed.md allows; the run says so when it is passed. */
  reach: number;
  [more: string]: unknown;
}

const median = (values: number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;

/** Runs both by turns, `rounds` blocks of `times` calls each; figures are medians over blocks, in ms per call. */
export async function compare(
  name: { figure: string; against: string; reach: number },
  ours: (i: number) => Promise<unknown>,
  limit: (i: number) => Promise<unknown>,
  { rounds = 9, times = 40 }: { rounds?: number; times?: number } = {},
): Promise<Figure> {
  const block = async (work: (i: number) => Promise<unknown>, from: number): Promise<number> => {
    const start = process.hrtime.bigint();
    for (let i = 0; i < times; i++) await work(from + i);
    return Number(process.hrtime.bigint() - start) / 1e6 / times;
  };
  // The first blocks warm caches and plans on both sides and are not counted.
  await block(ours, 0);
  await block(limit, 0);
  const [a, b]: [number[], number[]] = [[], []];
  for (let r = 1; r <= rounds; r++) {
    a.push(await block(ours, r * times));
    b.push(await block(limit, r * times));
  }
  return figureOf(name, median(a), median(b));
}

/** A figure from two measured durations. */
export const figureOf = (name: { figure: string; against: string; reach: number }, ours: number, limit: number, more: Record<string, unknown> = {}): Figure => ({
  ...name,
  ours_ms: round(ours),
  limit_ms: round(limit),
  ratio: round(ours / limit),
  ...more,
});

const round = (n: number): number => Math.round(n * 1000) / 1000;
