import { sql } from "kysely";
import type { Access, Ctx, Role } from "#platform/context";
import { accessOf } from "./load.ts";

/** What a person or an API key of this company may do today, in a job they started some time ago; null for who is neither any more. */
export async function actingNow(ctx: Ctx): Promise<{ role: Role; access: Access } | null> {
  const { kind, id } = ctx.actor;
  const { rows } = await (kind === "user"
    ? sql<Acting>`select role, role_id, user_id as whose from rondo.members where workspace_id = ${ctx.workspace.id} and user_id = ${id}::uuid`
    : sql<Acting>`select role, role_id, case when role_id is not null then created_by end as whose from rondo.api_keys where workspace_id = ${ctx.workspace.id} and id = ${id}::uuid`
  ).execute(ctx.db); // prettier-ignore
  const found = rows[0];
  if (!found) return null;
  const { role, role_id, whose } = found;
  return { role, access: await accessOf({ ...ctx, role }, { person: whose, role_id }) };
}

interface Acting {
  role: Role;
  role_id: string | null;
  /** Whose "own" is meant. */
  whose: string | null;
}
