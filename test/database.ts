import pg from "pg";
import { inject, onTestFinished } from "vitest";
import { newId } from "#kernel/id";
import type { Actor, Ctx, Role } from "#platform/context";
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
  database: Database;
  /** A ctx as a person of that role; `at` fixes the clock. */
  ctx: (role?: Role, options?: { at?: Date; actor?: Partial<Actor> }) => Ctx;
  close: () => Promise<void>;
}

/** A fresh database cloned from the migrated template, with one workspace; dropped by close. */
export async function testDatabase(): Promise<TestDatabase> {
  const name = `t_${newId().replaceAll("-", "")}`;
  await asAdmin(`create database ${name} template rondo_template`);
  const url = urlOf(name);
  const database = openDatabase(url, { max: 8 });
  return {
    url,
    database,
    ctx: (role = "owner", options = {}) => ({
      db: database.workspace(templateSchema),
      control: database.control,
      workspace: {
        id: templateWorkspaceId, schema: templateSchema, name: "Northwind Goods", currency: "EUR", time_zone: "Europe/Berlin", locale: "en", lens: "seven_stages",
      }, // prettier-ignore
      actor: { kind: "user", id: "01900000-0000-7000-8000-0000000000aa", name: "Mira Okafor", ...options.actor },
      role,
      clock: () => options.at ?? new Date(),
    }),
    close: async () => {
      await database.close();
      await asAdmin(`drop database ${name} with (force)`);
    },
  };
}

/** The same, closed when the running test ends. */
export async function databaseForTest(): Promise<TestDatabase> {
  const t = await testDatabase();
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
