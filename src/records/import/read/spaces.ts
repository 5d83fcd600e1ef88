import { MAX_COLUMNS, type RawRow } from "./format.ts";
import { TableRefused } from "./refused.ts";
import { MAX_RECORD, type Splitter } from "./splitter.ts";

/** Splits lines whose columns stand apart by runs of spaces or tabs; there is no quoting. */
export const spacesSplitter = (): Splitter => {
  let rest = "";
  let row = 1;

  const split = (line: string): RawRow => {
    const trimmed = line.trim();
    const cells = trimmed === "" ? [""] : trimmed.split(/[ \t]+/);
    if (cells.length > MAX_COLUMNS)
      throw new TableRefused(
        "too-many-columns",
        `Row ${row} has ${cells.length} columns; at most ${MAX_COLUMNS} are read.`,
        { row },
      );
    return { row: row++, cells };
  };

  return {
    push: (chunk, last) => {
      const lines = (rest + chunk).split(/\r\n|\n|\r(?!$)/);
      rest = last ? "" : (lines.pop() ?? "");
      if (last && lines.at(-1) === "") lines.pop();
      if (rest.length > MAX_RECORD) throw new TableRefused("row-too-long", `Row ${row} is longer than 4 MB.`, { row });
      return lines.map(split);
    },
    place: () => ({ row, column: 1 }),
  };
};
