import { sql } from "kysely";
import { forgetPriceLists, forgetProducts, leaveVendors } from "#convert/catalog";
import { forgetActivitiesOf } from "#convert/activities";
import { forgetLeadsOf } from "#convert/leads";
import { forgetOpportunitiesOf } from "#convert/pipeline";
import { forgetOnboardingsOf, forgetPlans } from "#engage/onboarding";
import { forgetCases } from "#engage/support";
import { forgetForms } from "#attract/forms";
import { forgetQuotes, leaveProductsInQuotes } from "#convert/quotes";
import { forgetCampaigns, leaveSegments } from "#attract/campaigns";
import { forgetAddresses, forgetLinks } from "#attract/channels";
import { forgetImprovements } from "#learn/improvement";
import { forgetInsights, forgetThemes } from "#learn/insight";
import { forgetSegments, rebuildSegments } from "#attract/audience";
import { forgetAccounts, forgetContacts, holdCustomers, retellFromStart } from "#customers";
import { forgetOrders, leaveAccounts, leaveProducts, ordersOf } from "#deliver/orders";
import { forgetSurveys, recountSurveys } from "#learn/feedback";
import { forgetProgram } from "#grow/loyalty";
import { forgetReferralProgram, forgetReferralsOf } from "#grow/advocacy";
import { forgetPromotions, forgetUsesOf } from "#grow/offers";
import { forgetPlays } from "#grow/retention";
import { forgetTargetsOf } from "#learn/loop";
import { lookAnew } from "#grow/health";
import { dueSoon } from "#grow/worth";
import { learnAnew } from "#learn/prediction";
import { forgetPaymentsOf, leaveAccounts as payAlone } from "#deliver/payments";
import { forgetInvoicesOf, leaveAccounts as billAlone } from "#deliver/invoices";
import { forgetShipmentsOf, leaveAccounts as shipAlone } from "#deliver/shipments";
import { inTransaction, type Ctx, type Tx } from "#platform/context";
import type { JobControl, JobKind } from "#platform/jobs";
import { forgetHistoryOf, knownAs } from "#records";
import { forgetFactsNaming, forgetFactsOf, type Survivors } from "#timeline";
import { headline } from "./write-offers.ts";
import { wipeTags } from "./write-beside.ts";
import { loadKind, requireNewest, sample, stateOf, wipeKind } from "./sample.ts";

const atOnce = 200;
const hourMs = 3_600_000;

