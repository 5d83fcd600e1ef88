import { sql } from "kysely";
import { invalid, Refused } from "#kernel/refusal";
import { inTransaction, type Ctx, type Tx } from "#platform/context";
import { lockRecord, noteChanges, updateRecord, type Row, type Values } from "#records";
import { record, withdraw } from "#timeline";
import { inBase } from "./base.ts";
import { refreshOrders } from "./derive.ts";
import { completeLines, type LineInput } from "./lines.ts";
import { insertLines } from "./place-many.ts";
import { orderType, requireOpen, requireUntouched } from "./types.ts";
import { totalOfLine } from "./worth.ts";

/**
 * Changes an order whose version is still the one the caller saw. What was agreed (customer, lines, currency, time, number) may
 * change only while nothing is paid, returned or cancelled; the timeline then tells the placing anew.
 */
export const changeOrder = (
  ctx: Ctx | Tx,
  id: string,
  version: number | undefined,
  { lines, ...values }: Values & { lines?: readonly LineInput[] | undefined },
): Promise<void> =>
  inTransaction(ctx, async (tx) => {
    const before = await lockRecord(tx, orderType, id);
    if (version !== undefined && version !== before.version)
      throw new Refused("stale", "record.stale", "Somebody changed this order since you opened it.", {
        detail: { current: before },
      });
    const row = await updateRecord(tx, orderType, id, undefined, values);
    if (row.currency !== before.currency && !lines)
      throw invalid("lines", "Send the lines with their prices in the new currency.");
    if (lines) await replaceLines(tx, row, lines, row.version > before.version);
    await refreshOrders(tx, [id]);
    await retell(tx, before, await lockRecord(tx, orderType, id));
  });

async function replaceLines(tx: Tx, row: Row, input: readonly LineInput[], counted: boolean): Promise<void> {
  requireOpen(row);
  await requireUntouched(tx, row);
  const currency = String(row.currency);
  const lines = await completeLines(tx, input, currency);
  const { rows: old } =
    await sql`delete from order_lines where order_id = ${row.id} returning description, trim_scale(quantity)::text as quantity, trim_scale(unit_price)::text as unit_price`.execute(
      tx.db,
    );
  await insertLines(
    tx,
    lines.map((l, i) => ({
      ...l,
      order_id: row.id,
      position: i + 1,
      total: totalOfLine(l, currency),
    })),
  );
  if (!counted) await sql`update orders set version = version + 1 where id = ${row.id}`.execute(tx.db);
  const now = lines.map(({ description, quantity, unit_price }) => ({ description, quantity, unit_price }));
  await noteChanges(tx, [{ object: "order", record_id: row.id, action: "updated", fields: { lines: [old, now] } }]);
}

const told = ["contact_id", "account_id", "number", "total", "base_total", "currency", "line_count"];
const at = (row: Row): Date => row.placed_at as Date;
const idOf = (value: unknown): string | null => (typeof value === "string" ? value : null);

/**
 * The placing as it stands now replaces the one the timeline told; both customers hear of it when the order moved.
 * The correction stands where the wrong fact stood: stories are read again from there.
 */
async function retell(tx: Tx, before: Row, now: Row): Promise<void> {
  if (told.every((f) => before[f] === now[f]) && at(before).getTime() === at(now).getTime()) return;
  const whose = (row: Row) => ({ contact_id: idOf(row.contact_id), account_id: idOf(row.account_id) });
  const number = String(now.number);
  const correction = await record(tx, {
    name: "order.corrected",
    ...whose(before),
    occurred_at: at(before),
    payload: { order_id: now.id, number },
  });
  const old = idOf(before.placed_fact);
  if (old) await withdraw(tx, [old], correction);
  const total = Number(now.total);
  const fact = await record(tx, {
    name: "order.placed",
    ...whose(now),
    occurred_at: at(now),
    caused_by: correction,
    payload: {
      order_id: now.id,
      number,
      amount: total,
      currency: String(now.currency),
      base_amount: inBase(total, String(now.to_base)),
      lines: Number(now.line_count),
    },
  });
  await sql`update orders set placed_fact = ${fact} where id = ${now.id}`.execute(tx.db);
}
