import { sql } from "kysely";
import { newId } from "#kernel/id";
import type { Actor, Ctx } from "#platform/context";
import type { Db } from "#platform/postgres";
import { pageOf, type Page } from "./page.ts";

export type Act =
  | "workspace.created" | "workspace.updated"
  | "person.joined" | "person.role-changed" | "person.removed"
  | "invitation.sent" | "invitation.revoked"
  | "key.created" | "key.revoked"
  | "password.changed" | "password.reset"; // prettier-ignore

export interface AuditLine {
  id: string;
  at: string;
  actor: { kind: string; id: string | null; name: string };
  act: Act;
  detail: Record<string, unknown>;
}

/** Writes down an act, in the transaction that does it. */
export async function audited(
  db: Db,
  of: { workspace: { id: string }; actor: Actor; at: Date },
  act: Act,
  detail: Record<string, unknown> = {},
): Promise<void> {
  await sql`insert into audit (id, workspace_id, actor_kind, actor_id, actor_name, act, detail, at)
            values (${newId()}, ${of.workspace.id}, ${of.actor.kind}, ${of.actor.id}, ${of.actor.name}, ${act}, ${JSON.stringify(detail)}::jsonb, ${of.at})`.execute(
    db,
  );
}

/** The acts of this workspace, newest first. */
export async function auditLines(
  ctx: Ctx,
  page: { limit: number; cursor?: string | undefined },
): Promise<Page<AuditLine>> {
  const { rows } = await sql<AuditLine>`
    select id, at, jsonb_build_object('kind', actor_kind, 'id', actor_id, 'name', actor_name) as actor, act, detail
      from audit where workspace_id = ${ctx.workspace.id} and (${page.cursor ?? null}::uuid is null or id < ${page.cursor ?? null}::uuid)
     order by id desc limit ${page.limit + 1}`.execute(ctx.control);
  return pageOf(rows, page.limit);
}
