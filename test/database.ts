import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { inject, onTestFinished } from "vitest";
import { newId } from "#kernel/id";
import type { Actor, Ctx, Role } from "#platform/context";
import { storeOf, type FileStore } from "#platform/files";
import type { Message } from "#platform/mail";
import { openDatabase, type Database } from "#platform/postgres";

declare module "vitest" {
  interface ProvidedContext {
    /** Connection string with DATABASE in place of the database's name. */
    postgres: string;
  }
}

export const templateSchema = "w_000000000001";
export const templateWorkspaceId = "01900000-0000-7000-8000-000000000001";
const urlOf = (name: string): string => inject("postgres").replace("DATABASE", name);

export interface TestDatabase {
  url: string;
  /** What left by mail, first one first. */
  mails: Message[];
  files: FileStore;
  /** Where its files lie; made when there is one. */
  dataDir: string;
  database: Database;
  /** A ctx as a person of that role; `at` fixes the clock. */
  ctx: (role?: Role, options?: { at?: Date; actor?: Partial<Actor> }) => Ctx;
  close: () => Promise<void>;
}

/** A fresh database cloned from a template, the migrated one with one workspace unless said; dropped by close. */
export async function testDatabase(template = "rondo_template"): Promise<TestDatabase> {
  const { name, url } = await cloneOf(template);
  const t = connected(url);
  return {
    ...t,
    close: async () => {
      await t.close();
      await drop(name);
    },
  };
}

/** The workspace of a migrated database, as stories see it; close ends its connections. */
export function connected(url: string): TestDatabase {
  const database = openDatabase(url, { max: 8 });
  const mails: Message[] = [];
  const dataDir = join(tmpdir(), "rondo-tests", newId());
  const files = storeOf({ dataDir, s3: null });
  const mail = {
    leaves: true,
    from: "Northwind Goods <hello@northwind.example>",
    submit: (message: Message) => (
      mails.push(message),
      Promise.resolve({ outcome: "accepted" as const, by: "smtp" as const })
    ),
    sendMail: (message: Message) => (mails.push(message), Promise.resolve({ by: "smtp" as const })),
    close: () => {},
  };
  return {
    url,
    mails,
    files,
    dataDir,
    database,
    ctx: (role = "owner", options = {}) => ({
      db: database.workspace(templateSchema),
      control: database.control,
      outside: {
        mail,
        files,
        url: "https://crm.northwind.example",
        secret: "northwind-test-secret-of-40-characters!!",
      },
      workspace: {
        id: templateWorkspaceId, schema: templateSchema, name: "Northwind Goods", currency: "EUR", time_zone: "Europe/Berlin", locale: "en", lens: "seven_stages",
      }, // prettier-ignore
      actor: { kind: "user", id: "01900000-0000-7000-8000-0000000000aa", name: "Mira Okafor", ...options.actor },
      role,
      access: "above",
      clock: () => options.at ?? new Date(),
    }),
    close: async () => {
      await database.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** A database of its own cloned from a template. */
export async function cloneOf(template: string): Promise<{ name: string; url: string }> {
  const name = `t_${newId().replaceAll("-", "")}`;
  // Without fsync a copy of the files takes 70 ms where the write-ahead log takes 400 (17 MB of template).
  await asAdmin(`create database ${name} template ${template} strategy file_copy`);
  return { name, url: urlOf(name) };
}

/** Drops a database, whoever is still connected. */
export const drop = (name: string): Promise<void> => asAdmin(`drop database ${name} with (force)`);

/**
 * A template that takes seconds to make, made once in a run by whoever needs it first, in any process, from `from`; `make` gets its
 * url and leaves no connection. Answers its name.
 */
export async function templateOnce(
  name: string,
  from: "rondo_empty" | "rondo_template",
  make: (url: string) => Promise<void>,
): Promise<string> {
  const client = new pg.Client({ connectionString: urlOf("postgres") });
  await client.connect();
  try {
    await client.query("select pg_advisory_lock(hashtext($1))", [name]);
    if ((await client.query("select from pg_database where datname = $1", [name])).rows.length > 0) return name;
    await client.query(`drop database if exists ${name}_made with (force)`);
    await client.query(`create database ${name}_made template ${from} strategy file_copy`);
    await make(urlOf(`${name}_made`));
    await client.query(`alter database ${name}_made rename to ${name}`);
    return name;
  } finally {
    await client.end();
  }
}

/** The same, closed when the running test ends. */
export async function databaseForTest(template?: string): Promise<TestDatabase> {
  const t = await testDatabase(template);
  onTestFinished(t.close);
  return t;
}

async function asAdmin(statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: urlOf("postgres") });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
