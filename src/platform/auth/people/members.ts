import { sql } from "kysely";
import { notFound, Refused } from "#kernel/refusal";
import type { Ctx, Role } from "#platform/context";
import type { Db } from "#platform/postgres";
import { announceAccess, noteAccessChange } from "../access-changed.ts";
import { audited } from "../audit.ts";
import type { Caller, Desk } from "../desk.ts";
import { pageOf, type Page } from "../page.ts";
import { roleNamed } from "./given-role.ts";

export interface Member {
  id: string;
  name: string;
  email: string;
  role: Role;
  /** The role made in the browser; null for a built-in one. */
  role_id: string | null;
  joined_at: string;
  last_seen_at: string | null;
}

/** The members, in the order in which they came to Rondo. `last_seen_at` is exact to a day. */
export async function members(
  ctx: Ctx,
  page: { limit: number; cursor?: string | undefined },
): Promise<Page<Member> & { total: { count: number; exact: true } }> {
  const { rows } = await sql<Member>`
    select u.id, u.name, u.email, m.role, m.role_id, m.joined_at, (select max(s.updated_at) from sessions s where s.user_id = u.id) as last_seen_at
      from members m join users u on u.id = m.user_id
     where m.workspace_id = ${ctx.workspace.id} and (${page.cursor ?? null}::uuid is null or u.id > ${page.cursor ?? null}::uuid)
     order by u.id limit ${page.limit + 1}`.execute(ctx.control);
  const { rows: counted } = await sql<{
    count: number;
  }>`select count(*) from members where workspace_id = ${ctx.workspace.id}`.execute(ctx.control);
  return { ...pageOf(rows, page.limit), total: { count: counted[0]?.count ?? 0, exact: true } };
}

const lastOwner = (): Refused =>
  new Refused("conflict", "people.last-owner", "A company needs an owner. Make somebody else an owner first.");

/** The role as it is now, the workspace's people locked until the transaction ends: two changes at once see each other. */
async function roleNow(db: Db, ctx: Ctx, id: string): Promise<{ role: Role; role_id: string | null }> {
  await sql`select from workspaces where id = ${ctx.workspace.id} for no key update`.execute(db);
  const { rows } = await sql<{
    role: Role;
    role_id: string | null;
  }>`select role, role_id from members where workspace_id = ${ctx.workspace.id} and user_id = ${id}`.execute(db);
  if (!rows[0]) throw notFound("person");
  return rows[0];
}

/** Read again under the lock: who asked may have lost the role a moment ago. Keys are never owners. */
async function refuseUnlessOwner(db: Db, caller: Caller): Promise<void> {
  const { rows } = await sql`
    select 1 from members where workspace_id = ${caller.workspace.id} and user_id = ${caller.person?.id ?? null} and role = 'owner'`.execute(
    db,
  );
  if (!rows.length)
    throw new Refused("forbidden", "people.owner-only", "Only an owner can make, change or remove an owner.");
}

const anotherOwner = (caller: Caller, id: string) =>
  sql`exists (select from members o where o.workspace_id = ${caller.workspace.id} and o.role = 'owner' and o.user_id <> ${id})`;

/**
 * Gives a member another role: a built-in one, or one made in the browser by its id. Refused for the last owner; owners are made
 * and unmade by owners only.
 */
export async function changeRole(
  desk: Desk,
  caller: Caller,
  id: string,
  wanted: string,
): Promise<{ id: string; role: Role; role_id: string | null }> {
  const at = desk.clock();
  const { role, role_id } = await roleNamed(desk, caller, wanted);
  await caller.control.transaction().execute(async (db) => {
    const now = await roleNow(db, caller, id);
    const before = now.role;
    if (before === role && now.role_id === role_id) return;
    if (before === "owner" || role === "owner") await refuseUnlessOwner(db, caller);
    const { rows } = await sql`
      update members set role = ${role}, role_id = ${role_id} where workspace_id = ${caller.workspace.id} and user_id = ${id}
         and (role <> 'owner' or ${anotherOwner(caller, id)}) returning 1`.execute(db);
    if (!rows.length) throw lastOwner();
    await noteAccessChange(db);
    await audited(db, { ...caller, at }, "person.role-changed", {
      person: id,
      from: now.role_id ?? before,
      to: wanted,
    });
  });
  announceAccess();
  return { id, role, role_id };
}

/** Removes a member: their sessions end when this was their only workspace, the API keys they made here stop. Never the last owner. */
export async function removeMember(desk: Desk, caller: Caller, id: string): Promise<{ keys_revoked: number }> {
  const at = desk.clock();
  const keys = await caller.control.transaction().execute(async (db) => {
    if ((await roleNow(db, caller, id)).role === "owner") await refuseUnlessOwner(db, caller);
    const { rows } = await sql`
      delete from members where workspace_id = ${caller.workspace.id} and user_id = ${id} and (role <> 'owner' or ${anotherOwner(caller, id)}) returning 1`.execute(
      db,
    );
    if (!rows.length) throw lastOwner();
    await sql`delete from sessions where user_id = ${id} and not exists (select from members where user_id = ${id})`.execute(
      db,
    );
    const { rows: revoked } = await sql`
      update api_keys set revoked_at = ${at} where workspace_id = ${caller.workspace.id} and created_by = ${id} and revoked_at is null returning 1`.execute(
      db,
    );
    await noteAccessChange(db);
    await audited(db, { ...caller, at }, "person.removed", { person: id, keys_revoked: revoked.length });
    return revoked.length;
  });
  announceAccess();
  return { keys_revoked: keys };
}
