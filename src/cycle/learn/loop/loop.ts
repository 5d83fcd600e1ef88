import type { Ctx } from "#platform/context";
import { listLenses, ringOf, type Ring, type RingAsked } from "#customers";
import type { Condition } from "#kernel/condition";
import { stuckSteps } from "#engage/onboarding";
import { beingDoneAbout, provedOf } from "#learn/improvement";
import { firstOrdersOf, repeatOf, type Repeat } from "./figures.ts";
import { targetsOf, type TargetNow } from "./targets.ts";
import { weakestByMoney, weakestByRate, type Costly, type Weak } from "./weakest.ts";

/** The ring with what the company wants of it, and where it is weakest. */
export interface Loop extends Ring {
  targets: TargetNow[];
  weak: { by_rate: Weak | null; by_money: Costly | null };
  /** Contacts only: who bought again within six months, and the list of those it is about. */
  repeat: { now: Repeat; before: Repeat; filter: Condition } | null;
  /** Improvements under way that are aimed at a link. */
  doing: { link: string; id: string; title: string }[];
  /** Where most of those who stand in onboarding stand still. */
  stuck_at: { step: string; title: string; people: number } | null;
  /** Of the improvements whose review lay in the period, how many proved an effect. */
  proved: { proved: number; finished: number };
}

/** The loop board: where customers stand and go, against the targets. */
export async function loopOf(ctx: Ctx, asked: RingAsked): Promise<Loop> {
  const ring = await ringOf(ctx, asked);
  const people = ring.subject === "contact" && asked.cohort === undefined;
  const [targets, repeat, proved] = await Promise.all([
    targetsOf(ctx, ring.lens.key),
    people ? repeatOf(ctx, asked.from, asked.until) : null,
    provedOf(ctx, { from: asked.from, until: asked.until }),
  ]);
  const by_rate = weakestByRate(ring.links, targets);
  return {
    ...ring,
    targets,
    weak: { by_rate, by_money: weakestByMoney(ring.links) },
    repeat: repeat && { ...repeat, filter: firstOrdersOf(asked.from, asked.until) },
    doing: await doingAbout(ctx, ring, by_rate?.link),
    stuck_at: await stuckAt(ctx, ring),
    proved,
  };
}

/** The improvements under way that are aimed at a link. */
async function doingAbout(ctx: Ctx, ring: Ring, key: string | undefined): Promise<Loop["doing"]> {
  const link = ring.links.find((one) => one.key === key);
  if (!link) return [];
  const found = await beingDoneAbout(ctx, { lens: ring.lens.key, from: link.from, to: link.to });
  return found.map(({ id, title }) => ({ link: link.key, id, title }));
}

/** The step of onboarding at which most stand still, told on the step of the lens where new customers stand. */
async function stuckAt(ctx: Ctx, ring: Ring): Promise<Loop["stuck_at"]> {
  const [worst] = await stuckSteps(ctx);
  const lens = (await listLenses(ctx)).find((one) => one.key === ring.lens.key);
  const step = lens?.steps.find((one) => one.stages.includes("customer"));
  return worst && step ? { step: step.key, ...worst } : null;
}
