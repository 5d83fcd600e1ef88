import { sql } from "kysely";
import {
  noteStalls,
  planType,
  writeOnboardings,
  type Step,
  type ToldOnboarding,
  type ToldStep,
} from "#engage/onboarding";
import { newId } from "#kernel/id";
import type { Tx } from "#platform/context";
import { createRecord } from "#records";
import { recordAll, type FactInput } from "#timeline";
import { chanceOf, type Chance } from "./company/chance.ts";
import { staff } from "./company/story.ts";
import { sample } from "./sample.ts";

const dayMs = 86_400_000;
// Who has not gone on for so long is let go; and only fresh stalls still have a task.
const letGoDays = 40;
const freshDays = 14;

const step = (key: string, title: string, more: Partial<Step>): Step => ({
  key, title, help: "", owner: "customer", kind: "manual", question: "", done_when: null, depends_on: [], due_days: null, due_from: "start", weight: 1, required: true, first_value: false, ...more,
}); // prettier-ignore
const arrives = step("arrives", "The first order arrives", { owner: "us", kind: "fact", done_when: { fact: "order.delivered" }, help: "Ticks itself off when the parcel is there." }); // prettier-ignore

const plans = [
  {
    key: "trade", name: "Trade account in five steps", for_whom: "companies", stalled_days: 5, intro: "Good to have you with us. In five steps your shelf is full and stays full.",
    steps: [
      arrives,
      step("call", "Welcome call", { owner: "us", due_days: 2, weight: 2, help: "Twenty minutes: what they sell, how much of it, and when." }),
      step("hours", "Tell us when to deliver", { kind: "answer", question: "On which days and at what hours may we deliver?", due_days: 5 }),
      step("terms", "Agree on the terms of payment", { owner: "us", depends_on: ["call"], due_days: 3, due_from: "ready" }),
      step("shelf", "Fill the first shelf", { depends_on: ["arrives"], due_days: 7, weight: 3, first_value: true, help: "Put the jars where your customers see them, and send us a picture if you like." }),
    ],
  },
  {
    key: "preserves", name: "Your first preserves", for_whom: "people", stalled_days: 7, intro: "Three small steps from the parcel to your own preserves.",
    steps: [
      arrives,
      step("guide", "Read the guide in the parcel", { help: "Three pages; it saves you the first mistake." }),
      step("fill", "Fill your first jars", { depends_on: ["arrives"], due_days: 10, weight: 3, first_value: true }),
      step("season", "Tell us what you preserve", { kind: "answer", question: "What will be in your jars this season?" }),
    ],
  },
] as const; // prettier-ignore

const answers = {
  hours: ["Tuesday and Thursday, 7 to 10.", "Any day before noon, through the yard.", "Mondays only, please ring."],
  season: ["Plums and quinces.", "Tomatoes, all of them.", "Sauerkraut and kimchi.", "Elderflower, then currants.", "Pickled cucumbers like my mother made."], // prettier-ignore
} as const;
const leaving = ["Never answered", "Knows how it is done", "Has no time now"];

interface Told {
  start_fact: string;
  at: Date;
  contact_id: string;
  account_id: string | null;
  owner_id: string | null;
  who: string;
  key: string;
  order_id: string | null;
  arrived: string | null;
  completed_fact: string | null;
  completed_at: Date | null;
}

/** Writes the onboardings that the sample's facts tell of, step by step; rows and facts are one history. */
export async function writeSampleOnboardings(tx: Tx, today: Date): Promise<void> {
  for (const { key, steps, ...values } of plans) {
    const { rows: taken } = await sql`select 1 from onboarding_plans where lower(name) = lower(${values.name}) and deleted_at is null`.execute(tx.db); // prettier-ignore
    if (taken.length > 0) continue;
    const { id } = await createRecord(tx, planType, { ...values, starts_on: "delivered", design: { steps }, external_ids: { [sample]: key } }); // prettier-ignore
    const all = (await toldOf(tx, values.name)).map((told) => walked(told, { id, name: values.name, steps }, today));
    await recordAll(tx, all.flatMap((a) => a.facts)); // prettier-ignore
    await writeOnboardings(tx, all.map((a) => a.told), new Map([[id, { steps, stalled_days: values.stalled_days }]]), today); // prettier-ignore
  }
  await nameFacts(tx);
  // A minute before today, so that the sample is the same at whatever hour it is loaded.
  const then = { ...tx, clock: () => new Date(today.getTime() - 60_000) };
  await noteStalls(then, new Date(today.getTime() - freshDays * dayMs));
}

