import { sql } from "kysely";
import { fold } from "#kernel/condition";
import { newId } from "#kernel/id";
import { invalid, Refused } from "#kernel/refusal";
import { inTransaction, type Ctx, type Tx } from "#platform/context";
import { withinReach } from "../access/index.ts";
import { lockedRecord, requireMay, visibleIds } from "../beside.ts";
import { noteChanges } from "../changes.ts";
import { record, recordAll } from "#timeline";
import { customerOf, type RecordRef } from "../named.ts";
import { tagsOnRecordAtMost, type Tag } from "./tag.ts";
import { tagNamed } from "./tags.ts";

/** The tags of a record, by name. */
export async function tagsOf(ctx: Ctx, { object, record_id }: RecordRef): Promise<Tag[]> {
  const { rows } = await sql<Tag>`
    select t.id, t.name, t.tone, t.version from tagged g join tags t on t.id = g.tag_id
     where g.record_id = ${record_id} and g.object = ${object} and g.deleted_at is null
     order by lower(t.name collate "und-x-icu") collate "C", t.id`.execute(ctx.db);
  return rows;
}

/** The tags of up to 500 records at once, by record; for a page of a table. */
export async function tagsOfMany(ctx: Ctx, object: string, ids: readonly string[]): Promise<Record<string, Tag[]>> {
  await requireMay(ctx, object, "read");
  const seen = await visibleIds(ctx, ids.map((record_id) => ({ object, record_id }))); // prettier-ignore
  const { rows } = await sql<Tag & { record_id: string }>`
    select g.record_id, t.id, t.name, t.tone, t.version from tagged g join tags t on t.id = g.tag_id
     where g.record_id = any(${[...seen]}::uuid[]) and g.object = ${object} and g.deleted_at is null
     order by lower(t.name collate "und-x-icu") collate "C", t.id`.execute(ctx.db);
  const found: Record<string, Tag[]> = {};
  for (const { record_id, ...tag } of rows) (found[record_id] ??= []).push(tag);
  return found;
}

export interface Tagging {
  /** By name; one that is not there yet is made. */
  add: readonly string[];
  /** By id. */
  remove: readonly string[];
}

/** Puts tags on a record and takes others off; answers what it has then. At most 100 on a record. */
export const tagRecord = (ctx: Ctx | Tx, ref: RecordRef, { add, remove }: Tagging): Promise<Tag[]> =>
  inTransaction(ctx, async (tx) => {
    const row = await lockedRecord(tx, ref);
    const before = await tagsOf(tx, ref);
    await sql`delete from tagged where record_id = ${ref.record_id} and tag_id = any(${[...remove]}::uuid[]) and deleted_at is null`.execute(tx.db);
    for (const name of add) {
      const tag = await tagNamed(tx, name, "gray");
      await sql`
        insert into tagged (id, record_id, object, tag_id, by_name, created_at)
        values (${newId()}, ${ref.record_id}, ${ref.object}, ${tag.id}, ${tx.actor.name}, ${tx.clock()}) on conflict (record_id, tag_id) do nothing`.execute(tx.db);
    }
    const after = await tagsOf(tx, ref);
    if (after.length > tagsOnRecordAtMost)
      throw new Refused("conflict", "tags.many-on-record", `A record has at most ${tagsOnRecordAtMost} tags.`);
    const [old, now] = [before, after].map((tags) => tags.map((t) => t.name));
    if (JSON.stringify(old) === JSON.stringify(now)) return after;
    await noteChanges(tx, [{ ...ref, action: "updated", fields: { tags: [old, now] } }]);
    const isCustomer = ref.object === "contact" || ref.object === "account";
    const payload = { added: now!.filter((name) => !old!.includes(name)), removed: old!.filter((name) => !now!.includes(name)) };
    if (isCustomer) await record(tx, { ...customerOf(ref.object, row), name: "customer.tagged", payload });
    return after;
  }); // prettier-ignore

