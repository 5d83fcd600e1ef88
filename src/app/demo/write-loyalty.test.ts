import { sql } from "kysely";
import { expect, test } from "vitest";
import { loyaltyConsumer, loyaltyTold } from "#grow/loyalty";
import { toMajor } from "#kernel/money";
import { inTransaction } from "#platform/context";
import { consumeAll } from "#timeline";
import { databaseForTest } from "../../../test/database.ts";
import { modules } from "../modules.ts";
import { sampleCompany } from "./company/company.ts";
import { moneyIn } from "./load.ts";
import { writeChunk } from "./write-chunk.ts";
import { writeForms } from "./write-forms.ts";
import { writeLoyalty } from "./write-loyalty.ts";
import { writeShop } from "./write-shop.ts";

const today = new Date("2026-03-10T00:00:00Z");

test("the sample's points are what its orders earned: every reward told has its lot, and following the orders once more changes nothing", { timeout: 120_000 }, async () => {
  const ctx = (await databaseForTest()).ctx("owner", { at: new Date(today.getTime() - 60_000), actor: { kind: "demo", id: null } });
  for (const m of modules) await m.onStart?.(ctx);
  const money = moneyIn("EUR");
  const company = sampleCompany(money);
  const price = (hundredths: number) => toMajor(money(hundredths).amount, "EUR");
  await inTransaction(ctx, (tx) => writeShop(tx, company.firms, today, price));
  await inTransaction(ctx, writeForms);
  for (const chunk of company.chunks.slice(0, 4)) await inTransaction(ctx, (tx) => writeChunk(tx, chunk, today, price));
  await inTransaction(ctx, (tx) => writeLoyalty(tx, today));
  // A second time there is a programme already, and nothing is told twice.
  await inTransaction(ctx, (tx) => writeLoyalty(tx, today));
  const { rows } = await sql<Record<string, number>>`
    select (select count(*) from loyalty_members m where available <> coalesce((select sum(remaining) from loyalty_lots l where l.member_id = m.id and l.state = 'active'), 0))::int as wrong,
           (select count(*) from facts f where name = 'reward.earned' and not exists (select from loyalty_lots l where l.fact_id = f.id and l.original = (f.payload->>'points')::int and l.earned_at = f.occurred_at))::int as untrue,
           (select count(*) from facts f where (name like 'points.%' or name like 'tier.%' or name = 'reward.earned') and occurred_at >= ${today})::int as ahead,
           (select count(distinct state) from loyalty_lots)::int as lots, (select count(distinct tier) from loyalty_members)::int as tiers,
           (select count(*) from loyalty_vouchers v join loyalty_spends s on s.id = v.id where s.state = 'held')::int as open,
           (select count(*) from loyalty_vouchers v join loyalty_spends s on s.id = v.id where s.state = 'released')::int as back,
           (select count(*) from loyalty_spends s where state = 'captured' and not exists (select from loyalty_vouchers v join payments p on p.id = v.payment_id and p.order_id = s.order_id and p.amount = v.used_amount where v.id = s.id))::int as unpaid,
           (select count(*) from loyalty_vouchers where payment_id is not null)::int as used`.execute(ctx.db);
  const n = rows[0]!;
  expect(n).toMatchObject({ wrong: 0, untrue: 0, ahead: 0, unpaid: 0, tiers: 3 });
  for (const name of ["open", "back", "used"]) expect(n[name], name).toBeGreaterThan(0);
  expect(n.lots).toBeGreaterThan(3);
  const { members: _, ...sums } = (await loyaltyTold(ctx)).sums;
  for (const name of ["available", "pending", "expired", "redeemed"] as const) expect(sums[name], name).toBeGreaterThan(0);
  expect(sums.debt).toBeLessThan(0);
  await consumeAll(ctx, loyaltyConsumer);
  expect((await loyaltyTold(ctx)).sums).toMatchObject(sums);
}); // prettier-ignore
