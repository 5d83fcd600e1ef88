import { sql } from "kysely";
import { z } from "zod";
import type { Due, OpenThing, Whose } from "#kernel/due";
import { endpoint } from "#kernel/endpoint";
import { Refused } from "#kernel/refusal";
import type { Ctx } from "#platform/context";
import { putOffBy, rank, turnDown } from "#learn/loop";
import type { Module } from "./module.ts";

// More than a person does in a day; what comes after them comes up as they go.
const shown = 100;
const byId = z.object({ id: z.uuid() });

export interface Day {
  items: Due[];
  /** How much is due in all, also beyond what is shown. */
  total: number;
  /** The same by stage of the cycle. */
  stages: Record<Due["stage"], number>;
}

/** What is due over all stages, the most pressing first: every module says what of its own is due, here it is ranked. */
export const myDayApi = (modules: readonly Module[]) => ({
  get: endpoint({
    route: "GET /my-day",
    may: "contacts.read",
    summary: "What should be done now, over all stages of the cycle, the most pressing first, each with its reason and its one act",
    input: z.object({ mine: z.stringbool().default(false), stage: z.enum(["attract", "convert", "deliver", "engage", "grow", "learn"]).optional(), contact_id: z.uuid().optional(), account_id: z.uuid().optional() }),
    run: (ctx: Ctx, asked) => dayOf(ctx, modules, asked),
  }),
  notThis: endpoint({
    route: "POST /my-day/not-this",
    may: "contacts.update",
    summary: "Turn down what is recommended, for good: it is not due to this person any more, others see it still, and the customer's timeline tells it",
    input: z.object({ id: z.string().min(1).max(200) }),
    status: 204,
    run: async (ctx: Ctx, { id }) => {
      const due = (await allDue(ctx, modules, { mine: false })).find((one) => one.id === id);
      if (!due) throw new Refused("not-found", "due.not-found", "This is not due any more.");
      await turnDown(ctx, due);
    },
  }),
  openWithContact: endpoint({
    route: "GET /contacts/{id}/open",
    may: "contacts.read",
    summary: "What is open with a contact over all stages: cases, deals, orders, invoices, tasks ...; the first due first",
    input: byId,
    run: (ctx: Ctx, { id }) => openWith(ctx, modules, { contact_id: id }),
  }),
  openWithAccount: endpoint({
    route: "GET /accounts/{id}/open",
    may: "accounts.read",
    summary: "What is open with an account over all stages: cases, deals, orders, invoices, tasks ...; the first due first",
    input: byId,
    run: (ctx: Ctx, { id }) => openWith(ctx, modules, { account_id: id }),
  }),
}); // prettier-ignore

interface Asked {
  mine: boolean;
  stage?: Due["stage"] | undefined;
  contact_id?: string | undefined;
  account_id?: string | undefined;
}

const allDue = async (ctx: Ctx, modules: readonly Module[], { mine }: { mine: boolean }): Promise<Due[]> =>
  (await Promise.all(modules.map(async (m) => (await m.due?.(ctx, { mine })) ?? []))).flat();

async function dayOf(ctx: Ctx, modules: readonly Module[], asked: Asked): Promise<Day> {
  const [all, later, employer] = [await allDue(ctx, modules, asked), await putOffBy(ctx), await accountOf(ctx, asked.contact_id)];
  const due = all.filter((d) => !later.has(d.id) && isAbout(d, asked, employer));
  const stages = { attract: 0, convert: 0, deliver: 0, engage: 0, grow: 0, learn: 0 };
  for (const d of due) stages[d.stage]++;
  const wanted = asked.stage ? due.filter((d) => d.stage === asked.stage) : due;
  const ranked = rank(wanted, ctx.clock(), await paidBy(ctx, wanted));
  return { items: ranked.slice(0, shown), total: due.length, stages };
} // prettier-ignore

/** Whether it is due with that customer: an account's are those of all its people, a person's also those of their account that name nobody. */
const isAbout = (due: Due, { contact_id, account_id }: Asked, employer: string | null): boolean =>
  (contact_id === undefined || due.contact_id === contact_id || (due.contact_id === null && due.account_id !== null && due.account_id === employer)) &&
  (account_id === undefined || due.account_id === account_id); // prettier-ignore

async function accountOf(ctx: Ctx, contactId: string | undefined): Promise<string | null> {
  if (contactId === undefined) return null;
  const { rows } = await sql<{ account_id: string | null }>`select account_id from contacts where id = ${contactId}`.execute(ctx.db);
  return rows[0]?.account_id ?? null;
} // prettier-ignore

/** What is open with a customer over all stages, the first due first. */
async function openWith(ctx: Ctx, modules: readonly Module[], whose: Whose): Promise<{ items: OpenThing[] }> {
  const found = await Promise.all(modules.map(async (m) => (await m.open?.(ctx, whose)) ?? []));
  const at = (thing: OpenThing): number => (thing.due_at === null ? Infinity : Date.parse(thing.due_at));
  const items = found.flat().toSorted((a, b) => (at(a) === at(b) ? (a.id < b.id ? -1 : 1) : at(a) < at(b) ? -1 : 1));
  return { items };
}

/** What the customers of these have paid so far. */
async function paidBy(ctx: Ctx, due: readonly Due[]): Promise<Map<string, number>> {
  const contacts = [...new Set(due.flatMap((d) => d.contact_id ?? []))];
  const accounts = [...new Set(due.flatMap((d) => (d.contact_id ? [] : (d.account_id ?? []))))];
  const { rows } = await sql<{ id: string; paid: number }>`
    select id, paid_total::float8 as paid from contacts where id = any(${contacts})
     union all select id, paid_total::float8 from accounts where id = any(${accounts})`.execute(ctx.db);
  return new Map(rows.map((r) => [r.id, r.paid]));
}