/** Those of the records that may be changed. @throws Refused when there is none. */
async function changeable(tx: Tx, object: string, ids: readonly string[]): Promise<string[]> {
  const type = await requireMay(tx, object, "update");
  const seen = await visibleIds(tx, ids.map((record_id) => ({ object, record_id })));
  const reached = await withinReach(tx, type.object, [...seen], "update");
  if (reached.size === 0) throw invalid("ids", "None of these records is there for you to change.");
  return [...reached];
} // prettier-ignore

async function noteTag(tx: Tx, object: string, ids: readonly string[], { name }: Tag, away: boolean): Promise<void> {
  const payload = { added: away ? [] : [name], removed: away ? [name] : [] };
  if (object === "contact" || object === "account")
    await recordAll(tx, ids.map((id) => ({ [`${object}_id`]: id, name: "customer.tagged" as const, payload })));
  const fields: Record<string, [unknown, unknown]> = { tags: away ? [[name], []] : [[], [name]] };
  await noteChanges(tx, ids.map((record_id) => ({ object, record_id, action: "updated" as const, fields })));
} // prettier-ignore

/** Puts a tag on many records; answers which have it newly. */
export const tagMany = (ctx: Ctx, object: string, ids: readonly string[], name: string): Promise<{ tag: Tag; ids: string[] }> =>
  inTransaction(ctx, async (tx) => {
    const of = await changeable(tx, object, ids);
    const tag = await tagNamed(tx, name, "gray");
    const { rows } = await sql<{ record_id: string }>`
      insert into tagged (id, record_id, object, tag_id, by_name, created_at)
      select gen_random_uuid(), r.id, ${object}, ${tag.id}, ${tx.actor.name}, ${tx.clock()} from unnest(${of}::uuid[]) r(id)
       where (select count(*) from tagged g where g.record_id = r.id and g.deleted_at is null) < ${tagsOnRecordAtMost}
          on conflict (record_id, tag_id) do nothing returning record_id`.execute(tx.db);
    const newly = rows.map((r) => r.record_id);
    await noteTag(tx, object, newly, tag, false);
    return { tag, ids: newly };
  }); // prettier-ignore

/** Takes a tag off many records; answers which had it. */
export const untagMany = (ctx: Ctx, object: string, ids: readonly string[], name: string): Promise<{ tag: Tag; ids: string[] }> =>
  inTransaction(ctx, async (tx) => {
    const of = await changeable(tx, object, ids);
    const tag = await tagNamed(tx, name, "gray");
    const { rows } = await sql<{ record_id: string }>`
      delete from tagged where tag_id = ${tag.id} and record_id = any(${of}::uuid[]) and deleted_at is null returning record_id`.execute(tx.db);
    const had = rows.map((r) => r.record_id);
    await noteTag(tx, object, had, tag, true);
    return { tag, ids: had };
  }); // prettier-ignore

/** Puts a tag on one record of many, or takes it off; answers whether that changed it. A tag that is nowhere is not made to be taken off. */
export async function tagOne(
  tx: Tx,
  ref: RecordRef,
  { name, away }: { name: string; away: boolean },
): Promise<boolean> {
  const has = (await tagsOf(tx, ref)).find((tag) => fold(tag.name) === fold(name));
  if ((has !== undefined) !== away) return false;
  await tagRecord(tx, ref, away ? { add: [], remove: [has!.id] } : { add: [name], remove: [] });
  return true;
}

const namesIn = (value: unknown): string[] => (Array.isArray(value) ? value.filter((v) => typeof v === "string") : []);

/** Takes back what a change did to a record's tags; tags that others put on or took off since stay. Answers whether there was anything to do. */
export async function takeBackTags(tx: Tx, { object, record_id }: RecordRef, [old, now]: readonly [unknown, unknown]): Promise<boolean> {
  const [before, after] = [namesIn(old), namesIn(now)];
  const has = await tagsOf(tx, { object, record_id });
  const added = after.filter((name) => !before.includes(name));
  const remove = has.filter((tag) => added.includes(tag.name)).map((tag) => tag.id);
  const add = before.filter((name) => !after.includes(name) && !has.some((tag) => tag.name === name));
  if (remove.length + add.length > 0) await tagRecord(tx, { object, record_id }, { add, remove });
  return remove.length + add.length > 0;
} // prettier-ignore
