import { CompiledQuery, sql } from "kysely";
import { z } from "zod";
import { invalid, Refused } from "#kernel/refusal";
import type { Ctx, Role, Tx } from "#platform/context";
import { accessOf } from "./access/index.ts";
import { typeNamed } from "./custom/described.ts";
import { isOwn } from "./custom/own.ts";
import { findRecord, whereOf } from "./list.ts";
import type { RecordRef } from "./named.ts";
import { recordTypes, type RecordType, type Row } from "./registry.ts";
import { lockRecord } from "./write.ts";

/*
 * Words we use
 *   beside   what people put next to a record of any object: files, comments, tags; who may see the record sees it, who may change
 *            the record adds to it
 */
/** Which record, in the input of an endpoint. */
export const recordRef = {
  object: z
    .string()
    .max(60)
    .refine((name) => isOwn(name) || recordTypes().some((t) => t.object.name === name), "There is no such object."),
  record_id: z.uuid(),
};

type Grant = (ctx: Ctx, permission: string) => boolean;
// Until the app hands over its table (in stories): everybody reads, all but viewers write.
let granted: Grant = (ctx, permission) => permission.endsWith(".read") || ctx.role !== "viewer";

/** Takes over the table of permissions. */
export const grantBy = (may: Grant): void => void (granted = may);

/** Whether the role has the permission, by the table of the app. */
export const isGranted = (ctx: Ctx, permission: string): boolean => granted(ctx, permission);

/** Refuses unless the role may do so with records of the object, one of this workspace's own too. */
export async function requireMay(ctx: Ctx, object: string, verb: "read" | "update"): Promise<RecordType> {
  const type = await typeNamed(ctx, object);
  if (!type) throw invalid("object", "There is no such object.");
  requirePermission(ctx, `${type.object.plural}.${verb}`);
  return type;
}

/** Refuses unless the role has the permission. */
export function requirePermission(ctx: Ctx, permission: string): void {
  if (!granted(ctx, permission))
    throw new Refused("forbidden", "not-allowed", `Your role (${ctx.role}) may not do this.`, {
      detail: { permission },
    });
}

/** The record as whoever asks may see it; refused as not found when they may not. */
export async function seenRecord(ctx: Ctx, { object, record_id }: RecordRef): Promise<Row> {
  const type = await requireMay(ctx, object, "read");
  return JSON.parse((await findRecord(ctx, type.object, record_id)).json) as Row;
}

/** The record, locked for whoever adds something beside it; refused when they may not change it, or it is in the trash. */
export const lockedRecord = async (tx: Tx, { object, record_id }: RecordRef): Promise<Row> =>
  lockRecord(tx, await requireMay(tx, object, "update"), record_id);

/** The names of those of the records that whoever asks may see; one question an object. Those in the trash are not among them. */
export async function titlesOf(ctx: Ctx, refs: readonly RecordRef[]): Promise<Map<string, string>> {
  const seen = new Map<string, string>();
  for (const [name, of] of Map.groupBy(refs, (ref) => ref.object)) {
    const type = await typeNamed(ctx, name);
    if (!type || !granted(ctx, `${type.object.plural}.read`)) continue;
    const params: unknown[] = [];
    const only = (values: unknown[]): string => `t.id = any($${values.push([...new Set(of.map((r) => r.record_id))])}::uuid[])`;
    const where = whereOf(ctx, type.object, { only }, params);
    const { rows } = await ctx.db.executeQuery<{ id: string; title: string | null }>(
      CompiledQuery.raw(`select t.id, t."${type.object.title}"::text as title from "${type.object.table}" t where ${where}`, params),
    );
    for (const { id, title } of rows) seen.set(id, title || type.object.label);
  }
  return seen;
} // prettier-ignore

/** Which of the records whoever asks may see. */
export const visibleIds = async (ctx: Ctx, refs: readonly RecordRef[]): Promise<Set<string>> =>
  new Set((await titlesOf(ctx, refs)).keys());

/** The colleagues among these who may see the record themselves; naming the others tells them nothing. */
export async function mentionedIn(tx: Tx, ref: RecordRef, users: readonly string[]): Promise<string[]> {
  if (users.length === 0) return [];
  const { rows } = await sql<Colleague>`
    select u.id, u.name, m.role, m.role_id from rondo.members m join rondo.users u on u.id = m.user_id
     where m.workspace_id = ${tx.workspace.id} and m.user_id = any(${[...users]}::uuid[])`.execute(tx.db);
  const may = [];
  for (const one of rows)
    if ((await visibleIds(await asColleague(tx, one), [ref])).has(ref.record_id)) may.push(one.id);
  return may;
}

export interface Colleague {
  id: string;
  name: string;
  role: Role;
  role_id: string | null;
}

/** The same, as a colleague would see it. */
export async function asColleague<C extends Ctx>(ctx: C, { id, name, role, role_id }: Colleague): Promise<C> {
  const as: C = { ...ctx, role, actor: { kind: "user", id, name } };
  return { ...as, access: await accessOf(as, { person: id, role_id }) };
}
