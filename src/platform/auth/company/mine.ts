import { sql } from "kysely";
import type { Role } from "#platform/context";
import type { Caller } from "../desk.ts";

export interface MyWorkspace {
  id: string;
  name: string;
  role: Role;
  current: boolean;
}

/** The workspaces a person belongs to, the first joined first; a key belongs to one. */
export async function workspacesOf(caller: Caller): Promise<{ items: MyWorkspace[] }> {
  const { id, name } = caller.workspace;
  if (!caller.person) return { items: [{ id, name, role: caller.role, current: true }] };
  const { rows } = await sql<MyWorkspace>`
    select w.id, w.name, m.role, w.id = ${id} as current from members m join workspaces w on w.id = m.workspace_id
     where m.user_id = ${caller.person.id} order by m.joined_at, w.id limit 200`.execute(caller.control);
  return { items: rows };
}
