import { readFileSync } from "node:fs";
import type { Database } from "#platform/postgres";

/*
 * Words we use
 *   figure   what one bench measures: ours against a limit in the same run, so that the ratio holds on a noisy machine
 *   CPU      of this process and of the database's backends together: unlike the wall clock it stays the same under load
 */
export interface Figure {
  figure: string;
  /** What the limit is: "the same rows through pg". */
  against: string;
  ours_ms: number;
  limit_ms: number;
  ratio: number;
  /** CPU in ms; null when the database's processes cannot be seen from here. */
  ours_cpu_ms: number | null;
  limit_cpu_ms: number | null;
  cpu_ratio: number | null;
  /** The ratio that may not be passed, of CPU where it is known; the run says so when it is. */
  reach: number;
  [more: string]: unknown;
}

/** Cost of some work: wall and CPU in ms. */
export interface Cost {
  wall: number;
  cpu: number | null;
}

export interface Size {
  /** Blocks that are measured, and calls in each. */
  rounds: number;
  times: number;
}

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;

/** On-CPU nanoseconds of a process as the scheduler counts them; null when it is none of this machine's. */
function ranFor(pid: number): number | null {
  try {
    return Number(readFileSync(`/proc/${pid}/schedstat`, "utf8").split(" ")[0]);
  } catch {
    return null;
  }
}

async function backendsOf(database: Database): Promise<number[]> {
  const client = await database.client("rondo");
  try {
    const { rows } = await client.query<{ pid: number }>(
      "select pid from pg_stat_activity where datname = current_database() and backend_type = 'client backend'",
    );
    return rows.map((r) => r.pid);
  } finally {
    client.release();
  }
}

/** Cost of one run of the work. A backend that began meanwhile counts from its beginning. */
export async function costOf(database: Database, work: () => Promise<unknown>): Promise<Cost> {
  const before = new Map((await backendsOf(database)).map((pid) => [pid, ranFor(pid)]));
  const cpu = process.cpuUsage();
  const start = process.hrtime.bigint();
  await work();
  const wall = Number(process.hrtime.bigint() - start) / 1e6;
  const { user, system } = process.cpuUsage(cpu);
  let backends = 0;
  for (const pid of await backendsOf(database)) {
    const now = ranFor(pid);
    if (now === null) return { wall, cpu: null };
    backends += now - (before.get(pid) ?? 0);
  }
  return { wall, cpu: (user + system) / 1e3 + backends / 1e6 };
}

export interface Name {
  figure: string;
  against: string;
  reach: number;
}

/** Runs both by turns, in blocks; figures are medians over the blocks, in ms per call. */
export async function compare(
  database: Database,
  name: Name,
  ours: (i: number) => Promise<unknown>,
  limit: (i: number) => Promise<unknown>,
  { rounds, times }: Size,
  more: Record<string, unknown> = {},
): Promise<Figure> {
  const block = (work: (i: number) => Promise<unknown>, from: number): Promise<Cost> =>
    costOf(database, async () => {
      for (let i = 0; i < times; i++) await work(from + i);
    });
  // The first blocks warm caches, plans and the compiler on both sides and are not counted.
  for (const r of [0, 1]) {
    await block(ours, -(r + 1) * times);
    await block(limit, -(r + 1) * times);
  }
  const [a, b]: [Cost[], Cost[]] = [[], []];
  for (let r = 0; r < rounds; r++) {
    a.push(await block(ours, r * times));
    b.push(await block(limit, r * times));
  }
  return figureOf(name, perCall(a, times), perCall(b, times), more);
}

function perCall(costs: readonly Cost[], times: number): Cost {
  const cpu = costs.map((c) => c.cpu);
  return {
    wall: median(costs.map((c) => c.wall)) / times,
    cpu: cpu.every((c) => c !== null) ? median(cpu) / times : null,
  };
}

/** A figure from two costs. */
export function figureOf(name: Name, ours: Cost, limit: Cost, more: Record<string, unknown> = {}): Figure {
  const known = ours.cpu !== null && limit.cpu !== null && limit.cpu > 0;
  return {
    ...name,
    ours_ms: round(ours.wall),
    limit_ms: round(limit.wall),
    ratio: round(ours.wall / limit.wall),
    ours_cpu_ms: known ? round(ours.cpu!) : null,
    limit_cpu_ms: known ? round(limit.cpu!) : null,
    cpu_ratio: known ? round(ours.cpu! / limit.cpu!) : null,
    ...more,
  };
}

export const round = (n: number): number => Math.round(n * 1000) / 1000;
