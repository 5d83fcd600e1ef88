import { wilson, zOfProportions, type Interval } from "#kernel/statistics";

/** How often each score was given. */
export type Counts = ReadonlyMap<number, number>;

// Fewer answers than these say little: shown with a warning.
export const enoughAnswers = 10;
// Two-sided at 5 %.
const z95 = 1.96;

export interface Nps {
  n: number;
  promoters: number;
  passives: number;
  detractors: number;
  /** -100 to 100; null without answers. */
  value: number | null;
  /** Half of the 95 % interval, in points. */
  margin: number | null;
}

/**
 * Net promoter score: 100 · (P − D) / n of answers 0 to 10 only, promoters 9 and 10, detractors 0 to 6.
 * Var = (p + d − (p − d)²) / n, margin 1.96 · 100 · √Var (multinomial).
 */
export function npsOf(counts: Counts): Nps {
  const within = (from: number, to: number): number => [...counts].reduce((sum, [score, n]) => (score >= from && score <= to ? sum + n : sum), 0); // prettier-ignore
  const [detractors, passives, promoters] = [within(0, 6), within(7, 8), within(9, 10)];
  const n = detractors + passives + promoters;
  if (n === 0) return { n, promoters, passives, detractors, value: null, margin: null };
  const value = (100 * (promoters - detractors)) / n;
  return { n, promoters, passives, detractors, value, margin: z95 * 100 * Math.sqrt(varianceOf({ n, promoters, detractors })) }; // prettier-ignore
}

type Shares = Pick<Nps, "n" | "promoters" | "detractors">;

const varianceOf = ({ n, promoters, detractors }: Shares): number => {
  const [p, d] = [promoters / n, detractors / n];
  return Math.max(0, p + d - (p - d) ** 2) / n;
};

/** Standard errors between two scores, later minus earlier; 0 when either knows nothing, ±∞ when both are certain and differ. */
export function zOfNps(later: Shares, earlier: Shares): number {
  if (later.n === 0 || earlier.n === 0) return 0;
  const difference =
    (later.promoters - later.detractors) / later.n - (earlier.promoters - earlier.detractors) / earlier.n;
  if (difference === 0) return 0;
  return difference / Math.sqrt(varianceOf(later) + varianceOf(earlier));
}

export interface Csat {
  n: number;
  satisfied: number;
  /** Share of 4 and 5 with its score interval (Wilson); null without answers. */
  share: Interval | null;
  mean: number | null;
}

/** Satisfaction: the share of answers 4 and 5 on a scale of 1 to 5 (top two boxes), and the mean. */
export function csatOf(counts: Counts): Csat {
  const scored = [...counts].filter(([score]) => score >= 1 && score <= 5);
  const n = scored.reduce((sum, [, k]) => sum + k, 0);
  if (n === 0) return { n, satisfied: 0, share: null, mean: null };
  const satisfied = scored.reduce((sum, [score, k]) => (score >= 4 ? sum + k : sum), 0);
  return { n, satisfied, share: wilson({ k: satisfied, n }), mean: scored.reduce((sum, [score, k]) => sum + score * k, 0) / n }; // prettier-ignore
}

/** Standard errors between two shares of satisfied, later minus earlier, by the pooled share. */
export const zOfCsat = (later: Pick<Csat, "n" | "satisfied">, earlier: Pick<Csat, "n" | "satisfied">): number =>
  later.n === 0 || earlier.n === 0
    ? 0
    : zOfProportions({ k: later.satisfied, n: later.n }, { k: earlier.satisfied, n: earlier.n });

/** Whether a difference of so many standard errors is more than chance, at 5 % and both sides. */
export const isSignificant = (z: number): boolean => Math.abs(z) > z95;
