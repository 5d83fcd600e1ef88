import { sql } from "kysely";
import { forgetProducts, leaveVendors } from "#convert/catalog";
import { forgetSegments, rebuildSegments } from "#attract/audience";
import { forgetAccounts, forgetContacts, holdCustomers, retellFromStart } from "#customers";
import { forgetOrders, leaveAccounts, leaveProducts, ordersOf } from "#deliver/orders";
import { forgetPaymentsOf, leaveAccounts as payAlone } from "#deliver/payments";
import { inTransaction, type Ctx, type Tx } from "#platform/context";
import type { JobControl, JobKind } from "#platform/jobs";
import { forgetHistoryOf, knownAs } from "#records";
import { forgetFactsNaming, forgetFactsOf, type Survivors } from "#timeline";
import { loadKind, requireNewest, sample, stateOf, wipeKind } from "./sample.ts";

const atOnce = 200;
const hourMs = 3_600_000;

/** Takes the sample away, and what people attached to its customers: chunk by chunk, each in one transaction, so it can stop anywhere. */
export const wipeJob: JobKind = {
  kind: wipeKind,
  run: async (ctx, job, control) => {
    await requireNewest(ctx, job);
    const { customers } = await stateOf(ctx);
    const before = Number(job.progress.wiped ?? 0);
    let wiped = before;
    const step = async (work: (tx: Tx) => Promise<number>): Promise<boolean> => {
      const n = await inTransaction(ctx, (tx) => stepped(tx, work, control, { wiped, total: before + customers }));
      wiped += n.people;
      return n.any;
    };
    const since = await firstLoad(ctx);
    while (await step(wipeSegments));
    while (await step(wipeContacts));
    while (await step((tx) => wipeLeftOrders(tx, since)));
    while (await step(wipeAccounts));
    while (await step((tx) => wipeProducts(tx, since)));
    await rebuildSegments(ctx);
    return { customers: wiped };
  },
};

async function stepped(
  tx: Tx,
  work: (tx: Tx) => Promise<number>,
  control: JobControl,
  so: { wiped: number; total: number },
): Promise<{ any: boolean; people: number }> {
  const n = await work(tx);
  const people = work === wipeContacts ? n : 0;
  await control.advance(tx, { done: so.wiped + people, total: so.total, progress: { wiped: so.wiped + people } });
  return { any: n > 0, people };
}

/** When the sample can have been recorded first; an hour earlier, as clocks differ. */
async function firstLoad(ctx: Ctx): Promise<Date> {
  const { rows } = await sql<{
    at: Date | null;
  }>`select min(created_at) as at from jobs where kind = ${loadKind}`.execute(ctx.db);
  return new Date((rows[0]!.at?.getTime() ?? hourMs) - hourMs);
}

async function wipeSegments(tx: Tx): Promise<number> {
  const segments = await knownAs(tx, "segment", sample, atOnce);
  await forgetSegments(tx, segments);
  return segments.length;
}

async function wipeContacts(tx: Tx): Promise<number> {
  const contacts = await knownAs(tx, "contact", sample, atOnce);
  if (contacts.length === 0) return 0;
  const who = { contacts, accounts: [] };
  await holdCustomers(tx, "contact", contacts);
  await wipeOrders(tx, await ordersOf(tx, who), who);
  await retell(tx, await forgetFactsOf(tx, who));
  await forgetContacts(tx, contacts);
  return contacts.length;
}

async function wipeOrders(
  tx: Tx,
  orders: readonly string[],
  who: { contacts: readonly string[]; accounts: readonly string[] },
): Promise<void> {
  await forgetPaymentsOf(tx, orders);
  await forgetOrders(tx, orders, who);
}

/** Orders of the sample that somebody gave to a customer of their own. */
async function wipeLeftOrders(tx: Tx, since: Date): Promise<number> {
  const orders = await knownAs(tx, "order", sample, atOnce);
  await wipeOrders(tx, orders, { contacts: [], accounts: [] });
  await retell(tx, await forgetFactsNaming(tx, "order_id", orders, since));
  const returns = await knownAs(tx, "return", sample, atOnce);
  await forgetHistoryOf(tx, [...orders, ...returns]);
  return orders.length + returns.length;
}

async function wipeAccounts(tx: Tx): Promise<number> {
  const accounts = await knownAs(tx, "account", sample, atOnce);
  if (accounts.length === 0) return 0;
  const who = { contacts: [], accounts };
  await holdCustomers(tx, "account", accounts);
  await wipeOrders(tx, await ordersOf(tx, who), who);
  await leaveAccounts(tx, accounts);
  await payAlone(tx, accounts);
  await leaveVendors(tx, accounts);
  await retell(tx, await forgetFactsOf(tx, who));
  await forgetAccounts(tx, accounts);
  return accounts.length;
}

async function wipeProducts(tx: Tx, since: Date): Promise<number> {
  const products = await knownAs(tx, "product", sample, atOnce);
  await leaveProducts(tx, products);
  await forgetProducts(tx, products);
  await forgetFactsNaming(tx, "product_id", products, since);
  return products.length;
}

const retell = async (tx: Tx, { contacts, accounts }: Survivors): Promise<void> =>
  retellFromStart(tx, [...contacts, ...accounts]);
