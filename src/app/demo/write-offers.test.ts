import { sql } from "kysely";
import { expect, test } from "vitest";
import { toMajor } from "#kernel/money";
import { inTransaction } from "#platform/context";
import { databaseForTest } from "../../../test/database.ts";
import { modules } from "../modules.ts";
import { sampleCompany } from "./company/company.ts";
import { moneyIn } from "./load.ts";
import { writeChunk } from "./write-chunk.ts";
import { writeForms } from "./write-forms.ts";
import { writeOffers } from "./write-offers.ts";
import { writeShop } from "./write-shop.ts";

const today = new Date("2026-03-10T00:00:00Z");

test("the sample's promotions are what their ledger says, and its referrals what its facts tell", { timeout: 120_000 }, async () => {
  const ctx = (await databaseForTest()).ctx("owner", { at: new Date(today.getTime() + 9 * 3_600_000), actor: { kind: "demo", id: null } });
  for (const m of modules) await m.onStart?.(ctx);
  const money = moneyIn("EUR");
  const company = sampleCompany(money);
  const price = (hundredths: number) => toMajor(money(hundredths).amount, "EUR");
  await inTransaction(ctx, (tx) => writeShop(tx, company.firms, today, price));
  await inTransaction(ctx, writeForms);
  for (const chunk of company.chunks.slice(0, 4)) await inTransaction(ctx, (tx) => writeChunk(tx, chunk, today, price));
  await inTransaction(ctx, (tx) => writeOffers(tx, today, money));
  await inTransaction(ctx, (tx) => writeOffers(tx, today, money));
  const { rows } = await sql<Record<string, number>>`
    select (select count(*) from promotions)::int as promotions, (select count(*) from promotion_uses where standing)::int as uses, (select sum(use_count) from promotions)::int as counted,
           (select count(*) from promotions p where spent <> coalesce((select sum(amount) from promotion_uses where promotion_id = p.id), 0))::int as wrong,
           (select count(*) from orders o where total <> (select sum(total) from order_lines where order_id = o.id))::int as unsummed,
           (select count(*) from referrals)::int as referrals, (select count(distinct state) from referrals)::int as states,
           (select count(*) from referrals r join facts f on f.id = r.made_fact and f.name = 'referral.made' and f.contact_id = r.advocate_id)::int as same`.execute(ctx.db);
  const n = rows[0]!;
  expect(n).toMatchObject({ promotions: 2, counted: n.uses, wrong: 0, unsummed: 0, same: n.referrals });
  expect(n.uses).toBeGreaterThan(0);
  expect(n.referrals).toBeGreaterThan(5);
  expect(n.states).toBeGreaterThan(1);
}); // prettier-ignore
