import { sql } from "kysely";
import { expect, test } from "vitest";
import { quotesConsumer } from "#deliver/orders";
import { toMajor } from "#kernel/money";
import { inTransaction } from "#platform/context";
import { consumeAll } from "#timeline";
import { databaseForTest } from "../../../test/database.ts";
import { modules } from "../modules.ts";
import { sampleCompany } from "./company/company.ts";
import { moneyIn } from "./load.ts";
import { writeChunk } from "./write-chunk.ts";
import { writePipeline, writePrices } from "./write-pipeline.ts";
import { writeQuotes } from "./write-quotes.ts";
import { writeShop } from "./write-shop.ts";

const today = new Date("2026-03-10T00:00:00Z");

test("the sample has quotes of every kind, those accepted are the orders that are there, and no mail leaves", { timeout: 240_000 }, async () => {
  const ctx = (await databaseForTest()).ctx("owner", { at: today, actor: { kind: "demo", id: null } });
  for (const m of modules) await m.onStart?.(ctx);
  const company = sampleCompany(moneyIn("EUR"));
  const price = (hundredths: number) => toMajor(moneyIn("EUR")(hundredths).amount, "EUR");
  await inTransaction(ctx, (tx) => writeShop(tx, company.firms, today, price));
  for (const chunk of company.chunks.slice(0, 4)) await inTransaction(ctx, (tx) => writeChunk(tx, chunk, today, price));
  await inTransaction(ctx, (tx) => writePrices(tx, today));
  await inTransaction(ctx, (tx) => writePipeline(tx, today));
  const orders = async () => (await sql<{ n: number }>`select count(*)::int as n from orders`.execute(ctx.db)).rows[0]!.n;
  const before = await orders();
  await inTransaction(ctx, (tx) => writeQuotes(tx, today));
  await consumeAll(ctx, quotesConsumer);
  expect(await orders()).toBe(before);
  const { rows } = await sql<{ status: string }>`select distinct status from quotes order by 1`.execute(ctx.db);
  expect(rows.map((r) => r.status)).toEqual(expect.arrayContaining(["accepted", "draft", "sent", "viewed"]));
  const { rows: wrong } = await sql`
    select (select count(*) from quotes q where status = 'accepted' and not exists (select from orders o where o.quote_id = q.id and o.total = q.total))::int as unordered,
           (select count(*) from facts where name like 'quote.%' and occurred_at > ${today})::int as ahead, (select count(*) from sends)::int as mails`.execute(ctx.db);
  expect(wrong).toEqual([{ unordered: 0, ahead: 0, mails: 0 }]);
}); // prettier-ignore
