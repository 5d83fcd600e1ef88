import { sql } from "kysely";
import type { Tx } from "#platform/context";
import { assignAs, decide, findImprovement, improvementType, measure, noteTold, startImprovement, type NextStep, type Plan } from "#learn/improvement"; // prettier-ignore
import { buildTheme, findOut, joinPeople, themeType, type About } from "#learn/insight";
import { createRecord } from "#records";
import { chanceOf } from "./company/chance.ts";
import { drawn, trials, type Trial } from "./company/trial.ts";
import { sample } from "./sample.ts";

const dayMs = 86_400_000;
type Then = (ago: number) => Tx;

const rule = (any: string[], none: string[] = []) => ({ any, all: [], none });
const themes = {
  lids: { name: "Lids do not close", reasons: ["defective"], rules: [rule(["lid*", "does not close"], ["how do I"])] },
  broken: { name: "Arrives broken", reasons: ["damaged"], rules: [rule(["broken"], ["never a broken"])] },
  late: {
    name: "Comes late",
    reasons: ["late", "delivery_time"],
    rules: [rule(["late", "where is", "parcel took long"])],
  },
  wrong: {
    name: "Wrong or missing goods",
    reasons: ["wrong_item"],
    rules: [rule(["wrong", "missing", "not as described"])],
  },
  answers: { name: "Slow answers", reasons: ["slow_answer"], rules: [rule(["called back", "write twice"])] },
} as const;
type ThemeKey = keyof typeof themes;

const insights: Record<string, { title: string; statement: string; found: number; theme?: ThemeKey; link?: [string, string] }> = {
  late: { title: "They ask where their parcel is", statement: "A third of all cases come from parcels that are more than two days late, and most of them only ask when it comes.", found: 292, theme: "late" },
  broken: { title: "Jars break on the way", statement: "Jars of a litre and more break in paper padding.", found: 190, theme: "broken" },
  lids: { title: "Lids of the 70 mm jars do not close", statement: "Since the change of supplier the ring is a fifth of a millimetre too thin.", found: 75, theme: "lids" },
  first: { title: "They stop after the first box", statement: "Who does not use the jars in the first weeks does not come back.", found: 30, link: ["onboarding", "engagement"] },
  wrong: { title: "Labels get mixed up in packing", statement: "Kraft and chalk labels lie side by side.", found: 6, theme: "wrong" },
}; // prettier-ignore

const ofTheme = (tx: Tx, key: ThemeKey): Promise<string> => recordOf(tx, "theme", key);

async function recordOf(tx: Tx, object: string, key: string): Promise<string> {
  const { rows } = await sql<{ record_id: string }>`
    select record_id from external_ids where object = ${object} and system = ${sample} and external_id = ${key}`.execute(tx.db);
  return rows[0]!.record_id;
} // prettier-ignore

/** Writes what Northwind made of what its customers say: themes, insights, improvements measured by the product's own code on the sample's facts. */
export async function writeImprovements(tx: Tx, today: Date): Promise<void> {
  const then: Then = (ago) => ({ ...tx, clock: () => new Date(today.getTime() - ago * dayMs) });
  await writeThemes(tx);
  for (const key of Object.keys(insights)) await writeInsight(tx, then, key);
  const { rows } = await sql<{ id: string; key: string }>`
    select record_id as id, external_id as key from external_ids where object = 'contact' and system = ${sample}`.execute(tx.db); // prettier-ignore
  const keys = new Map(rows.map((r) => [r.id, r.key]));
  for (const told of await improvementsOf(tx)) await writeImprovement(then, keys, told);
}

async function writeThemes(tx: Tx): Promise<void> {
  for (const [key, { name, reasons, rules }] of Object.entries(themes)) {
    const { rows } = await sql<{ id: string }>`select id from reasons where key = any(${[...reasons]}) order by key`.execute(tx.db);
    const definition = { reason_ids: rows.map((r) => r.id), rules };
    const taken = await sql`select 1 from themes where lower(name) = lower(${name}) and deleted_at is null`.execute(tx.db);
    const { id } = await createRecord(tx, themeType, { name: taken.rows.length > 0 ? `${name} (sample)` : name, definition, external_ids: { [sample]: key } });
    await buildTheme(tx, id);
  }
} // prettier-ignore

async function writeInsight(tx: Tx, then: Then, key: string): Promise<void> {
  const { title, statement, found, theme, link } = insights[key]!;
  const about: About = theme
    ? { kind: "theme", theme_id: await ofTheme(tx, theme) }
    : { kind: "link", lens: "seven_stages", from: link![0], to: link![1] };
  const id = await findOut(then(found), { title, statement, about, days: 90 });
  await sql`insert into external_ids (object, system, external_id, record_id) values ('insight', ${sample}, ${key}, ${id})`.execute(tx.db);
  if (about.kind === "theme") await joinLater(tx, { id, name: title, theme: themes[theme!].name }, about.theme_id, then(found).clock());
} // prettier-ignore

/** Those who raised it since, each a minute after they did. */
async function joinLater(tx: Tx, insight: { id: string; name: string; theme: string }, theme_id: string, since: Date): Promise<void> {
  const { rows } = await sql<{ theme_id: string; fact_id: string; occurred_at: Date; contact_id: string }>`
    select theme_id, fact_id, occurred_at, contact_id from theme_mentions where theme_id = ${theme_id} and occurred_at >= ${since} and contact_id is not null
     order by occurred_at, fact_id`.execute(tx.db);
  for (const mention of rows) await joinPeople({ ...tx, clock: () => new Date(mention.occurred_at.getTime() + 60_000) }, insight, [mention], true);
} // prettier-ignore

