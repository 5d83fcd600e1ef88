import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { expect, test } from "vitest";
import { sql } from "kysely";
import { inTransaction, type Ctx } from "#platform/context";
import { consumeAll } from "#timeline";
import { acceptVersion, createQuote, sendQuote } from "#convert/quotes";
import { compiled } from "../../../../test/compiled.ts";
import { databaseForTest, type TestDatabase } from "../../../../test/database.ts";
import { machine, training } from "../../convert/quotes/quoting-for-tests.ts";
import { quotesConsumer } from "./index.ts";

// RONDO_KILLS asks for more rounds.
const rounds = Number(process.env.RONDO_KILLS ?? 20);
const quotesEach = 6;

const sentQuotes = (ctx: Ctx, n: number): Promise<string[]> =>
  inTransaction(ctx, async (tx) => {
    const versions: string[] = [];
    for (let i = 0; i < n; i++) {
      const id = await createQuote(tx, { lines: [machine, training], discount_percent: i });
      versions.push((await sendQuote(tx, id, { by: "link" })).url.split("/q/")[1]!.split(".")[0]!);
    }
    return versions;
  });

/** Customers accept at a server that is killed at a random step of a random one of them, some milliseconds into it. */
async function acceptUntilKilled(t: TestDatabase, script: string, versions: readonly string[]): Promise<void> {
  const child = spawn(process.execPath, [script, t.url, JSON.stringify(t.ctx().workspace), versions.join(",")], { stdio: ["ignore", "pipe", "inherit"] }); // prettier-ignore
  const ended = once(child, "exit");
  const last = 1 + Math.floor(Math.random() * 2 * versions.length);
  let steps = 0;
  await new Promise<void>((reached) => {
    child.stdout.on("data", (told: Buffer) => (steps += told.length) >= last && reached());
    void ended.then(() => reached());
  });
  await new Promise((go) => setTimeout(go, Math.random() * 12));
  child.kill("SIGKILL");
  await ended;
}

test(
  "a server killed at any moment of acceptance: each accepted quote ends in exactly one order, no other in any",
  async () => {
    const t = await databaseForTest();
    const ctx = t.ctx();
    const script = await compiled(join(import.meta.dirname, "accepting-for-tests.ts"));
    let between = 0;
    for (let round = 0; round < rounds; round++) {
      const versions = await sentQuotes(ctx, quotesEach);
      await acceptUntilKilled(t, script, versions);
      const { rows } = await sql<{ n: number }>`select count(*)::int as n from quotes where shown_version_id = any(${versions}::uuid[]) and status = 'accepted'`.execute(ctx.db); // prettier-ignore
      if (rows[0]!.n > 0 && rows[0]!.n < quotesEach) between++;
      // Those who saw no answer press again; the others never come back.
      for (const version of versions.filter((_, i) => i % 2 === 0)) await acceptVersion(ctx, version, { by: "Ana Ruiz", via: "page" }); // prettier-ignore
      await consumeAll(ctx, quotesConsumer);
    }
    const { rows } = await sql`
    select count(*) filter (where q.status = 'accepted' and o.n <> 1)::int as accepted_without_one, count(*) filter (where q.status <> 'accepted' and o.n > 0)::int as ordered_unasked,
           count(*) filter (where o.total <> q.total)::int as other_total, (select count(*)::int from orders where quote_id is null) as of_none
      from quotes q cross join lateral (select count(*) as n, max(total) as total from orders where quote_id = q.id) o`.execute(ctx.db); // prettier-ignore
    expect(rows).toEqual([{ accepted_without_one: 0, ordered_unasked: 0, other_total: 0, of_none: 0 }]);
    const { rows: told } = await sql<{ accepted: number; placed: number; quotes: number }>`
    select count(*) filter (where name = 'quote.accepted')::int as accepted, count(*) filter (where name = 'order.placed')::int as placed,
           (select count(*)::int from quotes where status = 'accepted') as quotes from facts`.execute(ctx.db); // prettier-ignore
    expect([told[0]!.accepted, told[0]!.placed]).toEqual([told[0]!.quotes, told[0]!.quotes]);
    // Killed before the first or after the last acceptance proves little.
    expect(between).toBeGreaterThan(rounds / 5);
  },
  rounds * 15_000,
);
