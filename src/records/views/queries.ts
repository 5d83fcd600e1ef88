import { sql } from "kysely";
import { notFound } from "#kernel/refusal";
import type { Ctx } from "#platform/context";
import type { ObjectDescription } from "../object.ts";
import { requirePermission } from "../beside.ts";
import { objectsFor, ownObjectsFor, type Objects } from "../custom/described.ts";
import { isOwn } from "../custom/own.ts";
import { recordTypes } from "../registry.ts";
import { compared, titlesOf } from "../why/words.ts";
import { problemsOf } from "./problems.ts";
import { managesViews, type View } from "./view.ts";

type Stored = Omit<View, "problems" | "changeable"> & { may_edit: boolean };

/** What views of the object of that name may speak of; refused when there is none. */
export async function vocabularyOf(ctx: Ctx, name: string): Promise<{ object: ObjectDescription; objects: Objects }> {
  const objects = await objectsFor(ctx);
  const known = isOwn(name) ? await ownObjectsFor(ctx) : recordTypes().map((type) => type.object);
  if (!known.some((object) => object.name === name)) throw notFound("object");
  requirePermission(ctx, `${objects(name).plural}.read`);
  return { object: objects(name), objects };
}

const teamsOf = (ctx: Ctx): readonly string[] => (ctx.access === "above" ? [] : ctx.access.teams);
/** Shared with whoever asks by hand, in their own name or in that of a team of theirs. */
const handed = (ctx: Ctx, more = sql`true`) => sql`exists (
  select from record_shares s where s.record_id = v.id and s.object = 'view' and (s.user_id = ${ctx.actor.id} or s.team_id = any(${teamsOf(ctx)}::uuid[])) and ${more})`; // prettier-ignore
const columns = (ctx: Ctx) => sql`
  (select count(*)::int from record_shares s where s.record_id = v.id and s.object = 'view') as shared_with, ${handed(ctx, sql`s.can_edit`)} as may_edit,
  v.id, v.object, v.name, v.kind, v.query, v.columns, v.group_by as "group", v.options, v.visibility, v.version, v.deleted_at,
  case when v.owner_id is not null then json_build_object('id', v.owner_id, 'name', coalesce((select u.name from rondo.users u where u.id = v.owner_id), '')) end as owner`;
// A view without an owner came from a key or an import; nobody but a manager changes it.
const seen = (ctx: Ctx) => sql`(v.visibility = 'shared' or v.owner_id = ${ctx.actor.id} or ${handed(ctx)})`;

async function whole(ctx: Ctx, { may_edit, ...stored }: Stored): Promise<View> {
  const { object, objects } = await vocabularyOf(ctx, stored.object);
  const mine = ctx.actor.id !== null && stored.owner?.id === ctx.actor.id;
  return {
    ...stored,
    changeable: mine || may_edit || managesViews(ctx),
    problems: problemsOf(object, objects, stored),
  };
}

export interface ObjectsViews {
  items: View[];
  /** The view the list opens with. */
  default_id: string | null;
  /** Everybody's, whatever the person chose. */
  company_default_id: string | null;
  /** Titles of the records that their filters point to, by id. */
  titles: Record<string, string>;
}

/** The views of an object that the person may see: the tabs in their order first, then the others by name. */
export async function viewsOf(ctx: Ctx, object: string): Promise<ObjectsViews> {
  const vocabulary = await vocabularyOf(ctx, object);
  const { rows } = await sql<Stored & { mine: boolean | null; company: boolean | null }>`
    select ${columns(ctx)}, case when e.view_id is not null then 'everybody' when p.view_id is not null then 'me' end as pinned,
           exists (select from view_defaults d where d.view_id = v.id and d.user_id = ${ctx.actor.id}) as mine,
           exists (select from view_defaults d where d.view_id = v.id and d.user_id is null) as company
      from saved_views v
      left join view_pins e on e.view_id = v.id and e.user_id is null
      left join view_pins p on p.view_id = v.id and p.user_id = ${ctx.actor.id}
     where v.object = ${object} and v.deleted_at is null and ${seen(ctx)}
     order by e.view_id is null, e.position, p.view_id is null, p.position, lower(v.name), v.id`.execute(ctx.db);
  const own = rows.find((row) => row.mine);
  const company = rows.find((row) => row.company);
  const asked = rows.flatMap((row) => (row.query.filter ? [...compared(row.query.filter)] : []));
  return {
    titles: Object.fromEntries(await titlesOf(ctx, vocabulary.object, vocabulary.objects, asked)),
    items: await Promise.all(rows.map(({ mine: _mine, company: _company, ...stored }) => whole(ctx, stored))),
    default_id: (own ?? company)?.id ?? null,
    company_default_id: company?.id ?? null,
  };
}

/** One view that the person may see, also from the trash. */
export async function viewOf(ctx: Ctx, id: string): Promise<View> {
  const { rows } = await sql<Stored>`
    select ${columns(ctx)}, case when exists (select from view_pins p where p.view_id = v.id and p.user_id is null) then 'everybody'
                            when exists (select from view_pins p where p.view_id = v.id and p.user_id = ${ctx.actor.id}) then 'me' end as pinned
      from saved_views v where v.id = ${id} and ${seen(ctx)}`.execute(ctx.db);
  if (!rows[0]) throw notFound("view");
  return whole(ctx, rows[0]);
}
