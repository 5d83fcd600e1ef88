import { sql } from "kysely";
import { expect, test } from "vitest";
import { boardOf } from "../../cycle/convert/pipeline/board.ts";
import { dueOpportunities } from "../../cycle/convert/pipeline/due.ts";
import { inTransaction } from "#platform/context";
import { toMajor } from "#kernel/money";
import { databaseForTest } from "../../../test/database.ts";
import { modules } from "../modules.ts";
import { sampleCompany } from "./company/company.ts";
import { moneyIn } from "./load.ts";
import { writeChunk } from "./write-chunk.ts";
import { writePipeline, writePrices } from "./write-pipeline.ts";
import { writeShop } from "./write-shop.ts";

const today = new Date("2026-03-10T00:00:00Z");

test(
  "the sample's deals are what its facts tell: one row a deal, one spell a move, one stage now",
  { timeout: 120_000 },
  async () => {
    const ctx = (await databaseForTest()).ctx("owner", { at: today, actor: { kind: "demo", id: null } });
    for (const m of modules) await m.onStart?.(ctx);
    const money = moneyIn("EUR");
    const company = sampleCompany(money);
    const price = (hundredths: number) => toMajor(money(hundredths).amount, "EUR");
    await inTransaction(ctx, (tx) => writeShop(tx, company.firms, today, price));
    for (const chunk of company.chunks.slice(0, 3))
      await inTransaction(ctx, (tx) => writeChunk(tx, chunk, today, price));
    await inTransaction(ctx, (tx) => writePrices(tx, today));
    await inTransaction(ctx, (tx) => writePipeline(tx, today));
    const { rows } = await sql<Record<string, number>>`
      select (select count(*) from opportunities)::int as deals,
             (select count(*) from facts where name = 'opportunity.opened')::int as opened,
             (select count(*) from facts where name like 'opportunity.%')::int as facts,
             (select count(*) from stage_spells)::int as spells,
             (select count(*) from stage_spells where left_at is null)::int as now,
             (select count(*) from opportunities o join facts f on f.name = 'opportunity.' || o.status and f.payload->>'opportunity_id' = o.id::text)::int as decided,
             (select count(*) from opportunities where status <> 'open')::int as closed,
             (select count(*) from opportunities where status = 'lost' and lost_reason_id is null)::int as unexplained,
             (select count(*) from opportunities o where line_count > 0 and amount <> (select sum(total) from opportunity_lines where opportunity_id = o.id))::int as wrong,
             (select count(*) from opportunities where line_count > 0)::int as lined`.execute(ctx.db);
    const n = rows[0]!;
    expect(n.deals).toBeGreaterThan(60);
    expect(n).toMatchObject({ deals: n.opened, spells: n.facts, now: n.deals, decided: n.closed, unexplained: 0, wrong: 0, lined: 16 }); // prettier-ignore
    const board = await boardOf(ctx, {});
    expect(board.columns.filter((c) => c.category === "open" && c.count === 0)).toEqual([]);
    expect(board.count).toBeGreaterThan(20);
    const due = await dueOpportunities(ctx, { mine: false });
    expect(due.find((d) => d.title.startsWith("Initech expansion"))).toMatchObject({
      title: "Initech expansion, no step for 12 days",
      reason: "€18,400.00, Proposal · target time in stage 7 days",
    });
    expect(due.length).toBeLessThan(board.count / 2);
    await inTransaction(ctx, (tx) => writePipeline(tx, today));
    expect((await sql`select 1 from opportunities`.execute(ctx.db)).rows.length).toBe(n.deals);
  },
);
