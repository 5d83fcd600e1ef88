import type { RawRow } from "./format.ts";
import { type Problem, problemAt } from "./problem.ts";

/** One row of the table; `problem` when it cannot be used as it stands. */
export type TableRow = { row: number; cells: string[]; problem?: Problem };

/** Whether nothing is written in a row; a spreadsheet counts it, an import passes over it. */
export const isBlank = (cells: readonly string[]): boolean => cells.every((cell) => cell.trim() === "");

/** Brings a row to the width of the header; sheets leave empty cells at the end out, so `pads` fills them. */
export const shape = ({ row, cells }: RawRow, columns: readonly string[], pads: boolean): TableRow => {
  const width = columns.length;
  const spoilt = cells.findIndex((cell) => cell.includes("\0"));
  if (spoilt >= 0)
    return {
      row,
      cells,
      problem: problemAt(row, columns[spoilt] ?? null, cells[spoilt] ?? "", {
        code: "binary",
        message: "the cell holds binary data, not text",
      }),
    };
  if (cells.length === width) return { row, cells };
  if (cells.length > width && isBlank(cells.slice(width))) return { row, cells: cells.slice(0, width) };
  if (cells.length < width && pads) return { row, cells: [...cells, ...Array<string>(width - cells.length).fill("")] };
  return { row, cells, problem: wrongWidth({ row, cells }, columns) };
};

const wrongWidth = ({ row, cells }: RawRow, columns: readonly string[]): Problem => {
  const counted = `the row has ${cells.length} ${cells.length === 1 ? "column" : "columns"}, the header has ${columns.length}`;
  const swallowed = cells.findIndex((cell) => /[\r\n]/.test(cell));
  if (swallowed < 0) return problemAt(row, null, cells.join(", "), { code: "wrong-width", message: counted });
  return problemAt(row, columns[swallowed] ?? null, cells[swallowed] ?? "", {
    code: "wrong-width",
    message: `${counted}; a quote that opens in this column seems to end lines later`,
  });
};
