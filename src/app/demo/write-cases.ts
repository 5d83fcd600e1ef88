import { sql } from "kysely";
import { newId } from "#kernel/id";
import { writeCases, type ToldCase, type ToldMessage } from "#engage/support";
import { businessDaysAfter, calendarOf, dueAfter, type Calendar } from "#platform/calendar";
import type { Tx } from "#platform/context";
import { reasonNamed } from "#records";
import { recordAll } from "#timeline";
import { chanceOf, type Chance } from "./company/chance.ts";
import { subjects, type Theme } from "./company/engage.ts";
import { said } from "./company/said.ts";
import { sample } from "./sample.ts";

interface Told {
  fact_id: string;
  at: Date;
  contact_id: string;
  account_id: string | null;
  key: string;
  who: string;
  number: string;
  subject: string;
  resolved_fact: string | null;
  resolved_at: Date | null;
  by: string | null;
  order_id: string | null;
  line_id: string | null;
  product_id: string | null;
}

const hourMs = 3_600_000;
/** The reason of each theme, by its label in the one taxonomy: the same words as on returns. */
export const reasonOf: Record<Theme, string> = {
  lid: "Lid does not close",
  broken: "Arrived broken",
  late: "Late delivery",
  wrong: "Wrong or missing item",
  how: "How to use it",
  invoice: "Invoice or payment",
};

/** Writes the cases that the sample's facts tell of, and a handful that are open now; rows and facts are one history. */
export async function writeSampleCases(tx: Tx, today: Date): Promise<void> {
  const reasons = new Map<Theme, string>();
  for (const theme of Object.keys(subjects) as Theme[]) reasons.set(theme, await reasonNamed(tx, reasonOf[theme], "case"));
  const people = await members(tx);
  const numbers = new Set<string>();
  const cases = (await toldCases(tx)).map((told) => caseOf(told, reasons, people, numbers));
  await writeCases(tx, cases, today);
  await nameCases(tx);
  await openSome(tx, today, reasons, people);
} // prettier-ignore

async function members(tx: Tx): Promise<{ id: string; name: string }[]> {
  const { rows } = await sql<{ id: string; name: string }>`
    select u.id, u.name from rondo.members m join rondo.users u on u.id = m.user_id where m.workspace_id = ${tx.workspace.id} and m.role <> 'viewer' order by u.id`.execute(
    tx.db,
  );
  return rows;
}

// A case that follows a delivery is about that order, another about the last one before; its dearest line is what it is about.
async function toldCases(tx: Tx): Promise<Told[]> {
  const { rows } = await sql<Told>`
    select f.id as fact_id, f.occurred_at as at, f.contact_id, f.account_id, e.external_id as key, c.name as who, f.payload ->> 'number' as number, f.payload ->> 'subject' as subject,
           r.id as resolved_fact, r.occurred_at as resolved_at, r.actor_name as by, o.id as order_id, l.id as line_id, l.product_id
      from facts f
      join external_ids e on e.object = 'contact' and e.system = ${sample} and e.record_id = f.contact_id
      join contacts c on c.id = f.contact_id
      left join facts r on r.caused_by = f.id and r.name = 'case.resolved' and r.contact_id = f.contact_id
      left join facts d on d.id = f.caused_by
      left join lateral (select id from orders where id = coalesce((d.payload ->> 'order_id')::uuid,
                  (select p.id from orders p where p.contact_id = f.contact_id and p.placed_at < f.occurred_at order by p.placed_at desc limit 1))) o on true
      left join lateral (select id, product_id from order_lines where order_id = o.id order by total desc, position limit 1) l on true
     where f.name = 'case.opened' and f.actor_kind = 'demo' and not f.payload ? 'case_id' order by f.occurred_at, e.external_id`.execute(
    tx.db,
  );
  return rows;
}

const themeOf = (subject: string): Theme =>
  (Object.keys(subjects) as Theme[]).find((t) => (subjects[t] as readonly string[]).includes(subject)) ?? "lid";
const types = { lid: "problem", broken: "problem", late: "complaint", wrong: "problem", how: "question", invoice: "request" } as const; // prettier-ignore

