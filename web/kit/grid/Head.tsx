import { useLingui } from "@lingui/react";
import { useRef, type PointerEvent as Pointer } from "react";
import { Icon } from "../Icon.tsx";
import { ariaSort, narrowest, widest, type Column } from "./column.ts";

export interface HeadProps<R> {
  grid: string;
  columns: readonly Column<R>[];
  sort: string | undefined;
  active: number;
  allSelected: boolean;
  onWidth: (key: string, width: number, settled: boolean) => void;
  onMove: (key: string, by: number) => void;
}

// A press that travels less than this is a click, px.
const slack = 6;

/** Which column lies under a place, by the header cells' boxes; -1 for none. */
const columnUnder = (head: HTMLElement, x: number): number =>
  [...head.querySelectorAll<HTMLElement>("[data-c]")].findIndex((cell) => {
    const box = cell.getBoundingClientRect();
    return x >= box.left && x < box.right;
  });

/** The header row: names, sort, and by pointer the width and the order of columns (by keyboard: Shift or Alt with arrows). */
export const Head = <R,>({ grid, columns, sort, active, allSelected, onWidth, onMove }: HeadProps<R>) => {
  const { _ } = useLingui();
  const dragged = useRef(false);
  const onPointerDown = (event: Pointer<HTMLDivElement>): void => {
    const target = event.target as HTMLElement;
    const cell = target.closest<HTMLElement>("[data-c]");
    const column = columns[Number(cell?.dataset["c"])];
    if (event.button !== 0 || !cell || !column) return;
    const head = event.currentTarget;
    const resizing = target.classList.contains("grip");
    const [from, width] = [event.clientX, cell.offsetWidth];
    const sign = getComputedStyle(head).direction === "rtl" ? -1 : 1;
    dragged.current = false;
    // Held only once it is a drag: a captured press would make the click land on the row instead of its cell.
    if (resizing) head.setPointerCapture(event.pointerId);
    const widthAt = (x: number): number => Math.min(widest, Math.max(narrowest, width + sign * (x - from)));
    const onMoveTo = (move: PointerEvent): void => {
      if (!dragged.current && Math.abs(move.clientX - from) > slack) {
        dragged.current = true;
        head.setPointerCapture(event.pointerId);
      }
      if (resizing) onWidth(column.key, widthAt(move.clientX), false);
      else if (dragged.current) head.style.cursor = "grabbing";
    };
    const stop = (up: PointerEvent): void => {
      head.removeEventListener("pointermove", onMoveTo);
      head.style.cursor = "";
      if (resizing) return onWidth(column.key, widthAt(up.clientX), true);
      const over = columnUnder(head, up.clientX);
      const own = columns.indexOf(column);
      if (dragged.current && over >= 0 && over !== own) onMove(column.key, over - own);
    };
    head.addEventListener("pointermove", onMoveTo);
    window.addEventListener("pointerup", stop, { once: true });
  };
  // The press that ended a drag must not sort as well.
  const onClickCapture = (event: React.MouseEvent): void => {
    if (dragged.current || (event.target as HTMLElement).classList.contains("grip")) event.stopPropagation();
    dragged.current = false;
  };
  return (
    <div
      role="row"
      className="grid-head"
      aria-rowindex={1}
      onPointerDown={onPointerDown}
      onClickCapture={onClickCapture}
    >
      <div
        role="columnheader"
        className="cell pick"
        id={`${grid}--1-0`}
        aria-colindex={1}
        data-active={active === 0 || undefined}
        data-all={allSelected || undefined}
      >
        <span className="unseen">{_("Selected")}</span>
        <span className="pick-box" />
      </div>
      {columns.map((column, c) => {
        const sorted = ariaSort(sort, column.key);
        return (
          <div
            key={column.key}
            role="columnheader"
            id={`${grid}--1-${c + 1}`}
            aria-colindex={c + 2}
            aria-sort={column.sortable ? sorted : undefined}
            data-c={c}
            data-sortable={column.sortable || undefined}
            data-active={active === c + 1 || undefined}
            className={column.end ? "cell end" : "cell"}
            title={column.help}
          >
            <span className="clip">{column.label}</span>
            {sorted !== "none" && <Icon name={sorted === "ascending" ? "sortAsc" : "sortDesc"} size={12} />}
            <span className="grip" />
          </div>
        );
      })}
    </div>
  );
};
