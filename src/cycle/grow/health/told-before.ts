/*
 * Words we use
 *   tally   how many of each score ordered and did not in the days after it
 *   auc     the chance that of two customers, of whom one ordered, that one had the higher score: 0.5 tells nothing, 1 everything
 */
export type Tally = { yes: number[]; no: number[] };
export const emptyTally = (): Tally => ({ yes: Array<number>(101).fill(0), no: Array<number>(101).fill(0) });

/** Of two customers, of whom one ordered, how often that one had the higher score (ties count half); null with fewer than 20 of either. */
export function aucOf({ yes, no }: Tally): number | null {
  const sum = (some: readonly number[]): number => some.reduce((a, b) => a + b, 0);
  const [n, m] = [sum(yes), sum(no)];
  if (n < 20 || m < 20) return null;
  let [below, wins] = [0, 0];
  for (let score = 0; score <= 100; score++) {
    wins += yes[score]! * (below + no[score]! / 2);
    below += no[score]!;
  }
  return wins / (n * m);
}
