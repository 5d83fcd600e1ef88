/*
 * Words we use
 *   chance   repeatable luck: the same key gives the same numbers on every machine, and one story's luck never moves another's
 */
export interface Chance {
  /** A number from 0 up to, not including, 1. */
  next(): number;
  between(from: number, to: number): number;
  /** A whole number, both ends included. */
  whole(from: number, to: number): number;
  pick<T>(list: readonly T[]): T;
  yes(share: number): boolean;
}

/** The luck that belongs to a key: mulberry32, started from the key's FNV-1a hash. */
export function chanceOf(key: string): Chance {
  let state = 2166136261;
  for (let i = 0; i < key.length; i += 1) state = Math.imul(state ^ key.charCodeAt(i), 16777619);
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  const whole = (from: number, to: number): number => from + Math.floor(next() * (to - from + 1));
  return {
    next,
    whole,
    between: (from, to) => from + next() * (to - from),
    pick: (list) => list[whole(0, list.length - 1)]!,
    yes: (share) => next() < share,
  };
}

/** The list in an order that depends on the chance alone. */
export function shuffled<T>(list: readonly T[], chance: Chance): T[] {
  const mixed = [...list];
  for (let i = mixed.length - 1; i > 0; i -= 1) {
    const j = chance.whole(0, i);
    [mixed[i], mixed[j]] = [mixed[j]!, mixed[i]!];
  }
  return mixed;
}
