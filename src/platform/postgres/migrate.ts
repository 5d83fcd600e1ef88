import { createHash } from "node:crypto";
import { globSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import type pg from "pg";
import { Refused } from "#kernel/refusal";

/*
 * Migrations are plain SQL, forward only, in the module that owns the tables: migrations/*.sql run in every workspace's schema,
 * control/*.sql once in the schema `rondo`. Their names begin with a date, so that all modules together have one order.
 */
export interface Migration {
  name: string;
  text: string;
  hash: string;
}
export type Scope = "control" | "workspace";

const root = join(import.meta.dirname, "../..");
const named = /^\d{8}_\d{4}_[a-z0-9_]+\.sql$/;
const collected = new Map<Scope, Migration[]>();

/** All migrations of the scope in their one global order. */
export function migrationsOf(scope: Scope): Migration[] {
  const known = collected.get(scope);
  if (known) return known;
  const files = globSync(scope === "control" ? "**/control/*.sql" : "**/migrations/*.sql", { cwd: root });
  const all = files.map((file) => {
    const name = basename(file);
    if (!named.test(name)) throw new TypeError(`${file} is not named YYYYMMDD_HHMM_what.sql`);
    const text = readFileSync(join(root, file), "utf8");
    return { name, text, hash: createHash("sha256").update(text).digest("hex") };
  });
  all.sort((a, b) => (a.name < b.name ? -1 : 1));
  const twice = all.find((m, i) => all[i - 1]?.name === m.name);
  if (twice) throw new TypeError(`two migrations are called ${twice.name}`);
  collected.set(scope, all);
  return all;
}

/** Brings the schema up to date: one transaction a file, one migrator at a time. Answers how many files ran. */
export async function migrate(client: pg.ClientBase, schema: string, scope: Scope): Promise<number> {
  // 0x526f6e64 is "Rond"; session level, since each file is a transaction of its own.
  // An index on a large table takes longer than any question of a person may.
  await client.query("set statement_timeout = 0");
  await client.query("select pg_advisory_lock(1382968932)");
  try {
    await client.query(`create schema if not exists "${schema}"`);
    await client.query(`set search_path to "${schema}", public`);
    await client.query(
      "create table if not exists migrations (name text primary key, hash text not null, applied_at timestamptz not null default now())",
    );
    const { rows } = await client.query<{ name: string; hash: string }>("select name, hash from migrations");
    const done = new Map(rows.map((r) => [r.name, r.hash]));
    const wanted = migrationsOf(scope);
    const newer = rows.find((r) => !wanted.some((m) => m.name === r.name));
    if (newer)
      throw new Refused(
        "conflict",
        "database.newer",
        `The database was written by a newer Rondo (migration ${newer.name}). Start that version, or restore a backup.`,
      );
    let ran = 0;
    for (const migration of wanted) {
      if (done.has(migration.name)) continue;
      await applyOne(client, migration);
      ran++;
    }
    return ran;
  } finally {
    await client.query("select pg_advisory_unlock(1382968932)");
    await client.query("reset statement_timeout");
  }
}

async function applyOne(client: pg.ClientBase, migration: Migration): Promise<void> {
  const alone = migration.text.startsWith("--! no-transaction");
  if (!alone) await client.query("begin");
  try {
    await client.query("insert into migrations (name, hash) values ($1, $2)", [migration.name, migration.hash]);
    await client.query(migration.text);
    if (!alone) await client.query("commit");
  } catch (error) {
    if (!alone) await client.query("rollback");
    throw new Error(`migration ${migration.name} failed: ${(error as Error).message}`, { cause: error });
  }
}

/** Refuses a server that is too old; answers its major version. */
export async function requireVersion(client: pg.ClientBase): Promise<number> {
  const { rows } = await client.query<{ v: number }>("select current_setting('server_version_num')::int as v");
  const major = Math.floor((rows[0]?.v ?? 0) / 10_000);
  if (major < 15)
    throw new Refused(
      "unavailable",
      "database.too-old",
      `DATABASE_URL points at PostgreSQL ${major}. Rondo needs PostgreSQL 15 or newer.`,
    );
  return major;
}
