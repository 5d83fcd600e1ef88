import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { appendFile, chown, mkdir, open, readFile, rename, rm, statfs, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Binaries } from "./binaries.ts";
import { asUser, nameSeenBy, postgresEnvironment, type RunAs } from "./owner.ts";
import { refusalFromOutput, startRefused } from "./refused.ts";

/** The one role of the embedded server; it owns everything. */
export const role = "rondo";
const roomForNew = 128; // MB: 40 for an empty cluster, the rest for its first log files and migrations

export type Plan = {
  pgdata: string;
  bins: Binaries;
  runAs: RunAs;
  loopback: boolean;
  sync: boolean;
  log: (line: string) => void;
};

/** Makes a new cluster beside its final place and renames it: killed in the middle, it leaves only a draft. */
export async function makeCluster(plan: Plan): Promise<void> {
  const { pgdata, bins, runAs, sync, log } = plan;
  await refuseWithoutRoom(dirname(pgdata));
  log("making a new PostgreSQL cluster");
  const draft = `${pgdata}.new-${process.pid}`;
  const access = await accessArguments(plan);
  let output = "";
  for (const locale of locales(bins.major)) {
    await rm(draft, { recursive: true, force: true });
    await mkdir(draft, { mode: 0o700 });
    if (runAs !== undefined) await chown(draft, runAs.uid, runAs.gid);
    const made = await initdb(plan, draft, [...access, ...locale, ...(sync ? [] : ["--no-sync"])]);
    output = made.output;
    if (made.code === 0) {
      await appendFile(join(draft, "postgresql.conf"), "\ninclude_if_exists = 'rondo.conf'\n");
      await rename(draft, pgdata);
      if (sync) await syncFolder(dirname(pgdata));
      return;
    }
    if (!/locale/i.test(output)) break;
  }
  await rm(draft, { recursive: true, force: true });
  throw refusalFromOutput("initdb", output, pgdata);
}

/**
 * Text sorts by code point, everywhere the same. From 17 on PostgreSQL brings that order itself (builtin), so an
 * update of the system's C library cannot break an index. The second and third ways are for systems without
 * C.UTF-8 (older macOS, bare containers); in the last one, trigrams of letters beyond ASCII are not found.
 */
function locales(major: number): string[][] {
  const builtin = major >= 17 ? ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"] : [];
  return [
    [...builtin, "--locale=C.UTF-8"],
    [...builtin, "--locale=C", "--lc-ctype=en_US.UTF-8"],
    [...builtin, "--locale=C"],
  ];
}

/** The socket lies in a private folder, so whoever reaches it may enter; the loopback interface is open to all and needs a password. */
async function accessArguments({ pgdata, loopback, runAs }: Plan): Promise<string[]> {
  if (!loopback) return ["--auth-local=trust", "--auth-host=reject"];
  const path = passwordPath(pgdata);
  await writeFile(path, randomBytes(24).toString("base64url"), { mode: 0o600 });
  if (runAs !== undefined) await chown(path, runAs.uid, runAs.gid);
  return ["--auth=scram-sha-256", `--pwfile=${path}`];
}

const passwordPath = (pgdata: string): string => `${pgdata}.password`;

/** The password of a cluster that listens on the loopback interface. */
export const readPassword = (pgdata: string): Promise<string> => readFile(passwordPath(pgdata), "utf8");

function initdb(plan: Plan, draft: string, args: string[]): Promise<{ code: number | null; output: string }> {
  const fixed = [
    "-D",
    nameSeenBy(plan.runAs, draft),
    "-U",
    role,
    "-E",
    "UTF8",
    "--data-checksums",
    "--no-instructions",
  ];
  const child = spawn(plan.bins.initdb, [...fixed, ...args], {
    ...asUser(plan.runAs),
    cwd: draft,
    env: postgresEnvironment(),
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  child.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (output += chunk.toString()));
  return new Promise((resolve) => {
    child.once("error", (error) => resolve({ code: null, output: error.message }));
    child.once("close", (code) => resolve({ code, output }));
  });
}

async function refuseWithoutRoom(folder: string): Promise<void> {
  const { bavail, bsize } = await statfs(folder);
  const free = Math.floor((bavail * bsize) / 1024 / 1024);
  if (free >= roomForNew) return;
  throw startRefused(
    "disk-full",
    `The disk that holds ${folder} has ${free} MB left; a new database needs ${roomForNew} MB.`,
    "Free some space, or set RONDO_DATA to a folder on a larger disk.",
  );
}

/** Makes a rename in this folder survive a loss of power. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === "win32") return; // folders cannot be opened there
  const handle = await open(folder);
  await handle.sync().finally(() => handle.close());
}
