import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { expect, test } from "vitest";
import { sql } from "kysely";
import { compiled } from "../../../../test/compiled.ts";
import { databaseForTest } from "../../../../test/database.ts";

// RONDO_KILLS=20 for more rounds.
const rounds = Number(process.env.RONDO_KILLS ?? 4);

test("killed at any moment while it issues, the numbers have no gap and every invoice is whole", async () => {
  const t = await databaseForTest();
  const ctx = t.ctx();
  const script = await compiled(join(import.meta.dirname, "issuer-for-tests.ts"));
  const issued = async (): Promise<number> =>
    (await sql<{ n: number }>`select count(*)::int as n from invoices`.execute(ctx.db)).rows[0]!.n;
  for (let round = 0; round < rounds; round++) {
    const before = await issued();
    const child = spawn(process.execPath, [script, t.url, JSON.stringify(ctx.workspace)], { stdio: ["ignore", "inherit", "inherit"] }); // prettier-ignore
    const ended = once(child, "exit");
    const until = Date.now() + 30_000;
    while ((await issued()) < before + 8 && Date.now() < until) await new Promise((go) => setTimeout(go, 15));
    await new Promise((go) => setTimeout(go, Math.random() * 60));
    child.kill("SIGKILL");
    await ended;
  }
  const { rows } = await sql<{ first: number; last: number; n: number; whole: number; facts: number; lines: number }>`
    select min(substr(i.number, 5)::int) as first, max(substr(i.number, 5)::int) as last, count(*)::int as n,
           count(*) filter (where i.total = (select sum(total) from invoice_lines where invoice_id = i.id) and o.invoiced = i.total)::int as whole,
           (select count(*)::int from facts where name = 'invoice.issued') as facts,
           (select count(*)::int from order_lines where invoiced_quantity > 0) as lines
      from invoices i join orders o on o.id = i.order_id`.execute(ctx.db);
  const { first, last, n, whole, facts, lines } = rows[0]!;
  expect(n).toBeGreaterThanOrEqual(8 * rounds);
  expect({ first, last, whole, facts, lines }).toEqual({ first: 1001, last: 1000 + n, whole: n, facts: n, lines: n });
});
