import { sql } from "kysely";
import { expect, test } from "vitest";
import { leadsDue } from "../../cycle/convert/leads/due.ts";
import { inTransaction } from "#platform/context";
import { toMajor } from "#kernel/money";
import { databaseForTest } from "../../../test/database.ts";
import { modules } from "../modules.ts";
import { sampleCompany } from "./company/company.ts";
import { moneyIn } from "./load.ts";
import { writeChunk } from "./write-chunk.ts";
import { writeForms } from "./write-forms.ts";
import { writeLeads } from "./write-leads.ts";
import { writePipeline } from "./write-pipeline.ts";
import { writeShop } from "./write-shop.ts";

const today = new Date("2026-03-10T00:00:00Z");
const now = new Date("2026-03-10T10:30:00Z");

test(
  "the sample's leads are what its facts tell, each score is its log, and some wait for an answer now",
  { timeout: 120_000 },
  async () => {
    const ctx = (await databaseForTest()).ctx("owner", { at: now, actor: { kind: "demo", id: null } });
    for (const m of modules) await m.onStart?.(ctx);
    const money = moneyIn("EUR");
    const company = sampleCompany(money);
    const price = (hundredths: number) => toMajor(money(hundredths).amount, "EUR");
    await inTransaction(ctx, (tx) => writeShop(tx, company.firms, today, price));
    await inTransaction(ctx, writeForms);
    for (const chunk of company.chunks.slice(0, 3))
      await inTransaction(ctx, (tx) => writeChunk(tx, chunk, today, price));
    await inTransaction(ctx, (tx) => writePipeline(tx, today));
    await inTransaction(ctx, (tx) => writeLeads(tx, today));
    const { rows } = await sql<Record<string, number>>`
      select (select count(*) from leads)::int as leads,
             (select count(*) from facts where name = 'lead.opened')::int as opened,
             (select count(*) from leads l join facts f on f.id = l.opened_fact and f.payload ->> 'lead_id' = l.id::text)::int as same,
             (select count(*) from leads l where l.opened_fact is not null and not exists (select from facts f join facts c on c.id = f.caused_by and c.name = 'form.submitted' where f.id = l.opened_fact))::int as uncaused,
             (select count(*) from leads l where responded_at is not null and not exists (select from facts f where f.name = 'lead.contacted' and f.payload ->> 'lead_id' = l.id::text))::int as untold,
             (select count(*) from leads where status = 'disqualified' and unqualified_reason_id is null)::int as unexplained,
             (select count(*) from leads where converted_at is not null)::int as converted,
             (select count(*) from opportunities where lead_id is not null)::int as deals,
             (select count(*) from facts o join facts c on c.id = o.caused_by and c.name = 'lead.converted' where o.name = 'opportunity.opened')::int as caused,
             (select count(*) from leads l where score <> coalesce((select sum(points) from lead_points where lead_id = l.id), 0))::int as wrong,
             (select count(*) from facts where occurred_at > ${today})::int as ahead`.execute(ctx.db);
    const n = rows[0]!;
    expect(n.leads).toBeGreaterThan(100);
    expect(n.converted).toBeGreaterThan(20);
    expect(n).toMatchObject({ opened: n.leads, same: n.leads, uncaused: 0, untold: 0, unexplained: 0, wrong: 0, deals: n.converted, caused: n.converted, ahead: 0 }); // prettier-ignore
    const due = await leadsDue(ctx, { mine: false });
    expect(due.map((d) => d.reason.replace(/\d+$/, "n"))).toEqual(
      expect.arrayContaining(["Sample box, 12 h ago · score n", "Trade account, 15 h ago · score n"]),
    );
    await inTransaction(ctx, (tx) => writeLeads(tx, today));
    expect((await sql`select 1 from leads`.execute(ctx.db)).rows.length).toBe(n.leads);
  },
);
