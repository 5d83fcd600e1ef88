import { randomUUID } from "node:crypto";
import { readFileSync, readlinkSync, unlinkSync } from "node:fs";
import { link, readFile, rename, rm, stat, utimes, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { startedAt } from "./processes.ts";
import { startRefused } from "./refused.ts";

/*
 * Words we use
 *   holder   the process that may run PostgreSQL on a data folder; written into <dataDir>/rondo.lock
 *   beat     the holder touches its lock every 5 s, so that a process in another container or on
 *            another machine, which cannot see the holder's pid, knows that it lives
 */
type Holder = { pid: number; started: string; host: string };

const beatEvery = 5_000; // ms
const deadAfter = 20_000; // ms without a beat
const dyingFor = 1_500; // ms that a process just killed or just asked to stop may still be seen
export const lockPath = (dataDir: string): string => join(dataDir, "rondo.lock");

/**
 * Takes the data folder for this process and answers how to give it back; refuses with "other-instance" while
 * another one holds it. `silence`: ms without a beat after which a holder elsewhere counts as dead.
 */
export async function lockData(
  dataDir: string,
  log: (line: string) => void,
  silence = deadAfter,
): Promise<() => Promise<void>> {
  const path = lockPath(dataDir);
  const mine = JSON.stringify({
    pid: process.pid,
    started: startedAt(process.pid) ?? "",
    host: thisHost(),
  });
  const start = Date.now();
  for (let waited = false; !(await putLock(path, mine));) {
    const found = await readLock(path);
    if (found === undefined) continue;
    const verdict = judge(found, silence);
    const patience = verdict === "held" ? dyingFor : silence + beatEvery;
    if (verdict === "stale") {
      await setAside(path, found.text);
    } else if (Date.now() - start > patience) {
      throw startRefused(
        "other-instance",
        `Another Rondo ${describe(found.holder)} already runs on ${dataDir}.`,
        "Use that one, stop it first, or set RONDO_DATA to another folder.",
      );
    } else {
      if (!waited && verdict === "unsure")
        log(`${path} was left by another machine or container; waiting up to 25 s to see whether it lives`);
      waited ||= verdict === "unsure";
      await sleep(200);
    }
  }
  const beat = setInterval(() => void touch(path), beatEvery);
  beat.unref();
  return async () => {
    clearInterval(beat);
    if ((await readLock(path))?.text === mine) await rm(path, { force: true });
  };
}

/** The pid of the live holder of a data folder on this machine, or undefined. */
export async function holderOf(dataDir: string): Promise<number | undefined> {
  const found = await readLock(lockPath(dataDir));
  return found !== undefined && judge(found, deadAfter) === "held" ? found.holder?.pid : undefined;
}

type Found = { text: string; holder: Holder | undefined; silentFor: number };

function judge({ holder, silentFor }: Found, silence: number): "held" | "stale" | "unsure" {
  if (holder === undefined) return "stale";
  if (holder.host === thisHost()) return startedAt(holder.pid) === holder.started ? "held" : "stale";
  return silentFor > silence ? "stale" : "unsure";
}

/** Creates the lock complete or not at all: nobody ever reads half a lock. */
async function putLock(path: string, content: string): Promise<boolean> {
  const draft = `${path}.${randomUUID()}`;
  await writeFile(draft, content, { mode: 0o600, flag: "wx" });
  try {
    await link(draft, path);
    return true;
  } catch (error) {
    if (codeOf(error) === "EEXIST") return false;
    // Some file systems (exFAT, shared folders) have no hard links; there an exclusive create must do.
    return writeFile(path, content, { mode: 0o600, flag: "wx" }).then(() => true, refuseUnlessExists);
  } finally {
    await rm(draft, { force: true });
  }
}

async function readLock(path: string): Promise<Found | undefined> {
  try {
    const text = await readFile(path, "utf8");
    return { text, holder: parseHolder(text), silentFor: Date.now() - (await stat(path)).mtimeMs };
  } catch (error) {
    if (codeOf(error) === "ENOENT") return undefined;
    throw error;
  }
}

/** Removes exactly the stale lock we judged. When two processes race here, the loser puts back what it took. */
async function setAside(path: string, judged: string): Promise<void> {
  const aside = `${path}.${randomUUID()}`;
  try {
    await rename(path, aside);
    if ((await readFile(aside, "utf8")) !== judged) await link(aside, path).catch(() => undefined);
    await rm(aside, { force: true });
  } catch (error) {
    if (codeOf(error) !== "ENOENT") throw error;
  }
}

function parseHolder(text: string): Holder | undefined {
  try {
    const { pid, started, host } = JSON.parse(text) as Partial<Holder>;
    return typeof pid === "number" && typeof started === "string" && typeof host === "string"
      ? { pid, started, host }
      : undefined;
  } catch {
    return undefined;
  }
}

const describe = (holder: Holder | undefined): string =>
  holder === undefined
    ? ""
    : holder.host === thisHost()
      ? `(process ${holder.pid})`
      : `(process ${holder.pid} on ${holder.host.split("|")[0]})`;

let host: string | undefined;
/** Name of the machine, its boot and its pid namespace: only within one of these does a pid mean anything. */
const thisHost = (): string => (host ??= [hostname(), quietly(bootId), quietly(pidNamespace)].join("|"));
const bootId = (): string => readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
const pidNamespace = (): string => readlinkSync("/proc/self/ns/pid");
const quietly = (read: () => string): string => {
  try {
    return read();
  } catch {
    return "";
  }
};

const touch = (path: string): Promise<void> => utimes(path, new Date(), new Date()).catch(() => undefined);
const codeOf = (error: unknown): unknown => (error instanceof Error && "code" in error ? error.code : undefined);
const refuseUnlessExists = (error: unknown): false => {
  if (codeOf(error) === "EEXIST") return false;
  throw error;
};

/** Drops the lock at once, for the moment a process exits without having stopped properly. */
export function dropLock(dataDir: string): void {
  quietly(() => {
    const path = lockPath(dataDir);
    const holder = parseHolder(readFileSync(path, "utf8"));
    if (holder?.pid === process.pid && holder.host === thisHost()) unlinkSync(path);
    return "";
  });
}
