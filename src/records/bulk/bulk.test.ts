import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import fc from "fast-check";
import { sql } from "kysely";
import { expect, test } from "vitest";
import { databaseForTest, type TestDatabase } from "../../../test/database.ts";
import { accountType, contactType } from "#customers";
import type { Ctx } from "#platform/context";
import { inTransaction } from "#platform/context";
import { findJob, moveJob, workOnce, type Job, type JobKind } from "#platform/jobs";
import { createLog } from "#platform/log";
import {
  changeCells,
  createRecord,
  historyOf,
  startBulk,
  startTakingBack,
  trashRecord,
  undoChangeSet,
  updateRecord,
  type Row,
} from "#records";
import { bulkJob } from "./bulk.ts";
import { leftOutCsv, leftOutOf } from "./failures.ts";
import { takeBackJob } from "./take-back.ts";

const log = createLog("silent");
const kinds: JobKind[] = [bulkJob, takeBackJob];

/** A ctx as somebody who works here: a job asks what they may do when it runs. */
async function colleague(t: TestDatabase): Promise<Ctx> {
  const ctx = t.ctx();
  await sql`insert into rondo.users (id, name, email) values (${ctx.actor.id}, ${ctx.actor.name}, 'mira@northwind.example')`.execute(
    ctx.db,
  );
  await sql`insert into rondo.members (workspace_id, user_id, role) values (${ctx.workspace.id}, ${ctx.actor.id}, 'owner')`.execute(
    ctx.db,
  );
  return ctx;
}

async function town(t: TestDatabase, n: number): Promise<{ ctx: Ctx; ids: string[] }> {
  const ctx = await colleague(t);
  const ids = await inTransaction(ctx, async (tx) => {
    const made: string[] = [];
    for (let i = 0; i < n; i++) made.push((await createRecord(tx, contactType, { name: `Person ${i}`, city: i % 2 ? "Austin" : "Waco" })).id); // prettier-ignore
    return made;
  });
  return { ctx, ids };
}

async function ran(ctx: Ctx, id: string, how: readonly JobKind[] = kinds): Promise<Job> {
  while (await workOnce(ctx, how, log));
  return findJob(ctx, id);
}
const rowsOf = async (ctx: Ctx): Promise<Row[]> =>
  (await sql<Row>`select * from contacts order by id`.execute(ctx.db)).rows;
const citiesOf = async (ctx: Ctx): Promise<unknown[]> => (await rowsOf(ctx)).map((r) => r.city);

test("a paste is one act: each row by itself, one change set, one undo; a rehearsal saves nothing", async () => {
  const t = await databaseForTest();
  const { ctx, ids } = await town(t, 3);
  const [a, b, c] = ids as [string, string, string];
  await updateRecord(t.ctx("agent", { actor: { name: "Tom Weber" } }), contactType, c, undefined, { city: "Leeds" });
  const paste = [
    { id: a, version: 1, values: { city: "Berlin", job_title: "Boss" } },
    { id: b, version: 1, values: { email: "not an address" } },
    { id: c, version: 1, values: { city: "Berlin" } },
  ];
  const expected = [
    { id: a, outcome: "changed", record: { city: "Berlin", version: 2 } },
    { id: b, outcome: "refused", message: "This is not an e-mail address.", errors: [{ field: "email" }] },
    { id: c, outcome: "stale", record: { city: "Leeds", version: 2 } },
  ];
  const tried = await changeCells(ctx, contactType, paste, true);
  expect(tried).toMatchObject({ set_id: null, rows: expected });
  expect(await citiesOf(ctx)).toEqual(["Waco", "Austin", "Leeds"]);
  const { set_id, rows } = await changeCells(ctx, contactType, paste);
  expect(rows).toMatchObject(expected);
  expect(await citiesOf(ctx)).toEqual(["Berlin", "Austin", "Leeds"]);
  await undoChangeSet(ctx, set_id!);
  expect(await citiesOf(ctx)).toEqual(["Waco", "Austin", "Leeds"]);
  expect(await changeCells(ctx, contactType, [paste[1]!])).toMatchObject({ set_id: null });
});

