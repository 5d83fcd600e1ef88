import type { Ctx } from "#platform/context";
import { Refused } from "#kernel/refusal";
import { rowsOf, textBytes } from "./estimate.ts";
import type { Counts, StagedRow, MappingProblem } from "./importer.ts";
import type { Import } from "./ledger.ts";
import { importerFor, sampleOf } from "./look.ts";
import { type Mapping, planOf } from "./mapping.ts";
import { progressOf } from "./progress.ts";
import { readRows, type TableFormat, TableRefused } from "./read/index.ts";
import { understand } from "./stage.ts";
import type { Failure } from "./staging.ts";

export interface Preview {
  /** Mapping problems: the import cannot start with any. */
  problems: MappingProblem[];
  /** The first rows with the columns they use, and what is wrong with each. */
  rows: { row: number; cells: readonly string[]; problems: Failure["problems"] }[];
  /** What the rows looked at would become. */
  items: Record<string, unknown>[];
  counts: Counts & { rows: number; failed: number };
  /** Rows of the whole file, estimated from the part that was looked at. */
  rows_estimated: number;
  complete: boolean;
}

const looksAt = 5_000;
const showsRows = 200;

/** What the file would become; reads its beginning and writes nothing. */
export async function previewOf(
  ctx: Ctx,
  found: Import,
  how: { format: TableFormat; mapping: Mapping; options: unknown },
): Promise<Preview> {
  const importer = await importerFor(ctx, found.object);
  const sample = await sampleOf(found.path, how.format);
  const { plan, problems } = planOf(
    importer,
    { import_id: found.id, file: found.file_name, ...how, workspace: ctx.workspace },
    sample.columns,
  );
  if (problems.length > 0)
    return { problems, rows: [], items: [], counts: { rows: 0, failed: 0 }, rows_estimated: 0, complete: false };
  const { take } = understand(importer, plan, progressOf({}));
  const staged: StagedRow[] = [];
  const rows: Preview["rows"] = [];
  let [looked, bytes, failed, share, complete] = [0, 0, 0, 0, true];
  try {
    for await (const batch of readRows(found.path, how.format, { onProgress: (s) => (share = s) })) {
      for (const row of batch) {
        for (const cell of row.cells) bytes += Buffer.byteLength(cell) + 1;
        const taken = take(row);
        if ("staged" in taken) staged.push(taken.staged);
        else failed += 1;
        if (rows.length < showsRows)
          rows.push({ row: row.row, cells: row.cells, problems: "failure" in taken ? taken.failure.problems : [] });
      }
      looked += batch.length;
      if (looked < looksAt) continue;
      complete = false;
      break;
    }
  } catch (error) {
    if (error instanceof TableRefused)
      throw new Refused("invalid", `file.${error.code}`, error.message, {
        detail: { row: error.row, column: error.column },
      });
    throw error;
  }
  const order = (a: StagedRow, b: StagedRow): number =>
    a.key < b.key ? -1 : a.key > b.key ? 1 : a.unit < b.unit ? -1 : a.unit > b.unit ? 1 : a.row - b.row;
  const { items, counts } = importer.preview(plan, staged.sort(order));
  const whole = await textBytes(found.path, how.format);
  const estimated = complete
    ? looked
    : whole === null
      ? Math.round(looked / (share || 1))
      : rowsOf(whole, { rows: looked, bytes });
  return {
    problems: [],
    rows,
    items: items.slice(0, showsRows),
    counts: { ...counts, rows: looked, failed },
    rows_estimated: estimated,
    complete,
  };
}
