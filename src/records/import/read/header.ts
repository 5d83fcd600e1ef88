import { cut, storable } from "../../values.ts";
import { MAX_COLUMNS, type RawRow } from "./format.ts";
import { looksTyped } from "./kinds.ts";
import { TableRefused } from "./refused.ts";

/** Whether the first row names the columns: no cell is a value, and none appears again below itself. */
export const hasHeader = (rows: readonly RawRow[]): boolean => {
  const [first, ...below] = rows;
  if (!first) return false;
  const names = first.cells.map((cell) => cell.trim());
  if (names.some((name) => looksTyped(name))) return false;
  return !names.some((name, at) => name !== "" && below.some(({ cells }) => cells[at]?.trim() === name));
};

/** Names of the columns, trimmed; unnamed ones are called "Column n". Refuses two of the same name. */
export const columnNames = (header: readonly string[] | undefined, width: number, row: number): string[] => {
  const columns = Math.max(width, header?.length ?? 0);
  if (columns > MAX_COLUMNS)
    throw new TableRefused("too-many-columns", `The table has ${columns} columns; at most ${MAX_COLUMNS} are read.`, {
      row,
    });
  const names = Array.from({ length: columns }, (_, at) => clean(header?.[at] ?? "") || `Column ${at + 1}`);
  refuseTwins(names, row);
  return names;
};

// PostgreSQL and JSON keys carry 200 characters well; nobody reads longer column names.
const clean = (name: string): string => cut(storable(name).replace(/\s+/g, " ").trim(), 200);

const refuseTwins = (names: readonly string[], row: number): void => {
  const seen = new Map<string, number>();
  names.forEach((name, at) => {
    const key = name.toLowerCase();
    const twin = seen.get(key);
    if (twin !== undefined)
      throw new TableRefused(
        "duplicate-headers",
        `Row ${row}: columns ${twin + 1} ("${names[twin]}") and ${at + 1} ("${name}") have the same name. Rename one of them and try again.`,
        { row, column: name },
      );
    seen.set(key, at);
  });
};
