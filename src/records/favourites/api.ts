import { sql } from "kysely";
import { z } from "zod";
import { endpoint } from "#kernel/endpoint";
import { Refused } from "#kernel/refusal";
import type { Ctx } from "#platform/context";
import { recordRef, seenRecord, titlesOf } from "../beside.ts";
import { pathOf, type RecordRef } from "../named.ts";

/** The most records a person stars. */
const atMost = 100;

export interface Favourite extends RecordRef {
  title: string;
  path: string;
}

/** What the person starred and may still see, the latest first. */
async function favouritesOf(ctx: Ctx): Promise<Favourite[]> {
  const { rows } = await sql<RecordRef>`
    select object, record_id from favourites where user_id = ${ctx.actor.id} order by at desc, record_id limit ${atMost}`.execute(
    ctx.db,
  );
  return named(ctx, rows);
}

/** What the person opened lately and may still see. */
async function recentOf(ctx: Ctx, limit: number): Promise<Favourite[]> {
  const { rows } = await sql<RecordRef>`
    select object, record_id from record_visits where user_id = ${ctx.actor.id} order by at desc limit ${limit}`.execute(
    ctx.db,
  );
  return named(ctx, rows);
}

async function named(ctx: Ctx, refs: readonly RecordRef[]): Promise<Favourite[]> {
  const titles = await titlesOf(ctx, refs);
  return refs.flatMap((ref) => {
    const title = titles.get(ref.record_id);
    return title === undefined ? [] : [{ ...ref, title, path: pathOf(ref) }];
  });
}

async function star(ctx: Ctx, ref: RecordRef, starred: boolean): Promise<void> {
  if (ctx.actor.kind !== "user" || !ctx.actor.id)
    throw new Refused("forbidden", "people-only", "Favourites are a person's; an API key has none.");
  if (!starred)
    return void (await sql`delete from favourites where user_id = ${ctx.actor.id} and record_id = ${ref.record_id}`.execute(ctx.db)); // prettier-ignore
  await seenRecord(ctx, ref);
  const { rows } = await sql`
    insert into favourites (user_id, record_id, object, at)
    select ${ctx.actor.id}, ${ref.record_id}, ${ref.object}, ${ctx.clock()} where (select count(*) from favourites where user_id = ${ctx.actor.id}) < ${atMost}
        on conflict (user_id, record_id) do update set at = favourites.at returning user_id`.execute(ctx.db);
  if (!rows[0]) throw new Refused("conflict", "favourites.many", `You have ${atMost} favourites. Take one off first.`);
}

export const favouritesApi = {
  list: endpoint({
    route: "GET /favourites",
    may: "signed-in",
    summary: "The records you starred, the latest first",
    input: z.object({}),
    run: async (ctx: Ctx) => ({ items: await favouritesOf(ctx) }),
  }),
  recent: endpoint({
    route: "GET /recent",
    may: "signed-in",
    summary: "The records you opened lately, the latest first",
    input: z.object({ limit: z.coerce.number().int().min(1).max(50).default(12) }),
    run: async (ctx: Ctx, { limit }) => ({ items: await recentOf(ctx, limit) }),
  }),
  star: endpoint({
    route: "PUT /favourites",
    may: "signed-in",
    summary: "Star a record, or take the star off",
    input: z.object({ ...recordRef, starred: z.boolean() }),
    run: async (ctx: Ctx, { starred, ...ref }) => {
      await star(ctx, ref, starred);
      return { items: await favouritesOf(ctx) };
    },
  }),
};
export type FavouritesApi = typeof favouritesApi;
