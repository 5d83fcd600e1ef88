import { sql } from "kysely";
import { z } from "zod";
import { newId } from "#kernel/id";
import { invalid, notFound, Refused } from "#kernel/refusal";
import {
  roles as builtIn,
  scopes,
  verbs,
  type Ctx,
  type Role,
  type Scope,
  type Tx,
  type Verb,
} from "#platform/context";
import { commonFields, type ObjectDescription } from "../object.ts";
import { recordTypes } from "../registry.ts";
import { changeAccess } from "./change.ts";
import { ownObjectsFor } from "../custom/described.ts";
import { ownPrefix } from "../custom/own.ts";
import { aboveAccess, isSomebodys } from "./scope.ts";

export type Grants = Partial<Record<Verb, Scope>>;
export type FieldRights = "read" | "edit";

export interface OwnRole {
  id: string;
  name: string;
  base: Exclude<Role, "owner">;
  version: number;
  people: number;
  /** API keys that work as it. */
  keys: number;
  /** People invited to it who have not come yet. */
  invited: number;
  grants: Record<string, Grants>;
  fields: Record<string, Record<string, FieldRights>>;
}

const plural = z.string().regex(/^(custom\/)?[a-z][a-z0-9_]{0,79}$/);
const grantsSchema = z.partialRecord(z.enum(verbs), z.enum(scopes));
export const roleSchema = z.object({
  name: z.string().trim().min(1, "A role needs a name.").max(80),
  base: z.enum(builtIn).exclude(["owner"]),
  grants: z.record(plural, grantsSchema),
  fields: z.record(plural, z.record(z.string().max(80), z.enum(["read", "edit"]))).default({}),
});
export type NewRole = z.output<typeof roleSchema>;

/** The roles made here, with what they grant and how many people have them. */
export async function ownRoles(ctx: Ctx, id?: string): Promise<OwnRole[]> {
  const { rows } = await sql<OwnRole>`
    select r.id, r.name, r.base, r.version,
           (select count(*)::int from rondo.members m where m.workspace_id = ${ctx.workspace.id} and m.role_id = r.id) as people,
           (select count(*)::int from rondo.api_keys k where k.workspace_id = ${ctx.workspace.id} and k.role_id = r.id and k.revoked_at is null and (k.expires_at is null or k.expires_at > ${ctx.clock()})) as keys,
           (select count(*)::int from rondo.invitations i where i.workspace_id = ${ctx.workspace.id} and i.role_id = r.id and i.accepted_at is null and i.revoked_at is null and i.expires_at > ${ctx.clock()}) as invited,
           coalesce((select json_object_agg(object, verbs) from (select object, json_object_agg(verb, scope) as verbs from role_grants g where g.role_id = r.id group by object) o), '{}') as grants,
           coalesce((select json_object_agg(object, rights) from (select object, json_object_agg(field, case when editable then 'edit' else 'read' end) as rights from role_fields f where f.role_id = r.id group by object) o), '{}') as fields
      from roles r where ${id ?? null}::uuid is null or r.id = ${id ?? null}::uuid order by lower(r.name)`.execute(
    ctx.db,
  );
  return rows;
}

/** One role made here. */
export async function ownRole(ctx: Ctx, id: string): Promise<OwnRole> {
  const [role] = await ownRoles(ctx, id);
  if (!role) throw notFound("role");
  return role;
}

/** The built-in role it is based on; null when there is no such role. */
export async function baseOf(ctx: Ctx, id: string): Promise<Role | null> {
  const { rows } = await sql<{ base: Role }>`select base from roles where id = ${id}::uuid`.execute(ctx.db);
  return rows[0]?.base ?? null;
}

/** Makes a role; answers its id. */
export const makeRole = (ctx: Ctx, role: NewRole, id: string = newId()): Promise<string> =>
  changeAccess(ctx, async (tx) => {
    await checkRole(tx, role);
    const now = tx.clock();
    const { rows } = await sql`
      insert into roles (id, name, base, created_at, updated_at) values (${id}, ${role.name}, ${role.base}, ${now}, ${now})
      on conflict (lower(name)) do nothing returning 1`.execute(tx.db);
    if (rows.length === 0) throw nameTaken(role.name);
    await saveRights(tx, id, role);
    return id;
  });

