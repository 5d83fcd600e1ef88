import { sql } from "kysely";
import { z } from "zod";
import { invalid, Refused } from "#kernel/refusal";
import type { Ctx, Tx } from "#platform/context";
import { typeNamed } from "../custom/described.ts";
import type { RecordType } from "../registry.ts";
import { changeAccess } from "./change.ts";
import { mustReach } from "./see.ts";
import { isOwned, isSomebodys, ownerField } from "./scope.ts";
import { checkPeople } from "./teams.ts";

/** With whom a record is shared by hand: a person or a team. */
export interface Share {
  user_id: string | null;
  team_id: string | null;
  name: string;
  can_edit: boolean;
}

export interface Sharing {
  shares: Share[];
  /** Seen only by its owner, those it is shared with, and the company's owners and administrators. */
  private: boolean;
  /** Whether the object knows owners, so that its records can be private. */
  can_be_private: boolean;
  /** A fingerprint of whom it is shared with: a list that is as one saw it has the same. */
  version: number;
}

export const sharesSchema = z
  .array(
    z
      .object({ user_id: z.uuid().nullish(), team_id: z.uuid().nullish(), can_edit: z.boolean() })
      .refine((s) => Boolean(s.user_id) !== Boolean(s.team_id), "Name a person or a team."),
  )
  .max(200);
export type NewShare = z.output<typeof sharesSchema>[number];

export const sharingSchema = z.object({
  object: z.string().max(80),
  id: z.uuid(),
  private: z.boolean(),
  shares: sharesSchema,
  version: z.int("Send the version you saw."),
});

export async function sharedType(ctx: Ctx, name: string): Promise<RecordType> {
  const type = await typeNamed(ctx, name);
  if (!type || !isSomebodys(type.object)) throw invalid("object", "Records of this kind are not shared one by one.");
  return type;
}

/** With whom the record is shared, and whether it is private. */
export async function sharingOf(ctx: Ctx, type: RecordType, id: string): Promise<Sharing> {
  await mustReach(ctx, type.object, id);
  const { rows: marks } = await sql`select 1 from private_records where record_id = ${id}`.execute(ctx.db);
  return {
    version: await sharesVersion(ctx, id),
    shares: await sharesOf(ctx, type.object.name, id),
    private: marks.length > 0,
    can_be_private: isOwned(type.object),
  };
}

/** With whom something is shared by hand, by name. */
export async function sharesOf(ctx: Ctx | Tx, object: string, id: string): Promise<Share[]> {
  const { rows } = await sql<Share>`
    select s.user_id, s.team_id, coalesce(u.name, t.name, '') as name, s.can_edit from record_shares s
      left join rondo.users u on u.id = s.user_id left join teams t on t.id = s.team_id
     where s.record_id = ${id} and s.object = ${object} order by 3, 1, 2`.execute(ctx.db);
  return rows;
}

/** The fingerprint of a list of shares, -2^31 to 2^31 - 1. */
export async function sharesVersion(ctx: Ctx | Tx, id: string): Promise<number> {
  const { rows } = await sql<{ version: number }>`
    select hashtext(coalesce((select string_agg(concat(s.user_id, s.team_id, s.can_edit), ',' order by s.user_id, s.team_id) from record_shares s where s.record_id = ${id}), '')
                    || exists (select from private_records p where p.record_id = ${id})::text) as version`.execute(
    ctx.db,
  );
  return rows[0]!.version;
}

/** Refuses when somebody changed the list since the version seen; others wait until this transaction ends. */
export async function mustBeSeen(tx: Tx, object: string, id: string, version: number): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext(current_schema() || '/shares/' || ${id}))`.execute(tx.db);
  if ((await sharesVersion(tx, id)) !== version)
    throw new Refused("stale", "sharing.stale", "Somebody changed with whom this is shared since you opened it.", {
      detail: { current: await sharesOf(tx, object, id) },
    });
}

/** Says with whom something is shared, all of them at once; who may say so is the caller's to ask. */
export async function putShares(tx: Tx, object: string, id: string, shares: readonly NewShare[]): Promise<void> {
  await checkPeople(tx, "shares", shares.flatMap((s) => s.user_id ?? [])); // prettier-ignore
  await sql`delete from record_shares where record_id = ${id}`.execute(tx.db);
  const { rows } = await sql`
    insert into record_shares (object, record_id, user_id, team_id, can_edit, shared_by, shared_at)
    select ${object}, ${id}::uuid, s.user_id, t.id, s.can_edit, ${tx.actor.name}, ${tx.clock()}::timestamptz
      from json_to_recordset(${JSON.stringify(shares)}::json) as s(user_id uuid, team_id uuid, can_edit boolean)
      left join teams t on t.id = s.team_id where s.user_id is not null or t.id is not null
        on conflict do nothing returning 1`.execute(tx.db);
  if (rows.length < shares.length) throw invalid("shares", "A person or team stands here twice, or there is no such team.");
} // prettier-ignore

/** Says with whom the record is shared, all of them at once; whoever may change the record may share it. */
export const share = (ctx: Ctx, asked: z.output<typeof sharingSchema>): Promise<void> =>
  changeAccess(ctx, async (tx) => {
    const type = await sharedType(tx, asked.object);
    await mustReach(tx, type.object, asked.id, "update");
    await mustBeSeen(tx, type.object.name, asked.id, asked.version);
    const owner = await ownerOf(tx, type, asked.id);
    await setPrivate(tx, type, asked.id, asked.private, owner);
    await putShares(tx, type.object.name, asked.id, asked.shares);
  });

/** The record's owner; null when it has none, or its object knows none. */
async function ownerOf(tx: Tx, { object }: RecordType, id: string): Promise<string | null> {
  if (!isOwned(object)) return null;
  const { rows } = await sql<{ owner: string | null }>`
    select ${sql.ref(ownerField)} as owner from ${sql.table(object.table)} where id = ${id} for update`.execute(tx.db);
  return rows[0]?.owner ?? null;
}

async function setPrivate(tx: Tx, { object }: RecordType, id: string, wanted: boolean, owner: string | null): Promise<void> {
  const { rows } = await sql`select 1 from private_records where record_id = ${id}`.execute(tx.db);
  if (rows.length > 0 === wanted) return;
  if (wanted && owner === null) throw invalid("private", `Only a ${object.label.toLowerCase()} with an owner can be private.`); // prettier-ignore
  const looksIn = tx.access === "above" || tx.role === "owner" || tx.role === "admin";
  if (!looksIn && owner !== tx.actor.id)
    throw new Refused("forbidden", "private.not-owner", "Only its owner makes a record private, or takes that back.");
  await (wanted
    ? sql`insert into private_records (object, record_id, made_by, made_at) values (${object.name}, ${id}, ${tx.actor.name}, ${tx.clock()})`
    : sql`delete from private_records where record_id = ${id}`
  ).execute(tx.db);
} // prettier-ignore