async function toldOf(tx: Tx, plan: string): Promise<Told[]> {
  const { rows } = await sql<Told>`
    select f.id as start_fact, f.occurred_at as at, f.contact_id, f.account_id, c.owner_id, c.name as who, e.external_id as key, o.id as order_id, case when d.name = 'order.delivered' then d.id end as arrived,
           x.id as completed_fact, x.occurred_at as completed_at
      from facts f join external_ids e on e.object = 'contact' and e.system = ${sample} and e.record_id = f.contact_id join contacts c on c.id = f.contact_id
      left join facts d on d.id = f.caused_by left join orders o on o.id = (d.payload ->> 'order_id')::uuid
      left join facts x on x.caused_by = f.id and x.name = 'onboarding.completed' and x.contact_id = f.contact_id
     where f.name = 'onboarding.started' and f.actor_kind = 'demo' and f.payload ->> 'plan' = ${plan} and not f.payload ? 'onboarding_id' order by f.occurred_at, e.external_id`.execute(
    tx.db,
  );
  return rows;
}

interface Walked {
  told: ToldOnboarding;
  facts: FactInput[];
}

/** What was done when: all by the day it was completed, otherwise as far as they came. */
function walked(from: Told, plan: { id: string; name: string; steps: readonly Step[] }, today: Date): Walked {
  const chance = chanceOf(`${from.key} onboarding steps`);
  const id = newId();
  const whose = { contact_id: from.contact_id, account_id: from.account_id };
  const facts: FactInput[] = [];
  const done: Record<string, ToldStep> = {};
  const end = from.completed_at ?? new Date(Math.min(today.getTime(), from.at.getTime() + 12 * dayMs));
  const inOrder = plan.steps.filter((s) => s.key !== "arrives" || from.arrived || from.completed_at);
  const many = from.completed_at ? inOrder.length : chance.whole(from.arrived ? 1 : 0, inOrder.length - 1);
  for (const [i, s] of inOrder.slice(0, many).entries()) {
    const at = s.kind === "fact" ? from.at : new Date(from.at.getTime() + ((end.getTime() - from.at.getTime()) * (from.completed_at ? i : i * 0.8)) / (inOrder.length - 1)); // prettier-ignore
    if (at > today) break;
    const by = s.owner === "us" ? chance.pick(staff) : from.who;
    const done_fact = newId();
    done[s.key] = { at, by, done_fact, answer: answerOf(s, chance), evidence_fact: s.kind === "fact" ? from.arrived : null }; // prettier-ignore
    facts.push({ id: done_fact, name: "onboarding.step-done", ...whose, occurred_at: at, actor: { kind: "demo", id: null, name: by }, caused_by: s.kind === "fact" ? from.arrived : from.start_fact, payload: { onboarding_id: id, plan: plan.name, step: s.title, how: s.kind === "fact" ? "fact" : s.owner } }); // prettier-ignore
  }
  const value = plan.steps.find((s) => s.first_value && done[s.key]);
  const value_fact = value ? newId() : null;
  if (value_fact) {
    const { at, done_fact } = done[value!.key]!;
    facts.push({ id: value_fact, name: "onboarding.value-reached", ...whose, occurred_at: at, caused_by: done_fact, payload: { onboarding_id: id, plan: plan.name, days: Math.floor((at.getTime() - from.at.getTime()) / dayMs) } }); // prettier-ignore
  }
  const ended = endOf(from, chance, today);
  if (ended) facts.push({ name: "onboarding.ended", ...whose, occurred_at: ended.at, actor: { kind: "demo", id: null, name: chance.pick(staff) }, caused_by: from.start_fact, payload: { onboarding_id: id, plan: plan.name, reason: ended.reason } }); // prettier-ignore
  const { order_id, owner_id, start_fact, completed_fact } = from;
  return { facts, told: { id, plan_id: plan.id, plan: plan.name, ...whose, order_id, owner_id, start_fact, started_at: from.at, done, value_fact, completed_fact, ended } }; // prettier-ignore
}

const answerOf = (s: Step, chance: Chance): string | null =>
  s.key === "hours" || s.key === "season" ? chance.pick(answers[s.key]) : null;

function endOf(from: Told, chance: Chance, today: Date): { at: Date; reason: string } | null {
  const at = new Date(from.at.getTime() + letGoDays * dayMs);
  return from.completed_at || at > today ? null : { at, reason: chance.pick(leaving) };
}

/** Gives the facts of the sample's onboardings the ids of their rows, and each end the step that brought it. */
async function nameFacts(tx: Tx): Promise<void> {
  await sql`
    update facts f set payload = f.payload || jsonb_build_object('onboarding_id', o.id) from onboardings o where f.id = o.start_fact and not f.payload ? 'onboarding_id'`.execute(tx.db); // prettier-ignore
  await sql`
    update facts f set payload = f.payload || jsonb_build_object('onboarding_id', o.id), caused_by = o.last_fact from onboardings o where f.id = o.completed_fact and not f.payload ? 'onboarding_id'`.execute(tx.db); // prettier-ignore
}
