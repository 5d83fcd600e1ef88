import { setTimeout as sleep } from "node:timers/promises";
import { launch, type Launch, type Postmaster } from "./postmaster.ts";
import { signal } from "./processes.ts";

/** A PostgreSQL that is kept alive until `stop`. */
export type Supervised = { pid(): number; stop(): Promise<void> };

const pauses = [0, 500, 1_000, 2_000, 5_000, 15_000, 30_000]; // ms before the 1st, 2nd ... restart in a row
const healthyAfter = 60_000; // ms of life after which an end counts as the first in a row again

/** Runs PostgreSQL and starts it again whenever it ends without having been asked to. */
export async function supervise(plan: Launch, onStart: (pid: number) => Promise<void>): Promise<Supervised> {
  let current: Postmaster | undefined = await launch(plan);
  const stopping = new AbortController();
  const lastWish = () => current !== undefined && signal(current.pid, "SIGINT");
  process.on("exit", lastWish); // Node ends without having stopped us: at least say so to PostgreSQL
  await onStart(current.pid).catch(async (error: unknown) => {
    if (current !== undefined) await end(current);
    throw error;
  });
  const watch = keepAlive();

  async function keepAlive(): Promise<void> {
    for (let failures = 0; !stopping.signal.aborted;) {
      const since = Date.now();
      const reason = await current?.ended;
      if (stopping.signal.aborted) return;
      if (current !== undefined && Date.now() - since > healthyAfter) failures = 0;
      if (reason !== undefined) plan.log(`PostgreSQL ended unexpectedly (${reason}); starting it again`);
      current = undefined;
      await sleep(pauses[Math.min(failures, pauses.length - 1)], undefined, {
        signal: stopping.signal,
      }).catch(() => {});
      failures += 1;
      if (stopping.signal.aborted) return;
      current = await relaunch();
    }
  }

  async function relaunch(): Promise<Postmaster | undefined> {
    try {
      const postmaster = await launch(plan);
      await onStart(postmaster.pid);
      plan.log("PostgreSQL runs again");
      return postmaster;
    } catch (error) {
      plan.log(`PostgreSQL could not be started again: ${error instanceof Error ? error.message : String(error)}`);
      return undefined;
    }
  }

  return {
    pid: () => current?.pid ?? 0,
    stop: async () => {
      stopping.abort();
      if (current !== undefined) await end(current);
      await watch; // a restart that was under way finishes first
      if (current !== undefined) await end(current);
      process.off("exit", lastWish);
    },
  };
}

/** Fast shutdown: open transactions are rolled back, everything is written. The harder ways lose nothing, but need recovery. */
async function end(postmaster: Postmaster): Promise<void> {
  const ended = postmaster.ended.then(() => true);
  for (const [name, patience] of [
    ["SIGINT", 20_000],
    ["SIGQUIT", 10_000],
    ["SIGKILL", 5_000],
  ] as const) {
    signal(postmaster.pid, name);
    const timer = new AbortController();
    const done = await Promise.race([ended, sleep(patience, false, { signal: timer.signal }).catch(() => false)]);
    timer.abort();
    if (done) return;
  }
}
