import { sql } from "kysely";
import { bands } from "#customers";
import type { Ctx } from "#platform/context";
import type { BandTest, RankingTest } from "./backtest.ts";
import { buyersEnough } from "./recommend.ts";

export interface WorthTold {
  /** Every corner of the grid that somebody stands in; money in the workspace's minor units. */
  grid: { recency: number; frequency: number; customers: number; paid: number }[];
  bands: { band: string; customers: number; paid: number }[];
  computed_at: string | null;
  due_at: string | null;
  learnt_at: string | null;
  /** Whether there are buyers enough to learn what is bought together. */
  enough: boolean;
  buyers: number;
  products: number;
  ranking: RankingTest | null;
  band_test: BandTest | null;
}

/** Where all who bought stand, and how far bands and recommendations could be believed in this company's own past. */
export async function worthOf(ctx: Ctx): Promise<WorthTold> {
  const grid = await sql<WorthTold["grid"][number] & { band: string }>`
    select rfm_recency as recency, rfm_frequency as frequency, rfm_band as band, count(*)::int as customers, sum(paid_total)::float8 as paid
      from contacts where rfm_band is not null and deleted_at is null group by 1, 2, 3 order by 1 desc, 2`.execute(
    ctx.db,
  );
  const runs = await sql<{ what: string; due_at: Date | null; ran_at: Date | null; told: Record<string, unknown> }>`
    select what, due_at, ran_at, told from worth_runs`.execute(ctx.db);
  const of = (what: string) => runs.rows.find((r) => r.what === what);
  const learnt = of("neighbours")?.told as { buyers?: number; products?: number; ranking?: RankingTest; bands?: BandTest } | undefined; // prettier-ignore
  return {
    grid: grid.rows.map(({ band: _band, ...cell }) => cell),
    bands: bands.map(({ value }) => {
      const cells = grid.rows.filter((cell) => cell.band === value);
      return { band: value, customers: sum(cells.map((c) => c.customers)), paid: sum(cells.map((c) => c.paid)) };
    }),
    computed_at: of("bands")?.ran_at?.toISOString() ?? null,
    due_at: of("bands")?.due_at?.toISOString() ?? null,
    learnt_at: of("neighbours")?.ran_at?.toISOString() ?? null,
    enough: (learnt?.buyers ?? 0) >= buyersEnough,
    buyers: learnt?.buyers ?? 0,
    products: learnt?.products ?? 0,
    ranking: learnt?.ranking ?? null,
    band_test: learnt?.bands ?? null,
  };
}

const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);
