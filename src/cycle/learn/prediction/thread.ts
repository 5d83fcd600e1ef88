import { parentPort, workerData } from "node:worker_threads";
import { learn, type Past } from "./learn.ts";
import type { History } from "./ahead.ts";

// The work of a thread of its own: fitting takes seconds of a processor, and the worker has others to serve meanwhile.
const { now, before, weeks } = workerData as { now: History[]; before: Past[]; weeks: number };
parentPort?.postMessage(learn(now, before, weeks));
