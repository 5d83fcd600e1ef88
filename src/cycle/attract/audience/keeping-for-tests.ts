import { pino } from "pino";
import { CompiledQuery, sql } from "kysely";
import type { Condition } from "#kernel/condition";
import { lifecycleConsumer } from "#customers";
import { inTransaction, type Ctx } from "#platform/context";
import { workOnce } from "#platform/jobs";
import { createRecord } from "#records";
import { consumeAll } from "#timeline";
import { buildJob } from "./build.ts";
import { segmentsConsumer } from "./consumer.ts";
import { gatherJob } from "./members.ts";
import { segmentType } from "./segment.ts";
import { testOf } from "./settle.ts";

const log = pino({ level: "silent" });

/** Makes a dynamic segment and has its job done; answers its id. */
export async function makeSegment(ctx: Ctx, name: string, condition: Condition): Promise<string> {
  const { id } = await createRecord(ctx, segmentType, { name, kind: "dynamic", condition });
  await workAll(ctx);
  return id;
}

/** Does all jobs of this module that wait. */
export async function workAll(ctx: Ctx): Promise<void> {
  while (await workOnce(ctx, [buildJob, gatherJob], log));
}

/** Reads all facts: the lifecycle first, then the segments, until neither has anything left. */
export async function readAll(ctx: Ctx, batch = 2000): Promise<void> {
  while ((await consumeAll(ctx, lifecycleConsumer)) + (await consumeAll(ctx, { ...segmentsConsumer, batch })) > 0);
}

/** Names of the members. */
export async function namesIn(ctx: Ctx, segment: string): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select c.name from segment_members m join contacts c on c.id = m.contact_id where m.segment_id = ${segment} order by c.name`.execute(
    ctx.db,
  );
  return rows.map((r) => r.name);
}

/** Names of those whom the condition means when it is asked as a whole. */
export const namesMeant = (ctx: Ctx, condition: Condition): Promise<string[]> =>
  inTransaction(ctx, async (tx) => {
    const params: unknown[] = [];
    const text = `select t.name from contacts t where t.deleted_at is null and ${testOf(tx, condition, params)} order by t.name`;
    return (await tx.db.executeQuery<{ name: string }>(CompiledQuery.raw(text, params))).rows.map((r) => r.name);
  });
