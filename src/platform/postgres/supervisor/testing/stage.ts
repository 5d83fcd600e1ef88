/** What the supervisor's tests share: folders of their own, real clients, and a second process to kill. */
import { spawn, spawnSync } from "node:child_process";
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { Client, type QueryResult } from "pg";
import { onTestFinished } from "vitest";
import { markOf } from "../leftovers.ts";
import { postgresNamed, signal } from "../processes.ts";
import { startPostgres, type RunningPostgres, type StartOptions } from "../index.ts";

export const asRoot = process.getuid?.() === 0;

/** An empty data folder below a folder with the given mode; gone after the test, with everything that still runs on it. */
export async function dataFolder(mode = 0o755): Promise<string> {
  const home = await mkdtemp(join(tmpdir(), "rondo-supervisor-"));
  await chmod(home, mode);
  onTestFinished(async () => {
    await endAllBelow(home);
    await rm(home, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  });
  return join(home, "data");
}

/** Ends what a failed test left running. */
async function endAllBelow(home: string): Promise<void> {
  const mark = await markOf(join(home, "data/postgres")).catch(() => undefined);
  if (mark === undefined) return;
  const left = postgresNamed(mark);
  for (const { pid } of left) signal(pid, "SIGKILL");
  if (left.length > 0) await sleep(500);
}

/** Starts PostgreSQL in this process, without waiting for the disk, and stops it after the test. */
export async function start(dataDir: string, options: Partial<StartOptions> = {}): Promise<RunningPostgres> {
  const postgres = await startPostgres({ dataDir, settings: { fsync: "off" }, ...options });
  onTestFinished(() => postgres.stop());
  return postgres;
}

/** Runs one statement on a connection of its own. */
export async function ask(url: string, sql: string): Promise<unknown[]> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  client.on("error", () => undefined); // a killed server also ends idle clients
  await client.connect();
  try {
    const answers: QueryResult[] = [await client.query(sql)].flat(); // several statements give several answers
    return answers.flatMap(({ rows }) => rows.flatMap((row: Record<string, unknown>) => Object.values(row)));
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** Inserts 1, 2, 3 ... until the server goes away, and tells the last number that was acknowledged. */
export async function writeUntilGone(url: string): Promise<number> {
  const client = new Client({ connectionString: url });
  client.on("error", () => undefined);
  await client.connect();
  await client.query("create table if not exists written (n int)");
  for (let n = 1; ; n += 1) {
    const stored = await client.query("insert into written values ($1)", [n]).then(
      () => true,
      () => false,
    );
    if (!stored) return n - 1;
  }
}

export type Other = {
  pid: number;
  child: number;
  url: string;
  refused?: string;
  message?: string;
  log: string[];
};

/** Starts PostgreSQL in another Node process, if wished as another user, with another program text or Node. */
export async function startElsewhere(
  options: StartOptions,
  {
    user,
    script = join(import.meta.dirname, "run.ts"),
    node = process.execPath,
  }: { user?: { uid: number; gid: number }; script?: string; node?: string } = {},
): Promise<Other> {
  const child = spawn(node, [script, JSON.stringify(options)], {
    ...user,
    cwd: "/",
    stdio: ["ignore", "pipe", "inherit"],
  });
  onTestFinished(async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill("SIGTERM");
    await new Promise((resolve) => child.once("exit", resolve));
  });
  const log: string[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    const said = JSON.parse(line) as Partial<Other> & { log?: string };
    if (said.log !== undefined) log.push(said.log);
    else return { child: child.pid ?? 0, pid: 0, url: "", ...said, log };
  }
  throw new Error(`the other process ended without a word; it logged: ${log.join("; ")}`);
}

/** Waits until `check` holds, at most 60 s: a busy machine is not a broken server. */
export async function eventually<T>(check: () => Promise<T | undefined | false>): Promise<T> {
  for (const until = Date.now() + 60_000; ; await sleep(50)) {
    const found = await check().catch(() => undefined);
    if (found !== undefined && found !== false) return found;
    if (Date.now() > until) throw new Error("did not happen within 60 s");
  }
}

/** Uid and gid of an unprivileged user of this machine. */
export const nobody = (): { uid: number; gid: number } => ({
  uid: Number(spawnSync("id", ["-u", "nobody"], { encoding: "utf8" }).stdout) || 65_534,
  gid: Number(spawnSync("id", ["-g", "nobody"], { encoding: "utf8" }).stdout) || 65_534,
});
