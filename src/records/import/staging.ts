import { sql } from "kysely";
import type { Tx } from "#platform/context";
import { storable } from "../values.ts";
import type { StagedRow } from "./importer.ts";
import type { Problem } from "./read/index.ts";

/** A row that is not imported, and why; cells is null when it failed while it was written. */
export interface Failure {
  row: number;
  problems: Pick<Problem, "column" | "code" | "message">[];
  cells: readonly string[] | null;
}

/** Keeps understood rows until they are written, in one statement. */
export async function stageRows(tx: Tx, importId: string, rows: readonly StagedRow[]): Promise<void> {
  if (rows.length === 0) return;
  await sql`
    insert into import_rows (import_id, key, unit, row, data)
    select ${importId}::uuid, r.* from unnest(${rows.map((r) => r.key)}::text[], ${rows.map((r) => r.unit)}::text[], ${rows.map((r) => r.row)}::bigint[],
      ${rows.map((r) => JSON.stringify(r.data))}::text[]) as r(key, unit, row, data)`.execute(tx.db);
}

// Failed rows are kept as they stand in the file, and a file may hold what jsonb cannot.
const asStored = (_key: string, value: unknown): unknown => (typeof value === "string" ? storable(value) : value);

/** JSON of anything that came from a file, as jsonb takes it. */
export const storedJson = (value: unknown): string => JSON.stringify(value, asStored);

/** Keeps rows that failed, in one statement. */
export async function keepFailures(tx: Tx, importId: string, failures: readonly Failure[]): Promise<void> {
  if (failures.length === 0) return;
  await sql`
    insert into import_failures (import_id, row, problems, cells)
    select ${importId}::uuid, r.row, r.problems, r.cells
      from json_to_recordset(${storedJson(failures)}::json) as r(row bigint, problems jsonb, cells jsonb)
        on conflict (import_id, row) do update set problems = import_failures.problems || excluded.problems`.execute(
    tx.db,
  );
}

/** Where the writing is: after this row, in the order of keys. */
export interface Place {
  key: string;
  unit: string;
  row: number;
}

// Enough rows for statements to be worth their round trip, few enough for a chunk to be short and small in memory.
const chunkRows = 4_000;
// A key with more rows is written in several chunks, but never a unit.
const unitRowsAtMost = 20_000;

/** The next rows after the place: whole keys where possible, else whole units; `tooMany` are rows beyond what one unit may hold. */
export async function nextChunk(
  tx: Tx,
  importId: string,
  after: Place | null,
): Promise<{ rows: StagedRow[]; tooMany: StagedRow[]; next: Place | null }> {
  const found = await readStaged(tx, importId, after, chunkRows);
  if (found.length < chunkRows) return { rows: found, tooMany: [], next: placeOf(found.at(-1)) };
  const last = found.at(-1)!;
  const wholeKeys = found.filter((r) => r.key !== last.key);
  if (wholeKeys.length > 0) return { rows: wholeKeys, tooMany: [], next: placeOf(wholeKeys.at(-1)) };
  const wholeUnits = found.filter((r) => r.unit !== last.unit);
  if (wholeUnits.length > 0) return { rows: wholeUnits, tooMany: [], next: placeOf(wholeUnits.at(-1)) };
  const unit = [...found, ...(await readUnit(tx, importId, last, unitRowsAtMost - found.length + chunkRows))];
  return { rows: unit.slice(0, unitRowsAtMost), tooMany: unit.slice(unitRowsAtMost), next: placeOf(unit.at(-1)) };
}

const placeOf = (r: StagedRow | undefined): Place | null => (r ? { key: r.key, unit: r.unit, row: r.row } : null);

interface Row {
  key: string;
  unit: string;
  row: number;
  data: string;
}
const parsed = (rows: Row[]): StagedRow[] => rows.map((r) => ({ ...r, data: JSON.parse(r.data) as unknown[] }));

async function readStaged(tx: Tx, importId: string, after: Place | null, limit: number): Promise<StagedRow[]> {
  const { rows } = await sql<Row>`
    select key, unit, row, data from import_rows
     where import_id = ${importId} and (key, unit, row) > (${after?.key ?? ""}, ${after?.unit ?? ""}, ${after?.row ?? 0}::bigint)
     order by key, unit, row limit ${limit}`.execute(tx.db);
  return parsed(rows);
}

async function readUnit(tx: Tx, importId: string, after: Place, limit: number): Promise<StagedRow[]> {
  const { rows } = await sql<Row>`
    select key, unit, row, data from import_rows
     where import_id = ${importId} and key = ${after.key} and unit = ${after.unit} and row > ${after.row}
     order by row limit ${limit}`.execute(tx.db);
  return parsed(rows);
}

/** Takes out rows whose unit (an order number) belongs to another key (customer) further up in the file; answers them with that row. */
export async function takeContested(tx: Tx, importId: string): Promise<{ row: number; unit: string; first: number }[]> {
  const { rows } = await sql<{ row: number; unit: string; first: number }>`
    with owned as (
      select unit, key, min(row) as first from import_rows where import_id = ${importId} group by unit, key),
    contested as (
      select unit, key, first, first_value(key) over w as owner, first_value(first) over w as owner_row, count(*) over (partition by unit) as keys
        from owned window w as (partition by unit order by first))
    delete from import_rows r using contested c
     where r.import_id = ${importId} and r.unit = c.unit and r.key = c.key and c.keys > 1 and c.key <> c.owner
    returning r.row, r.unit, c.owner_row as first`.execute(tx.db);
  return rows;
}

/** Forgets what was staged. */
export const forgetStaged = (tx: Tx, importId: string): Promise<unknown> =>
  sql`delete from import_rows where import_id = ${importId}`.execute(tx.db);

/** Forgets what was staged and what failed, before an import begins anew. */
export async function forgetAll(tx: Tx, importId: string): Promise<void> {
  await forgetStaged(tx, importId);
  await sql`delete from import_failures where import_id = ${importId}`.execute(tx.db);
}
