import { sql } from "kysely";
import { inTransaction, type Ctx, type Tx } from "#platform/context";
import type { JobKind } from "#platform/jobs";
import { keepMentions, type KeptTheme } from "./mention.ts";
import { sources, type Said } from "./source.ts";
import { buildKind } from "./theme.ts";

// Facts read in one transaction.
const atOnce = 2000;
const first = { at: new Date(0).toISOString(), id: "00000000-0000-0000-0000-000000000000" };
type Place = typeof first;

/** Finds all mentions of a theme anew, page by page; what the older rules found and the new ones do not is taken away at the end. */
export const buildJob: JobKind = {
  kind: buildKind,
  above: true,
  run: async (ctx, job, control) => {
    const id = String(job.input.theme_id);
    let place = (job.progress.place as Place | undefined) ?? first;
    for (let done = job.done; ;) {
      const next = await inTransaction(ctx, async (tx) => {
        const page = await buildSome(tx, id, place);
        if (page) await control.advance(tx, { done: (done += page.read), progress: { place: page.place } });
        return page;
      });
      if (!next) break;
      place = next.place;
    }
    return { mentions: await endBuild(ctx, id) };
  },
};

async function themeNow(ctx: Ctx, id: string): Promise<KeptTheme | null> {
  const { rows } = await sql<KeptTheme>`
    select id, name, definition, rules_version from themes where id = ${id} and active and deleted_at is null for share`.execute(ctx.db);
  return rows[0] ?? null;
} // prettier-ignore

async function buildSome(tx: Tx, id: string, after: Place): Promise<{ read: number; place: Place } | null> {
  const theme = await themeNow(tx, id);
  if (!theme) return null;
  const { rows } = await sql<Said & { caused_by: string | null }>`
    select id, name, occurred_at, contact_id, account_id, payload, caused_by from facts
     where name = any(${[...sources]}) and (occurred_at, id) > (${after.at}::timestamptz, ${after.id}::uuid)
     order by occurred_at, id limit ${atOnce}`.execute(tx.db);
  const last = rows.at(-1);
  if (!last) return null;
  await keepMentions(tx, [theme], rows);
  return { read: rows.length, place: { at: last.occurred_at.toISOString(), id: last.id } };
}

const endBuild = (ctx: Ctx | Tx, id: string): Promise<number> =>
  inTransaction(ctx, async (tx) => {
    const theme = await themeNow(tx, id);
    if (!theme) return 0;
    await sql`delete from theme_mentions where theme_id = ${id} and rules_version < ${theme.rules_version}`.execute(tx.db);
    await sql`update themes set built_at = ${tx.clock()} where id = ${id}`.execute(tx.db);
    const { rows } = await sql<{ n: number }>`select count(*)::int as n from theme_mentions where theme_id = ${id}`.execute(tx.db);
    return rows[0]!.n;
  }); // prettier-ignore

/** The same at once, in the caller's transaction, instead of the job that waits for it; answers how many mentions there are. */
export async function buildTheme(tx: Tx, id: string): Promise<number> {
  await sql`delete from jobs where kind = ${buildKind} and state = 'queued' and input ->> 'theme_id' = ${id}`.execute(
    tx.db,
  );
  for (let place = first; ;) {
    const next = await buildSome(tx, id, place);
    if (!next) return endBuild(tx, id);
    place = next.place;
  }
}
