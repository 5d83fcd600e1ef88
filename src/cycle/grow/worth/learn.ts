import { sql } from "kysely";
import { inTransaction, type Ctx, type Tx } from "#platform/context";
import type { JobKind } from "#platform/jobs";
import { testRanking, testBands, type RankingTest } from "./backtest.ts";
import { neighboursSql, pairsSql } from "./neighbours.ts";
import { learnKind, noteRun } from "./runs.ts";

export interface Learnt {
  /** Buyers of at least two different products: what can be learnt from. */
  buyers: number;
  products: number;
  ranking: RankingTest | null;
  bands: Awaited<ReturnType<typeof testBands>>;
}

/** Learns the neighbours anew and tests them, and the bands, on the company's own past. */
export const learnJob: JobKind = {
  kind: learnKind,
  above: true,
  run: (ctx: Ctx) =>
    inTransaction(ctx, async (tx) => {
      const began = performance.now();
      const told: Learnt = { ...(await learn(tx)), ranking: await testRanking(tx), bands: await testBands(tx) };
      await noteRun(tx, "neighbours", began, told);
      return { buyers: told.buyers, products: told.products };
    }),
};

async function learn(tx: Tx): Promise<{ buyers: number; products: number }> {
  const now = tx.clock();
  await sql`delete from product_neighbours`.execute(tx.db);
  await sql`insert into product_neighbours (product_id, other_id, both_bought, buyers, other_buyers, similarity) ${neighboursSql(now)}`.execute(
    tx.db,
  );
  const { rows } = await sql<{ buyers: number; products: number }>`
    select (select count(*) from (select from (${pairsSql(now)}) p group by buyer having count(*) >= 2) b)::int as buyers,
           (select count(distinct product_id) from product_neighbours)::int as products`.execute(tx.db);
  return rows[0]!;
}
