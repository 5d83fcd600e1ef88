import { spawn, type ChildProcess } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import { clearLeftovers, readPidFile } from "./leftovers.ts";
import { asUser, postgresEnvironment, type RunAs } from "./owner.ts";
import { refusalFromOutput } from "./refused.ts";

/** What is needed to run one postmaster; the same at every restart. */
export type Launch = {
  program: string;
  pgdata: string;
  seenAs: string;
  mark: string;
  runAs: RunAs;
  args: string[];
  log: (line: string) => void;
};

/** A postmaster that accepts connections; `ended` resolves with words when it is gone, whoever ended it. */
export type Postmaster = { pid: number; ended: Promise<string> };

const patience = 30_000; // ms for an old postmaster or its backends to leave
const recovery = 30 * 60_000; // ms for crash recovery: bounded by max_wal_size, slow disks included

/** Starts PostgreSQL and waits until it accepts connections; tries again while an old one is still dying. */
export async function launch(plan: Launch): Promise<Postmaster> {
  for (const until = Date.now() + patience; ; await sleep(300)) {
    await clearLeftovers(plan.pgdata, plan.mark, plan.log);
    const { postmaster, output } = await tryOnce(plan);
    if (postmaster !== undefined) return postmaster;
    if (!isStillHeld(output) || Date.now() > until) throw refusalFromOutput("postgres", output, plan.pgdata);
  }
}

const isStillHeld = (output: string): boolean =>
  /lock file ".*" already exists|pre-existing shared memory block|is still in use|Address already in use/i.test(output);

async function tryOnce(plan: Launch): Promise<{ postmaster?: Postmaster; output: string }> {
  // A session of its own: Ctrl-C in the terminal reaches Rondo only, which first lets its requests finish.
  const child = spawn(plan.program, ["-D", plan.seenAs, "-c", `cluster_name=${plan.mark}`, ...plan.args], {
    ...asUser(plan.runAs),
    cwd: plan.pgdata,
    env: postgresEnvironment(),
    stdio: ["ignore", "ignore", "pipe"],
    detached: process.platform !== "win32",
    windowsHide: true,
  });
  let lines: string[] = [];
  let rest = "";
  child.stderr.on("data", (chunk: Buffer) => {
    const parts = (rest + chunk.toString()).split("\n");
    rest = (parts.pop() ?? "").slice(-4096);
    lines = [...lines, ...parts].slice(-40);
    for (const line of parts) if (isNews(line)) plan.log(line);
  });
  const ended = new Promise<string>((resolve) => {
    child.once("error", (error) => resolve(error.message));
    // "exit", not "close": backends that outlive a killed postmaster keep stderr open
    child.once("exit", (code, signal) => resolve(signal === null ? `code ${code}` : `signal ${signal}`));
  });
  const ready = await Promise.race([ended.then(() => false), becomesReady(child, plan)]);
  if (ready && child.pid !== undefined) return { postmaster: { pid: child.pid, ended }, output: "" };
  const reason = await ended;
  await sleep(20); // the last lines may still be in the pipe
  return { output: [...lines, rest, lines.length === 0 ? reason : ""].join("\n") };
}

/** PostgreSQL writes "ready" into its pid file, in every version and language. A crash recovery comes before that. */
async function becomesReady(child: ChildProcess, plan: Launch): Promise<boolean> {
  const start = Date.now();
  for (let told = 0; Date.now() - start < recovery; await sleep(20)) {
    if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return false;
    const lines = await readPidFile(plan.pgdata);
    if (lines[0] === String(child.pid) && lines[7] === "ready") return true;
    if (Date.now() - start > (told + 1) * 5_000) {
      told += 1;
      plan.log(`PostgreSQL is still starting (${told * 5} s); after a crash it first replays its log`);
    }
  }
  child.kill("SIGINT");
  return false;
}

/** PostgreSQL tells much at every start and stop that nobody needs to read. */
const isNews = (line: string): boolean =>
  /FATAL|PANIC|WARNING|crash|terminated by signal|not properly shut down|redo (starts|done)|No space left/i.test(
    line,
  ) && !/due to administrator command|the database system is (starting up|shutting down)/.test(line);
