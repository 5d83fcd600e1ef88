import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { detectTable, readRows, type ReadOptions, type TableFormat, TableRefused, type TableRow } from "./index.ts";

/** Writes an upload to a temporary file that goes away with the test. */
export const upload = async (content: string | Buffer, name = "orders.csv"): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), "rondo-import-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
};

/** Every row of a table, in the format that was detected or the one given. */
export const rowsOf = async (
  path: string,
  chosen: Partial<TableFormat> = {},
  options: ReadOptions = {},
): Promise<TableRow[]> => {
  const { format } = await detectTable(path, chosen);
  const rows: TableRow[] = [];
  for await (const batch of readRows(path, format, options)) rows.push(...batch);
  return rows;
};

/** What a reading refuses; fails when it does not. */
export const refusalOf = async (reading: Promise<unknown>): Promise<TableRefused> => {
  const outcome = await reading.catch((error: unknown) => error);
  if (outcome instanceof TableRefused) return outcome;
  throw new Error(`expected a refusal, got ${outcome instanceof Error ? outcome.stack : JSON.stringify(outcome)}`);
};
