import { createServer as createProbe } from "node:net";
import { Refused } from "#kernel/refusal";
import { readConfig, type Config } from "#platform/config";
import { sweepAuth } from "#platform/auth";
import { createLog, type Logger } from "#platform/log";
import { findPostgres } from "#platform/postgres";
import { optionsOf } from "./options.ts";
import { connect, outsideOf, systemCtx, workspacesOf, type OpenDatabase } from "../database.ts";
import { modules } from "../modules.ts";
import { createApp, webFolder, type App } from "../server.ts";
import { createWorker, type Worker } from "../worker.ts";

/** Starts the roles asked for in this process and stays until a signal. */
export async function start(args: string[]): Promise<void> {
  const { options } = optionsOf(args, ["roles"]);
  const roles = new Set((options.roles ?? "web,worker").split(","));
  for (const role of roles)
    if (role !== "web" && role !== "worker") throw new RangeError(`--roles takes web, worker or both, not "${role}"`);
  const config = readConfig();
  const log = createLog(config.logLevel);
  // One role beside the other may share a database that runs; a second whole Rondo on the same data is a mistake.
  const join = roles.size === 1;
  if (roles.has("web")) await probePort(config).catch((error: unknown) => refuseTwin(error, config, join));
  const open = await connect(config, log, { join });
  const worker = roles.has("worker") ? createWorker(modules, log) : null;
  const app = await startRoles(open, config, log, roles, worker).catch(async (error: unknown) => {
    await open.close();
    throw error;
  });
  // Ended sessions, used links and old idempotency answers are swept once an hour.
  setInterval(
    () => void sweepAuth(open.database.control).catch((error: unknown) => log.warn({ err: error }, "sweeping")),
    3_600_000,
  ).unref();
  // A promise that nobody waits for is a fault of ours in one request; the others go on.
  process.on("unhandledRejection", (error) => log.error({ err: error }, "a promise nobody waited for failed"));
  stopOnSignal(open, log, app, worker);
  if (app) process.stdout.write(`\n  Rondo is ready: ${config.publicUrl}\n\n`);
  else process.stdout.write("\n  The worker is at work.\n\n");
}

async function startRoles(
  open: OpenDatabase,
  config: Config,
  log: Logger,
  roles: ReadonlySet<string>,
  worker: Worker | null,
): Promise<App | null> {
  if (roles.has("web")) {
    const app = await createApp({
      database: open.database,
      config,
      log,
      web: webFolder,
      onWorkspace: (ctx) => worker?.serve(ctx),
    });
    await app.http.listen({ host: config.host, port: config.port });
    return app;
  }
  const outside = await outsideOf(open.database, config, log);
  // A worker alone looks for new workspaces: another process makes them.
  const look = async (): Promise<void> => {
    for (const workspace of await workspacesOf(open.database))
      worker?.serve(systemCtx(open.database, outside, workspace));
  };
  await look();
  setInterval(() => void look().catch((error: unknown) => log.warn({ err: error }, "looking for workspaces")), 5_000);
  return null;
}

/** Fails before anything is started when another program has the port. */
const probePort = (config: Config): Promise<void> =>
  new Promise((resolve, reject) => {
    const probe = createProbe();
    probe.once("error", reject);
    probe.listen({ host: config.host, port: config.port }, () => probe.close(() => resolve()));
  });

/** A taken port is most often our own: who starts Rondo twice is told where it is. */
async function refuseTwin(error: unknown, config: Config, join: boolean): Promise<never> {
  if (join || config.databaseUrl || !(await findPostgres(config.dataDir).catch(() => undefined))) throw error;
  throw new Refused(
    "conflict",
    "other-instance",
    `Rondo already runs on ${config.dataDir}, and port ${config.port} is taken: open ${config.publicUrl}, or stop it first.`,
  );
}

function stopOnSignal(open: OpenDatabase, log: Logger, app: App | null, worker: Worker | null): void {
  let stopping = false;
  const stop = async (signal: string): Promise<void> => {
    if (stopping) return;
    stopping = true;
    log.info({ signal }, "stopping");
    // A stop that hangs must not need a kill -9: after 25 s the process ends and the next start takes over.
    setTimeout(() => process.exit(1), 25_000).unref();
    await app?.close();
    await worker?.stop();
    await open.close();
    process.exit(0);
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => void stop(signal));
}
