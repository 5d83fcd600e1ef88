import { sql } from "kysely";
import { exponentOf, toMajor } from "#kernel/money";
import { lifecycleConsumer } from "#customers";
import { loyaltyConsumer } from "#grow/loyalty";
import { inTransaction, type Ctx, type Tx } from "#platform/context";
import type { JobKind } from "#platform/jobs";
import { consumeAll } from "#timeline";
import { sampleCompany, type Company, type MoneyOf } from "./company/company.ts";
import { loadKind, requireNewest } from "./sample.ts";
import { writeCampaigns } from "./write-campaigns.ts";
import { writeBeside } from "./write-beside.ts";
import { writeSampleCases } from "./write-cases.ts";
import { writeChunk, type Price } from "./write-chunk.ts";
import { writeForms, writeSpam } from "./write-forms.ts";
import { writeLeads } from "./write-leads.ts";
import { writePipeline, writePrices } from "./write-pipeline.ts";
import { writeQuotes } from "./write-quotes.ts";
import { writeSampleOnboardings } from "./write-onboardings.ts";
import { writeLoyalty } from "./write-loyalty.ts";
import { writeOffers } from "./write-offers.ts";
import { writePlays } from "./write-plays.ts";
import { writeSurveys } from "./write-surveys.ts";
import { writeTargets } from "./write-targets.ts";
import { writeImprovements } from "./write-improvements.ts";
import { writeSegments } from "./write-segments.ts";
import { writeDeliveries } from "./write-deliveries.ts";
import { writeFiles } from "./write-files.ts";
import { writeInvoices } from "./write-invoices.ts";
import { writeShop } from "./write-shop.ts";

/** Northwind's own voice: what the sample tells is told by the sample, so that it is never taken for somebody's deed. */
const northwind = { kind: "demo", id: null, name: "Sample company" } as const;

// Without fresh statistics the ring of a lens with acts took 6 s on the new rows, with them 0.2 s.
const filled = [
  "contacts", "accounts", "orders", "order_lines", "shipments", "shipment_lines", "invoices", "invoice_lines", "payments", "facts", "external_ids", "lifecycle_transitions", "lifecycle_acts", "lifecycle_walks", "cases", "case_messages", "case_targets", "onboardings", "onboarding_steps", "survey_invitations", "survey_responses",
  "opportunities", "stage_spells", "leads", "lead_points", "price_entries", "sends", "mail_hits", "loyalty_members", "loyalty_lots", "loyalty_entries", "loyalty_spends", "loyalty_tiers",
]; // prettier-ignore

const analyse = async (ctx: Ctx): Promise<void> => {
  for (const table of filled) await sql`analyze ${sql.table(table)}`.execute(ctx.db);
};
// Steps after the last chunk of customers: that chunk itself, and the one that tells of points.
const analysedAfter = new Set([0, 10]);

/** Prices are hundredths; a currency without decimals or with three takes the same figure one step up or down: 2.90 EUR, 290 JPY, 2.900 BHD. */
export const moneyIn = (currency: string): MoneyOf => {
  const times = exponentOf(currency) === 3 ? 10 : 1;
  return (hundredths) => ({ amount: hundredths * times, currency, base_amount: hundredths * times });
};

/** The first chunks of a company, with at least so many customers; who is in a chunk knows nobody of a later one. */
function partOf(company: Company, customers: number): Company {
  let before = 0;
  const chunks = company.chunks.filter((chunk) => (before += chunk.length) - chunk.length < customers);
  return { ...company, chunks };
}

/** Loads the sample: first the shop (accounts and goods), then chunks of customers with all that happened to them; each in one transaction. */
export const loadJob: JobKind = {
  kind: loadKind,
  above: true,
  run: async (ctx, job, control) => {
    await requireNewest(ctx, job);
    const as: Ctx = { ...ctx, actor: northwind };
    const { currency } = ctx.workspace;
    const money = moneyIn(currency);
    const price: Price = (hundredths) => toMajor(money(hundredths).amount, currency);
    const company = partOf(sampleCompany(money), Number(job.input.customers ?? Infinity));
    const today = new Date(String(job.input.today));
    const steps: ((tx: Tx) => Promise<void>)[] = [
      async (tx) => {
        await writeShop(tx, company.firms, today, price);
        await writeForms(tx);
      },
      ...company.chunks.map((chunk) => (tx: Tx) => writeChunk(tx, chunk, today, price)),
      (tx) => writePrices(tx, today),
      (tx) => writePipeline(tx, today),
      (tx) => writeQuotes(tx, today),
      (tx) => writeLeads(tx, today),
      (tx) => writeSampleCases(tx, today),
      (tx) => writeSurveys(tx, today),
      (tx) => writeSampleOnboardings(tx, today),
      (tx) => writeDeliveries(tx, today),
      (tx) => writeInvoices(tx, today),
      (tx) => writeLoyalty(tx, today),
      async (tx) => {
        await writeSegments(tx);
        await writeCampaigns(tx, today, money);
        await writeSpam(tx, today);
      },
      async (tx) => {
        await writePlays(tx, today);
        await writeOffers(tx, today, money);
        await writeTargets(tx);
        await writeBeside(tx, today);
      },
      (tx) => writeImprovements(tx, today),
    ];
    const customersAfter = (steps: number): number => company.chunks.slice(0, steps - 1).flat().length;
    const total = customersAfter(steps.length);
    for (let step = Number(job.progress.steps ?? 0); step < steps.length; step += 1) {
      await inTransaction(as, async (tx) => {
        await steps[step]!(tx);
        await control.advance(tx, { done: customersAfter(step + 1), total, progress: { steps: step + 1 } });
      });
      // Whoever sees the job done sees the stages, too; where a worker runs, both take turns.
      await consumeAll(ctx, lifecycleConsumer);
      // Points of this past are told by the step that starts the programme; followed once more they would change nothing, for 8 s.
      await consumeAll(ctx, loyaltyConsumer);
      // A past of two years written within seconds: autovacuum has not looked at it yet, and without statistics a step took 49 s for 2.
      if (analysedAfter.has(step - company.chunks.length)) await analyse(ctx);
    }
    await writeFiles(as, today);
    await analyse(ctx);
    return { customers: total, orders: company.chunks.flat().flatMap((s) => s.orders).length };
  },
};
