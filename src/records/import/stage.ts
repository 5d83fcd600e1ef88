import { Refused } from "#kernel/refusal";
import { inTransaction, type Ctx } from "#platform/context";
import type { JobControl } from "#platform/jobs";
import type { Importer, Plan, StagedRow } from "./importer.ts";
import { doneOf, type Progress } from "./progress.ts";
import { readRows, type TableFormat, TableRefused, type TableRow } from "./read/index.ts";
import { type Failure, forgetAll, keepFailures, stageRows, takeContested } from "./staging.ts";
import { rowReader } from "./values.ts";

// Rows of one staging transaction: about 1 MB of text.
const stageAtOnce = 4_000;

/** The importer's own settings win over the workspace's. */
export const zoneOf = (plan: Plan): string => {
  const zone = (plan.options as { time_zone?: unknown }).time_zone;
  return typeof zone === "string" && zone !== "" ? zone : plan.workspace.time_zone;
};

/** What is made of rows: understood ones and failed ones. */
export function understand(importer: Importer, plan: Plan, progress: Pick<Progress, "signs" | "carry">) {
  const reader = rowReader(plan, zoneOf(plan), progress.signs);
  const stager = importer.stage(plan, progress.carry);
  const columnOf = new Map(plan.columns.map((c) => [c.field.name, c.column]));
  const failureOf = (row: TableRow, why: { field: string | null; code: string; message: string }): Failure => {
    const column = (why.field && columnOf.get(why.field)) ?? null;
    return {
      row: row.row,
      cells: row.cells,
      problems: [{ column, code: why.code, message: wordsOf(row.row, column, why.message) }],
    };
  };
  const take = (row: TableRow): { staged: StagedRow } | { failure: Failure } => {
    if (row.problem) return { failure: { row: row.row, cells: row.cells, problems: [row.problem] } };
    const read = reader.read(row.cells, row.row);
    if ("problems" in read) return { failure: { row: row.row, cells: row.cells, problems: read.problems } };
    const staged = stager.take(read.values, row.row);
    return "code" in staged ? { failure: failureOf(row, staged) } : { staged: { ...staged, row: row.row } };
  };
  return { take, reader, stager };
}

/** "row 17, column Order: …" */
export const wordsOf = (row: number, column: string | null, message: string): string =>
  `row ${row}${column ? `, column ${column}` : ""}: ${message}`;

/** Reads the whole file into import_rows and import_failures, a few thousand rows a transaction; nothing else is written. */
export async function stageFile(
  ctx: Ctx,
  file: { path: string; format: TableFormat },
  importer: Importer,
  plan: Plan,
  progress: Progress,
  control: JobControl,
): Promise<Progress> {
  if (progress.row === 0) await inTransaction(ctx, (tx) => forgetAll(tx, plan.import_id));
  const { take, reader, stager } = understand(importer, plan, progress);
  let p = progress;
  let share = 0;
  let waiting: TableRow[] = [];
  const save = async (): Promise<void> => {
    const staged: StagedRow[] = [];
    const failures: Failure[] = [];
    for (const row of waiting) {
      const taken = take(row);
      if ("staged" in taken) staged.push(taken.staged);
      else failures.push(taken.failure);
    }
    refuseMixedDates(reader.signs());
    const next: Progress = {
      ...p, row: waiting.at(-1)?.row ?? p.row, rows: p.rows + waiting.length, failed: p.failed + failures.length, staged: p.staged + staged.length,
      signs: reader.signs(), carry: stager.carry(),
    }; // prettier-ignore
    await inTransaction(ctx, async (tx) => {
      await stageRows(tx, plan.import_id, staged);
      await keepFailures(tx, plan.import_id, failures);
      await control.advance(tx, {
        done: doneOf(next),
        total: share > 0 ? Math.round(next.rows / share) : null,
        failed: next.failed,
        progress: { ...next },
      });
    });
    p = next;
    waiting = [];
  };
  try {
    for await (const batch of readRows(file.path, file.format, {
      fromRow: progress.row + 1,
      onProgress: (s) => (share = s),
    })) {
      waiting.push(...batch);
      if (waiting.length >= stageAtOnce) await save();
    }
    if (waiting.length > 0) await save();
  } catch (error) {
    const refusal = refusalOf(error);
    if (!refusal) throw error;
    await inTransaction(ctx, (tx) => forgetAll(tx, plan.import_id));
    throw refusal;
  }
  return settle(ctx, importer, plan, p, control);
}

/** Ends the reading: units that two keys claim lose the later rows, and the rows are known in number. */
const settle = (ctx: Ctx, importer: Importer, plan: Plan, p: Progress, control: JobControl): Promise<Progress> =>
  inTransaction(ctx, async (tx) => {
    const field = importer.unitField?.(plan) ?? null;
    const contested = field ? await takeContested(tx, plan.import_id) : [];
    const column = plan.columns.find((c) => c.field.name === field)?.column ?? null;
    const failures = contested.map(({ row, unit, first }) => ({
      row,
      cells: null,
      problems: [
        {
          column,
          code: "id-reused",
          message: wordsOf(row, column, `'${unit.replace(/^\d\|/, "")}' belongs to another customer in row ${first}`),
        },
      ],
    }));
    await keepFailures(tx, plan.import_id, failures);
    const next: Progress = {
      ...p,
      phase: "write",
      failed: p.failed + failures.length,
      staged: p.staged - failures.length,
    };
    await control.advance(tx, { done: doneOf(next), total: next.rows, failed: next.failed, progress: { ...next } });
    return next;
  });

function refuseMixedDates({ uncertain, other }: Progress["signs"]): void {
  if (!uncertain || !other) return;
  throw new Refused(
    "invalid",
    "dates.mixed",
    `${other.message}. Other dates of the file can be read both ways and may be wrong, so nothing was imported.`,
    {
      fields: [{ field: other.column, message: other.message }],
      detail: { row: other.row },
    },
  );
}

/** A refusal of the whole file in words for the job; undefined for a fault. */
function refusalOf(error: unknown): Refused | undefined {
  if (error instanceof Refused) return error;
  if (error instanceof TableRefused)
    return new Refused("invalid", `file.${error.code}`, `${error.message} Nothing was imported.`, {
      detail: { row: error.row, column: error.column },
    });
  if ((error as { code?: unknown }).code === "ENOENT")
    return new Refused("not-found", "file.gone", "The uploaded file is no longer there: please upload it again.");
  return undefined;
}
