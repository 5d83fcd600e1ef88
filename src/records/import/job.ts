import { sql } from "kysely";
import { notFound, Refused } from "#kernel/refusal";
import { inTransaction, type Ctx, type Tx } from "#platform/context";
import type { Job, JobControl, JobKind } from "#platform/jobs";
import { record } from "#timeline";
import { asAsked } from "../bulk/asked.ts";
import { refuseUnlessAll } from "../access/index.ts";
import { fillCells } from "./failures.ts";
import { findImport } from "./ledger.ts";
import { importerNamed } from "./generic/importer.ts";
import type { Importer, Plan } from "./importer.ts";
import { Mapping, planOf } from "./mapping.ts";
import { addCounts, doneOf, progressOf, type Progress } from "./progress.ts";
import type { TableFormat } from "./read/index.ts";
import { stageFile, wordsOf } from "./stage.ts";
import { forgetStaged, keepFailures, nextChunk, type Failure } from "./staging.ts";

/** Imports a file: reads and checks all of it, then writes it customer by customer; goes on where it was after a stop. */
export const importJob: JobKind = {
  kind: "import",
  run: async (ctx, job, control) => {
    const asker = await asAsked(ctx, job.input);
    const found = await findImport(ctx, String(job.input.import_id));
    // Their staged rows are the same: a job that was retried after a later one began would take them from it.
    if (found.job_id !== job.id)
      throw new Refused("conflict", "import.superseded", "This file is being imported by a later job.");
    const importer = await importerNamed(asker, found.object);
    if (!importer?.reached) refuseUnlessAll(asker, found.object);
    if (!importer || !found.format || !found.mapping) throw notFound("import");
    const file = { path: found.path, format: found.format };
    const given = {
      import_id: found.id,
      file: found.file_name,
      format: file.format,
      mapping: Mapping.parse(found.mapping),
      options: found.options,
      workspace: ctx.workspace,
    };
    const { plan, problems } = planOf(importer, given, []);
    if (problems[0]) throw new Refused("invalid", problems[0].code, problems[0].message);
    const as: Ctx = {
      ...asker,
      actor: { kind: "import", id: found.id, name: `${found.file_name} (${job.actor.name})`.slice(0, 200) },
    };
    let progress = progressOf(job.progress);
    if (progress.phase === "stage") progress = await stageFile(as, file, importer, plan, progress, control);
    if (progress.phase === "write") progress = await writeAll(as, file, importer, plan, progress, control);
    return resultOf(importer, progress, job);
  },
};

async function writeAll(
  ctx: Ctx,
  file: { path: string; format: TableFormat },
  importer: Importer,
  plan: Plan,
  progress: Progress,
  control: JobControl,
): Promise<Progress> {
  if (progress.written === 0) await sql`analyze import_rows`.execute(ctx.db);
  let p = progress;
  for (;;) {
    const next: Progress | null = await inTransaction(ctx, (tx) => writeChunk(tx, importer, plan, p, control));
    if (!next) break;
    p = next;
  }
  await fillCells(ctx, plan.import_id, file);
  await analyseGrown(ctx, importer.tables, p.written);
  return inTransaction(ctx, (tx) => tell(tx, importer, plan, p, control));
}

// What grew by less than a tenth keeps its plans, and PostgreSQL looks at it by itself within minutes: looking now at the indexed
// expressions of 30,000 contacts cost as much as importing 2,000.
async function analyseGrown(ctx: Ctx, tables: readonly string[], by: number): Promise<void> {
  const { rows } = await sql<{ name: string }>`
    select relname as name from pg_class where oid = any(${tables.map((t) => `"${t}"`)}::regclass[]) and reltuples < ${10 * by}`.execute(
    ctx.db,
  );
  for (const { name } of rows) await sql`analyze ${sql.table(name)}`.execute(ctx.db);
}

/** Writes the next chunk in the caller's transaction; null when nothing is left. */
async function writeChunk(
  tx: Tx,
  importer: Importer,
  plan: Plan,
  p: Progress,
  control: JobControl,
): Promise<Progress | null> {
  const { rows, tooMany, next: place } = await nextChunk(tx, plan.import_id, p.place);
  if (!place) return null;
  const columnOf = new Map(plan.columns.map((c) => [c.field.name, c.column]));
  const written = await importer.write(tx, plan, rows, p.place?.key === rows[0]?.key);
  const failures: Failure[] = [
    ...written.failures.map((f) => {
      const column = (f.field && columnOf.get(f.field)) ?? null;
      return {
        row: f.row,
        cells: null,
        problems: [{ column, code: f.code, message: wordsOf(f.row, column, f.message) }],
      };
    }),
    ...tooMany.map(({ row }) => ({
      row,
      cells: null,
      problems: [
        { column: null, code: "too-many-lines", message: wordsOf(row, null, "one record has at most 20,000 lines") },
      ],
    })),
  ];
  await keepFailures(tx, plan.import_id, failures);
  const next: Progress = {
    ...p, place, written: p.written + rows.length + tooMany.length, failed: p.failed + failures.length, counts: addCounts(p.counts, written.counts),
  }; // prettier-ignore
  await control.advance(tx, { done: doneOf(next), failed: next.failed, progress: { ...next } });
  return next;
}

/** Tells the workspace that the import ended, once. */
async function tell(tx: Tx, importer: Importer, plan: Plan, p: Progress, control: JobControl): Promise<Progress> {
  const payload = {
    import_id: plan.import_id,
    object: importer.object,
    file: plan.file,
    created: importer.created(p.counts),
    failed: p.failed,
  };
  await record(tx, { name: "import.finished", payload });
  await forgetStaged(tx, plan.import_id);
  const told: Progress = { ...p, phase: "told" };
  await control.advance(tx, { done: p.rows, total: p.rows, failed: p.failed, progress: { ...told } });
  return told;
}

const resultOf = (importer: Importer, p: Progress, job: Job): Record<string, unknown> => ({
  import_id: job.input.import_id, object: importer.object, rows: p.rows, failed: p.failed, created: importer.created(p.counts), counts: p.counts,
  lines: importer.result(p.counts),
}); // prettier-ignore