test("all that a view shows is changed by a job; what is refused is listed, and the undo leaves what somebody changed since", async () => {
  const t = await databaseForTest();
  const { ctx, ids } = await town(t, 120);
  const whom = { filter: { field: "city", op: "is", value: "Austin" } } as const;
  const id = await startBulk(
    ctx,
    contactType,
    { kind: "set", values: { city: "Waco", job_title: "Buyer" } },
    whom,
    "Move everybody",
  );
  const done = await ran(ctx, id);
  expect(done).toMatchObject({ state: "done", done: 60, total: 60, failed: 0, result: { changed: 60 } });
  expect(new Set(await citiesOf(ctx))).toEqual(new Set(["Waco"]));
  expect((await historyOf(ctx, "contact", ids[1]!))[0]).toMatchObject({
    job_id: id,
    fields: { city: ["Austin", "Waco"] },
  });
  const { rows: facts } = await sql<{
    n: number;
  }>`select count(*)::int as n from facts where name = 'contact.updated'`.execute(ctx.db);
  expect(facts[0]!.n).toBe(60);

  await updateRecord(t.ctx("agent", { actor: { name: "Tom Weber" } }), contactType, ids[1]!, undefined, {
    city: "Leeds",
  });
  await trashRecord(ctx, contactType, ids[3]!);
  const undo = await startTakingBack(ctx, id);
  expect(await ran(ctx, undo)).toMatchObject({ state: "done", done: 60, failed: 2, result: { changed: 59 } });
  const cities = await citiesOf(ctx);
  expect(cities.filter((c) => c === "Austin")).toHaveLength(58);
  const left = await leftOutOf(ctx, undo, 10);
  expect(left).toMatchObject([
    { record_id: ids[1], field: "city", was: "Austin", now: "Leeds" },
    { record_id: ids[3], field: "", message: "This contact is in the trash; restore it first." },
  ]);
  expect((await rowsOf(ctx)).find((r) => r.id === ids[1])).toMatchObject({ city: "Leeds", job_title: null });
  expect(await text(leftOutCsv(ctx, undo))).toContain(
    `${ids[1]},Person 1,city,Somebody changed this since.,Austin,Leeds`,
  );
  await expect(startTakingBack(ctx, id)).rejects.toMatchObject({ code: "job.taken-back" });
});

test("a row that is refused leaves the others standing; trash and restore are acts like any other", async () => {
  const t = await databaseForTest();
  const { ctx, ids } = await town(t, 5);
  const id = await startBulk(
    ctx,
    contactType,
    { kind: "set", values: { email: "shop@kim.example" } },
    { ids },
    "One address for all",
  );
  expect(await ran(ctx, id)).toMatchObject({ done: 5, failed: 4, result: { changed: 1 } });
  expect((await leftOutOf(ctx, id, 10)).map((l) => l.message)).toEqual(
    Array(4).fill("Person 0 has this e-mail address already."),
  );
  const trash = await startBulk(ctx, contactType, { kind: "trash" }, { ids: ids.slice(0, 3) }, "Clean up");
  await ran(ctx, trash);
  expect((await rowsOf(ctx)).filter((r) => r.deleted_at)).toHaveLength(3);
  await ran(ctx, await startTakingBack(ctx, trash));
  expect((await rowsOf(ctx)).filter((r) => r.deleted_at)).toHaveLength(0);
});

test("paused, it stops between two batches; resumed, it goes on there", async () => {
  const t = await databaseForTest();
  const { ctx, ids } = await town(t, 230);
  const id = await startBulk(ctx, contactType, { kind: "set", values: { city: "Leeds" } }, { ids }, "Move");
  let steps = 0;
  const pausing: JobKind = {
    ...bulkJob,
    run: (c, job, control) =>
      bulkJob.run(c, job, {
        advance: async (tx, step) => {
          if (++steps === 3) await moveJob(ctx, id, "pause");
          return control.advance(tx, step);
        },
      }),
  };
  expect(await ran(ctx, id, [pausing])).toMatchObject({ state: "paused", done: 100 });
  expect((await citiesOf(ctx)).filter((c) => c === "Leeds")).toHaveLength(100);
  await moveJob(ctx, id, "resume");
  expect(await ran(ctx, id)).toMatchObject({ state: "done", done: 230, result: { changed: 230 } });
});

const rounds = Number(process.env.RONDO_KILLS ?? 2);

