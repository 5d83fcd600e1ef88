import { mkdtempSync, rmSync, statfsSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import type { TestProject } from "vitest/node";
import { migrate, startPostgres } from "#platform/postgres";

const schema = "w_000000000001";
const workspaceId = "01900000-0000-7000-8000-000000000001";

/** One real PostgreSQL for the whole run, and a migrated template that every test database is cloned from. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const given = process.env.TEST_DATABASE_URL;
  const dir = mkdtempSync(join(roomiest(), "rondo-test-"));
  // Stories that kill a process again and again start it sixty times: compiled once, it starts in two thirds of the time.
  process.env.NODE_COMPILE_CACHE ??= join(dir, "compiled");
  const server = given
    ? null
    : await startPostgres({
        dataDir: dir,
        settings: { fsync: "off", synchronous_commit: "off", full_page_writes: "off", max_connections: "120" },
      });
  const url = (name: string): string =>
    given ? given.replace(/\/[^/?]*(\?|$)/, `/${name}$1`) : server!.connectionString(name);
  await prepareTemplates(url);
  project.provide("postgres", url("DATABASE"));
  return async () => {
    await server?.stop();
    rmSync(dir, { recursive: true, force: true });
  };
}

/** Memory where there is plenty: every story copies 1,500 files of a template and removes them again. */
function roomiest(): string {
  try {
    const { bavail, bsize } = statfsSync("/dev/shm");
    return bavail * bsize > 8e9 ? "/dev/shm" : tmpdir();
  } catch {
    return tmpdir();
  }
}

/** Two templates: nobody has begun ("rondo_empty"), and one workspace, migrated ("rondo_template"). */
async function prepareTemplates(url: (name: string) => string): Promise<void> {
  await once(url("postgres"), async (admin) => {
    for (const name of ["rondo_empty", "rondo_template"])
      await admin.query(`drop database if exists ${name} with (force)`);
    await admin.query("create database rondo_empty");
  });
  await once(url("rondo_empty"), (client) => migrate(client, "rondo", "control"));
  await once(url("postgres"), (admin) => admin.query("create database rondo_template template rondo_empty"));
  await once(url("rondo_template"), async (client) => {
    await migrate(client, schema, "workspace");
    await client.query(
      "insert into rondo.workspaces (id, schema, name, currency, time_zone) values ($1, $2, 'Northwind Goods', 'EUR', 'Europe/Berlin')",
      [workspaceId, schema],
    );
  });
}

async function once(url: string, work: (client: pg.Client) => Promise<unknown>): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}