function caseOf(told: Told, reasons: ReadonlyMap<Theme, string>, people: readonly { id: string; name: string }[], numbers: Set<string>): ToldCase {
  const chance = chanceOf(`${told.key} ${told.number} case`);
  const theme = themeOf(told.subject);
  const owner = people.find((p) => p.name === told.by) ?? (people.length > 0 ? chance.pick(people) : null);
  const again = told.subject.endsWith("again");
  // Two orders may have the same digits; the second of the cases takes a letter.
  const number = numbers.has(told.number) ? `${told.number}-${told.key}` : told.number;
  numbers.add(number);
  return {
    id: newId(), number, subject: told.subject, description: said[theme].asked(chance), type: again ? "complaint" : types[theme],
    priority: again || theme === "broken" ? "high" : chance.yes(0.12) ? "high" : theme === "how" ? "low" : "normal",
    contact_id: told.contact_id, account_id: told.account_id, owner_id: owner?.id ?? null, product_id: told.product_id, order_id: told.order_id, order_line_id: told.line_id,
    reason_id: reasons.get(theme)!, opened_fact: told.fact_id, opened_at: told.at, resolved_at: told.resolved_at,
    messages: messagesOf(told, theme, { id: owner?.id ?? null, name: told.by ?? owner?.name ?? "Mira Okafor" }, chance),
  };
} // prettier-ignore

function messagesOf(told: Told, theme: Theme, agent: { id: string | null; name: string }, chance: Chance): ToldMessage[] {
  const end = told.resolved_at?.getTime() ?? told.at.getTime() + 20 * hourMs;
  const along = (share: number): Date => new Date(Math.round(told.at.getTime() + (end - told.at.getTime()) * share));
  const ours = (share: number, body: string): ToldMessage => ({ at: along(share), inbound: false, kind: "public", author_id: agent.id, author_name: agent.name, body });
  const theirs = (share: number, body: string): ToldMessage => ({ at: along(share), inbound: true, kind: "public", author_id: null, author_name: told.who, body });
  const first = chance.between(0.04, 0.35);
  const talk = end - told.at.getTime() > 8 * hourMs && chance.yes(0.55);
  if (!talk) return [ours(Math.max(first, 0.3), said[theme].settled(chance))];
  return [ours(first, said[theme].replied(chance)), theirs(first + 0.25, said[theme].answered(chance)), ours(0.97, said[theme].settled(chance))];
} // prettier-ignore

/** Gives the facts of the sample's cases the ids of their rows, so that every line leads to its case. */
async function nameCases(tx: Tx): Promise<void> {
  const about = sql`jsonb_strip_nulls(jsonb_build_object('case_id', c.id, 'number', c.number, 'reason_id', c.reason_id, 'reason', r.label, 'product_id', c.product_id, 'order_id', c.order_id))`;
  await sql`
    update facts f set payload = f.payload || ${about} from cases c left join reasons r on r.id = c.reason_id
     where f.id = c.opened_fact and not f.payload ? 'case_id'`.execute(tx.db);
  await sql`
    update facts f set payload = f.payload || ${about} from cases c left join reasons r on r.id = c.reason_id
     where f.caused_by = c.opened_fact and f.name = 'case.resolved' and not f.payload ? 'case_id'`.execute(tx.db);
}

// The first is Bo's: the third time, about the goods of his last order.
const open: readonly { subject: string; theme: Theme; priority: ToldCase["priority"]; hours: number; answered: boolean }[] = [
  { subject: "Lid does not close, a third time", theme: "lid", priority: "high", hours: 7.5, answered: true },
  { subject: "Lid does not close", theme: "lid", priority: "normal", hours: 0.7, answered: true },
  { subject: "Lid leaks", theme: "lid", priority: "high", hours: 2.1, answered: true },
  { subject: "Where is my parcel?", theme: "late", priority: "normal", hours: 3.6, answered: false },
  { subject: "Lid is bent", theme: "lid", priority: "normal", hours: 5.2, answered: true },
  { subject: "Jar arrived broken", theme: "broken", priority: "high", hours: 6.8, answered: true },
  { subject: "Please send the invoice again", theme: "invoice", priority: "low", hours: 12, answered: true },
  { subject: "How do I clean the sieve lid?", theme: "how", priority: "low", hours: 20, answered: false },
]; // prettier-ignore
// What is promised to an unanswered case of each priority, and to an answered one, in hours of business (policy.ts).
const promised = { urgent: [1, 8], high: [2, 16], normal: [4, 40], low: [8, 80] } as const;

interface Buyer {
  contact_id: string;
  account_id: string | null;
  who: string;
  key: string;
  order_id: string;
  line_id: string;
  product_id: string;
}

