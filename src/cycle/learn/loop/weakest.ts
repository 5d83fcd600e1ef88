import { leastBase, type RingLink } from "#customers";
import type { Target } from "./targets.ts";

/*
 * Words we use
 *   shortfall   how far a link's rate lies under its target, in parts of one; without any target on the ring every link is measured
 *               against moving on at all, so the lowest rate is the weakest
 *   at stake    people who stand before a link and have not moved on, times what those who did move on pay in a year
 */
export interface Weak {
  link: string;
  /** Negative: better than its target. */
  shortfall: number;
  target: number | null;
}

export interface Costly {
  link: string;
  stuck: number;
  /** Mean paid per year, in minor units, of those who moved on. */
  each: number;
  at_stake: number;
}

/** The link that falls shortest of its target; null when no link has customers enough, or every target is met. */
export function weakestByRate(links: readonly RingLink[], targets: readonly Target[]): Weak | null {
  const wanted = new Map(targets.flatMap((t) => (t.rate === null ? [] : [[t.link, t.rate] as const])));
  const sure = links.filter((l) => l.rate !== null && l.base >= leastBase && (wanted.size === 0 || wanted.has(l.key)));
  const short = sure.map((l): Weak => {
    const target = wanted.get(l.key) ?? null;
    return { link: l.key, target, shortfall: (target ?? 1) - l.rate! };
  });
  const worst = short.toSorted((a, b) => b.shortfall - a.shortfall)[0];
  return worst && worst.shortfall > 0 ? worst : null;
}

/** The link before which most money stands still; null when nobody who moved on has paid anything. */
export function weakestByMoney(links: readonly RingLink[]): Costly | null {
  const costly = links
    .filter((l) => l.base >= leastBase && l.moved > 0 && l.yearly_each !== null)
    .map((l): Costly => ({ link: l.key, stuck: l.stuck, each: l.yearly_each!, at_stake: Math.round(l.stuck * l.yearly_each!) }));
  const most = costly.toSorted((a, b) => b.at_stake - a.at_stake)[0];
  return most && most.at_stake > 0 ? most : null;
} // prettier-ignore
