import { join } from "node:path";
import { expect, test } from "vitest";
import { sql } from "kysely";
import { findJob } from "#platform/jobs";
import { databaseForTest, type TestDatabase } from "../../../../test/database.ts";
import { imported, started, uploaded } from "../../../records/import/importing-for-tests.ts";
import { workUntil } from "../../../records/import/killing-for-tests.ts";
import { retailFile } from "./file-for-tests.ts";
import { tally } from "./tally-for-tests.ts";
import "./module.ts";

const { csv, expected } = retailFile(1_200);

const modules = [join(import.meta.dirname, "module.ts")];

test("a generated file comes to what its generator counted", async () => {
  const ctx = (await databaseForTest()).ctx();
  const { counts, job, failures } = await imported(ctx, "orders", csv);
  expect([job.reason, failures]).toEqual([null, []]);
  expect(counts).toMatchObject({ ...expected });
  const { rows } = await sql`select count(*) as n, sum(paid) as paid from orders where total > 0`.execute(ctx.db);
  expect(rows).toEqual([
    {
      n: expected.orders + (await anonymousWithValue(ctx)),
      paid: String(expected.orders_sum + expected.anonymous_orders_sum),
    },
  ]);
});

const anonymousWithValue = async (ctx: ReturnType<TestDatabase["ctx"]>): Promise<number> =>
  (await sql<{ n: number }>`select count(*) as n from orders where contact_id is null and total > 0`.execute(ctx.db))
    .rows[0]!.n;

test("a worker killed while it reads and while it writes: the next one goes on, nothing lost, nothing twice", async () => {
  const whole = (await databaseForTest()).ctx();
  await imported(whole, "orders", csv);
  const t = await databaseForTest();
  const ctx = t.ctx();
  const job = await started(ctx, await uploaded(ctx, "orders", csv));
  const total = csv.split("\n").length - 2;
  const reached = async (share: number): Promise<void> => {
    const until = Date.now() + 30_000;
    while ((await findJob(ctx, job)).done < total * share && Date.now() < until)
      await new Promise((go) => setTimeout(go, 5));
    // Not always at the same point of a transaction.
    await new Promise((go) => setTimeout(go, Math.random() * 200));
  };
  const stops: number[] = [];
  for (const share of [0.1, 0.4]) {
    await workUntil(t, modules, () => reached(share));
    stops.push((await findJob(ctx, job)).done);
  }
  expect(stops[0]).toBeGreaterThan(0);
  expect(stops[1]).toBeGreaterThan(total * 0.2);
  await workUntil(t, modules, null);
  expect(await findJob(ctx, job)).toMatchObject({
    state: "done",
    lease: 3,
    done: total,
    result: { counts: { ...expected } },
  });
  expect(await tally(ctx)).toEqual(await tally(whole));
});