interface Told {
  key: string;
  values: { name: string; hypothesis: string; kind: string; insight_id: string | null; cost_amount?: number };
  plan: Plan;
  start: number;
  review: number;
  trial?: Trial;
  next?: NextStep;
  /** Those who raised it hear of it in the week after the start. */
  told?: boolean;
  /** Days before today on which somebody who raised it later heard of it, by key. */
  later?: Readonly<Record<string, number>>;
}

const randomised = { kind: "randomised", treated: 0.5 } as const;
const observed = { kind: "before_after" } as const;
const usual = { scope: null, baseline_days: 120 } as const;

/** What Northwind changed; what came of it is nowhere written here. */
async function improvementsOf(tx: Tx): Promise<Told[]> {
  const insight = (key: string): Promise<string> => recordOf(tx, "insight", key);
  const raised = async (key: ThemeKey, days: number) => ({ kind: "theme" as const, theme_id: await ofTheme(tx, key), days });
  return [
    { key: "noon", start: 262, review: 130, next: "keep", told: true,
      values: { name: "Orders before noon leave the same day", hypothesis: "What leaves earlier arrives in time, and nobody has to ask.", kind: "process", insight_id: await insight("late") },
      plan: { ...usual, exposure: { fact: "order.placed" }, metric: await raised("late", 30), better: "lower", design: observed, smallest: 0.02 } },
    { key: "message", ...trials.message, trial: "message",
      values: { name: trials.message.name, hypothesis: "Who is told when the parcel comes, and where it is, has less to ask.", kind: "message", insight_id: await insight("late"), cost_amount: 84_000 },
      plan: { ...usual, exposure: { fact: "order.placed" }, metric: { kind: "share", fact: "case.opened", days: 30 }, better: "lower", design: randomised, smallest: 0.06 } },
    { key: "reminder", ...trials.reminder, trial: "reminder", next: "stop",
      values: { name: trials.reminder.name, hypothesis: "Who is reminded of the empty jars orders again sooner.", kind: "message", insight_id: null },
      plan: { ...usual, exposure: { fact: "order.paid" }, metric: { kind: "share", fact: "order.placed", days: 45 }, better: "higher", design: randomised, smallest: 0.1 } },
    { key: "asking", ...trials.asking, trial: "asking", next: "stop",
      values: { name: trials.asking.name, hypothesis: "Who is asked while the box is still on the table answers more often.", kind: "service", insight_id: null },
      plan: { ...usual, exposure: { fact: "survey.sent" }, metric: { kind: "share", fact: "survey.answered", days: 14 }, better: "higher", design: randomised, smallest: 0.15 } },
    { key: "pulp", start: 164, review: 60, next: "keep", told: true,
      values: { name: "Parcels are packed in moulded pulp: a third of the breakage", hypothesis: "Moulded pulp holds a jar on all sides.", kind: "process", insight_id: await insight("broken"), cost_amount: 310_000 },
      plan: { ...usual, exposure: { fact: "order.delivered" }, metric: await raised("broken", 21), better: "lower", design: observed, smallest: 0.022 } },
    { key: "lids", start: 47, review: 5, told: true, later: { sam: 22 },
      values: { name: "Lids of the 70 mm jars close tight, with a new ring", hypothesis: "A thicker ring closes, and nobody sends a lid back.", kind: "product", insight_id: await insight("lids"), cost_amount: 520_000 },
      plan: { ...usual, exposure: { fact: "order.delivered" }, metric: await raised("lids", 21), better: "lower", design: observed, smallest: 0.01 } },
    { key: "video", start: 12, review: -70,
      values: { name: "A film about the first preserves", hypothesis: "Who sees how it is done uses the jars, and comes back.", kind: "message", insight_id: await insight("first"), cost_amount: 120_000 },
      plan: { ...usual, exposure: { fact: "order.placed" }, metric: { kind: "share", fact: "order.placed", days: 30 }, better: "higher", design: randomised, smallest: 0.15 } },
  ];
} // prettier-ignore

async function writeImprovement(then: Then, keys: ReadonlyMap<string, string>, told: Told): Promise<void> {
  const { key, values, plan, start, review, trial } = told;
  const { id } = await createRecord(then(start + 3), improvementType, { ...values, plan, external_ids: { [sample]: key } });
  await startImprovement(then(start), id, then(review).clock(), { external: sample });
  const { start_at, ...it } = await findImprovement(then(start), id);
  const end = Math.max(review, 0);
  if (plan.design.kind === "randomised") {
    // The split of a trial was drawn in the stories; any other one by the same kind of luck.
    const armOf = (contact: string) => {
      const customer = { key: keys.get(contact) ?? contact };
      return (trial ? drawn(customer, trial) : chanceOf(`${customer.key} ${key}`).yes(0.5)) ? "treated" : "held";
    };
    await assignAs(then(end), { ...it, start_at: start_at! }, armOf);
  }
  if (told.told) await noteTold(then(end), id, (contact) => toldAt(then, keys.get(contact), told));
  if (review > 0) await measure(then(review), id);
  if (told.next) await decide(then(review - 0.5), id, told.next);
} // prettier-ignore

// Some are held back by their contact budget, as in life.
function toldAt(then: Then, key: string | undefined, { key: what, start, review, later }: Told): Date | null {
  if (key !== undefined && later?.[key] !== undefined) return then(later[key]).clock();
  const chance = chanceOf(`${key ?? ""} gets a letter about ${what}`);
  return key && chance.yes(0.85) ? then(Math.max(review + 0.5, start - chance.between(0.5, 6))).clock() : null;
}
