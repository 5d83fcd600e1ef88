import { z } from "zod";
import { conditionSchema } from "#kernel/condition";
import { endpoint } from "#kernel/endpoint";
import { invalid, Refused } from "#kernel/refusal";
import type { Ctx } from "#platform/context";
import { findJob } from "#platform/jobs";
import { tagName } from "../tags/tag.ts";
import { describedFor, objectsFor } from "../custom/described.ts";
import { isOnlyCustom } from "../by-hand.ts";
import { checkFilter } from "../filter.ts";
import { checkMayTakeBack, typeFor, type May } from "../history/may.ts";
import type { RecordType, Values } from "../registry.ts";
import { valuesSchema } from "../values.ts";
import { startBulk, type BulkAct, type Whom } from "./bulk.ts";
import { changeCells } from "./cells.ts";
import { leftOutCsv, leftOutOf } from "./failures.ts";
import { startTakingBack } from "./take-back.ts";

const cellsAtMost = 5_000;
const object = z.string().max(60);
const values = z.record(z.string().max(80), z.unknown());
const cells = z
  .array(z.strictObject({ id: z.uuid(), version: z.int("Send the version you saw."), values }))
  .min(1)
  .max(cellsAtMost)
  .refine(
    (rows) => rows.reduce((n, row) => n + Object.keys(row.values).length, 0) <= cellsAtMost,
    `At most ${cellsAtMost} cells at once; change more by a bulk edit.`,
  );
const act = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("set"), values }),
  z.strictObject({ kind: z.literal("trash") }),
  z.strictObject({ kind: z.literal("restore") }),
  z.strictObject({ kind: z.literal("tag"), name: tagName, away: z.boolean().default(false) }),
]);
const whom = z.union([
  z.strictObject({ ids: z.array(z.uuid()).min(1).max(10_000) }),
  z.strictObject({ filter: conditionSchema.optional(), q: z.string().max(200).optional() }),
]);

/** What the tray calls the job. */
function titleOf({ object: o }: RecordType, given: BulkAct): string {
  const many = o.label_plural.toLowerCase();
  if (given.kind === "tag")
    return (given.away ? `Take “${given.name}” off ${many}` : `Tag ${many} “${given.name}”`).slice(0, 200);
  if (given.kind !== "set") return given.kind === "trash" ? `Move ${many} to the trash` : `Restore ${many}`;
  const names = Object.keys(given.values).flatMap((name) =>
    name === "custom"
      ? Object.keys((given.values.custom ?? {}) as Values)
      : [o.fields.find((f) => f.name === name)?.label ?? name],
  );
  return `Change ${names.join(", ")} of ${many}`.slice(0, 200);
}

/** Editing many records at once. */
export const bulkApi = (may: May) => ({
  cells: endpoint({
    route: "POST /records/cells",
    may: "signed-in",
    summary: `Change up to ${cellsAtMost} cells in one act, each row with the version seen; \`rehearse\` saves nothing`,
    input: z.strictObject({ object, rows: cells, rehearse: z.boolean().optional() }),
    run: async (ctx: Ctx, { object: name, rows, rehearse }) =>
      changeCells(ctx, await typeFor(ctx, may, name, "update"), rows, rehearse),
  }),
  start: endpoint({
    route: "POST /records/bulk",
    may: "signed-in",
    summary: "Change, tag, trash or restore the given records or all that a view shows, as a job",
    input: z.strictObject({ object, act, whom }),
    output: z.object({ job_id: z.uuid() }),
    status: 202,
    run: async (ctx: Ctx, { object: name, act: given, whom: of }) => {
      const type = await typeFor(ctx, may, name, given.kind === "set" || given.kind === "tag" ? "update" : "delete");
      const { object: described } = type;
      if (
        given.kind === "tag"
          ? described.page === false
          : given.kind === "set"
            ? described.edited === false && !isOnlyCustom(given.values)
            : described.trash === false
      )
        throw invalid("act", `${described.label_plural} change by acts of their own.`);
      if ("filter" in of && of.filter)
        checkFilter(of.filter, await describedFor(ctx, described), await objectsFor(ctx));
      const checked = given.kind === "set" ? { kind: given.kind, values: checkedValues(type, given.values) } : given;
      return { job_id: await startBulk(ctx, type, checked, of as Whom, titleOf(type, checked)) };
    },
  }),
  undo: endpoint({
    route: "POST /jobs/{id}/undo",
    may: "signed-in",
    summary: "Take back what a bulk edit or an import changed, as a job; what somebody changed since stays",
    input: z.strictObject({ id: z.uuid() }),
    output: z.object({ job_id: z.uuid() }),
    status: 202,
    run: async (ctx: Ctx, { id }) => {
      const job = await findJob(ctx, id);
      const leads = ["owner", "admin", "manager"].includes(ctx.role);
      if (!leads && (ctx.actor.id === null || job.actor.id !== ctx.actor.id))
        throw new Refused("forbidden", "job.not-yours", `${job.actor.name} started this; only they or a manager may take it back.`); // prettier-ignore
      await checkMayTakeBack(ctx, may, { job_id: id });
      return { job_id: await startTakingBack(ctx, id) };
    },
  }),
  leftOut: endpoint({
    route: "GET /jobs/{id}/left-out",
    may: "jobs.read",
    summary: "The first records that a bulk edit or its taking back left as they were, and why",
    input: z.object({ id: z.uuid() }),
    run: async (ctx: Ctx, { id }) => {
      await findJob(ctx, id);
      return { items: await leftOutOf(ctx, id, 100) };
    },
  }),
  leftOutFile: endpoint({
    route: "GET /jobs/{id}/left-out.csv",
    may: "jobs.read",
    summary: "All records that a bulk edit or its taking back left as they were, and why, as CSV",
    input: z.object({ id: z.uuid() }),
    run: async (ctx: Ctx, { id }) => {
      await findJob(ctx, id);
      return { file: leftOutCsv(ctx, id), type: "text/csv; charset=utf-8", name: "left-out.csv" };
    },
  }),
});
export type BulkApi = ReturnType<typeof bulkApi>;

function checkedValues(type: RecordType, given: Values): Values {
  const checked = valuesSchema(type.object, "update").parse(given) as Values;
  if (Object.keys(checked).length === 0) throw invalid("act.values", "Say what to change.");
  if (checked.external_ids) throw invalid("act.values", "An id elsewhere names one record.");
  return checked;
}
