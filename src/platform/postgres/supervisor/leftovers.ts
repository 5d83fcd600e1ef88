import { readFile, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { commandOf, folderOf, isPostgres, isRunning, postgresIn, postgresNamed, signal } from "./processes.ts";

/** The name our processes carry in their command line: it follows the folder wherever it is moved. */
export async function markOf(pgdata: string): Promise<string> {
  const { dev, ino } = await stat(pgdata);
  return `rondo-${dev.toString(36)}-${ino.toString(36)}`;
}

/**
 * Ends what a killed Node process or a killed postmaster left running on this data, and removes stale pid files.
 * We hold the lock of the data folder, so nobody else uses it. A live postmaster is stopped cleanly rather than
 * adopted: then settings and socket are always those of this start, and its end is always seen.
 */
export async function clearLeftovers(pgdata: string, mark: string, log: (line: string) => void): Promise<void> {
  const postmaster = await leftPostmaster(pgdata, mark);
  if (postmaster !== undefined) {
    log(`an earlier run left PostgreSQL running (process ${postmaster}); stopping it`);
    await end(
      [postmaster],
      [
        ["SIGINT", 20_000],
        ["SIGQUIT", 10_000],
        ["SIGKILL", 5_000],
      ],
    );
  }
  // Backends whose postmaster was killed end by themselves at their next wait; a long computation is ended by us,
  // because a new postmaster beside an old backend would mean two writers on one folder.
  const orphans = postgresNamed(mark).map(({ pid }) => pid);
  if (orphans.length > 0)
    await end(orphans, [
      ["SIGCONT", 1_000],
      ["SIGQUIT", 5_000],
      ["SIGKILL", 5_000],
    ]);
  if (await isFree(pgdata)) {
    await rm(join(pgdata, "postmaster.pid"), { force: true });
    await rm(join(pgdata, ".s.PGSQL.5432.lock"), { force: true });
  }
}

/**
 * Removes the draft of a cluster whose making was interrupted. Its initdb may outlive the Node process that was
 * killed, and go on filling the folder while it is removed: it is ended first.
 */
export async function clearDraft(draft: string): Promise<void> {
  const makers = postgresIn(draft).map(({ pid }) => pid);
  if (makers.length > 0) await end(makers, [["SIGKILL", 5_000]]);
  await rm(draft, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
}

async function leftPostmaster(pgdata: string, mark: string): Promise<number | undefined> {
  const pid = await pidInFile(pgdata);
  if (pid === undefined || !isRunning(pid)) return undefined;
  const command = commandOf(pid) ?? "";
  const ours = isPostgres(command) && (command.includes(mark) || folderOf(pid) === pgdata);
  return ours ? pid : undefined;
}

/** True when the process named in postmaster.pid is gone, or is by now some other program under a reused number. */
async function isFree(pgdata: string): Promise<boolean> {
  const pid = await pidInFile(pgdata);
  return pid === undefined || !isRunning(pid) || !isPostgres(commandOf(pid) ?? "postgres");
}

/** The process id in postmaster.pid; undefined when there is no such file, or nothing sensible in it. */
async function pidInFile(pgdata: string): Promise<number | undefined> {
  const [first] = await readPidFile(pgdata);
  const pid = Math.abs(Number(first)); // negative: a standalone backend
  return Number.isInteger(pid) && pid > 1 ? pid : undefined;
}

/** The lines of postmaster.pid: 1 process id, 8 status ("ready" when connections are accepted). Empty without the file. */
export async function readPidFile(pgdata: string): Promise<string[]> {
  const text = await readFile(join(pgdata, "postmaster.pid"), "utf8").catch(() => "");
  return text.split("\n").map((line) => line.trim());
}

/** Sends each signal to those still running and waits up to its time in ms, until none is left. */
async function end(pids: number[], steps: [NodeJS.Signals, number][]): Promise<void> {
  let left = pids;
  for (const [name, patience] of steps) {
    for (const pid of left) signal(pid, name);
    for (const until = Date.now() + patience; left.length > 0 && Date.now() < until; await sleep(50))
      left = left.filter(isRunning);
    if (left.length === 0) return;
  }
}
