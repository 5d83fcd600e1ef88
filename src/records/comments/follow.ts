import { sql } from "kysely";
import type { Ctx, Tx } from "#platform/context";
import type { RecordRef } from "../named.ts";
import type { Row } from "../registry.ts";

/*
 * Words we use
 *   follower   a colleague who hears of what happens to the record: they chose to, own it, commented on it or were named in a comment;
 *              whoever says no stays out
 */
export interface Follower {
  id: string;
  name: string;
  /** True when they follow because the record is theirs. */
  owner: boolean;
}

const ownerOf = (row: Row): string | null => (typeof row.owner_id === "string" ? row.owner_id : null);

/** Makes people follow the record unless they said no. */
export async function followers(tx: Tx, { object, record_id }: RecordRef, users: readonly string[]): Promise<void> {
  if (users.length === 0) return;
  await sql`
    insert into followers (record_id, object, user_id, since)
    select ${record_id}, ${object}, m.user_id, ${tx.clock()} from rondo.members m
     where m.workspace_id = ${tx.workspace.id} and m.user_id = any(${[...users]}::uuid[])
        on conflict do nothing`.execute(tx.db);
}

/** Follows or no longer follows, as the person says. */
export async function setFollowing(ctx: Ctx, { object, record_id }: RecordRef, user: string, follows: boolean): Promise<void> {
  await sql`
    insert into followers (record_id, object, user_id, follows, since)
    select ${record_id}, ${object}, m.user_id, ${follows}, ${ctx.clock()} from rondo.members m
     where m.workspace_id = ${ctx.workspace.id} and m.user_id = ${user}
        on conflict (record_id, user_id) do update set follows = excluded.follows`.execute(ctx.db);
} // prettier-ignore

/** Who follows the record, its owner included. */
export async function followersOf(ctx: Ctx, record_id: string, row: Row): Promise<Follower[]> {
  const owner = ownerOf(row);
  const { rows } = await sql<Follower>`
    select u.id, u.name, u.id = ${owner}::uuid as owner
      from rondo.members m join rondo.users u on u.id = m.user_id left join followers f on f.record_id = ${record_id} and f.user_id = m.user_id
     where m.workspace_id = ${ctx.workspace.id} and coalesce(f.follows, m.user_id = ${owner}::uuid)
     order by u.name, u.id`.execute(ctx.db);
  return rows;
}
