import type { Ctx } from "#platform/context";
import { onQueued, workOnce } from "#platform/jobs";
import type { Logger } from "#platform/log";
import { workspaceNow } from "./database.ts";
import { consumeOnce, consumersBehind, enterEpoch, noteFailure, onRecorded, type Consumer } from "#timeline";
import { asStarter } from "./as-starter.ts";
import type { Module, Timer } from "./module.ts";

export interface Worker {
  /** Also works for this workspace from now on. */
  serve(ctx: Ctx): void;
  /** Ends after the running batch; running jobs go back to the queue. */
  stop(): Promise<void>;
}

// Without a wake-up somebody looks again after this time: facts and jobs of other processes are found no later.
const lookEveryMs = 500;
// A consumer itself looks this seldom: whoever watches wakes it. Twenty that asked twice a second took a tenth of a core.
const unwatchedMs = 30_000;

/** Runs consumers, jobs and timers of all workspaces it serves. */
export function createWorker(modules: readonly Module[], log: Logger): Worker {
  const stopping = new AbortController();
  const loops: Promise<void>[] = [];
  const consumers = modules.flatMap((m) => m.consumers ?? []);
  const jobs = modules.flatMap((m) => m.jobs ?? []).map(asStarter);
  const timers = modules.flatMap((m) => m.timers ?? []);
  const served = new Set<string>();
  return {
    serve(known) {
      if (served.has(known.workspace.id)) return;
      served.add(known.workspace.id);
      // Its own copy: what the company is called, its zone and its language may change while it works.
      const ctx = { ...known, workspace: { ...known.workspace } };
      loops.push(keepKnown(ctx, stopping.signal, log));
      const start = enterEpoch(ctx).catch((error: unknown) => log.error({ err: error }, "epoch"));
      const bells = new Map<string, () => void>();
      for (const consumer of consumers)
        loops.push(start.then(() => follow(ctx, consumer, bells, stopping.signal, log)));
      loops.push(start.then(() => watch(ctx, bells, stopping.signal, log)));
      for (const timer of timers) loops.push(start.then(() => keepTime(ctx, timer, stopping.signal, log)));
      loops.push(loop(stopping.signal, onQueued, log, () => workOnce(ctx, jobs, log, stopping.signal)));
    },
    async stop() {
      stopping.abort();
      await Promise.race([Promise.all(loops), new Promise((done) => setTimeout(done, 8_000).unref())]);
    },
  };
}

// A change of the company's settings is in effect here after this time.
const knownForMs = 2_000;

/** Keeps the workspace as its people have set it up by now. */
async function keepKnown(ctx: Ctx, signal: AbortSignal, log: Logger): Promise<void> {
  const alarm = createAlarm(signal);
  while (!signal.aborted) {
    await alarm.pause(knownForMs);
    if (signal.aborted) return;
    try {
      Object.assign(ctx.workspace, await workspaceNow(ctx));
    } catch (error) {
      log.error({ err: error }, "the workspace could not be read");
    }
  }
}

// So many facts at once change what the planner must know about the tables that follow from them.
const longStretch = 5_000;

/** Wakes each consumer that has something left to read, whoever recorded it and whatever held it back. */
async function watch(
  ctx: Ctx,
  bells: ReadonlyMap<string, () => void>,
  signal: AbortSignal,
  log: Logger,
): Promise<void> {
  const alarm = createAlarm(signal);
  while (!signal.aborted) {
    await alarm.pause(lookEveryMs);
    if (signal.aborted) return;
    try {
      for (const name of await consumersBehind(ctx)) bells.get(name)?.();
    } catch (error) {
      log.error({ err: error }, "who is behind could not be read");
    }
  }
}

function follow(
  ctx: Ctx,
  consumer: Consumer,
  bells: Map<string, () => void>,
  signal: AbortSignal,
  log: Logger,
): Promise<void> {
  let stretch = 0;
  const wakes = (wake: () => void): (() => void) => {
    bells.set(consumer.name, wake);
    return onRecorded(wake);
  };
  const step = async (): Promise<boolean> => {
    try {
      const taken = await consumeOnce(ctx, consumer);
      stretch += taken;
      if (taken === 0 && stretch >= longStretch) await consumer.settled?.(ctx);
      if (taken === 0) stretch = 0;
      return taken > 0;
    } catch (error) {
      await noteFailure(ctx, consumer.name, (error as Error).message).catch(() => {});
      throw error;
    }
  };
  return loop(signal, wakes, log, step, unwatchedMs);
}

/** Repeats the step while it has work; otherwise sleeps until woken or the time is up. A failing step is tried again, ever slower, at most every 30 s. */
async function loop(
  signal: AbortSignal,
  wakes: (wake: () => void) => () => void,
  log: Logger,
  step: () => Promise<boolean>,
  idleMs = lookEveryMs,
): Promise<void> {
  const alarm = createAlarm(signal);
  const forget = wakes(alarm.ring);
  let failures = 0;
  while (!signal.aborted) {
    try {
      const worked = await step();
      failures = 0;
      if (!worked) await alarm.sleep(idleMs);
    } catch (error) {
      if (signal.aborted) break;
      failures++;
      log.error({ err: error, failures }, "background step failed");
      await alarm.pause(Math.min(500 * 2 ** failures, 30_000));
    }
  }
  forget();
}

async function keepTime(ctx: Ctx, timer: Timer, signal: AbortSignal, log: Logger): Promise<void> {
  // One second of grain: time-only flips may be 5 s late, and asking for the next due instant is one index probe.
  const alarm = createAlarm(signal);
  while (!signal.aborted) {
    try {
      const due = await timer.nextAt(ctx);
      if (due && due.getTime() <= ctx.clock().getTime()) await timer.run(ctx);
      else await alarm.pause(1000);
    } catch (error) {
      if (signal.aborted) return;
      log.error({ err: error, timer: timer.name }, "timer failed");
      await alarm.pause(5000);
    }
  }
}

interface Alarm {
  ring: () => void;
  /** Until rung, the time is up, or the worker stops. */
  sleep: (ms: number) => Promise<void>;
  /** Until the time is up or the worker stops. */
  pause: (ms: number) => Promise<void>;
}

function createAlarm(signal: AbortSignal): Alarm {
  let rung = false;
  let wake: (() => void) | null = null;
  const wait = (ms: number, ringable: boolean): Promise<void> =>
    new Promise((done) => {
      const end = (): void => {
        clearTimeout(timer);
        signal.removeEventListener("abort", end);
        wake = null;
        rung = false;
        done();
      };
      const timer = setTimeout(end, ms);
      signal.addEventListener("abort", end, { once: true });
      if (signal.aborted || (ringable && rung)) end();
      else if (ringable) wake = end;
    });
  return {
    ring: () => {
      rung = true;
      wake?.();
    },
    sleep: (ms) => wait(ms, true),
    pause: (ms) => wait(ms, false),
  };
}
