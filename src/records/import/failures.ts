import { Readable } from "node:stream";
import { stringify } from "csv-stringify";
import { sql } from "kysely";
import { inTransaction, type Ctx, type Tx } from "#platform/context";
import { neutral } from "../export/neutral.ts";
import type { Plan } from "./importer.ts";
import type { Import } from "./ledger.ts";
import { readRows, type TableFormat } from "./read/index.ts";
import { storedJson } from "./staging.ts";

interface FailedRow {
  row: number;
  problems: { message: string; column: string | null }[];
  cells: string[] | null;
}

const pageRows = 1_000;

async function failedAfter(ctx: Ctx, importId: string, row: number, limit: number): Promise<FailedRow[]> {
  const { rows } = await sql<FailedRow>`
    select row, problems, cells from import_failures where import_id = ${importId} and row > ${row} order by row limit ${limit}`.execute(
    ctx.db,
  );
  return rows;
}

/** The first failed rows, for the screen. */
export const firstFailures = (ctx: Ctx, importId: string): Promise<FailedRow[]> => failedAfter(ctx, importId, 0, 100);

/** The failed rows as a CSV: the file's own columns, then the row number and the reason; in constant memory. */
export function failuresCsv(ctx: Ctx, found: Import): Readable {
  const columns = found.format?.columns ?? [];
  const csv = stringify({ bom: true });
  const rows = async function* (): AsyncGenerator<string[]> {
    yield [...columns.map(neutral), "row in the file", "reason"];
    for (let after = 0; ;) {
      const page = await failedAfter(ctx, found.id, after, pageRows);
      for (const failed of page) {
        const cells = columns.map((_, at) => neutral(failed.cells?.[at] ?? ""));
        yield [...cells, String(failed.row), neutral(failed.problems.map((p) => p.message).join("; "))];
      }
      if (page.length < pageRows) return;
      after = page.at(-1)!.row;
    }
  };
  const source = Readable.from(rows());
  source.on("error", (error) => csv.destroy(error));
  return source.pipe(csv);
}

/** Gives rows that failed while they were written their cells back from the file, in one more reading; most imports need none. */
export async function fillCells(
  ctx: Ctx,
  importId: string,
  file: { path: string; format: TableFormat },
): Promise<void> {
  const { rows } = await sql<{ first: number | null; last: number | null }>`
    select min(row) as first, max(row) as last from import_failures where import_id = ${importId} and cells is null`.execute(
    ctx.db,
  );
  const { first, last } = rows[0]!;
  if (first === null || last === null) return;
  for await (const batch of readRows(file.path, file.format, { fromRow: first })) {
    const cells = storedJson(batch.map(({ row, cells: all }) => ({ row, cells: all })));
    await inTransaction(ctx, (tx) =>
      sql`update import_failures f set cells = r.cells from json_to_recordset(${cells}::json) as r(row bigint, cells jsonb)
           where f.import_id = ${importId} and f.row = r.row and f.cells is null`.execute(tx.db),
    );
    if ((batch.at(-1)?.row ?? 0) >= last) return;
  }
}

/** Rows that could not be read and say one of the texts in that field: the first row of each text, by the text in lower case. */
export async function unreadWith(tx: Tx, plan: Plan, field: string, texts: readonly string[]): Promise<Map<string, number>> {
  const at = plan.columns.find((c) => c.field.name === field)?.at;
  if (at === undefined || texts.length === 0) return new Map();
  const { rows } = await sql<{ text: string; row: number }>`
    select lower(btrim(cells ->> ${at}::int)) as text, min(row) as row from import_failures
     where import_id = ${plan.import_id} and lower(btrim(cells ->> ${at}::int)) = any(${texts.map((t) => t.toLowerCase())}::text[]) group by 1`.execute(tx.db);
  return new Map(rows.map((r) => [r.text, r.row]));
} // prettier-ignore
