import { sql, CompiledQuery } from "kysely";
import type { Condition } from "#kernel/condition";
import { inTransaction, type Ctx, type Tx } from "#platform/context";
import type { JobKind } from "#platform/jobs";
import { recordFrom } from "#timeline";
import { hold } from "./hold.ts";
import { planFlips } from "./flips.ts";
import { keptOf, type Kept } from "./kept.ts";
import { buildKind } from "./segment.ts";
import { recount, tally, testOf, toldOf } from "./settle.ts";

// Contacts whose next flip is planned in one transaction.
const planned = 1000;

/** Computes a whole segment: first who belongs to it, in one statement; then when time alone will move whom. */
export const buildJob: JobKind = {
  kind: buildKind,
  above: true,
  run: async (ctx, job, control) => {
    const id = String(job.input.segment_id);
    if (job.progress.after === undefined)
      await inTransaction(ctx, async (tx) => {
        await buildMembers(tx, id);
        await control.advance(tx, { progress: { after: "" } });
      });
    let after = typeof job.progress.after === "string" ? job.progress.after : "";
    for (let done = job.done; ;) {
      const next = await inTransaction(ctx, async (tx) => {
        const ids = await planSome(tx, id, after);
        const last = ids.at(-1) ?? null;
        if (last) await control.advance(tx, { done: (done += ids.length), progress: { after: last } });
        return last;
      });
      if (next === null) break;
      after = next;
    }
    const { rows } = await sql<{ n: number }>`select member_count as n from segments where id = ${id}`.execute(ctx.db);
    return { members: rows[0]?.n ?? 0 };
  },
};

async function keptNow(tx: Tx, id: string): Promise<Kept | null> {
  await hold(tx);
  const { rows } = await sql<{ name: string; condition: Condition }>`
    select name, condition from segments where id = ${id} and kind = 'dynamic' and active and deleted_at is null`.execute(
    tx.db,
  );
  return rows[0] ? keptOf(id, rows[0].name, rows[0].condition) : null;
}

/** Brings all members of a dynamic segment in line with its condition and tells who came and went. Does nothing for one that is not kept. */
export async function buildMembers(tx: Tx, id: string): Promise<void> {
  const kept = await keptNow(tx, id);
  if (!kept) return;
  const params: unknown[] = [id, tx.clock()];
  const withs = `
    met as materialized (select t.id from contacts t where t.deleted_at is null and ${testOf(tx, kept.condition, params)}),
    came as (insert into segment_members (segment_id, contact_id, entered_at) select $1::uuid, met.id, $2::timestamptz from met on conflict do nothing returning segment_id, contact_id),
    gone as (delete from segment_members m where m.segment_id = $1::uuid and not exists (select from met where met.id = m.contact_id) returning m.segment_id, m.contact_id),
    told as (${toldOf("null::uuid", "'build'")})`;
  const counts = await recordFrom<{ name: string; n: number }>(
    tx,
    withs,
    params,
    "select name, count(*)::int as n from written group by name",
  );
  const of = (name: string): number => counts.find((c) => c.name === name)?.n ?? 0;
  await tally(tx, id, of("segment.entered"), of("segment.left"));
  await recount(tx, [id]);
  await sql`update segments set built_at = ${tx.clock()} where id = ${id}`.execute(tx.db);
}

async function planSome(tx: Tx, id: string, after: string): Promise<string[]> {
  const kept = await keptNow(tx, id);
  if (!kept) return [];
  const { rows } = await tx.db.executeQuery<{ id: string }>(
    CompiledQuery.raw(
      `select t.id from contacts t where t.deleted_at is null and ($1 = '' or t.id > nullif($1, '')::uuid) and ${mayFlip(kept)} order by t.id limit ${planned}`,
      kept.time ? [after] : [after, tx.clock()],
    ),
  );
  const ids = rows.map((r) => r.id);
  await planFlips(tx, [kept], new Map([[id, new Map(ids.map((c) => [c, null]))]]));
  return ids;
}

// Without a time in its condition only facts dated ahead can flip it.
const mayFlip = (kept: Kept): string =>
  kept.time ? "true" : "exists (select from facts f where f.contact_id = t.id and f.occurred_at > $2::timestamptz)";

/** Has every segment that is kept computed anew: after facts or contacts were taken away for good. */
export async function buildAll(
  ctx: Ctx | Tx,
  each: (tx: Tx, row: { id: string; name: string }) => Promise<unknown>,
): Promise<void> {
  await inTransaction(ctx, async (tx) => {
    await hold(tx);
    const { rows } = await sql<{ id: string; name: string; kept: boolean }>`
      select id, name, kind = 'dynamic' and active as kept from segments where deleted_at is null`.execute(tx.db);
    await recount(tx, rows.map((r) => r.id)); // prettier-ignore
    for (const row of rows) if (row.kept) await each(tx, row);
  });
}
