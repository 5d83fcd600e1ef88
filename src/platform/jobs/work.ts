import { Refused } from "#kernel/refusal";
import type { Ctx } from "#platform/context";
import type { Logger } from "#platform/log";
import { beat, claim, finish, giveBack, hasGoneOn, jobControl, JobStopped, type Job, type JobKind } from "./ledger.ts";

const attemptsAtMost = 3;
/** So often a job is taken up that goes on a little each time and always falls, before a person has to look at it. */
const takenAtMost = 1000;

/** Claims and runs one job; answers whether there was one. `signal` ends it between two steps and gives it back. */
export async function workOnce(
  ctx: Ctx,
  kinds: readonly JobKind[],
  log: Logger,
  signal?: AbortSignal,
): Promise<boolean> {
  const job = await claim(ctx);
  if (!job) return false;
  const heart = setInterval(() => void beat(ctx, job).catch(() => {}), 10_000);
  const giveUp = (): void => void giveBack(ctx, job).catch(() => {});
  signal?.addEventListener("abort", giveUp, { once: true });
  // The stop may have come while the job was claimed.
  if (signal?.aborted) giveUp();
  try {
    await runJob({ ...ctx, actor: job.actor, jobId: job.id }, job, kinds, log);
  } finally {
    clearInterval(heart);
    signal?.removeEventListener("abort", giveUp);
  }
  return true;
}

async function runJob(ctx: Ctx, job: Job, kinds: readonly JobKind[], log: Logger): Promise<void> {
  const kind = kinds.find((k) => k.kind === job.kind);
  if (!kind)
    return finish(ctx, job, { state: "failed", reason: `This version of Rondo does not know the job "${job.kind}".` });
  // A job that took its worker down three times at one place is not tried there a fourth time.
  if (job.attempts > attemptsAtMost)
    return finish(ctx, job, {
      state: "failed",
      reason: "It stopped three times at the same place; see the server's log.",
    });
  if (job.taken > takenAtMost)
    return finish(ctx, job, {
      state: "failed",
      reason: "It stopped 1,000 times before its end; see the server's log.",
    });
  try {
    const result = await kind.run(ctx, job, jobControl(job));
    await finish(ctx, job, { state: "done", result: result ?? undefined });
  } catch (error) {
    if (error instanceof JobStopped) return;
    if (error instanceof Refused) return finish(ctx, job, { state: "failed", reason: error.message });
    log.error({ err: error, job: job.id, kind: job.kind }, "job failed");
    const again = job.attempts < attemptsAtMost || (await hasGoneOn(ctx, job));
    await finish(ctx, job, {
      state: again ? "queued" : "failed",
      reason: `${again ? "Tried again after" : "Stopped by"} a fault: ${(error as Error).message.slice(0, 300)}`,
    });
  }
}
