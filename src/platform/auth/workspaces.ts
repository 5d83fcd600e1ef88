import { randomBytes } from "node:crypto";
import { sql } from "kysely";
import { newId } from "#kernel/id";
import { Refused } from "#kernel/refusal";
import type { Ctx, Workspace } from "#platform/context";
import { migrate, type Database, type Db } from "#platform/postgres";
import { audited } from "./audit.ts";
import type { AuthHooks, Desk } from "./desk.ts";

export interface NewWorkspace {
  name: string;
  currency: string;
  time_zone: string;
  locale: string;
  lens: string;
}
export interface Owner {
  id: string;
  name: string;
}
type Maker = Pick<Desk, "database" | "outside" | "clock"> & { hooks: Pick<AuthHooks, "onCreated" | "onReady"> };

// 0x52776b73 is "Rwks": one workspace is made at a time. It is tried, never waited for, so that those who wait cannot hold
// all connections of the pool while the first needs a second one to migrate.
const making = 1_383_557_491;

/**
 * Makes a workspace whole or not at all: its row, its owner, its schema with all tables, then the hooks. `ownerOf` finds or makes
 * the owner in the same transaction and may refuse. Throws a conflict when another one is being made at this moment.
 */
export async function createWorkspace(
  maker: Maker,
  wanted: NewWorkspace,
  ownerOf: (db: Db) => Promise<Owner>,
): Promise<Workspace> {
  const workspace: Workspace = { id: newId(), schema: `w_${randomBytes(6).toString("hex")}`, ...wanted };
  try {
    await maker.database.control.transaction().execute(async (db) => {
      const { rows } = await sql<{ mine: boolean }>`select pg_try_advisory_xact_lock(${making}) as mine`.execute(db);
      if (!rows[0]?.mine)
        throw new Refused(
          "conflict",
          "workspace.being-made",
          "A company is being set up at this moment. Please try again in a few seconds.",
        );
      await writeDown(db, maker, workspace, await ownerOf(db));
    });
  } catch (error) {
    // What cannot be dropped now is a schema without a row: it is in nobody's way.
    await dropSchema(maker.database, workspace.schema).catch(() => {});
    throw error;
  }
  maker.hooks.onReady?.(workspace);
  return workspace;
}

async function writeDown(db: Db, maker: Maker, workspace: Workspace, owner: Owner): Promise<void> {
  const at = maker.clock();
  const actor = { kind: "user", id: owner.id, name: owner.name } as const;
  await sql`insert into workspaces (id, schema, name, currency, time_zone, locale, lens, created_at)
            values (${workspace.id}, ${workspace.schema}, ${workspace.name}, ${workspace.currency}, ${workspace.time_zone}, ${workspace.locale}, ${workspace.lens}, ${at})`.execute(
    db,
  );
  await sql`insert into members (workspace_id, user_id, role, joined_at) values (${workspace.id}, ${owner.id}, 'owner', ${at})`.execute(
    db,
  );
  await audited(db, { workspace, actor, at }, "workspace.created", { name: workspace.name });
  await migrateSchema(maker.database, workspace.schema);
  const ctx: Ctx = {
    db: maker.database.workspace(workspace.schema),
    control: db,
    outside: maker.outside,
    workspace,
    actor,
    role: "owner",
    access: "above",
    clock: maker.clock,
  };
  for (const hook of maker.hooks.onCreated ?? []) await hook(ctx);
}

async function migrateSchema(database: Database, schema: string): Promise<void> {
  const client = await database.client(schema);
  try {
    // Another process may hold the migrations' lock and wait for tables that our open transaction holds: PostgreSQL cannot see that knot.
    await client.query("set lock_timeout = '60s'");
    await migrate(client, schema, "workspace");
    await client.query("reset lock_timeout");
    client.release();
  } catch (error) {
    client.release(true);
    throw error;
  }
}

async function dropSchema(database: Database, schema: string): Promise<void> {
  // Our own name of hexadecimal digits, never a person's text.
  await sql`drop schema if exists ${sql.id(schema)} cascade`.execute(database.control);
}

/** Refuses a time zone that PostgreSQL does not know, though the runtime does. */
export async function refuseUnknownZone(control: Db, zone: string): Promise<void> {
  const { rows } = await sql`select 1 from pg_timezone_names where lower(name) = lower(${zone}) limit 1`.execute(
    control,
  );
  if (!rows.length)
    throw new Refused("invalid", "time-zone.unknown", "This time zone is not known here.", {
      fields: [{ field: "time_zone", message: "This time zone is not known here." }],
    });
}
