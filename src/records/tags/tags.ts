import { sql } from "kysely";
import { fold } from "#kernel/condition";
import { newId } from "#kernel/id";
import { invalid, notFound, Refused } from "#kernel/refusal";
import { inTransaction, type Ctx, type Tx } from "#platform/context";
import { likeText } from "../condition/scalar.ts";
import { tagsAtMost, type Tag } from "./tag.ts";

const folded = sql`lower(name collate "und-x-icu") collate "C"`;
const columns = sql`id, name, tone, version`;

/** Tags whose name has these letters, those that begin with them first; at most `limit`. */
export async function findTags(ctx: Ctx, q: string, limit: number): Promise<(Tag & { uses: number })[]> {
  const like = likeText(fold(q.trim()));
  const { rows } = await sql<Tag & { uses: number }>`
    select t.*, (select count(*)::int from (select from tagged g where g.tag_id = t.id and g.deleted_at is null limit 1000) s) as uses from (
      select ${columns} from tags where deleted_at is null and ${folded} like ${`%${like}%`}
       order by (${folded} like ${`${like}%`}) desc, ${folded}, id limit ${limit}) t`.execute(ctx.db);
  return rows;
}

/** The tag of that name, whatever its case; made when there is none. @throws Refused when there are 10,000 already. */
export async function tagNamed(tx: Tx, name: string, tone: string): Promise<Tag> {
  const find = async (): Promise<Tag | undefined> =>
    (await sql<Tag>`select ${columns} from tags where deleted_at is null and ${folded} = ${fold(name)}`.execute(tx.db)).rows[0]; // prettier-ignore
  const known = await find();
  if (known) return known;
  // One after the other, so that the limit holds and a name is made once.
  await sql`select pg_advisory_xact_lock(hashtext(current_schema() || '/tags'))`.execute(tx.db);
  const meanwhile = await find();
  if (meanwhile) return meanwhile;
  const { rows } = await sql<Tag>`
    insert into tags (id, name, tone, created_at, updated_at)
    select ${newId()}, ${name}, ${tone}, ${tx.clock()}, ${tx.clock()} where (select count(*) from tags where deleted_at is null) < ${tagsAtMost}
    returning ${columns}`.execute(tx.db);
  if (!rows[0])
    throw new Refused("conflict", "tags.many", "There are 10,000 tags. Merge or delete some; a field tells more than so many.");
  return rows[0];
} // prettier-ignore

/** The tag. @throws Refused when there is none. */
export async function tagById(ctx: Ctx, id: string): Promise<Tag> {
  const { rows } = await sql<Tag>`select ${columns} from tags where id = ${id} and deleted_at is null`.execute(ctx.db);
  if (!rows[0]) throw notFound("tag");
  return rows[0];
}

/** Renames a tag or changes its colour. A name that is taken is refused: the two can be merged. */
export const changeTag = (ctx: Ctx, id: string, version: number, change: { name?: string | undefined; tone?: string | undefined }): Promise<Tag> =>
  inTransaction(ctx, async (tx) => {
    const before = await lockTag(tx, id);
    if (before.version !== version) throw new Refused("stale", "tag.stale", "Somebody changed this tag since you opened it.");
    if (change.name) {
      await sql`select pg_advisory_xact_lock(hashtext(current_schema() || '/tags'))`.execute(tx.db);
      const { rows } = await sql`select 1 from tags where deleted_at is null and id <> ${id} and ${folded} = ${fold(change.name)}`.execute(tx.db);
      if (rows[0]) throw invalid("name", "Another tag is called this; merge the two.", "tag.taken");
    }
    const { rows } = await sql<Tag>`
      update tags set name = coalesce(${change.name ?? null}, name), tone = coalesce(${change.tone ?? null}, tone), version = version + 1, updated_at = ${tx.clock()}
       where id = ${id} returning ${columns}`.execute(tx.db);
    return rows[0]!;
  }); // prettier-ignore

async function lockTag(tx: Tx, id: string): Promise<Tag> {
  const { rows } = await sql<Tag>`select ${columns} from tags where id = ${id} and deleted_at is null for update`.execute(tx.db); // prettier-ignore
  if (!rows[0]) throw notFound("tag");
  return rows[0];
}

/** Deletes a tag: it leaves its records, and comes back to them when it is restored. */
export const deleteTag = (ctx: Ctx, id: string): Promise<void> =>
  inTransaction(ctx, async (tx) => {
    await lockTag(tx, id);
    const now = tx.clock();
    await sql`update tags set deleted_at = ${now}, merged_into = null where id = ${id}`.execute(tx.db);
    await sql`update tagged set deleted_at = ${now} where tag_id = ${id} and deleted_at is null`.execute(tx.db);
  });

/** Merges a tag into another: its records get the other one, and it goes; restoring it takes the merge back. */
export const mergeTags = (ctx: Ctx, id: string, into: string): Promise<void> =>
  inTransaction(ctx, async (tx) => {
    if (id === into) throw invalid("into", "Name another tag.");
    for (const one of [id, into].toSorted()) await lockTag(tx, one);
    const now = tx.clock();
    await sql`
      insert into tagged (id, record_id, object, tag_id, came_from, by_name, created_at)
      select gen_random_uuid(), record_id, object, ${into}, ${id}, by_name, created_at from tagged where tag_id = ${id} and deleted_at is null
          on conflict (record_id, tag_id) do nothing`.execute(tx.db);
    await sql`update tags set deleted_at = ${now}, merged_into = ${into} where id = ${id}`.execute(tx.db);
    await sql`update tagged set deleted_at = ${now} where tag_id = ${id} and deleted_at is null`.execute(tx.db);
  });

/** Takes a deleted or merged tag back, with the records it had. */
export const restoreTag = (ctx: Ctx, id: string): Promise<void> =>
  inTransaction(ctx, async (tx) => {
    const { rows } = await sql<Tag & { deleted_at: Date; merged_into: string | null }>`
      select ${columns}, deleted_at, merged_into from tags where id = ${id} and deleted_at is not null for update`.execute(tx.db);
    const found = rows[0];
    if (!found) throw notFound("tag");
    await sql`select pg_advisory_xact_lock(hashtext(current_schema() || '/tags'))`.execute(tx.db);
    const taken = await sql`select 1 from tags where deleted_at is null and ${folded} = ${fold(found.name)}`.execute(tx.db);
    if (taken.rows[0]) throw new Refused("conflict", "tag.taken", "There is a tag of this name again.");
    await sql`update tags set deleted_at = null, merged_into = null where id = ${id}`.execute(tx.db);
    await sql`update tagged set deleted_at = null where tag_id = ${id} and deleted_at = ${found.deleted_at}`.execute(tx.db);
    if (found.merged_into) await sql`delete from tagged where tag_id = ${found.merged_into} and came_from = ${id}`.execute(tx.db);
  }); // prettier-ignore