test("killed at any moment, no record is lost and none is changed twice", { timeout: 120_000 }, async () => {
  const t = await databaseForTest();
  const { ctx, ids } = await town(t, 300);
  const id = await startBulk(ctx, contactType, { kind: "set", values: { city: "Leeds" } }, {}, "Move");
  for (let round = 0; round < rounds; round++) {
    const before = (await findJob(ctx, id)).done;
    const child = spawn(process.execPath, [join(import.meta.dirname, "worker-for-tests.ts"), t.url, JSON.stringify(ctx.workspace)], { stdio: ["ignore", "inherit", "inherit"] }); // prettier-ignore
    const ended = once(child, "exit");
    const until = Date.now() + 30_000;
    while ((await findJob(ctx, id)).done === before && Date.now() < until)
      await new Promise((go) => setTimeout(go, 15));
    await new Promise((go) => setTimeout(go, Math.random() * 150));
    child.kill("SIGKILL");
    await ended;
    // Nobody waits half a minute here for the heartbeat to grow old.
    await sql`update jobs set heartbeat_at = now() - interval '1 minute' where id = ${id}`.execute(ctx.db);
  }
  expect(await ran(ctx, id)).toMatchObject({ state: "done", done: 300, result: { changed: 300 } });
  const rows = await rowsOf(ctx);
  expect(rows.filter((r) => r.city === "Leeds" && r.version === 2)).toHaveLength(ids.length);
  const { rows: told } = await sql<{ changes: number; facts: number; staged: number }>`
    select (select count(*)::int from changes c join change_sets s on s.id = c.set_id where s.job_id = ${id}) as changes,
           (select count(*)::int from facts where name = 'contact.updated') as facts, (select count(*)::int from bulk_rows) as staged`.execute(
    ctx.db,
  );
  expect(told[0]).toEqual({ changes: 300, facts: 300, staged: 0 });
});

const word = fc.constantFrom("Austin", "Waco", "Leeds", null);
const edit = fc.record({ who: fc.nat(5), city: word, country: word }, { requiredKeys: ["who"] });

test("a job does what its person may do now, and nothing when they are gone", async () => {
  const t = await databaseForTest();
  const { ctx, ids } = await town(t, 2);
  const id = await startBulk(ctx, contactType, { kind: "set", values: { city: "Leeds" } }, { ids }, "Move");
  await sql`delete from rondo.members where user_id = ${ctx.actor.id}`.execute(ctx.db);
  expect(await ran(ctx, id)).toMatchObject({ state: "failed", reason: "Mira Okafor does not work here any more." });
  expect(await citiesOf(ctx)).toEqual(["Waco", "Austin"]);
});

test("after any edits before and since, an undo restores exactly, but for what was touched since", { timeout: 60_000 }, async () => {
  const t = await databaseForTest();
  const ctx = await colleague(t);
  await fc.assert(
    fc.asyncProperty(fc.array(edit, { maxLength: 4 }), fc.record({ city: word, industry: word }, { requiredKeys: [] }), fc.array(edit, { maxLength: 4 }), async (before, bulk, since) => {
      const ids: string[] = [];
      for (let i = 0; i < 6; i++) ids.push((await createRecord(ctx, accountType, { name: `Account ${i}`, city: "Austin" })).id);
      const shown = async (): Promise<Record<string, unknown>[]> =>
        (await sql<Row>`select id, city, country, industry from accounts where id = any(${ids}) order by id`.execute(ctx.db)).rows;
      const change = async ({ who, ...values }: { who: number }): Promise<void> => void (await updateRecord(ctx, accountType, ids[who]!, undefined, values));
      for (const one of before) await change(one);
      const was = await shown();
      const id = await startBulk(ctx, accountType, { kind: "set", values: structuredClone(bulk) }, { ids }, "Bulk");
      await ran(ctx, id);
      const made = await shown();
      for (const one of since) await change(one);
      const touched = await shown();
      const undo = await startTakingBack(ctx, id).catch(() => null);
      if (undo) await ran(ctx, undo);
      const expected = touched.map((now, i) =>
        Object.fromEntries(Object.entries(now).map(([k, v]) => [k, v === made[i]![k] && made[i]![k] !== was[i]![k] ? was[i]![k] : v])),
      );
      expect(await shown()).toEqual(expected);
    }),
    { numRuns: 8 },
  );
}); // prettier-ignore
