import { sql } from "kysely";
import { expect } from "vitest";
import type { Ctx } from "#platform/context";

/** The contact with that address. */
export async function contactOf(ctx: Ctx, email: string): Promise<string> {
  const { rows } = await sql<{ id: string }>`select id from contacts where email = ${email} and deleted_at is null`.execute(ctx.db); // prettier-ignore
  expect(rows, email).toHaveLength(1);
  return rows[0]!.id;
}

/** The one row of a table with these values; fails when there is none or another. */
export async function last<T = Record<string, unknown>>(ctx: Ctx, table: string, where: Record<string, string>): Promise<T> {
  const is = Object.entries(where).map(([column, value]) => sql`${sql.ref(column)} = ${value}`);
  const { rows } = await sql<T>`select * from ${sql.table(table)} where ${sql.join(is, sql` and `)}`.execute(ctx.db);
  expect(rows, `${table} ${JSON.stringify(where)}`).toHaveLength(1);
  return rows[0]!;
} // prettier-ignore

/** The names of the facts from the newest one of that name back to the one nothing caused, whoever they are about. */
export async function causesOf(ctx: Ctx, contact_id: string, name: string): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    with recursive chain as (
      (select id, name, caused_by, 1 as depth from facts where contact_id = ${contact_id} and name = ${name} order by occurred_at desc, id desc limit 1)
      union all
      select f.id, f.name, f.caused_by, depth + 1 from facts f join chain c on f.id = c.caused_by where depth < 60)
    select name from chain order by depth`.execute(ctx.db);
  return rows.map((r) => r.name);
} // prettier-ignore

/** How somebody moved through the lifecycle: "lead: asked for something". */
export async function stagesOf(ctx: Ctx, contact_id: string): Promise<string[]> {
  const { rows } = await sql<{ told: string }>`
    select to_stage || ': ' || reason as told from lifecycle_transitions where subject_id = ${contact_id} order by at, id`.execute(ctx.db); // prettier-ignore
  return rows.map((r) => r.told);
}

/** The newest fact of that name about somebody. */
export async function newest(ctx: Ctx, contact_id: string, name: string): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    select id from facts where contact_id = ${contact_id} and name = ${name} order by occurred_at desc, id desc limit 1`.execute(ctx.db); // prettier-ignore
  expect(rows, name).toHaveLength(1);
  return rows[0]!.id;
}

/** How many rows each table of the workspace has. */
export async function countRows(ctx: Ctx): Promise<Record<string, number>> {
  const { rows: tables } = await sql<{ name: string }>`
    select c.relname as name from pg_class c where c.relnamespace = current_schema()::regnamespace and c.relkind in ('r', 'p') and not c.relispartition order by 1`.execute(ctx.db); // prettier-ignore
  const counts: Record<string, number> = {};
  // A job is work, not an effect: it may learn again what it knows.
  for (const { name } of tables.filter((t) => t.name !== "jobs"))
    counts[name] = (await sql<{ n: number }>`select count(*)::int as n from ${sql.table(name)}`.execute(ctx.db)).rows[0]!.n; // prettier-ignore
  return counts;
}
