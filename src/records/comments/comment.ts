import { sql } from "kysely";
import { newId } from "#kernel/id";
import { notFound, Refused } from "#kernel/refusal";
import { inTransaction, type Ctx, type Tx } from "#platform/context";
import { mentionedIn, seenRecord } from "../beside.ts";
import { pathOf, titleOf, type RecordRef } from "../named.ts";
import { notify } from "../notifications/notify.ts";
import type { Row } from "../registry.ts";
import type { RichText } from "../rich-text.ts";
import { followers, followersOf } from "./follow.ts";

/*
 * Words we use
 *   comment   what colleagues say to each other beside a record; stays in the house
 */
export interface Comment {
  id: string;
  html: string;
  text: string;
  by_id: string | null;
  by_name: string;
  created_at: Date;
  edited_at: Date | null;
  version: number;
}

const columns = sql`id, html, text, by_id, by_name, created_at, edited_at, version`;

/** The comments of a record, newest first, with how many there are. */
export async function commentsOf(
  ctx: Ctx,
  { object, record_id }: RecordRef,
  asked: { before?: string | undefined; limit: number },
): Promise<{ items: Comment[]; next: string | null }> {
  const { rows } = await sql<Comment>`
    select ${columns} from comments
     where record_id = ${record_id} and object = ${object} and deleted_at is null
       and (${asked.before ?? null}::uuid is null or (created_at, id) < (select c.created_at, c.id from comments c where c.id = ${asked.before ?? null}))
     order by created_at desc, id desc limit ${asked.limit + 1}`.execute(ctx.db);
  const items = rows.slice(0, asked.limit);
  return { items, next: rows.length > asked.limit ? (items.at(-1)?.id ?? null) : null };
}

/** Comments on a record: whoever is named and whoever follows it is told, and the author follows it from now on. */
export const comment = (ctx: Ctx, ref: RecordRef, said: RichText): Promise<Comment> =>
  inTransaction(ctx, async (tx) => {
    const row = await seenRecord(tx, ref);
    if (row.deleted_at) throw new Refused("conflict", "record.trashed", "The record is in the trash; restore it first.");
    const id = newId();
    const by = tx.actor.kind === "user" ? tx.actor.id : null;
    const { rows } = await sql<Comment>`
      insert into comments (id, object, record_id, html, text, by_id, by_name, created_at)
      values (${id}, ${ref.object}, ${ref.record_id}, ${said.html}, ${said.text}, ${by}, ${tx.actor.name}, ${tx.clock()}) returning ${columns}`.execute(tx.db);
    const named = await mentionedIn(tx, ref, said.mentions);
    await followers(tx, ref, [...(by ? [by] : []), ...named]);
    await tell(tx, ref, row, { id, text: said.text, named });
    return rows[0]!;
  }); // prettier-ignore

async function tell(tx: Tx, ref: RecordRef, row: Row, said: { id: string; text: string; named: readonly string[] }): Promise<void> {
  const about = { about: ref, title: titleOf(ref.object, row), text: said.text, path: `${pathOf(ref)}#comments` };
  // One line a person: named first, so that following the record does not tell them twice.
  await notify(tx, { ...about, kind: "mentioned", key: `comment:${said.id}`, users: said.named });
  const following = (await followersOf(tx, ref.record_id, row)).map((f) => f.id);
  await notify(tx, { ...about, kind: "commented", key: `comment:${said.id}`, users: following.filter((id) => !said.named.includes(id)) });
} // prettier-ignore

interface Owned extends RecordRef {
  version: number;
  by_id: string | null;
}

/** The comment, locked, when it is the asker's own. */
async function own(tx: Tx, id: string, trashed: boolean): Promise<Owned> {
  const { rows } = await sql<Owned>`
    select object, record_id, version, by_id from comments where id = ${id} and deleted_at is ${sql.raw(trashed ? "not null" : "null")} for update`.execute(
    tx.db,
  );
  if (!rows[0]) throw notFound("comment");
  await seenRecord(tx, rows[0]);
  if (!tx.actor.id || rows[0].by_id !== tx.actor.id)
    throw new Refused("forbidden", "comment.other", "Only who wrote a comment may change it.");
  return rows[0];
}

/** Changes one's own comment when nobody has since; who is named only now is told. */
export const editComment = (ctx: Ctx, id: string, version: number, said: RichText): Promise<Comment> =>
  inTransaction(ctx, async (tx) => {
    const found = await own(tx, id, false);
    if (found.version !== version)
      throw new Refused("stale", "comment.stale", "This comment was changed since you opened it.");
    const { rows } = await sql<Comment>`
      update comments set html = ${said.html}, text = ${said.text}, edited_at = ${tx.clock()}, version = version + 1
       where id = ${id} returning ${columns}`.execute(tx.db);
    const named = await mentionedIn(tx, found, said.mentions);
    await followers(tx, found, named);
    await tell(tx, found, await seenRecord(tx, found), { id, text: said.text, named });
    return rows[0]!;
  });

/** Takes one's own comment away, or back. */
export const setCommentAway = (ctx: Ctx, id: string, away: boolean): Promise<void> =>
  inTransaction(ctx, async (tx) => {
    await own(tx, id, !away);
    await sql`update comments set deleted_at = ${away ? tx.clock() : null} where id = ${id}`.execute(tx.db);
    // What nobody has read yet is not read any more.
    if (away) await sql`delete from notifications where key = ${`comment:${id}`} and read_at is null and digest_id is null`.execute(tx.db); // prettier-ignore
  });
