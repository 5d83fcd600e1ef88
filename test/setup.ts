import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import type { TestProject } from "vitest/node";
import { migrate, openDatabase, startPostgres } from "#platform/postgres";

const schema = "w_000000000001";
const workspaceId = "01900000-0000-7000-8000-000000000001";

/** One real PostgreSQL for the whole run, and a migrated template that every test database is cloned from. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const given = process.env.TEST_DATABASE_URL;
  const dir = mkdtempSync(join(tmpdir(), "rondo-test-"));
  const server = given
    ? null
    : await startPostgres({
        dataDir: dir,
        settings: { fsync: "off", synchronous_commit: "off", full_page_writes: "off", max_connections: "120" },
      });
  const url = (name: string): string =>
    given ? given.replace(/\/[^/?]*(\?|$)/, `/${name}$1`) : server!.connectionString(name);
  await prepareTemplate(url);
  project.provide("postgres", url("DATABASE"));
  return async () => {
    await server?.stop();
    rmSync(dir, { recursive: true, force: true });
  };
}

async function prepareTemplate(url: (name: string) => string): Promise<void> {
  const admin = new pg.Client({ connectionString: url("postgres") });
  await admin.connect();
  await admin.query("drop database if exists rondo_template with (force)");
  await admin.query("create database rondo_template");
  await admin.end();
  const database = openDatabase(url("rondo_template"));
  for (const [name, scope] of [
    ["rondo", "control"],
    [schema, "workspace"],
  ] as const) {
    const client = new pg.Client({ connectionString: url("rondo_template") });
    await client.connect();
    await migrate(client, name, scope);
    if (scope === "control")
      await client.query(
        "insert into rondo.workspaces (id, schema, name, currency, time_zone) values ($1, $2, 'Northwind Goods', 'EUR', 'Europe/Berlin')",
        [workspaceId, schema],
      );
    await client.end();
  }
  await database.close();
}
