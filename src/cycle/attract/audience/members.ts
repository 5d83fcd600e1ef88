import { CompiledQuery, sql } from "kysely";
import { z } from "zod";
import { conditionSchema, type Condition } from "#kernel/condition";
import { Refused } from "#kernel/refusal";
import { inTransaction, type Ctx, type Tx } from "#platform/context";
import { enqueue, type JobKind } from "#platform/jobs";
import { contact, contactType } from "#customers";
import { lockRecord, whereOf } from "#records";
import { recordFrom } from "#timeline";
import { hold } from "./hold.ts";
import { segmentType } from "./segment.ts";
import { recount, tally, toldOf } from "./settle.ts";

export const gatherKind = "segments.gather";
// As many contacts are put into a segment while one waits; more are put there by a job.
export const atOnceByHand = 500;

async function staticSegment(tx: Tx, id: string): Promise<string> {
  await hold(tx);
  const row = await lockRecord(tx, segmentType, id);
  if (row.kept_by)
    throw new Refused(
      "conflict",
      "segment.kept",
      "An improvement keeps this segment to measure by it; nobody is added or removed by hand.",
    );
  if (row.kind !== "static")
    throw new Refused(
      "conflict",
      "segment.dynamic",
      "Its condition decides who belongs to this segment; nobody is added or removed by hand.",
    );
  return String(row.name);
}

/** Puts contacts into a segment by hand; those who are there stay. Answers who came. */
export const addMembers = (ctx: Ctx | Tx, id: string, contacts: readonly string[]): Promise<string[]> =>
  inTransaction(ctx, async (tx) => {
    await staticSegment(tx, id);
    return putIn(tx, id, contacts);
  });

/** Has a segment of chosen contacts kept by somebody else than people: from now on only `keepMembers` puts anybody into it. */
export const keepSegment = async (tx: Tx, id: string, by: "improvement"): Promise<void> =>
  void (await sql`update segments set kept_by = ${by} where id = ${id}`.execute(tx.db));

/** Puts contacts into a segment as its keeper. Answers who came. */
export async function keepMembers(tx: Tx, id: string, contacts: readonly string[]): Promise<string[]> {
  await hold(tx);
  await lockRecord(tx, segmentType, id);
  return putIn(tx, id, contacts);
}

async function putIn(tx: Tx, id: string, contacts: readonly string[]): Promise<string[]> {
  const came = await cameBy<{ contact_id: string }>(
    tx,
    id,
    "select contact_id from written",
    "select t.id from contacts t where t.id = any($3::uuid[]) and t.deleted_at is null",
    [contacts],
  );
  await counted(tx, id, came.length);
  return came.map((c) => c.contact_id);
}

async function counted(tx: Tx, id: string, came: number): Promise<void> {
  await tally(tx, id, came, 0);
  await recount(tx, [id]);
}

async function cameBy<R>(tx: Tx, id: string, answer: string, who: string, params: readonly unknown[]): Promise<R[]> {
  const withs = `
    came as (insert into segment_members (segment_id, contact_id, entered_at) select $1::uuid, x.id, $2::timestamptz from (${who}) x on conflict do nothing returning segment_id, contact_id),
    gone as (select segment_id, contact_id from came where false),
    told as (${toldOf("null::uuid", "'hand'")})`;
  return recordFrom<R>(tx, withs, [id, tx.clock(), ...params], answer);
}

/** Takes contacts out of a segment by hand. Answers how many went. */
export const removeMembers = (ctx: Ctx | Tx, id: string, contacts: readonly string[]): Promise<number> =>
  inTransaction(ctx, async (tx) => {
    await staticSegment(tx, id);
    const withs = `
      gone as (delete from segment_members where segment_id = $1::uuid and contact_id = any($2::uuid[]) returning segment_id, contact_id),
      came as (select segment_id, contact_id from gone where false),
      told as (${toldOf("null::uuid", "'hand'")})`;
    const [counts] = await recordFrom<{ n: number }>(
      tx,
      withs,
      [id, contacts],
      "select count(*)::int as n from written",
    );
    const went = counts?.n ?? 0;
    await tally(tx, id, 0, went);
    await recount(tx, [id]);
    return went;
  });

export interface Gathering {
  filter?: Condition | undefined;
  q?: string | undefined;
}

/** Puts all contacts that a list shows into a segment: at once up to 500, by a job beyond. Answers how many came, or the job. */
export const gatherMembers = (
  ctx: Ctx | Tx,
  id: string,
  what: Gathering,
): Promise<{ added: string[] } | { job_id: string }> =>
  inTransaction(ctx, async (tx) => {
    const name = await staticSegment(tx, id);
    const params: unknown[] = [];
    const where = whereOf(tx, contact, what, params);
    const { rows } = await tx.db.executeQuery<{ id: string }>(
      CompiledQuery.raw(`select t.id from contacts t where ${where} limit ${atOnceByHand + 1}`, params),
    );
    if (rows.length <= atOnceByHand) return { added: await addMembers(tx, id, rows.map((r) => r.id)) }; // prettier-ignore
    const job_id = await enqueue(tx, {
      kind: gatherKind,
      title: `Add ${contactType.object.label_plural.toLowerCase()} to the segment “${name}”`,
      input: { segment_id: id, ...what },
    });
    return { job_id };
  });

/** Puts all contacts of a list into a segment, in one statement. */
export const gatherJob: JobKind = {
  kind: gatherKind,
  run: (ctx, job, control) =>
    inTransaction(ctx, async (tx) => {
      const id = String(job.input.segment_id);
      await staticSegment(tx, id);
      const params: unknown[] = [id, tx.clock()];
      const filter = conditionSchema.optional().parse(job.input.filter);
      const where = whereOf(tx, contact, { filter, q: z.string().optional().parse(job.input.q) }, params);
      const [counts] = await cameBy<{ n: number }>(tx, id, "select count(*)::int as n from written", `select t.id from contacts t where ${where}`, params.slice(2)); // prettier-ignore
      const added = counts?.n ?? 0;
      await counted(tx, id, added);
      await control.advance(tx, { done: added, total: added });
      return { added };
    }),
};
