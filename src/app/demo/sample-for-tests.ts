import { sql } from "kysely";
import { contactType, accountType } from "#customers";
import { productType } from "#convert/catalog";
import { placeOrder, returnGoods } from "#deliver/orders";
import { issueInvoice } from "#deliver/invoices";
import { receivePayment } from "#deliver/payments";
import { shipGoods } from "#deliver/shipments";
import type { Ctx } from "#platform/context";
import { createRecord } from "#records";
import { people } from "../../../test/world.ts";
import { modules } from "../modules.ts";
import { onTestFinished } from "vitest";
import { connected, templateOnce, testDatabase, type TestDatabase } from "../../../test/database.ts";
import { loadSample } from "./order.ts";
import { loadJob } from "./load.ts";
import { work } from "./reading-for-tests.ts";

/** When the company with an order of its own began, and when the sample came. */
export const begunAt = new Date("2026-03-10T00:12:00Z");
export const sampleDay = new Date("2026-03-10T09:00:00Z");

/** A company with an order of its own, in which the sample was loaded on that day, once for all stories of a run; gone `atEnd`, of the running test unless said. */
export async function sampleForTest(
  atEnd: (leave: () => Promise<void>) => void = onTestFinished,
): Promise<TestDatabase> {
  const template = await templateOnce("rondo_sample", "rondo_template", async (url) => {
    const t = connected(url);
    const ctx = t.ctx("owner", { at: sampleDay });
    const early = t.ctx("owner", { at: begunAt });
    for (const m of modules) await m.onStart?.(early);
    await ownCompany(early);
    await work(early, [loadJob]);
    await loadSample(ctx);
    await work(ctx, [loadJob]);
    await t.close();
  });
  const t = await testDatabase(template);
  atEnd(t.close);
  return t;
}

/** A small company of one's own, with namesakes of the sample's; answers its order. */
export async function ownCompany(ctx: Ctx): Promise<string> {
  const initech = await createRecord(ctx, accountType, { name: "Initech", is_vendor: true });
  const ana = await createRecord(ctx, contactType, {
    name: "Anna R.",
    email: people.ana.email,
    phone: people.bo.phone,
    account_id: initech.id,
  });
  const product = await createRecord(ctx, productType, {
    name: "Our own jar",
    sku: "NW-JAR-01",
    price: 500,
    vendor_id: initech.id,
  });
  const order = await placeOrder(ctx, {
    contact_id: ana.id,
    placed_at: new Date(ctx.clock().getTime() - 20 * 86_400_000),
    number: "NW-10001",
    lines: [{ product_id: product.id, quantity: "3", unit_price: "5" }],
  });
  await receivePayment(ctx, order, { amount: 1500, method: "card" });
  const { rows } = await sql<{ id: string }>`select id from order_lines where order_id = ${order}`.execute(ctx.db);
  await shipGoods(ctx, order, {});
  await issueInvoice(ctx, order);
  await returnGoods(ctx, order, { lines: [{ order_line_id: rows[0]!.id, quantity: "1" }] });
  return order;
}
