import { sql } from "kysely";
import { exponentOf, toMajor } from "#kernel/money";
import { lifecycleConsumer } from "#customers";
import { inTransaction, type Ctx, type Tx } from "#platform/context";
import type { JobKind } from "#platform/jobs";
import { consumeAll } from "#timeline";
import { sampleCompany, type MoneyOf } from "./company/company.ts";
import { loadKind, requireNewest } from "./sample.ts";
import { writeChunk, type Price } from "./write-chunk.ts";
import { writeSegments } from "./write-segments.ts";
import { writeShop } from "./write-shop.ts";

/** Northwind's own voice: what the sample tells is told by the sample, so that it is never taken for somebody's deed. */
const northwind = { kind: "demo", id: null, name: "Sample company" } as const;

// Without fresh statistics the ring of a lens with acts took 6 s on the new rows, with them 0.2 s.
const filled = [
  "contacts", "accounts", "orders", "order_lines", "payments", "facts", "external_ids", "lifecycle_transitions", "lifecycle_acts", "lifecycle_walks",
]; // prettier-ignore

/** Prices are hundredths; a currency without decimals or with three takes the same figure one step up or down: 2.90 EUR, 290 JPY, 2.900 BHD. */
export const moneyIn = (currency: string): MoneyOf => {
  const times = exponentOf(currency) === 3 ? 10 : 1;
  return (hundredths) => ({ amount: hundredths * times, currency, base_amount: hundredths * times });
};

/** Loads the sample: first the shop (accounts and goods), then chunks of customers with all that happened to them; each in one transaction. */
export const loadJob: JobKind = {
  kind: loadKind,
  run: async (ctx, job, control) => {
    await requireNewest(ctx, job);
    const as: Ctx = { ...ctx, actor: northwind };
    const { currency } = ctx.workspace;
    const money = moneyIn(currency);
    const price: Price = (hundredths) => toMajor(money(hundredths).amount, currency);
    const company = sampleCompany(money);
    const today = new Date(String(job.input.today));
    const steps: ((tx: Tx) => Promise<void>)[] = [
      (tx) => writeShop(tx, company.firms, today, price),
      ...company.chunks.map((chunk) => (tx: Tx) => writeChunk(tx, chunk, today, price)),
      writeSegments,
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
    }
    for (const table of filled) await sql`analyze ${sql.table(table)}`.execute(ctx.db);
    return { customers: total, orders: company.chunks.flat().flatMap((s) => s.orders).length };
  },
};
