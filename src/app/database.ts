import pg from "pg";
import { Refused } from "#kernel/refusal";
import type { Config } from "#platform/config";
import type { Logger } from "#platform/log";
import { findPostgres, migrate, openDatabase, requireVersion, startPostgres, type Database } from "#platform/postgres";
import { loadSecret } from "#platform/auth";
import type { Ctx, Outside, Workspace } from "#platform/context";
import { storeOf } from "#platform/files";
import { createMail } from "#platform/mail";
import { sql } from "kysely";

const databaseName = "rondo";

export interface OpenDatabase {
  database: Database;
  /** Major version of the server. */
  version: number;
  /** True when this process runs the server. */
  ours: boolean;
  close(): Promise<void>;
}

/** The database of the configuration: DATABASE_URL, the one a running Rondo serves on the same data, or our own, started here. */
export async function connect(config: Config, log: Logger, options: { join?: boolean } = {}): Promise<OpenDatabase> {
  if (config.databaseUrl) return opened(config.databaseUrl, log, false, async () => {});
  const running = options.join ? await findPostgres(config.dataDir) : undefined;
  if (running) return opened(running.connectionString(databaseName), log, false, async () => {});
  const server = await startPostgres({ dataDir: config.dataDir, log: (line) => log.info(line) });
  try {
    await createDatabase(server.connectionString("postgres"));
    return await opened(server.connectionString(databaseName), log, true, () => server.stop());
  } catch (error) {
    await server.stop();
    throw error;
  }
}

async function createDatabase(adminUrl: string): Promise<void> {
  const client = await connected(adminUrl);
  try {
    const { rowCount } = await client.query("select 1 from pg_database where datname = $1", [databaseName]);
    if (!rowCount) await client.query(`create database ${databaseName}`);
  } finally {
    await client.end();
  }
}

async function connected(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000, application_name: "rondo" });
  client.on("error", () => {});
  await client.connect();
  return client;
}

async function opened(url: string, log: Logger, ours: boolean, stop: () => Promise<void>): Promise<OpenDatabase> {
  const client = await connected(url);
  let version: number;
  try {
    version = await requireVersion(client);
    await migrate(client, "rondo", "control");
  } finally {
    await client.end();
  }
  const database = openDatabase(url, {
    onLost: (error) => log.warn({ err: error.message }, "a database connection was lost"),
  });
  return {
    database,
    version,
    ours,
    close: async () => {
      await database.close();
      await stop();
    },
  };
}

/** All workspaces of this database. */
export async function workspacesOf(database: Database): Promise<Workspace[]> {
  const { rows } =
    await sql<Workspace>`select id, schema, name, currency, time_zone, locale, lens from workspaces order by created_at, id`.execute(
      database.control,
    );
  return rows;
}

/** The workspace as it is set up now; nothing when it is gone. */
export async function workspaceNow(ctx: Ctx): Promise<Partial<Workspace>> {
  const { rows } =
    await sql<Workspace>`select name, currency, time_zone, locale, lens from workspaces where id = ${ctx.workspace.id}`.execute(
      ctx.control,
    );
  return rows[0] ?? {};
}

/** Brings the workspace's tables up to date. */
export async function migrateWorkspace(database: Database, schema: string): Promise<void> {
  const client = await database.client(schema);
  try {
    await migrate(client, schema, "workspace");
  } finally {
    client.release();
  }
}

/** The mail server, store of files, address and secret of the configuration. */
export const outsideOf = async (database: Database, config: Config, log: Logger): Promise<Outside> => ({
  mail: createMail(config, log),
  files: storeOf(config),
  url: config.publicUrl,
  secret: await loadSecret(database.control, config),
});

/** Rondo itself at work in a workspace. */
export const systemCtx = (
  database: Database,
  outside: Outside,
  workspace: Workspace,
  kind: "system" | "demo" = "system",
): Ctx => ({
  db: database.workspace(workspace.schema),
  control: database.control,
  outside,
  workspace,
  actor: { kind, id: null, name: "Rondo" },
  role: "owner",
  access: "above",
  clock: () => new Date(),
});

/** The workspace of that name or id; the only one when none is named. */
export async function chooseWorkspace(database: Database, wanted: string | undefined): Promise<Workspace> {
  const all = await workspacesOf(database);
  const found = wanted ? all.find((w) => w.id === wanted || w.name === wanted) : all.length === 1 ? all[0] : undefined;
  if (found) return found;
  if (all.length === 0)
    throw new Refused(
      "not-found",
      "workspace.none",
      "There is no workspace yet: start Rondo and open its first page, or set RONDO_ADMIN_EMAIL and RONDO_ADMIN_PASSWORD.",
    );
  throw new Refused(
    "not-found",
    "workspace.not-found",
    `Name one of these workspaces with --workspace: ${all.map((w) => w.name).join(", ")}.`,
  );
}
