import type { Condition } from "#kernel/condition";
import type { Ctx } from "#platform/context";
import { checkFilter, describedFor, objectNamed, objectsFor, type Tone } from "#records";
import type { Stage, SubjectKind } from "../stage.ts";
import type { Lens } from "./lens.ts";
import { findLens } from "./lenses.ts";
import { checkPeriod, type Moved } from "./moved.ts";
import { figuresOf, totalsOf, type TotalFigures } from "./ring-sql.ts";

/*
 * Words we use
 *   link      from one step to the next: how many moved on from it, of how many who stood in it during the period
 *   weakest   the link with the lowest rate, among those whose base is large enough to say anything
 *   filter    the condition under which a list shows the very customers a number counts
 *   list      what a list is asked for to show them where a condition cannot tell: who moved on, by the moves the ring itself counts
 */
export interface RingAsked {
  lens?: string | undefined;
  from: Date;
  until: Date;
  cohort?: Condition | undefined;
  subject?: SubjectKind | undefined;
}

export interface RingStep {
  key: string;
  name: string;
  tone: Tone;
  /** How many stand here at the end of the period, came in and left within it. */
  count: number;
  came: number;
  left: number;
  filter: Condition;
}

export interface RingLink {
  key: string;
  from: string;
  to: string;
  moved: number;
  base: number;
  /** moved / base, 0 to 1; null when nobody stood there. */
  rate: number | null;
  /** How long those who moved on had stood there, in days. */
  median_days: number | null;
  /** How many still stand in the step and did not move on in the period. */
  stuck: number;
  /** Mean paid per year of those who moved on and ever ordered, in minor units of the workspace's currency; null when nobody did. */
  yearly_each: number | null;
  list: { moved: Moved; filter?: Condition };
}

export interface Ring {
  lens: { key: string; name: string };
  subject: SubjectKind;
  from: Date;
  until: Date;
  total: number;
  steps: RingStep[];
  links: RingLink[];
  /** What closes the ring: the last step's customers bring new ones to the first. */
  closing: { from: string; to: string; referrals: number; base: number; each: number | null };
  sideways: { stage: Stage; count: number; filter: Condition }[];
  weakest: { link: string | null; why: string };
  totals: Record<keyof TotalFigures, { now: number; before: number }>;
}

/** Fewer customers than this say nothing about a link. */
export const leastBase = 30;

/** The ring of the cycle: where customers stand at the end of the period, and where they went in it. */
export async function ringOf(ctx: Ctx, asked: RingAsked): Promise<Ring> {
  const { from, until, cohort, subject = "contact" } = asked;
  checkPeriod(from, until);
  if (cohort) checkFilter(cohort, await describedFor(ctx, objectNamed(subject)), await objectsFor(ctx));
  const lens = await findLens(ctx, asked.lens ?? ctx.workspace.lens);
  const question = { from, until, cohort, subject };
  const [figures, totals] = await Promise.all([figuresOf(ctx, { ...question, lens }), totalsOf(ctx, question)]);
  const at = (i: number) =>
    figures.steps.find((s) => s.step === i) ?? {
      count: 0,
      came: 0,
      left: 0,
      base: 0,
      moved: 0,
      median_days: null,
      stuck: 0,
      yearly_each: null,
    };
  const narrow = (c: Condition): Condition => (cohort ? { all: [cohort, c] } : c);
  const steps = lens.steps.map(({ key, name, tone }, i): RingStep => {
    const { count, came, left } = at(i);
    return { key, name, tone, count, came, left, filter: narrow(standsIn(lens, i)) };
  });
  const links = lens.steps.slice(0, -1).map(({ key }, i): RingLink => {
    const { moved, base, median_days, stuck, yearly_each } = at(i);
    const to = lens.steps[i + 1]!.key;
    return {
      key: `${key}>${to}`,
      from: key,
      to,
      moved,
      base,
      rate: base > 0 ? moved / base : null,
      median_days,
      stuck,
      yearly_each,
      list: { moved: { lens: lens.key, from: key, to, since: from, until }, ...(cohort ? { filter: cohort } : {}) },
    };
  });
  const last = at(lens.steps.length - 1);
  return {
    lens: { key: lens.key, name: lens.name },
    subject,
    from,
    until,
    total: Object.values(figures.stages).reduce((sum, n) => sum + n, 0),
    steps,
    links,
    closing: {
      from: steps.at(-1)!.key,
      to: steps[0]!.key,
      referrals: totals.now.referrals,
      base: last.base,
      each: last.base > 0 ? totals.now.referrals / last.base : null,
    },
    sideways: (["at_risk", "lapsed", "won_back"] as const).map((stage) => ({
      stage,
      count: figures.stages[stage] ?? 0,
      filter: narrow({ field: "lifecycle_stage", op: "is", value: stage }),
    })),
    weakest: weakestOf(steps, links),
    totals: Object.fromEntries(
      Object.entries(totals.now).map(([k, now]) => [k, { now, before: totals.before[k as keyof TotalFigures] }]),
    ) as Ring["totals"],
  };
}

/** Who stands in the step now. */
function standsIn(lens: Lens, i: number): Condition {
  const all = lens.steps.flatMap((s) => s.acts ?? []);
  const { stages, acts = [] } = lens.steps[i]!;
  const byStage: Condition = { field: "lifecycle_stage", op: "in", value: [...stages] };
  if (all.length === 0) return byStage;
  const byAct: Condition = { field: "last_act", op: "in", value: [...acts] };
  const plain: Condition = { all: [byStage, { field: "last_act", op: "not_in", value: all }] };
  if (acts.length === 0) return plain;
  return stages.length === 0 ? byAct : { any: [byAct, plain] };
}

function weakestOf(steps: readonly RingStep[], links: readonly RingLink[]): Ring["weakest"] {
  const sure = links.filter((l) => l.base >= leastBase && l.rate !== null);
  if (sure.length === 0)
    return { link: null, why: `Too early to say: no step had ${leastBase} customers in this period.` };
  const weakest = sure.reduce((a, b) => (b.rate! < a.rate! ? b : a));
  const name = (key: string): string => steps.find((s) => s.key === key)?.name ?? key;
  const rate = Math.round(weakest.rate! * 1000) / 10;
  return {
    link: weakest.key,
    why: `${name(weakest.from)} → ${name(weakest.to)}: ${weakest.moved} of ${weakest.base} moved on (${rate} %), the lowest rate of the ring.`,
  };
}