/** Changes a role when it is still of the version the caller saw; it holds at once for everybody who has it. */
export const changeOwnRole = (ctx: Ctx, id: string, version: number, role: NewRole): Promise<void> =>
  changeAccess(ctx, async (tx) => {
    await checkRole(tx, role);
    const before = await ownRole(tx, id);
    const { rows: same } = await sql`select 1 from roles where lower(name) = lower(${role.name}) and id <> ${id}`.execute(tx.db); // prettier-ignore
    if (same.length > 0) throw nameTaken(role.name);
    const { rows } = await sql`
      update roles set name = ${role.name}, base = ${role.base}, version = version + 1, updated_at = ${tx.clock()}
       where id = ${id} and version = ${version} returning 1`.execute(tx.db);
    if (rows.length === 0)
      throw new Refused("stale", "role.stale", "Somebody changed this role since you opened it.", { detail: { current: before } }); // prettier-ignore
    await sql`delete from role_grants where role_id = ${id}`.execute(tx.db);
    await sql`delete from role_fields where role_id = ${id}`.execute(tx.db);
    await saveRights(tx, id, role);
    if (before.base === role.base) return;
    for (const table of ["members", "api_keys", "invitations"] as const)
      await sql`update ${sql.id("rondo", table)} set role = ${role.base} where workspace_id = ${tx.workspace.id} and role_id = ${id}`.execute(tx.db); // prettier-ignore
  });

/** Deletes a role that nobody has: no person, no API key, nobody who is invited. */
export const dropRole = (ctx: Ctx, id: string): Promise<void> =>
  changeAccess(ctx, async (tx) => {
    const { people, keys, invited } = await ownRole(tx, id);
    if (people > 0)
      throw new Refused("conflict", "role.in-use", `${people} ${people === 1 ? "person has" : "people have"} this role. Give them another one first.`); // prettier-ignore
    if (keys > 0)
      throw new Refused("conflict", "role.in-use", `${keys} API ${keys === 1 ? "key works" : "keys work"} as this role. End them first.`); // prettier-ignore
    if (invited > 0)
      throw new Refused("conflict", "role.in-use", `${invited} ${invited === 1 ? "person is" : "people are"} invited to this role. Take the invitations back first.`); // prettier-ignore
    await sql`delete from roles where id = ${id}`.execute(tx.db);
  });

async function saveRights(tx: Tx, id: string, role: NewRole): Promise<void> {
  const grants = Object.entries(role.grants).flatMap(([object, of]) =>
    Object.entries(of).flatMap(([verb, scope]) => (scope === "none" ? [] : [{ object, verb, scope }])),
  );
  const fields = Object.entries(role.fields).flatMap(([object, of]) =>
    Object.entries(of).map(([field, right]) => ({ object, field, editable: right === "edit" })),
  );
  await sql`insert into role_grants (role_id, object, verb, scope)
            select ${id}::uuid, g.object, g.verb, g.scope from json_to_recordset(${JSON.stringify(grants)}::json) as g(object text, verb text, scope text)`.execute(tx.db); // prettier-ignore
  await sql`insert into role_fields (role_id, object, field, editable)
            select ${id}::uuid, f.object, f.field, f.editable from json_to_recordset(${JSON.stringify(fields)}::json) as f(object text, field text, editable boolean)`.execute(tx.db); // prettier-ignore
}

/** Refuses what no record can answer: a scope of records that are nobody's, a field that is not there. */
async function checkRole(ctx: Ctx, role: NewRole): Promise<void> {
  const all = [...recordTypes().map((t) => t.object), ...(await ownObjectsFor(aboveAccess(ctx)))];
  // What is granted on a retired object waits for its return.
  const { rows } = await sql<{ key: string }>`select key from custom_objects where retired_at is not null`.execute(
    ctx.db,
  );
  const retired = new Set(rows.map((o) => ownPrefix + o.key));
  const objects = new Map<string, ObjectDescription>(all.map((o) => [o.plural, o]));
  for (const [name, grants] of Object.entries(role.grants)) {
    const object = objects.get(name);
    if (!object && retired.has(name)) continue;
    if (!object) throw invalid(`grants.${name}`, "There is no such object.");
    for (const [verb, scope] of Object.entries(grants)) {
      if (scope === "none" || scope === "all") continue;
      if (verb === "create") throw invalid(`grants.${name}.create`, "Adding is either for all or for none.");
      if (!isSomebodys(object))
        throw invalid(`grants.${name}.${verb}`, `${object.label_plural} belong to nobody: all or none of them can be given.`); // prettier-ignore
    }
  }
  for (const [name, fields] of Object.entries(role.fields)) {
    const object = objects.get(name);
    if (!object && retired.has(name)) continue;
    if (!object) throw invalid(`fields.${name}`, "There is no such object.");
    const known = new Set([...object.fields, ...commonFields].map((f) => f.name));
    for (const field of Object.keys(fields))
      if (!known.has(field) && !(object.custom && /^custom\.[a-z][a-z0-9_]{0,59}$/.test(field)))
        throw invalid(`fields.${name}.${field}`, `${object.label_plural} have no such field.`);
  }
}

const nameTaken = (name: string): Refused => invalid("name", `There is a role called "${name}" already.`, "role.name-taken"); // prettier-ignore
