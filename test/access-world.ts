import { sql } from "kysely";
import { newId } from "#kernel/id";
import type { Ctx, Role } from "#platform/context";
import { accessOf } from "#records";
import { makeRole, type Grants } from "../src/records/access/roles.ts";
import type { TestDatabase } from "./database.ts";
// Every object of the house is known.
import "../src/app/modules.ts";

/** Somebody of the company with that role: a built-in one, or one made here by its id. */
export async function colleague(t: TestDatabase, name: string, role: Role | { id: string }): Promise<Ctx> {
  const owner = t.ctx();
  const id = newId();
  const [base, role_id] = typeof role === "string" ? [role, null] : ["agent" as const, role.id];
  await sql`insert into rondo.users (id, name, email) values (${id}, ${name}, ${`${id}@northwind.example`})`.execute(
    owner.db,
  );
  await sql`insert into rondo.members (workspace_id, user_id, role, role_id) values (${owner.workspace.id}, ${id}, ${base}, ${role_id})`.execute(owner.db); // prettier-ignore
  return asNow({ ...t.ctx(base), actor: { kind: "user", id, name } });
}

/** The same person with what their role, teams and territories grant now. */
export async function asNow(ctx: Ctx): Promise<Ctx> {
  const { rows } = await sql<{ role: Role; role_id: string | null }>`select role, role_id from rondo.members where user_id = ${ctx.actor.id}`.execute(ctx.db); // prettier-ignore
  return {
    ...ctx,
    role: rows[0]!.role,
    access: await accessOf(ctx, { person: ctx.actor.id, role_id: rows[0]!.role_id }),
  };
}

/** A role based on the agent's. */
export const roleWith = async (
  ctx: Ctx,
  name: string,
  grants: Record<string, Grants>,
  fields: Record<string, Record<string, "read" | "edit">> = {},
): Promise<{ id: string }> => ({ id: await makeRole(ctx, { name, base: "agent", grants, fields }) });