/** Takes the sample away, and what people attached to its customers: chunk by chunk, each in one transaction, so it can stop anywhere. */
export const wipeJob: JobKind = {
  kind: wipeKind,
  above: true,
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
    while (await step(wipeCampaigns));
    while (await step(wipePlays));
    while (await step(wipeSurveys));
    while (await step(wipeLearnt));
    while (await step(wipePlans));
    while (await step(wipeSegments));
    while (await step(wipeForms));
    while (await step(wipeContacts));
    while (await step(wipeTags));
    while (await step(wipeLoyalty));
    while (await step((tx) => wipeLeftOrders(tx, since)));
    while (await step(wipeAccounts));
    while (await step((tx) => wipeProducts(tx, since)));
    await rebuildSegments(ctx);
    await inTransaction(ctx, dueSoon);
    await inTransaction(ctx, learnAnew);
    await inTransaction(ctx, lookAnew);
    await inTransaction(ctx, recountSurveys);
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

async function wipeCampaigns(tx: Tx): Promise<number> {
  const campaigns = await knownAs(tx, "campaign", sample, atOnce);
  await forgetCampaigns(tx, campaigns);
  await forgetLinks(tx, "https://northwind.example/");
  return campaigns.length;
}

async function wipePlays(tx: Tx): Promise<number> {
  const plays = await knownAs(tx, "play", sample, atOnce);
  await forgetPlays(tx, plays);
  await forgetReferralProgram(tx, headline);
  await forgetPromotions(tx, await knownAs(tx, "promotion", sample, atOnce));
  await forgetTargetsOf(tx, "Sample company");
  return plays.length;
}

/** What was made of what the sample's customers said; what people drew from its themes goes with them. */
async function wipeLearnt(tx: Tx): Promise<number> {
  const themes = await knownAs(tx, "theme", sample, atOnce);
  const { rows: drawn } = await sql<{ id: string }>`select id from insights where theme_id = any(${themes})`.execute(tx.db);
  const insights = [...new Set([...(await knownAs(tx, "insight", sample, atOnce)), ...drawn.map((r) => r.id)])];
  const { rows: made } = await sql<{ id: string }>`select id from improvements where insight_id = any(${insights})`.execute(tx.db);
  const improvements = [...new Set([...(await knownAs(tx, "improvement", sample, atOnce)), ...made.map((r) => r.id)])];
  await forgetImprovements(tx, improvements);
  await forgetInsights(tx, insights);
  await forgetThemes(tx, themes);
  return themes.length + insights.length + improvements.length;
} // prettier-ignore

async function wipeSurveys(tx: Tx): Promise<number> {
  const surveys = await knownAs(tx, "survey", sample, atOnce);
  await forgetSurveys(tx, surveys);
  return surveys.length;
}

async function wipePlans(tx: Tx): Promise<number> {
  const plans = await knownAs(tx, "plan", sample, atOnce);
  await forgetPlans(tx, plans);
  return plans.length;
}

async function wipeSegments(tx: Tx): Promise<number> {
  const segments = await knownAs(tx, "segment", sample, atOnce);
  await leaveSegments(tx, segments);
  await forgetSegments(tx, segments);
  return segments.length;
}

async function wipeForms(tx: Tx): Promise<number> {
  const forms = await knownAs(tx, "form", sample, atOnce);
  await forgetForms(tx, forms);
  return forms.length;
}

async function wipeContacts(tx: Tx): Promise<number> {
  const contacts = await knownAs(tx, "contact", sample, atOnce);
  if (contacts.length === 0) return 0;
  const who = { contacts, accounts: [] };
  await holdCustomers(tx, "contact", contacts);
  await forgetReferralsOf(tx, contacts);
  await forgetUsesOf(tx, contacts);
  await forgetCases(tx, contacts);
  await forgetOnboardingsOf(tx, who);
  await wipeOrders(tx, await ordersOf(tx, who), who);
  await forgetLeadsOf(tx, who);
  await forgetActivitiesOf(tx, who);
  await forgetQuotes(tx, who);
  await forgetOpportunitiesOf(tx, who);
  await retell(tx, await forgetFactsOf(tx, who));
  await forgetAddresses(tx, contacts);
  await forgetContacts(tx, contacts);
  return contacts.length;
}

/** The sample's programme; it stays when somebody of the company became a member, and is theirs then. */
async function wipeLoyalty(tx: Tx): Promise<number> {
  const programs = await knownAs(tx, "loyalty_program", sample, atOnce);
  for (const id of programs) await forgetProgram(tx, id);
  await sql`delete from external_ids where object = 'loyalty_program' and system = ${sample}`.execute(tx.db);
  return programs.length;
}

async function wipeOrders(
  tx: Tx,
  orders: readonly string[],
  who: { contacts: readonly string[]; accounts: readonly string[] },
): Promise<void> {
  await forgetInvoicesOf(tx, orders);
  await forgetShipmentsOf(tx, orders);
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
  await shipAlone(tx, accounts);
  await billAlone(tx, accounts);
  await leaveVendors(tx, accounts);
  await forgetOnboardingsOf(tx, who);
  await forgetActivitiesOf(tx, who);
  await forgetQuotes(tx, who);
  await forgetOpportunitiesOf(tx, who);
  await retell(tx, await forgetFactsOf(tx, who));
  await forgetAccounts(tx, accounts);
  return accounts.length;
}

async function wipeProducts(tx: Tx, since: Date): Promise<number> {
  await forgetPriceLists(tx, await knownAs(tx, "price_list", sample, atOnce));
  const products = await knownAs(tx, "product", sample, atOnce);
  await leaveProducts(tx, products);
  await leaveProductsInQuotes(tx, products);
  await forgetProducts(tx, products);
  await forgetFactsNaming(tx, "product_id", products, since);
  return products.length;
}

const retell = async (tx: Tx, { contacts, accounts }: Survivors): Promise<void> =>
  retellFromStart(tx, [...contacts, ...accounts]);