/** Cases that are open: their dues are spread over the next business day, so that one is always near. */
async function openSome(tx: Tx, today: Date, reasons: ReadonlyMap<Theme, string>, people: readonly { id: string; name: string }[]): Promise<void> {
  const buyers = [...(await lastOf(tx, "bo")), ...(await lateBuyers(tx, today, open.length - 1))];
  const calendar = await calendarOf(tx);
  const cases = buyers.map((b, i): ToldCase => {
    const what = open[i]!;
    const chance = chanceOf(`open case ${i}`);
    const opened_at = openedFor(calendar, today, what.hours * hourMs, promised[what.priority][what.answered ? 1 : 0]);
    const agent = people.length > 0 ? chance.pick(people) : null;
    const reply: ToldMessage = { at: new Date(opened_at.getTime() + hourMs), inbound: false, kind: "public", author_id: agent?.id ?? null, author_name: agent?.name ?? "Mira Okafor", body: said[what.theme].replied(chance) };
    const answer: ToldMessage = { at: new Date(opened_at.getTime() + 1.5 * hourMs), inbound: true, kind: "public", author_id: null, author_name: b.who, body: said[what.theme].answered(chance) };
    const note: ToldMessage = { ...reply, at: new Date(answer.at.getTime() + hourMs / 4), kind: "note", body: "Asked the warehouse; they look at the batch." };
    const { contact_id, account_id, order_id, product_id, line_id: order_line_id } = b;
    return {
      id: newId(), number: `C-${8100 + i}`, subject: what.subject, description: said[what.theme].asked(chance), type: types[what.theme], priority: what.priority, contact_id, account_id,
      owner_id: i % 3 === 2 ? null : (agent?.id ?? null), product_id, order_id, order_line_id, reason_id: reasons.get(what.theme)!, opened_fact: newId(), opened_at, resolved_at: null, waits: false,
      messages: what.answered ? [reply, answer, note, { ...reply, at: new Date(note.at.getTime() + hourMs / 4), body: "We are on it and come back to you." }]: [],
    };
  });
  await recordAll(tx, cases.map((c, i) => ({
    id: c.opened_fact, name: "case.opened", occurred_at: c.opened_at, contact_id: c.contact_id, account_id: c.account_id, actor: { kind: "demo", id: null, name: buyers[i]!.who },
    payload: { case_id: c.id, number: c.number, subject: c.subject, priority: c.priority, reason_id: c.reason_id, reason: reasonOf[open[i]!.theme], product_id: c.product_id, order_id: c.order_id },
  })));
  await writeCases(tx, cases, today);
} // prettier-ignore

/** Somebody of the cast with what they ordered last, and its dearest line. */
async function lastOf(tx: Tx, key: string): Promise<Buyer[]> {
  const { rows } = await sql<Buyer>`
    select o.contact_id, o.account_id, c.name as who, e.external_id as key, o.id as order_id, l.id as line_id, l.product_id
      from external_ids e join contacts c on c.id = e.record_id join orders o on o.contact_id = c.id
      join order_lines l on l.order_id = o.id and l.product_id is not null
     where e.object = 'contact' and e.system = ${sample} and e.external_id = ${key} order by o.placed_at desc, l.total desc limit 1`.execute(
    tx.db,
  );
  return rows;
}

/** Buyers of the good that is bought most, who got it last; none of those with a case in the last months. */
async function lateBuyers(tx: Tx, today: Date, n: number): Promise<Buyer[]> {
  const { rows } = await sql<Buyer>`
    with ours as (
      select o.id as order_id, o.contact_id, o.account_id, o.placed_at, l.id as line_id, l.product_id, c.name as who, e.external_id as key
        from orders o join external_ids e on e.object = 'contact' and e.system = ${sample} and e.record_id = o.contact_id
        join contacts c on c.id = o.contact_id join order_lines l on l.order_id = o.id and l.product_id is not null
       where o.placed_at between ${new Date(today.getTime() - 120 * 24 * hourMs)} and ${new Date(today.getTime() - 20 * 24 * hourMs)} and not exists (select from cases k where k.contact_id = o.contact_id)),
    most as (select product_id from ours group by 1 order by count(*) desc, min(key) limit 1)
    select distinct on (placed_at, key) order_id, contact_id, account_id, line_id, product_id, who, key from (
      select distinct on (contact_id) * from ours where product_id = (select product_id from most) order by contact_id, placed_at desc, key) x
     order by placed_at desc, key limit ${n}`.execute(tx.db);
  return rows;
}

/** The instant, before today, from which so many hours of business lead to so long after the next opening. */
function openedFor(calendar: Calendar, today: Date, afterOpeningMs: number, hours: number): Date {
  const closing = businessDaysAfter(calendar, today, 0);
  const opening = dueAfter(calendar, today, 1).getTime() - 1000;
  const due = Math.max(Math.min(opening + afterOpeningMs, closing.getTime() + afterOpeningMs), opening);
  let [low, high] = [today.getTime() - 40 * 24 * hourMs, today.getTime() - hourMs];
  while (high - low > 60_000) {
    const middle = Math.floor((low + high) / 2);
    if (dueAfter(calendar, new Date(middle), hours * 3600).getTime() < due) low = middle;
    else high = middle;
  }
  return new Date(low);
}
