import type { Ctx } from "#platform/context";
import { inTransaction } from "#platform/context";
import { newId } from "#kernel/id";
import { meetAccounts, meetContacts } from "#customers";
import { recordAll, type FactInput } from "#timeline";

/*
 * One named cast for stories, the sample company and the browser tests. Everybody's past is told in days before `today`, so a
 * story is the same whenever it is run.
 *
 *   Ana Ruiz        loves us: orders every three weeks
 *   Bo Lind         is leaving: ordered every four weeks, silent for nine
 *   Cleo Okafor     just arrived: asked for something yesterday
 *   Priya Kim       the advocate: recommends us
 *   Sam Moreau      the detractor: gave us a 3
 *   staff           Mira Okafor (agent), Tom Weber (manager), Sara Lund (admin)
 */
export const staff = {
  mira: { name: "Mira Okafor", email: "mira@northwind.example", role: "agent" },
  tom: { name: "Tom Weber", email: "tom@northwind.example", role: "manager" },
  sara: { name: "Sara Lund", email: "sara@northwind.example", role: "admin" },
} as const;

export const accounts = {
  vertex: { name: "Vertex GmbH", domain: "vertex.example", industry: "Food", country: "Germany", city: "Berlin" },
  initech: { name: "Initech", domain: "initech.example", industry: "Software", country: "United States", city: "Austin" },
  kimAndDaughters: { name: "Kim & Daughters", domain: "kim.example", industry: "Retail", country: "United Kingdom", city: "Leeds" },
} as const; // prettier-ignore

interface Past {
  name: string;
  email: string;
  phone?: string;
  job_title: string;
  country: string;
  city: string;
  account: keyof typeof accounts;
  /** Days ago they became known. */
  known: number;
  /** Days ago of each order, and its amount in EUR cents; each is paid a day later. */
  orders: readonly (readonly [days: number, amount: number])[];
  facts: readonly { days: number; name: FactInput["name"]; payload: Record<string, unknown> }[];
}

const every = (gap: number, from: number, until: number, amount: number): (readonly [number, number])[] =>
  Array.from({ length: Math.floor((from - until) / gap) + 1 }, (_, i) => [from - i * gap, amount + i * 300] as const);

export const people = {
  ana: {
    name: "Ana Ruiz", email: "ana.ruiz@initech.example", phone: "+1 512 555 0107", job_title: "Office manager", country: "United States", city: "Austin", account: "initech",
    known: 420, orders: every(21, 400, 6, 18_400), facts: [{ days: 300, name: "survey.answered", payload: { survey: "How did we do?", score: 10 } }],
  },
  bo: {
    name: "Bo Lind", email: "bo.lind@vertex.example", phone: "+49 30 555 0142", job_title: "Purchasing", country: "Germany", city: "Berlin", account: "vertex",
    known: 400, orders: every(28, 371, 63, 124_000), facts: [{ days: 1, name: "case.opened", payload: { number: "2081", subject: "Wrong lid again" } }],
  },
  cleo: {
    name: "Cleo Okafor", email: "cleo.okafor@kim.example", job_title: "Founder", country: "United Kingdom", city: "Leeds", account: "kimAndDaughters",
    known: 1, orders: [], facts: [{ days: 1, name: "form.submitted", payload: { form: "Ask for a demo" } }],
  },
  priya: {
    name: "Priya Kim", email: "priya.kim@kim.example", phone: "+44 113 496 0180", job_title: "Owner", country: "United Kingdom", city: "Leeds", account: "kimAndDaughters",
    known: 500, orders: every(45, 480, 12, 46_000), facts: [{ days: 60, name: "referral.made", payload: { friend: "Bo Lind" } }, { days: 55, name: "review.written", payload: { stars: 5 } }],
  },
  sam: {
    name: "Sam Moreau", email: "sam.moreau@vertex.example", job_title: "Kitchen lead", country: "Germany", city: "Berlin", account: "vertex",
    known: 200, orders: [[180, 9_900], [40, 12_500]], facts: [{ days: 2, name: "survey.answered", payload: { survey: "Delivery", score: 3, comment: "Nobody told me the delivery moved" } }],
  },
} as const satisfies Record<string, Past>; // prettier-ignore
export type Who = keyof typeof people;

const dayMs = 86_400_000;
/** The instant so many days before `today`. */
export const daysBefore = (today: Date, days: number): Date => new Date(today.getTime() - days * dayMs);

/** Makes one of the cast known: the contact, the account, and nothing that happened to them yet. Answers both ids. */
export const meet = (ctx: Ctx, who: Who): Promise<{ id: string; account_id: string }> =>
  inTransaction(ctx, async (tx) => {
    const p: Past = people[who];
    const first_seen_at = daysBefore(tx.clock(), p.known);
    const company = accounts[p.account];
    await meetAccounts(tx, [{ key: p.account, ...company, first_seen_at }], { source: "a fair" });
    const person = { key: who, name: p.name, email: p.email, phone: p.phone, job_title: p.job_title, country: p.country, city: p.city, account_name: company.name, first_seen_at }; // prettier-ignore
    const met = (await meetContacts(tx, [person], { source: "a fair" })).get(who)!;
    return { id: met.id, account_id: met.account_id! };
  });

/** Meets one of the cast and tells everything that happened to them until ctx's now, as facts. */
export async function meetWithPast(ctx: Ctx, who: Who): Promise<{ id: string; account_id: string }> {
  const met = await meet(ctx, who);
  await inTransaction(ctx, (tx) => recordAll(tx, pastOf(who, met, tx.clock())));
  return met;
}

/** The facts of somebody's past, relative to `today`. */
export function pastOf(who: Who, about: { id: string; account_id: string }, today: Date): FactInput[] {
  const p: Past = people[who];
  const of = { contact_id: about.id, account_id: about.account_id };
  const orders = p.orders.flatMap(([days, amount], i): FactInput[] => {
    const order = {
      order_id: newId(),
      number: `${who.toUpperCase()}-${i + 1}`,
      amount,
      currency: "EUR",
      base_amount: amount,
    };
    return [
      { ...of, name: "order.placed", occurred_at: daysBefore(today, days), payload: { ...order, lines: 1 + (i % 3) } },
      { ...of, name: "order.paid", occurred_at: daysBefore(today, days - 1), payload: order },
    ];
  });
  const told = p.facts.map(
    (f) => ({ ...of, name: f.name, occurred_at: daysBefore(today, f.days), payload: f.payload }) as FactInput,
  );
  return [...orders, ...told];
}
