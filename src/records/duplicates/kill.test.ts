import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { sql } from "kysely";
import { expect, test } from "vitest";
import { taskType } from "#convert/activities";
import { contactType } from "#customers";
import { placeOrder } from "#deliver/orders";
import { inTransaction, type Ctx } from "#platform/context";
import { enqueue, findJob, workOnce } from "#platform/jobs";
import { createLog } from "#platform/log";
import { consumeOnce } from "#timeline";
import "../../app/modules.ts";
import { compiled } from "../../../test/compiled.ts";
import { databaseForTest, type TestDatabase } from "../../../test/database.ts";
import { createRecord } from "../index.ts";
import { mergeJob, mergeKind, unmergeJob, unmergeKind } from "./bulk.ts";
import { duplicatesConsumer } from "./find.ts";

// RONDO_KILLS=20 for more rounds of merging, and as many of taking it back.
const rounds = Number(process.env.RONDO_KILLS ?? 2);
const pairs = 8 + 10 * rounds;
const log = createLog("silent");

const one = async <R>(ctx: Ctx, query: ReturnType<typeof sql<R>>): Promise<R> => (await query.execute(ctx.db)).rows[0]!;
const merges = async (ctx: Ctx, state: "done" | "undone"): Promise<number> =>
  (await one(ctx, sql<{ n: number }>`select count(*)::int as n from record_merges where state = ${state}`)).n;

/** Pairs of one person each, both with a task and an order. */
async function doubles(ctx: Ctx): Promise<void> {
  for (let i = 0; i < pairs; i++)
    for (const name of ["Bo Lind", "Bo Lindt"]) {
      const contact_id = (await createRecord(ctx, contactType, { name, phone: `+49 30 55501${100 + i}` })).id;
      await createRecord(ctx, taskType, { title: `Call ${i}`, contact_id });
      await placeOrder(ctx, { contact_id, lines: [{ description: "Lantern", quantity: "1", unit_price: "10" }] });
    }
  while ((await consumeOnce(ctx, duplicatesConsumer)) > 0);
}

/** Whose each task and order is. */
const carried = async (ctx: Ctx): Promise<unknown[]> =>
  (await sql`select id, contact_id from tasks union all select id, contact_id from orders order by 1`.execute(ctx.db))
    .rows;

/** Lets a process of its own work at the job, kills it in the middle of it some times, and then finishes it here. */
async function killedAt(t: TestDatabase, job: string, state: "done" | "undone"): Promise<void> {
  const ctx = t.ctx();
  const script = await compiled(join(import.meta.dirname, "merger-for-tests.ts"));
  let killed = 0;
  for (let round = 0; round < rounds; round++) {
    const before = await merges(ctx, state);
    const child = spawn(process.execPath, [script, t.url, JSON.stringify(ctx.workspace)], { stdio: ["ignore", "inherit", "inherit"] }); // prettier-ignore
    const ended = once(child, "exit");
    const until = Date.now() + 30_000;
    while ((await merges(ctx, state)) < before + 3 && Date.now() < until) await new Promise((go) => setTimeout(go, 2));
    await new Promise((go) => setTimeout(go, Math.random() * 40));
    child.kill("SIGKILL");
    await ended;
    if ((await findJob(ctx, job)).state === "running") killed += 1;
    // Half a minute of silence, after which a job is taken up by somebody else.
    await sql`update jobs set heartbeat_at = now() - interval '1 minute' where state = 'running'`.execute(ctx.db);
  }
  expect(killed).toBeGreaterThan(0);
  while (await workOnce(ctx, [mergeJob, unmergeJob], log));
}

test("killed at any moment while it merges, and again while it takes that back: every pair once, every row carried, all as it was", async () => {
  const t = await databaseForTest();
  const ctx = t.ctx();
  await doubles(ctx);
  const before = await carried(ctx);
  expect(before).toHaveLength(4 * pairs);
  const start = (kind: string, input: object): Promise<string> => inTransaction(ctx, (tx) => enqueue(tx, { kind, title: kind, input: { object: "contact", ...input } })); // prettier-ignore

  const merging = await start(mergeKind, { rule: "phone" });
  await killedAt(t, merging, "done");
  expect(await findJob(ctx, merging)).toMatchObject({
    state: "done",
    done: pairs,
    failed: 0,
    result: { merged: pairs },
  });
  const after = await one(
    ctx,
    sql<Record<string, number>>`
      select (select count(*)::int from contacts where deleted_at is null) as live, (select count(*)::int from merged_records) as lost,
             (select count(*)::int from record_merges) as merges, (select count(distinct l)::int from record_merges, unnest(loser_ids) l) as losers,
             (select count(distinct winner_id)::int from record_merges) as winners, (select count(*)::int from facts where name = 'contact.merged') as facts,
             (select count(*)::int from contacts c where c.deleted_at is null and 2 = (select count(*) from tasks k where k.contact_id = c.id)
                 and 2 = (select count(*) from orders o where o.contact_id = c.id)) as whole`,
  );
  expect(after).toEqual({ live: pairs, lost: pairs, merges: pairs, losers: pairs, winners: pairs, facts: pairs, whole: pairs }); // prettier-ignore

  const undoing = await start(unmergeKind, { job_id: merging });
  await killedAt(t, undoing, "undone");
  expect(await findJob(ctx, undoing)).toMatchObject({ state: "done", failed: 0, result: { undone: pairs } });
  expect(await carried(ctx)).toEqual(before);
  expect(await merges(ctx, "undone")).toBe(pairs);
  expect(await one(ctx, sql`select count(*)::int as live from contacts where deleted_at is null`)).toEqual({ live: 2 * pairs }); // prettier-ignore
}, 60_000);
