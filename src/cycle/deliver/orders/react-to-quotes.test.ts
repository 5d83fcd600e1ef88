import { expect, test } from "vitest";
import { sql } from "kysely";
import { openOpportunity, seedPipeline } from "#convert/pipeline";
import { inTransaction } from "#platform/context";
import { consumeAll, timelineOf } from "#timeline";
import { productsFor } from "#convert/catalog";
import { acceptVersion, createQuote, sendQuote } from "#convert/quotes";
import { databaseForTest } from "../../../../test/database.ts";
import { machine, quoted, read, training } from "../../convert/quotes/quoting-for-tests.ts";
import { customer } from "./customers-for-tests.ts";
import { changeOrder, quotesConsumer } from "./index.ts";

test("an accepted quote becomes its order: same customer, lines, discounts, taxes and total, caused by the acceptance", async () => {
  const ctx = (await databaseForTest()).ctx();
  const products = await inTransaction(ctx, (tx) => productsFor(tx, [{ key: "m", name: "Espresso machine" }]));
  const lines = [{ ...machine, product_id: products.get("m")! }, training, { description: "Fair price", quantity: "3", unit_price: "0.333", tax_rate: "8.875" }]; // prettier-ignore
  const { id, contact_id, version_id } = await quoted(ctx, { lines });
  await acceptVersion(ctx, version_id, { by: "Ana Ruiz", via: "page" });
  await consumeAll(ctx, quotesConsumer);
  const quote = await read(ctx, id);
  const { rows } = await sql<Record<string, unknown> & { id: string }>`
    select id, quote_id, contact_id, total, base_total, source, line_count, status, payment_status from orders`.execute(ctx.db); // prettier-ignore
  expect(rows).toMatchObject([{ quote_id: id, contact_id, total: quote.total, base_total: quote.base_total, source: "quote QU-1001", line_count: 3, status: "open", payment_status: "unpaid" }]); // prettier-ignore
  const { rows: kept } = await sql`
    select o.description, o.product_id, o.quantity = q.quantity and o.unit_price = q.unit_price and o.tax_rate = q.tax_rate and o.tax = q.tax and o.discount = q.discount + q.share
           and o.total = q.net + q.tax as same, o.ships
      from order_lines o join quote_lines q on q.quote_id = ${id} and q.position = o.position order by o.position`.execute(ctx.db); // prettier-ignore
  expect(kept).toEqual([
    { description: "Espresso machine", product_id: products.get("m"), same: true, ships: true },
    { description: "Training", product_id: null, same: true, ships: false },
    { description: "Fair price", product_id: null, same: true, ships: false },
  ]);
  const [placed] = (await timelineOf(ctx, { contact_id })).items.filter((i) => i.name === "order.placed");
  expect(placed).toMatchObject({ caused_by: { name: "quote.accepted" }, actor: { kind: "customer", name: "Ana Ruiz" } }); // prettier-ignore
  await expect(changeOrder(ctx, rows[0]!.id, undefined, { lines: [{ description: "x", quantity: "1", unit_price: "1" }] })).rejects.toMatchObject({ code: "order.fixed" }); // prettier-ignore
});

test("accepted twenty times at once, and read again from the start: one order", async () => {
  const ctx = (await databaseForTest()).ctx();
  const { version_id } = await quoted(ctx);
  const told = await Promise.all(Array.from({ length: 20 }, (_, i) => acceptVersion(ctx, version_id, { by: `Ana ${i}`, via: "page" }))); // prettier-ignore
  expect(told.filter(Boolean).length).toBe(1);
  await Promise.all([consumeAll(ctx, quotesConsumer), consumeAll(ctx, quotesConsumer)]);
  await sql`update consumers set epoch = 0, tx = 0, seq = 0 where name = ${quotesConsumer.name}`.execute(ctx.db);
  await consumeAll(ctx, quotesConsumer);
  const { rows } = await sql`select (select count(*) from orders) as orders, (select count(*) from facts where name = 'order.placed') as facts`.execute(ctx.db); // prettier-ignore
  expect(rows).toEqual([{ orders: 1, facts: 1 }]);
});

test("a quote of an opportunity takes its customer and lines, and closes it as won by the acceptance", async () => {
  const ctx = (await databaseForTest()).ctx();
  await seedPipeline(ctx);
  const contact_id = await customer(ctx, "Ana Ruiz");
  const lines = [{ description: "Espresso machine", quantity: "2", unit_price: "1999.90" }];
  const opportunity_id = await openOpportunity(ctx, { name: "Bar in Austin", contact_id, lines });
  const id = await createQuote(ctx, { opportunity_id });
  expect(await read(ctx, id)).toMatchObject({ subject: "Bar in Austin", contact_id, total: 399_980, line_count: 1 });
  const { url } = await sendQuote(ctx, id, { by: "link" });
  await acceptVersion(ctx, url.split("/q/")[1]!.split(".")[0]!, { by: "Ana Ruiz", via: "page" });
  const { rows } = await sql`select status from opportunities`.execute(ctx.db);
  expect(rows).toEqual([{ status: "won" }]);
  const [won] = (await timelineOf(ctx, { contact_id })).items.filter((i) => i.name === "opportunity.won");
  expect(won?.caused_by?.name).toBe("quote.accepted");
  await consumeAll(ctx, quotesConsumer);
  expect((await sql`select 1 from orders`.execute(ctx.db)).rows.length).toBe(1);
});
