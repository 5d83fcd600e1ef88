import { sql } from "kysely";
import { newId } from "#kernel/id";
import { invalid, notFound, Refused } from "#kernel/refusal";
import { roles, type Actor, type Ctx, type Role } from "#platform/context";
import type { Database } from "#platform/postgres";
import { audited } from "../audit.ts";
import type { Caller, Desk } from "../desk.ts";
import { pageOf, type Page } from "../page.ts";
import { newSecret, sha256 } from "../secrets.ts";
import { line } from "../words.ts";
import { roleNamed, type GivenRole } from "./given-role.ts";

export interface ApiKey {
  id: string;
  name: string;
  role: Role;
  /** The role made in the browser; null for a built-in one. */
  role_id: string | null;
  /** The last four characters, to recognise it by. */
  hint: string;
  created_by: string | null;
  created_at: string;
  /** Exact to a minute. */
  last_used_at: string | null;
  expires_at: string | null;
  state: "active" | "expired";
}

export interface NewKey {
  name: string;
  /** A built-in role, or the id of one made in the browser. */
  role: string;
  expires_at?: Date | null | undefined;
}

type For = { workspace: { id: string }; actor: Actor; createdBy: string | null; at: Date };

/** Makes an API key; `key` is shown this once, only its SHA-256 is kept. */
export async function insertKey(
  database: Pick<Database, "control">,
  wanted: Omit<NewKey, "role"> & GivenRole,
  of: For,
): Promise<{ id: string; key: string }> {
  const key = `rondo_${newSecret()}`;
  const id = newId(of.at.getTime());
  await database.control.transaction().execute(async (db) => {
    await sql`insert into api_keys (id, workspace_id, name, role, role_id, token_hash, hint, created_by, created_at, expires_at)
              values (${id}, ${of.workspace.id}, ${wanted.name}, ${wanted.role}, ${wanted.role_id}, ${sha256(key)}, ${key.slice(-4)}, ${of.createdBy}, ${of.at}, ${wanted.expires_at ?? null})`.execute(
      db,
    );
    await audited(db, of, "key.created", { key: id, name: wanted.name, role: wanted.role_id ?? wanted.role });
  });
  return { id, key };
}

/**
 * Makes a key for a person, of at most their own role; keys make no keys, so that a stolen one cannot outlive its end. With a role
 * made in the browser it reaches what its maker would: "own" is what its maker owns.
 */
export async function createKey(desk: Desk, caller: Caller, wanted: NewKey): Promise<ApiKey & { key: string }> {
  if (!caller.person) throw new Refused("forbidden", "keys.need-person", "Only a person can make an API key.");
  const given = await roleNamed(desk, caller, wanted.role);
  // Whoever sees only some records themselves gives no key that sees all of them.
  const limited = caller.access !== "above" && caller.access.grants !== null;
  if (roles.indexOf(given.role) < roles.indexOf(caller.role) || (limited && given.role_id === null))
    throw invalid("role", "A key cannot do more than you can.");
  const at = desk.clock();
  if (wanted.expires_at && wanted.expires_at <= at) throw invalid("expires_at", "This is in the past.");
  const { id, key } = await insertKey(
    desk.database,
    { ...wanted, ...given },
    {
      workspace: caller.workspace,
      actor: caller.actor,
      createdBy: caller.person.id,
      at,
    },
  );
  const { items } = await keysWhere(caller, sql`k.id = ${id}`, 1);
  return { ...items[0]!, key };
}

/** The keys that have not been revoked, newest first. */
export const keys = (ctx: Ctx, page: { limit: number; cursor?: string | undefined }): Promise<Page<ApiKey>> =>
  keysWhere(ctx, sql`(${page.cursor ?? null}::uuid is null or k.id < ${page.cursor ?? null}::uuid)`, page.limit);

async function keysWhere(ctx: Ctx, which: ReturnType<typeof sql>, limit: number): Promise<Page<ApiKey>> {
  const { rows } = await sql<ApiKey>`
    select k.id, k.name, k.role, k.role_id, k.hint, u.name as created_by, k.created_at, k.last_used_at, k.expires_at,
           case when k.expires_at <= ${ctx.clock()} then 'expired' else 'active' end as state
      from api_keys k left join users u on u.id = k.created_by
     where k.workspace_id = ${ctx.workspace.id} and k.revoked_at is null and ${which}
     order by k.id desc limit ${limit + 1}`.execute(ctx.control);
  return pageOf(rows, limit);
}

/** Ends a key; in other processes it works for at most ten seconds more. */
export async function revokeKey(desk: Desk, caller: Caller, id: string): Promise<void> {
  const at = desk.clock();
  await caller.control.transaction().execute(async (db) => {
    const { rows } = await sql<{ name: string }>`
      update api_keys set revoked_at = ${at} where id = ${id} and workspace_id = ${caller.workspace.id} and revoked_at is null returning name`.execute(
      db,
    );
    if (!rows[0]) throw notFound("key");
    await audited(db, { ...caller, at }, "key.revoked", { key: id, name: rows[0].name });
  });
  desk.known.forget();
}

/** Makes a key from the command line, in the workspace of that id. Throws a ZodError when the name is no line of 1 to 80 characters. */
export const createApiKey = (
  database: Pick<Database, "control">,
  wanted: Omit<NewKey, "role"> & { workspace: string; role: Exclude<Role, "owner"> },
  clock: () => Date = () => new Date(),
): Promise<{ id: string; key: string }> =>
  insertKey(
    database,
    { ...wanted, role_id: null, name: line(80).parse(wanted.name) },
    {
      workspace: { id: wanted.workspace },
      actor: { kind: "system", id: null, name: "Command line" },
      createdBy: null,
      at: clock(),
    },
  );
