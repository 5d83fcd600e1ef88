import { sql } from "kysely";
import type { Ctx } from "#platform/context";

const tables = [
  "contacts",
  "products",
  "orders",
  "order_lines",
  "payments",
  "returns",
  "return_lines",
  "changes",
  "external_ids",
];

/** Everything an import may have made, counted and summed; what tells of the import itself is left out. */
export async function tally(ctx: Ctx): Promise<Record<string, unknown>> {
  const counts: Record<string, unknown> = {};
  for (const table of tables)
    counts[table] = (
      await sql<{ n: number }>`select count(*) as n from ${sql.table(table)}`.execute(ctx.db)
    ).rows[0]!.n;
  const { rows: facts } = await sql<{ name: string; n: number }>`
    select name, count(*) as n from facts where name <> 'import.finished' group by name order by name`.execute(ctx.db);
  const { rows: sums } =
    await sql`select sum(total) as total, sum(paid) as paid, sum(returned) as returned from orders`.execute(ctx.db);
  return { ...counts, facts, sums };
}
