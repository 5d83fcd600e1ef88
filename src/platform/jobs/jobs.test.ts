import { expect, test } from "vitest";
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

test("an agent may stop their own job, not a colleague's; a manager may stop both", async () => {
  const t = await databaseForTest();
  const bo = t.ctx("agent", { actor: { id: "01900000-0000-7000-8000-0000000000bb", name: "Bo Lind" } });
  const [hers, his] = [await queue(t.ctx("admin")), await queue(bo)];
  await expect(moveJob(bo, hers, "cancel")).rejects.toMatchObject({ kind: "forbidden", code: "job.not-yours" });
  expect((await findJob(bo, hers)).state).toBe("queued");
  expect((await moveJob(bo, his, "pause")).state).toBe("paused");
  expect((await moveJob(t.ctx("manager"), hers, "cancel")).state).toBe("cancelled");
});
