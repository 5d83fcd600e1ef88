import { sql } from "kysely";
import { invalid } from "#kernel/refusal";
import { inTransaction, type Ctx, type Tx } from "#platform/context";
import { lockRecord } from "#records";
import { refreshOrders } from "./derive.ts";
import { orderType, requireOpen, requireUntouched } from "./types.ts";

/** Minor units to be taken off a line; below zero gives back what was taken off before. */
export interface LineDiscount {
  order_line_id: string;
  by: number;
}

/**
 * Takes money off lines of an order of which nothing is paid, shipped, returned, cancelled or invoiced; the tax follows by the line's
 * rate. Never more than a line costs, and never below no discount at all: one conditional statement.
 */
export const discountLines = (ctx: Ctx | Tx, orderId: string, discounts: readonly LineDiscount[]): Promise<void> =>
  inTransaction(ctx, async (tx) => {
    const row = await lockRecord(tx, orderType, orderId);
    requireOpen(row);
    await requireUntouched(tx, row);
    const goods = sql`(l.total - l.tax + l.discount)`;
    const net = sql`(${goods} - l.discount - d.by)`;
    const { rows } = await sql`
      update order_lines l set discount = l.discount + d.by, tax = round(${net} * l.tax_rate / 100), total = ${net} + round(${net} * l.tax_rate / 100)
        from json_to_recordset(${JSON.stringify(discounts)}::json) as d(order_line_id uuid, by bigint)
       where l.id = d.order_line_id and l.order_id = ${orderId} and l.discount + d.by between 0 and ${goods} returning l.id`.execute(tx.db);
    if (rows.length < new Set(discounts.map((d) => d.order_line_id)).size || rows.length < discounts.length)
      throw invalid("lines", "A discount is at most what its line costs.", "discount.too-much");
    await refreshOrders(tx, [orderId]);
  }); // prettier-ignore
