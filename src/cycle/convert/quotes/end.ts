import { sql } from "kysely";
import { inTransaction, type Ctx, type Tx } from "#platform/context";
import { lockRecord, type Row } from "#records";
import { quoteType } from "./type.ts";
import { amountsOf, noteStatus, standing, tellOf, today } from "./told.ts";

/** Takes a quote back from the customer, with a reason; its link says so. */
export const withdrawQuote = (ctx: Ctx | Tx, id: string, reason: string): Promise<void> =>
  inTransaction(ctx, async (tx) => {
    const now = tx.clock();
    const before = await lockRecord(tx, quoteType, id);
    const { rows } = await sql<Row>`
      update quotes set status = 'withdrawn', withdrawn_at = ${now}, withdraw_reason = ${reason}, updated_at = ${now}, version = version + 1
       where id = ${id} and status in ('sent', 'viewed') and deleted_at is null returning *`.execute(tx.db);
    if (!rows[0]) throw standing(before, "there is nothing to withdraw.");
    await noteStatus(tx, id, String(before.status), "withdrawn", reason);
    const payload = { quote_id: id, number: String(before.number), reason, ...amountsOf(before) };
    await tellOf(tx, rows[0], { name: "quote.withdrawn", payload });
  });

/** Offers a withdrawn quote again, as it was. Refused when its last day is over. */
export const reopenQuote = (ctx: Ctx | Tx, id: string): Promise<void> =>
  inTransaction(ctx, async (tx) => {
    const before = await lockRecord(tx, quoteType, id);
    const { rows } = await sql<Row>`
      update quotes set status = case when viewed_at is null then 'sent' else 'viewed' end, withdrawn_at = null, withdraw_reason = null, updated_at = ${tx.clock()}, version = version + 1
       where id = ${id} and status = 'withdrawn' and valid_until >= ${today(tx)} returning *`.execute(tx.db);
    if (!rows[0]) throw standing(before, "change it to offer it again.");
    await noteStatus(tx, id, "withdrawn", String(rows[0].status));
    await tellOf(tx, rows[0], { name: "quote.reopened", payload: { quote_id: id, number: String(before.number), ...amountsOf(before) } }); // prettier-ignore
  });

/** Expires quotes whose last day is over in the company's zone, at most `limit`; answers how many. */
export const expireQuotes = (ctx: Ctx | Tx, limit = 200): Promise<number> =>
  inTransaction(ctx, async (tx) => {
    const now = tx.clock();
    const { rows } = await sql<Row & { was: string }>`
      with due as (
        select id, status as was from quotes where status in ('sent', 'viewed') and valid_until < ${today(tx)} and deleted_at is null
         order by valid_until, id limit ${limit} for update skip locked)
      update quotes q set status = 'expired', expired_at = ${now}, updated_at = ${now}, version = q.version + 1 from due where q.id = due.id returning q.*, due.was`.execute(tx.db); // prettier-ignore
    for (const row of rows) {
      await noteStatus(tx, row.id, row.was, "expired");
      await tellOf(tx, row, { name: "quote.expired", payload: { quote_id: row.id, number: String(row.number), ...amountsOf(row) } }); // prettier-ignore
    }
    return rows.length;
  });

/** When the next quote expires: the midnight after its last day in the company's zone; null when none waits. */
export async function nextExpiryAt(ctx: Ctx): Promise<Date | null> {
  const { rows } = await sql<{ at: Date | null }>`
    select min((valid_until + 1)::timestamp at time zone ${ctx.workspace.time_zone}) as at from quotes where status in ('sent', 'viewed') and deleted_at is null`.execute(ctx.db); // prettier-ignore
  return rows[0]!.at;
}
