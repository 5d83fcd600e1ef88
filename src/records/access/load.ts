import { sql } from "kysely";
import type { Condition } from "#kernel/condition";
import type { Access, Ctx, Role, Scope, Verb } from "#platform/context";
import { recordTypes } from "../registry.ts";

interface Who {
  person: string | null;
  role_id: string | null;
}

interface Loaded {
  teams: string[];
  guarded: string[];
  shared: string[];
  colleagues: string[] | null;
  below: string[] | null;
  known: boolean;
  grants: { object: string; verb: Verb; scope: Scope }[];
  fields: { object: string; field: string; editable: boolean }[];
  territories: { object: string; condition: Condition }[];
  own: string[] | null;
}

// They look into private records too: what somebody leaves behind must not be lost, and a customer may ask what is kept of them.
const seePrivate: ReadonlySet<Role> = new Set(["owner", "admin"]);

/** How far the caller's role reaches, in one query; part of the cached session check. */
export async function accessOf(ctx: Ctx, { person, role_id }: Who): Promise<Access> {
  const { rows } = await sql<Loaded>`
    with mine as (select team_id from team_members where user_id = ${person}::uuid)
    select coalesce((select array_agg(team_id) from mine), '{}') as teams,
           coalesce((select array_agg(distinct object) from private_records), '{}') as guarded,
           coalesce((select array_agg(distinct object) from record_shares where user_id = ${person}::uuid or team_id in (select team_id from mine)), '{}') as shared,
           ${role_id ? ofRole(person, role_id) : sql`null::uuid[] as colleagues, null::uuid[] as below, false as known, '[]'::json as grants, '[]'::json as fields, '[]'::json as territories, null::text[] as own`}`.execute(
    ctx.db,
  );
  const found = rows[0]!;
  const self = person ? [person] : [];
  return {
    person,
    teams: found.teams,
    colleagues: [...new Set([...self, ...(found.colleagues ?? [])])],
    below: [...new Set([...self, ...(found.below ?? [])])],
    grants: role_id ? grantsOf(found) : null,
    fields: fieldsOf(found),
    territories: found.territories,
    shared: new Set(found.shared),
    guarded: new Set(role_id === null && seePrivate.has(ctx.role) ? [] : found.guarded),
  };
}

const ofRole = (person: string | null, role_id: string) => sql`
  (select array_agg(distinct t.user_id) from team_members t join mine using (team_id)) as colleagues,
  (with recursive below as (
     select user_id from reporting_lines where manager_id = ${person}::uuid
      union select r.user_id from reporting_lines r join below b on r.manager_id = b.user_id)
   select array_agg(user_id) from below) as below,
  exists (select from roles where id = ${role_id}::uuid) as known,
  coalesce((select json_agg(json_build_object('object', object, 'verb', verb, 'scope', scope)) from role_grants where role_id = ${role_id}::uuid), '[]') as grants,
  coalesce((select json_agg(json_build_object('object', object, 'field', field, 'editable', editable)) from role_fields where role_id = ${role_id}::uuid), '[]') as fields,
  (select array_agg('custom/' || key) from custom_objects) as own,
  coalesce((select json_agg(json_build_object('object', t.object, 'condition', t.condition)) from territories t
             where exists (select from territory_holders h where h.territory_id = t.id and (h.user_id = ${person}::uuid or h.team_id in (select team_id from mine)))), '[]') as territories`;

/** Every object stands in the answer: one that the role does not name is out of its reach. */
function grantsOf({ grants, known, own }: Loaded): NonNullable<Access["grants"]> {
  const found: Record<string, Partial<Record<Verb, Scope>>> = {};
  for (const { object } of recordTypes()) found[object.plural] = {};
  for (const plural of own ?? []) found[plural] = {};
  if (!known) return found;
  for (const g of grants) (found[g.object] ??= {})[g.verb] = g.scope;
  // A tag tells nothing but of the record it is on: it is read, and filtered by, where that record is.
  for (const plural of ["tags", "tagged"]) found[plural] = { ...found[plural], read: "all" };
  return found;
}

function fieldsOf({ fields }: Loaded): Access["fields"] {
  const found: Record<string, { read: Set<string>; edit: Set<string> }> = {};
  for (const f of fields) {
    const of = (found[f.object] ??= { read: new Set(), edit: new Set() });
    of.read.add(f.field);
    if (f.editable) of.edit.add(f.field);
  }
  return found;
}
