import { usualGapDays, type FactSeen } from "#kernel/condition";

/*
 * Words we use
 *   measure    one thing facts tell of how it stands with a customer, 0 (bad) to 100 (good), with its reason; null where they tell nothing
 *   weight     how much a measure counts; one that rests on old news counts less, halved with every half-life
 *   health     the weighted mean over the known measures: what is not known neither helps nor harms, and how many are known is said
 *   floor      something so bad that the rest cannot make up for it: it caps the score
 */
export const measureNames = ["pace", "payment", "service", "voice", "contact", "start"] as const;
export type MeasureName = (typeof measureNames)[number];
export interface Measure {
  name: MeasureName;
  value: number | null;
  weight: number;
  reason: string;
}
export interface Health {
  /** 0 to 100; null with fewer than two known measures. */
  score: number | null;
  known: number;
  of: number;
  measures: Measure[];
  /** Why it is capped, in words; null when it is not. */
  capped: string | null;
}

const dayMs = 86_400_000;
const weights: Readonly<Record<MeasureName, number>> = { pace: 30, payment: 15, service: 20, voice: 20, contact: 10, start: 15 }; // prettier-ignore
const knownAtLeast = 2;
const unpaidDays = 30;
const unpaidCap = 40;
const voiceHalfLife = 180; // days

interface Told {
  value: number;
  reason: string;
  /** 0 to 1: how much of its weight is left. */
  fresh?: number;
}
type Look = (facts: readonly FactSeen[], now: Date) => Told | null;

const days = (from: Date, to: Date): number => (to.getTime() - from.getTime()) / dayMs;
const within = (facts: readonly FactSeen[], now: Date, n: number): FactSeen[] => facts.filter((f) => days(f.occurred_at, now) <= n); // prettier-ignore
const clamped = (n: number): number => Math.max(0, Math.min(100, Math.round(n)));
const whole = (n: number): string => String(Math.round(n));
const times = (n: number, one: string, many: string): string => `${n} ${n === 1 ? one : many}`;

/** Orders that stand: cancelled ones do not count until they are opened again. */
function orders(facts: readonly FactSeen[]): FactSeen[] {
  const gone = new Set<unknown>();
  for (const f of facts) {
    if (f.name === "order.cancelled") gone.add(f.payload.order_id);
    if (f.name === "order.reopened") gone.delete(f.payload.order_id);
  }
  return facts.filter((f) => f.name === "order.placed" && !gone.has(f.payload.order_id));
}

/** Silence against the customer's own gap: full within one gap, nothing from three on. Unknown to whoever has no gap of their own. */
const pace: Look = (facts, now) => {
  const placed = orders(facts);
  const last = placed.at(-1);
  const gap = last ? usualGapDays(placed, "order.placed", last.occurred_at, Number.NaN) : Number.NaN;
  if (!last || Number.isNaN(gap)) return null;
  const silent = days(last.occurred_at, now);
  const reason = `last order ${whole(silent)} days ago, and the usual gap is ${whole(gap)}`;
  return { value: 100 - 50 * Math.max(0, silent / Math.max(1, gap) - 1), reason };
};

/** Invoices of orders that are neither paid nor credited, and for how many days past their due. */
export function overdueDays(facts: readonly FactSeen[], now: Date): number[] {
  const settled = new Set(facts.filter((f) => f.name === "order.paid" || f.name === "order.cancelled").map((f) => f.payload.order_id)); // prettier-ignore
  const credited = new Set(facts.filter((f) => f.name === "invoice.credited").map((f) => f.payload.invoice_id));
  return facts
    .filter((f) => f.name === "invoice.issued" && !settled.has(f.payload.order_id) && !credited.has(f.payload.invoice_id))
    .map((f) => Math.floor(days(new Date(`${String(f.payload.due_at).slice(0, 10)}T23:59:59Z`), now)))
    .filter((late) => late > 0);
} // prettier-ignore

/** What they owe: full with nothing overdue, nothing from 60 days on. Unknown of whoever bought nothing in a year and owes nothing. */
const payment: Look = (facts, now) => {
  const late = overdueDays(facts, now);
  if (late.length === 0 && within(orders(facts), now, 365).length === 0) return null;
  if (late.length === 0) return { value: 100, reason: "nothing is overdue" };
  const worst = Math.max(...late);
  return { value: 100 - (worst / 60) * 100, reason: `${times(late.length, "invoice", "invoices")} overdue, the oldest for ${times(worst, "day", "days")}` }; // prettier-ignore
};

/**
 * What went wrong in 90 days: each case takes 20 points, 10 more while it is open, each return 15. Unknown of whoever neither bought nor
 * wrote in half a year: where nothing happens, nothing goes wrong either.
 */
