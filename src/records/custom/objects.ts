import { CompiledQuery, sql } from "kysely";
import { newId } from "#kernel/id";
import { invalid, notFound, Refused } from "#kernel/refusal";
import { inTransaction, type Ctx, type Tx } from "#platform/context";
import { differences, noteChanges } from "../changes.ts";
import { recordTypes, type Row } from "../registry.ts";
import { definitionsChanged, wholeBefore } from "./described.ts";
import { ownPrefix, ownTable, type OwnObject } from "./own.ts";

/** So many at most, retired ones included: each is a table and an entry of the navigation. */
export const objectsAtMost = 100;
const told = ["label", "label_plural", "title_label", "retired_at"];

/** All own objects, retired ones too. */
export async function listOwn(ctx: Ctx): Promise<OwnObject[]> {
  const { rows } = await sql<OwnObject>`
    select id, key, label, label_plural, title_label, retired_at, version from custom_objects order by label_plural, id`.execute(
    ctx.db,
  );
  return rows;
}

/** One own object. */
export async function findOwn(ctx: Ctx, id: string): Promise<OwnObject> {
  const found = (await listOwn(ctx)).find((o) => o.id === id);
  if (!found) throw notFound("custom object");
  return found;
}

const hold = (tx: Tx) =>
  sql`select pg_advisory_xact_lock(hashtext(current_schema() || '/custom-objects'))`.execute(tx.db);

function checkLabel(others: readonly OwnObject[], label: string): void {
  const same = (other: string): boolean => other.toLowerCase() === label.toLowerCase();
  if (
    recordTypes().some((t) => same(t.object.label_plural)) ||
    others.some((o) => !o.retired_at && same(o.label_plural))
  )
    throw invalid("label_plural", `There are “${label}” already.`, "custom-object.label-taken");
}

/** A key from a plural: letters and digits only, as it stands in an address; other scripts give "objects". */
function freeKey(others: readonly OwnObject[], label: string): string {
  const plain = label.normalize("NFKD").toLowerCase().replaceAll(/[^a-z0-9]/g, "").replace(/^[0-9]+/, "").slice(0, 30); // prettier-ignore
  const base = plain === "" ? "objects" : plain;
  for (let n = 1; ; n++) {
    const key = n === 1 ? base : `${base}${n}`;
    if (!others.some((o) => o.key === key)) return key;
  }
}

// What every table of records has, and the indexes that its list, search and sort are served by.
const tableOf = (table: string): string[] => [
  `create table "${table}" (id uuid not null primary key, name text not null, owner_id uuid, custom jsonb not null default '{}', version int not null default 1,
     created_at timestamptz not null, updated_at timestamptz not null, deleted_at timestamptz)`,
  `create index "${table}_by_name" on "${table}" (name collate "und-x-icu", id)`,
  `create index "${table}_by_created" on "${table}" (created_at, id)`,
  `create index "${table}_by_updated" on "${table}" (updated_at, id)`,
  `create index "${table}_by_owner" on "${table}" (owner_id) where owner_id is not null`,
  `create index "${table}_folded" on "${table}" ((lower(name collate "und-x-icu") collate "C"))`,
  `create index "${table}_found" on "${table}" using gin (search_text(name, null, null) gin_trgm_ops)`,
];
const watch = (key: string): string => `select search_watch('${ownTable(key)}', '${ownPrefix}${key}', 'name', '{}')`;

export interface ObjectWords {
  label: string;
  label_plural: string;
  title_label: string;
}

/** Makes an object with a table of its own; answers its id. */
export const defineObject = (ctx: Ctx | Tx, words: ObjectWords): Promise<string> =>
  inTransaction(ctx, async (tx) => {
    await hold(tx);
    const others = await listOwn(tx);
    if (others.length >= objectsAtMost) throw invalid("label", `At most ${objectsAtMost} objects.`);
    checkLabel(others, words.label_plural);
    const [id, key] = [newId(), freeKey(others, words.label_plural)];
    for (const statement of [...tableOf(ownTable(key)), watch(key)])
      await tx.db.executeQuery(CompiledQuery.raw(statement));
    const { rows } = await sql<Row>`
      insert into custom_objects (id, key, label, label_plural, title_label, created_at, updated_at)
      values (${id}, ${key}, ${words.label}, ${words.label_plural}, ${words.title_label}, ${tx.clock()}, ${tx.clock()}) returning *`.execute(
      tx.db,
    );
    const fields = differences(null, rows[0]!, ["key", ...told]);
    await noteChanges(tx, [{ object: "custom_object", record_id: id, action: "created", fields }]);
    await definitionsChanged(tx);
    return id;
  });

/** Renames an object, retires it with all its records hidden, or brings it back. */
export const changeObject = (
  ctx: Ctx | Tx,
  id: string,
  version: number | undefined,
  change: { [K in keyof ObjectWords]?: string | undefined } & { retired?: boolean },
): Promise<void> =>
  inTransaction(ctx, async (tx) => {
    await hold(tx);
    const before = await findOwn(tx, id);
    if (version !== undefined && version !== before.version)
      throw new Refused("stale", "custom-object.stale", "Somebody changed this object since you opened it.");
    const { label = before.label, label_plural = before.label_plural, title_label = before.title_label } = change;
    const retired = change.retired ?? before.retired_at !== null;
    if (!retired) checkLabel((await listOwn(tx)).filter((o) => o.id !== id), label_plural); // prettier-ignore
    const retired_at = retired ? (before.retired_at ?? tx.clock()) : null;
    const whole = await wholeBefore(tx);
    await sql`
      update custom_objects set label = ${label}, label_plural = ${label_plural}, title_label = ${title_label}, retired_at = ${retired_at}, version = version + 1, updated_at = ${tx.clock()}
       where id = ${id}`.execute(tx.db);
    const fields = differences(before as unknown as Row, (await findOwn(tx, id)) as unknown as Row, told);
    await noteChanges(tx, [{ object: "custom_object", record_id: id, action: "updated", fields }]);
    await definitionsChanged(tx);
    await whole();
  });
