import { sql } from "kysely";
import { Refused } from "#kernel/refusal";
import { inTransaction, type Ctx, type Tx } from "#platform/context";
import { differences, noteChanges } from "../changes.ts";
import type { Row, Values } from "../registry.ts";
import { createRecord, restoreRecord, trashRecord, updateRecord } from "../write.ts";
import { problemsOf } from "./problems.ts";
import { viewOf, vocabularyOf } from "./queries.ts";
import { forgetUnseen } from "./shares.ts";
import { managesViews, viewType, type View, type ViewValues } from "./view.ts";

// More than anybody can find one among; the list of them is not paged.
const viewsAtMost = 500;

type Shown = Pick<ViewValues, "kind" | "query" | "columns" | "group" | "options">;

async function check(tx: Tx, name: string, values: Shown): Promise<void> {
  const { object, objects } = await vocabularyOf(tx, name);
  const problems = problemsOf(object, objects, values);
  if (problems.length === 0) return;
  const fields = problems.map(({ at, message }) => ({ field: at, message }));
  throw new Refused("invalid", "view.problems", problems[0]!.message, { fields });
}

const stored = ({ group, ...rest }: Partial<ViewValues>): Values =>
  group === undefined ? rest : { ...rest, group_by: group };
// What no field describes, but belongs into the history all the same.
const beside = ["kind", "query", "columns", "group_by", "options", "visibility"];

/** Saves a view; refuses what the object has not, naming the part. Answers its id. */
export const saveView = (ctx: Ctx | Tx, object: string, values: ViewValues): Promise<string> =>
  inTransaction(ctx, async (tx) => {
    await check(tx, object, values);
    await sql`select pg_advisory_xact_lock(hashtext(current_schema() || '/views/' || ${object}))`.execute(tx.db);
    const { rows } = await sql<{ n: number }>`
      select count(*)::int as n from saved_views where object = ${object} and deleted_at is null`.execute(tx.db);
    if (rows[0]!.n >= viewsAtMost)
      throw new Refused("too-many", "view.too-many", `There are ${viewsAtMost} views already; remove some first.`);
    return (await createRecord(tx, viewType, { ...stored(values), object })).id;
  });

/** Refuses who may only look at the view. */
async function changeable(tx: Tx, id: string): Promise<View> {
  const view = await viewOf(tx, id);
  if (view.changeable) return view;
  const whose = view.owner ? `only ${view.owner.name} or a manager` : "only a manager";
  throw new Refused("forbidden", "view.not-yours", `This view is shared: ${whose} may change it. Save it as your own.`);
}

/** Changes a view when it is still the version the person saw. */
export const changeView = (
  ctx: Ctx | Tx,
  id: string,
  version: number | undefined,
  values: { [K in keyof ViewValues]?: ViewValues[K] | undefined },
): Promise<void> =>
  inTransaction(ctx, async (tx) => {
    const view = await changeable(tx, id);
    const given = Object.fromEntries(
      Object.entries(values).filter(([, value]) => value !== undefined),
    ) as Partial<ViewValues>;
    // A view with a problem may be renamed as it is; what it shows must be whole when that is what is saved.
    if (Object.keys(given).some((key) => key !== "name" && key !== "visibility"))
      await check(tx, view.object, { ...view, ...given });
    const { rows } = await sql<Row>`select * from saved_views where id = ${id} for update`.execute(tx.db);
    const after = await updateRecord(tx, viewType, id, version, stored(given));
    const fields = differences(rows[0] ?? null, after, beside);
    if (Object.keys(fields).length > 0)
      await noteChanges(tx, [{ object: "view", record_id: id, action: "updated", fields }]);
    if (given.visibility === "private") await forgetUnseen(tx, view);
  });

/** Moves a view to the trash; its tabs and defaults come back with it. */
export const trashView = (ctx: Ctx | Tx, id: string): Promise<void> =>
  inTransaction(ctx, async (tx) => {
    await changeable(tx, id);
    await trashRecord(tx, viewType, id);
  });

/** Takes a view out of the trash. */
export const restoreView = (ctx: Ctx | Tx, id: string): Promise<void> =>
  inTransaction(ctx, async (tx) => {
    await changeable(tx, id);
    await restoreRecord(tx, viewType, id);
  });

export type Whose = "me" | "everybody";

/** Refuses what must not be shown to all, and whose choice it is not. */
async function choosable(tx: Tx, object: string, ids: readonly string[], whose: Whose): Promise<string | null> {
  if (whose === "everybody" && !managesViews(tx))
    throw new Refused("forbidden", "view.not-manager", "Only a manager chooses what everybody sees first.");
  if (whose === "me" && tx.actor.id === null)
    throw new Refused("invalid", "view.nobody", "A key has no list of its own; choose for everybody.");
  for (const id of ids) {
    const view = await viewOf(tx, id);
    if (view.object !== object || view.deleted_at)
      throw new Refused("invalid", "view.other-list", "This view is not one of this list.");
    if (whose === "everybody" && view.visibility === "private")
      throw new Refused("conflict", "view.private", `“${view.name}” is private; share it first.`);
  }
  return whose === "me" ? tx.actor.id : null;
}

/** Chooses the view a list opens with; null: none. */
export const chooseDefault = (ctx: Ctx | Tx, object: string, id: string | null, whose: Whose): Promise<void> =>
  inTransaction(ctx, async (tx) => {
    const user = await choosable(tx, object, id ? [id] : [], whose);
    await sql`delete from view_defaults where object = ${object} and user_id is not distinct from ${user}`.execute(
      tx.db,
    );
    if (id)
      await sql`
        insert into view_defaults (object, user_id, view_id) values (${object}, ${user}, ${id})
            on conflict (object, user_id) do update set view_id = excluded.view_id`.execute(tx.db);
  });

/** Puts these views, in this order, as tabs above the list where `seen` stood until now; all others are none any more. */
export const pinViews = (
  ctx: Ctx | Tx,
  object: string,
  ids: readonly string[],
  { whose, seen }: { whose: Whose; seen: readonly string[] },
): Promise<void> =>
  inTransaction(ctx, async (tx) => {
    const user = await choosable(tx, object, ids, whose);
    await sql`select pg_advisory_xact_lock(hashtext(current_schema() || '/pins/' || ${object} || ${user ?? ""}))`.execute(
      tx.db,
    );
    const { rows } = await sql<{ id: string }>`
      select v.id from view_pins p join saved_views v on v.id = p.view_id and v.deleted_at is null
       where p.object = ${object} and p.user_id is not distinct from ${user} order by p.position`.execute(tx.db);
    const current = rows.map((row) => row.id);
    if (JSON.stringify(current) !== JSON.stringify(seen))
      throw new Refused("stale", "pins.stale", "Somebody changed these tabs since you looked.", {
        detail: { current },
      });
    await sql`delete from view_pins where object = ${object} and user_id is not distinct from ${user}`.execute(tx.db);
    await sql`
      insert into view_pins (object, user_id, view_id, position)
      select ${object}, ${user}::uuid, p.id, p.place::int from unnest(${ids}::uuid[]) with ordinality p(id, place)`.execute(
      tx.db,
    );
  });