const service: Look = (facts, now) => {
  const lately = within(facts, now, 180);
  if (orders(lately).length === 0 && !lately.some((f) => f.name.startsWith("case."))) return null;
  const state = new Map<unknown, { open: boolean; at: Date }>();
  for (const f of facts) {
    const key = f.payload.case_id ?? f.payload.number;
    if (f.name === "case.opened") state.set(key, { open: true, at: f.occurred_at });
    if (f.name === "case.resolved" && state.has(key)) state.set(key, { ...state.get(key)!, open: false });
    if (f.name === "case.reopened" && state.has(key)) state.set(key, { open: true, at: f.occurred_at });
    if (f.name === "case.dismissed") state.delete(key);
  }
  const cases = [...state.values()].filter((one) => one.open || days(one.at, now) <= 90);
  const open = cases.filter((one) => one.open).length;
  const back = within(facts, now, 90).filter((f) => f.name === "order.returned").length;
  if (cases.length + back === 0) return { value: 100, reason: "no case and no return in 90 days" };
  const said = [...(cases.length > 0 ? [`${times(cases.length, "case", "cases")}${open > 0 ? `, ${open} open` : ""}`] : []), ...(back > 0 ? [times(back, "return", "returns")] : [])]; // prettier-ignore
  return { value: 100 - 20 * cases.length - 10 * open - 15 * back, reason: `${said.join(" and ")} in 90 days` };
};

/** What they said of us last, of ten (an NPS) or of five (a CSAT); it fades by half in half a year. */
const voice: Look = (facts, now) => {
  const last = facts.findLast((f) => f.name === "survey.answered" && typeof f.payload.score === "number");
  if (!last) return null;
  const age = days(last.occurred_at, now);
  const score = last.payload.score as number;
  const csat = last.payload.kind === "csat";
  const reason = `gave us ${score} of ${csat ? 5 : 10} ${age < 1 ? "today" : `${whole(age)} days ago`}`;
  return { value: csat ? ((score - 1) / 4) * 100 : score * 10, reason, fresh: 2 ** (-age / voiceHalfLife) };
};

const signs: ReadonlySet<string> = new Set(["page.visited", "form.submitted", "newsletter.subscribed", "campaign.clicked", "case.opened", "case.answered", "order.placed", "quote.viewed", "quote.accepted", "survey.answered", "call.logged", "referral.made", "review.written", "points.spent"]); // prettier-ignore

/** Their last sign of life of any kind: full within two weeks, nothing from half a year on. */
const contact: Look = (facts, now) => {
  const last = facts.findLast((f) => signs.has(f.name));
  if (!last) return null;
  const age = days(last.occurred_at, now);
  const reason = age < 1 ? "heard of them today" : `last heard of them ${whole(age)} days ago`;
  return { value: 100 - (Math.max(0, age - 14) / (180 - 14)) * 100, reason };
};

/** How their onboarding goes, while it lasts: half for being on its way, less for standing still, all for being done within the last year. */
const start: Look = (facts, now) => {
  const last = within(facts, now, 365).findLast((f) => f.name.startsWith("onboarding."));
  if (!last || last.name === "onboarding.ended") return null;
  const age = days(last.occurred_at, now);
  const plan = typeof last.payload.plan === "string" ? last.payload.plan : "";
  if (last.name === "onboarding.completed") return { value: 100, reason: `completed “${plan}”` };
  if (last.name === "onboarding.stalled") return { value: 10, reason: `“${plan}” stands still for ${whole(age + Number(last.payload.days ?? 0))} days` }; // prettier-ignore
  return { value: last.name === "onboarding.value-reached" ? 90 : 60, reason: `“${plan}” is on its way` };
};

const looks: Readonly<Record<MeasureName, Look>> = { pace, payment, service, voice, contact, start };
const unknown: Readonly<Record<MeasureName, string>> = {
  pace: "too few orders to know their usual gap",
  payment: "bought nothing in a year",
  service: "neither bought nor wrote in half a year",
  voice: "never answered a survey",
  contact: "never heard of",
  start: "no onboarding in the last year",
};

/** How it stands with a customer at that instant, by what had happened until then; facts in ascending order. */
export function healthOf(all: readonly FactSeen[], now: Date): Health {
  const facts = all.filter((f) => f.occurred_at.getTime() <= now.getTime());
  const measures = measureNames.map((name): Measure => {
    const told = looks[name](facts, now);
    if (!told) return { name, value: null, weight: weights[name], reason: unknown[name] };
    return { name, value: clamped(told.value), weight: weights[name] * (told.fresh ?? 1), reason: told.reason };
  });
  const known = measures.filter((m) => m.value !== null);
  const weight = known.reduce((sum, m) => sum + m.weight, 0);
  const about = { known: known.length, of: measures.length, measures };
  if (known.length < knownAtLeast || weight === 0) return { ...about, score: null, capped: null };
  const mean = known.reduce((sum, m) => sum + m.weight * m.value!, 0) / weight;
  const capped = overdueDays(facts, now).some((late) => late > unpaidDays) && mean > unpaidCap;
  return { ...about, score: clamped(capped ? unpaidCap : mean), capped: capped ? `at most ${unpaidCap}: an invoice is overdue for more than ${unpaidDays} days` : null }; // prettier-ignore
}

/** The facts that any measure looks at. */
export const healthFacts: readonly string[] = [
  ...new Set(["order.placed", "order.cancelled", "order.reopened", "order.paid", "order.returned", "invoice.issued", "invoice.credited", "case.opened", "case.resolved", "case.reopened", "case.dismissed", "onboarding.started", "onboarding.step-done", "onboarding.step-reopened", "onboarding.value-reached", "onboarding.stalled", "onboarding.completed", "onboarding.ended", "onboarding.resumed", ...signs]),
]; // prettier-ignore
