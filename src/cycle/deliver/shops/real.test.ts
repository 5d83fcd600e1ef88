import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { sql } from "kysely";
import { databaseForTest } from "../../../../test/database.ts";
import { startExample } from "../../../records/import/example.ts";
import { imported, noteFile, work } from "../../../records/import/importing-for-tests.ts";
import { lookAt } from "../../../records/import/look.ts";
import { findJob } from "#platform/jobs";
import { tally } from "./tally-for-tests.ts";
import "./module.ts";

// Real files lie beside the repository where it is worked on; a clone has the example alone.
const data = join(import.meta.dirname, "../../../../../shared/data");
const megabyte = 1024 * 1024;

/** Runs the work; answers seconds and the most memory it took beyond the start, MB. */
async function measured<T>(run: () => Promise<T>): Promise<{ answer: T; seconds: number; megabytes: number }> {
  const [from, before] = [performance.now(), process.memoryUsage.rss()];
  let most = before;
  const watch = setInterval(() => (most = Math.max(most, process.memoryUsage.rss())), 50);
  const answer = await run().finally(() => clearInterval(watch));
  return { answer, seconds: (performance.now() - from) / 1000, megabytes: (most - before) / megabyte };
}

describe.skipIf(!existsSync(data))("real files", { timeout: 600_000 }, () => {
  test("online-retail: 541,909 lines become 18,440 orders of 4,372 customers, and the second time nothing changes", async () => {
    const ctx = (await databaseForTest()).ctx();
    const file = await noteFile(ctx, "orders", join(data, "online-retail/online_retail.csv.gz"));
    const first = await measured(() => imported(ctx, "orders", file));
    process.stdout.write(`online-retail: ${first.seconds.toFixed(1)} s, ${first.megabytes.toFixed(0)} MB more\n`);
    expect(first.answer.job).toMatchObject({ state: "done", reason: null, done: 541_909, total: 541_909, failed: 2 });
    expect(first.answer.counts).toMatchObject({
      orders: 18_440,
      orders_sum: 891_140_790,
      customers_new: 4_372,
      free_orders: 4,
      returns: 4_946,
    });
    expect(first.seconds).toBeLessThan(300);
    // 300 MB for the import, and what the test runner itself grows by meanwhile.
    expect(first.megabytes).toBeLessThan(350);
    const before = await tally(ctx);
    const again = await measured(() => imported(ctx, "orders", file));
    process.stdout.write(`again: ${again.seconds.toFixed(1)} s\n`);
    expect(again.answer.counts).toMatchObject({
      already_here: 18_440 + 4 + 1_941,
      returns_already_here: 4_946,
      customers_known: 4_372,
      customers_new: 0,
    });
    expect(await tally(ctx)).toEqual(before);
  });

  test("CDNOW: 69,659 purchases of 23,570 customers, each with a total", async () => {
    const ctx = (await databaseForTest()).ctx();
    const file = await noteFile(ctx, "orders", join(data, "cdnow/CDNOW_master.txt"));
    const { problems, mapping, options } = await lookAt(ctx, file);
    expect([problems, Object.values(mapping).map((m) => m.field), options.group_by]).toEqual([
      [],
      ["customer_id", "placed_at", "quantity", "total"],
      "row",
    ]);
    const { answer, seconds } = await measured(() => imported(ctx, "orders", file));
    process.stdout.write(`CDNOW: ${seconds.toFixed(1)} s\n`);
    expect(answer.failures).toEqual([]);
    expect(answer.counts).toMatchObject({ orders: 69_579, free_orders: 80, customers_new: 23_570 });
  });
});

test("the example that ships: the CDNOW sample, without a header line", async () => {
  const ctx = (await databaseForTest()).ctx();
  const { job_id } = await startExample(ctx);
  await work(ctx);
  const job = await findJob(ctx, job_id);
  expect(job).toMatchObject({
    state: "done",
    reason: null,
    failed: 0,
    result: { rows: 6_919, counts: { customers_new: 2_357 } },
  });
  const { rows } = await sql`select sum(total) as cents, count(*) as n from orders`.execute(ctx.db);
  expect(rows).toEqual([{ n: 6_919, cents: "24409194" }]);
});
