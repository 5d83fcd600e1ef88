import { memo } from "react";
import type { Column } from "./column.ts";

/** How a cell stands out: its value is on its way, was refused, or somebody else has another one. */
export type Marks = Readonly<Record<string, "saving" | "refused" | "conflict" | "preview">>;

export interface RowProps<R> {
  grid: string;
  index: number;
  row: R | undefined;
  columns: readonly Column<R>[];
  y: number;
  /** The active cell's column here; -1 when the cursor is elsewhere. */
  active: number;
  selected: boolean;
  peeked: boolean;
  /** First and last column of the selected cells here; -1 for none. */
  from: number;
  to: number;
  marks?: Marks | undefined;
}

const OneRow = <R,>({ grid, index, row, columns, y, active, selected, peeked, from, to, marks }: RowProps<R>) => (
  <div
    role="row"
    className="row"
    aria-rowindex={index + 2}
    aria-selected={selected}
    data-i={index}
    data-peeked={peeked || undefined}
    data-current={active >= 0 || undefined}
    style={{ transform: `translateY(${y}px)` }}
  >
    <div
      role="gridcell"
      className="cell pick"
      id={`${grid}-${index}-0`}
      aria-colindex={1}
      data-active={active === 0 || undefined}
    >
      <span className="pick-box" />
    </div>
    {columns.map((column, c) => (
      <div
        key={column.key}
        role="gridcell"
        id={`${grid}-${index}-${c + 1}`}
        aria-colindex={c + 2}
        className={column.end ? "cell end" : "cell"}
        aria-readonly={column.readonly}
        aria-selected={(from >= 0 && c + 1 >= from && c + 1 <= to) || undefined}
        aria-invalid={marks?.[column.key] === "refused" || undefined}
        data-mark={marks?.[column.key]}
        data-active={active === c + 1 || undefined}
      >
        {row === undefined ? <span className="bar-late" /> : column.cell(row)}
      </div>
    ))}
  </div>
);

/** One row of a grid; drawn again only when something of its own changes. */
export const Row = memo(OneRow) as typeof OneRow;
