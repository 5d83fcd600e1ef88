import { expect, test } from "vitest";
import { sql } from "kysely";
import { inTransaction, type Ctx } from "#platform/context";
import { createLog } from "#platform/log";
import { databaseForTest } from "../../../test/database.ts";
import { enqueue, findJob, JobStopped, moveJob, workOnce, type JobControl, type JobKind } from "./index.ts";

const log = createLog("silent");
const letters = (run: JobKind["run"]): JobKind[] => [{ kind: "letters", run }];
const queue = (ctx: Ctx): Promise<string> =>
  inTransaction(ctx, (tx) => enqueue(tx, { kind: "letters", title: "Write letters" }));
const save = (ctx: Ctx, control: JobControl, done: number): Promise<void> =>
  inTransaction(ctx, (tx) => control.advance(tx, { done }));

test("a stopping worker gives its job back, and what it still does can no longer be saved", async () => {
  const ctx = (await databaseForTest()).ctx();
  const id = await queue(ctx);
  const stopping = new AbortController();
  let outcome: unknown;
  await workOnce(ctx, letters(async (c, _job, control) => {
    await save(c, control, 1);
    stopping.abort();
    await expect.poll(async () => (await findJob(c, id)).state).toBe("queued");
    // Another worker takes it up and is in the middle of it while the first still saves.
    await workOnce(ctx, letters(async (c2, again, second) => {
      expect(again.done).toBe(1);
      await save(c2, second, 2);
      outcome = await save(c, control, 99).catch((error: unknown) => error);
    }), log);
  }), log, stopping.signal); // prettier-ignore
  expect(outcome).toBeInstanceOf(JobStopped);
  expect(await findJob(ctx, id)).toMatchObject({ state: "done", done: 2 });
});

test("a job that was cancelled and tried again is not saved over by its first run", async () => {
  const ctx = (await databaseForTest()).ctx();
  const id = await queue(ctx);
  let outcome: unknown;
  await workOnce(ctx, letters(async (c, _job, control) => {
    await moveJob(ctx, id, "cancel");
    await moveJob(ctx, id, "retry");
    await workOnce(ctx, letters(async (c2, _again, second) => {
      await save(c2, second, 5);
      outcome = await save(c, control, 99).catch((error: unknown) => error);
    }), log);
  }), log); // prettier-ignore
  expect(outcome).toBeInstanceOf(JobStopped);
  expect(await findJob(ctx, id)).toMatchObject({ state: "done", done: 5 });
});

test("pausing and resuming again and again is not taken for a job that brings its worker down", async () => {
  const ctx = (await databaseForTest()).ctx();
  const id = await queue(ctx);
  for (let times = 0; times < 5; times++) {
    await workOnce(
      ctx,
      letters(async () => void (await moveJob(ctx, id, "pause"))),
      log,
    );
    expect((await findJob(ctx, id)).state).toBe("paused");
    await moveJob(ctx, id, "resume");
  }
  await workOnce(
    ctx,
    letters(async () => ({ written: 3 })),
    log,
  );
  expect(await findJob(ctx, id)).toMatchObject({ state: "done", result: { written: 3 } });
});

test("a job whose worker dies again and again is given up where it stands still, not while it goes on", async () => {
  const ctx = (await databaseForTest()).ctx();
  const id = await queue(ctx);
  // A death: the worker saves nothing more, its heartbeat grows old, and another takes the job up.
  const dies = async (walk: JobKind["run"]): Promise<void> => {
    await workOnce(ctx, letters(async (c, job, control) => {
      await walk(c, job, control);
      await sql`update jobs set lease = lease + 1, heartbeat_at = now() - interval '1 minute' where id = ${id}`.execute(c.db);
    }), log);
  }; // prettier-ignore
  const step: JobKind["run"] = (c, job, control) => save(c, control, job.done + 10);
  for (let n = 0; n < 6; n++) await dies(step);
  expect(await findJob(ctx, id)).toMatchObject({ state: "running", done: 60, attempts: 1 });
  // One that saves where to go on, and counts anew in every run, goes on as well.
  const leaf: JobKind["run"] = (c, job, control) => inTransaction(c, (tx) => control.advance(tx, { done: 1, progress: { leaf: Number(job.progress.leaf ?? 0) + 1 } })); // prettier-ignore
  for (let n = 0; n < 4; n++) await dies(leaf);
  expect(await findJob(ctx, id)).toMatchObject({ state: "running", progress: { leaf: 4 } });
  // One that begins again and again and always falls at the same place does not.
  for (let n = 0; n < 4; n++) await dies((c, _job, control) => save(c, control, 40));
  expect(await findJob(ctx, id)).toMatchObject({ state: "failed", reason: expect.stringContaining("at the same place") as unknown }); // prettier-ignore

  // Nor does one that goes to and fro between two places.
  await moveJob(ctx, id, "retry");
  const to = (side: string): JobKind["run"] => (c, _job, control) => inTransaction(c, (tx) => control.advance(tx, { progress: { side } })); // prettier-ignore
  for (const side of ["left", "right", "left", "right", "left"]) await dies(to(side));
  expect(await findJob(ctx, id)).toMatchObject({ state: "running", attempts: 3 });
  await dies(to("right"));
  expect((await findJob(ctx, id)).state).toBe("failed");

  // However far it goes each time, after so many times a person has to look at it.
  await moveJob(ctx, id, "retry");
  await sql`update jobs set taken = 999 where id = ${id}`.execute(ctx.db);
  await dies((c, _job, control) => save(c, control, 70));
  expect(await findJob(ctx, id)).toMatchObject({ state: "running", taken: 1000 });
  await dies(step);
  expect(await findJob(ctx, id)).toMatchObject({ state: "failed", reason: expect.stringContaining("1,000 times") as unknown }); // prettier-ignore

  // The same of faults.
  await moveJob(ctx, id, "retry");
  const fails = async (walk: JobKind["run"]): Promise<void> => {
    await workOnce(ctx, letters(async (c, job, control) => {
      await walk(c, job, control);
      throw new Error("the paper is out");
    }), log);
    // It waits a while before it is tried again, whether it went on or not.
    expect(await workOnce(ctx, letters(walk), log)).toBe(false);
    await sql`update jobs set due_at = now() where id = ${id}`.execute(ctx.db);
  }; // prettier-ignore
  const still: JobKind["run"] = async () => {};
  for (const walk of [still, still, leaf, still, still]) await fails(walk);
  expect((await findJob(ctx, id)).state).toBe("queued");
  await fails(still);
  expect(await findJob(ctx, id)).toMatchObject({ state: "failed", reason: "Stopped by a fault: the paper is out" });
});

test("an agent may stop their own job, not a colleague's; a manager may stop both", async () => {
  const t = await databaseForTest();
  const bo = t.ctx("agent", { actor: { id: "01900000-0000-7000-8000-0000000000bb", name: "Bo Lind" } });
  const [hers, his] = [await queue(t.ctx("admin")), await queue(bo)];
  await expect(moveJob(bo, hers, "cancel")).rejects.toMatchObject({ kind: "forbidden", code: "job.not-yours" });
  expect((await findJob(bo, hers)).state).toBe("queued");
  expect((await moveJob(bo, his, "pause")).state).toBe("paused");
  expect((await moveJob(t.ctx("manager"), hers, "cancel")).state).toBe("cancelled");
});
