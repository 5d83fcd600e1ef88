import { sql } from "kysely";
import { exponentOf, toMajor } from "#kernel/money";
import { inTransaction, type Ctx } from "#platform/context";
import type { JobKind } from "#platform/jobs";
import { sampleCompany, type MoneyOf } from "./company/company.ts";
import { loadKind, requireNewest } from "./sample.ts";
import { writeChunk } from "./write-chunk.ts";
import { writeShop } from "./write-shop.ts";

/** Northwind's own voice: what the sample tells is told by the sample, so that it is never taken for somebody's deed. */
const northwind = { kind: "demo", id: null, name: "Sample company" } as const;

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
    const price = (hundredths: number): string => toMajor(money(hundredths).amount, currency);
    const company = sampleCompany(money);
    const today = new Date(String(job.input.today));
    const total = company.chunks.flat().length;
    let written = Number(job.progress.written ?? 0);
    if (written === 0) {
      await inTransaction(as, async (tx) => {
        await writeShop(tx, company.firms, today, price);
        await control.advance(tx, { done: 0, total, progress: { written: 1 } });
      });
      written = 1;
    }
    for (const [i, chunk] of company.chunks.entries()) {
      if (i + 1 < written) continue;
      await inTransaction(as, async (tx) => {
        await writeChunk(tx, chunk, today, price);
        const done = company.chunks.slice(0, i + 1).flat().length;
        await control.advance(tx, { done, total, progress: { written: i + 2 } });
      });
    }
    for (const table of ["contacts", "accounts", "orders", "order_lines", "payments", "facts", "external_ids"]) await sql`analyze ${sql.table(table)}`.execute(ctx.db);
    return { customers: total, orders: company.chunks.flat().flatMap((s) => s.orders).length };
  },
};
