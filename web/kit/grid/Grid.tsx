import {
  useEffect,
  useEffectEvent,
  useId,
  useLayoutEffect,
  useRef,
  useState,
  type KeyboardEvent,
  type MouseEvent,
  type ReactNode,
} from "react";
import { flushSync } from "react-dom";
import { reveal, seen, type Scroll } from "./geometry.ts";
import { moveCursor, type Cursor } from "./cursor.ts";
import { nextSort, type Column } from "./column.ts";
import { keepPlace, keptPlace } from "./place.ts";
import { Head } from "./Head.tsx";
import { rangeOf, type Range } from "./range.ts";
import { Row, type Marks } from "./Row.tsx";
import "./grid.css";

export interface GridProps<R extends { id: string }> {
  label: string;
  /** Which list this is; another one (filter, sort) begins at its top. */
  list: string;
  columns: readonly Column<R>[];
  /** Rows that can be scrolled to now; some may still be on their way. */
  rows: number;
  rowAt: (i: number) => R | undefined;
  /** How many there are in all, for screen readers; -1 when not known. */
  rowCount: number;
  onSee: (first: number, last: number) => void;
  sort?: string | undefined;
  onSort: (sort: string | undefined) => void;
  onWidth: (key: string, width: number) => void;
  onMove: (key: string, by: number) => void;
  selected: ReadonlySet<string>;
  onSelect: (selected: ReadonlySet<string>) => void;
  peeked?: string | undefined;
  onPeek: (row: R) => void;
  onOpen: (row: R) => void;
  /** A plain press on a link in a cell. */
  onLink: (href: string) => void;
  /** A cell was asked for what it offers: by the other button of the mouse, the menu key, or Alt and Enter. */
  onCell?: (row: R, column: string, at: { x: number; y: number }) => void;
  /** Old rows stay while new ones are asked for. */
  stale?: boolean;
  /** How the cells of a row stand out. */
  marksOf?: ((id: string) => Marks | undefined) | undefined;
  /** What lies over the cells: their editor. */
  layer?: ((at: GridLayer<R>) => ReactNode) | undefined;
  /** Gives the page a way to move the cursor (J and K) and to come back to the grid. */
  handle?: (handle: GridHandle) => void;
}
export interface GridHandle {
  step: (by: number) => void;
  select: (range: boolean) => void;
  focus: () => void;
  goTo: (to: Cursor) => void;
}

/** What a layer over the grid knows of it. */
export interface GridLayer<R> {
  /** The grid's own id; a cell's is "id-row-column". */
  id: string;
  columns: readonly Column<R>[];
  rows: number;
  rowAt: (i: number) => R | undefined;
  cursor: Cursor;
  /** Where the selected cells begin; they end at the cursor. Undefined when only the cursor's cell is meant. */
  from: Cursor | undefined;
  setFrom: (from: Cursor | undefined) => void;
  range: Range;
}

const pickWidth = 34; // px

/** A table over a list of any length: only what is seen is drawn, one handler for all cells, a full ARIA grid. */
export const Grid = <R extends { id: string }>(props: GridProps<R>) => {
  const { columns, rows, rowAt, selected, peeked, onSee } = props;
  const id = useId();
  const box = useRef<HTMLDivElement>(null);
  const anchor = useRef(0);
  const [kept] = useState(() => keptPlace(props.list));
  const toScroll = useRef(kept?.top);
  const [put, setCursor] = useState<Cursor>(kept?.cursor ?? { row: 0, col: 1 });
  // The list may have become shorter under the cursor.
  const cursor: Cursor = { row: Math.min(put.row, Math.max(0, rows - 1)), col: Math.min(put.col, columns.length) };
  const [from, setFrom] = useState<Cursor>();
  const range = rangeOf(from ?? cursor, cursor);
  const [view, setView] = useState({ top: 0, viewport: 600, row: 36 });
  const scroll: Scroll = { rows, row: view.row, viewport: view.viewport, top: view.top };
  const { first, last, height, y } = seen(scroll);

  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return;
    const measure = (): void => {
      const row = Number.parseFloat(getComputedStyle(element).getPropertyValue("--row")) || 36;
      setView((before) => ({ ...before, row, viewport: Math.max(row, element.clientHeight - row) }));
    };
    measure();
    const watcher = new ResizeObserver(measure);
    watcher.observe(element);
    return () => watcher.disconnect();
  }, []);
  const [listed, setListed] = useState(props.list);
  if (listed !== props.list) {
    setListed(props.list);
    setFrom(undefined);
    setCursor({ ...put, row: Math.min(put.row, 0) });
  }
  useLayoutEffect(() => {
    if (box.current) box.current.scrollTop = 0;
  }, [props.list]);
  useLayoutEffect(() => {
    if (toScroll.current === undefined || !box.current || height < toScroll.current) return;
    box.current.scrollTop = toScroll.current;
    toScroll.current = undefined;
  }, [height]);
  useEffect(() => keepPlace({ list: props.list, cursor: put, top: view.top }), [props.list, put, view.top]);
  useEffect(() => onSee(first, last), [first, last, onSee]);

  const goTo = (to: Cursor): void => {
    setCursor(to);
    const element = box.current;
    if (!element) return;
    if (to.row >= 0) element.scrollTop = reveal({ ...scroll, top: element.scrollTop }, to.row);
    revealColumn(element, columns, to.col);
    const row = rowAt(to.row);
    if (peeked !== undefined && to.row !== cursor.row && row) props.onPeek(row);
  };
  const select = (i: number, range: boolean): void => {
    const [a, b] = range ? [Math.min(anchor.current, i), Math.max(anchor.current, i)] : [i, i];
    const ids = Array.from({ length: b - a + 1 }, (_, k) => rowAt(a + k)?.id).filter((rowId) => rowId !== undefined);
    const all = ids.every((rowId) => selected.has(rowId));
    const next = new Set(selected);
    for (const rowId of ids) if (all && !range) next.delete(rowId); else next.add(rowId); // prettier-ignore
    anchor.current = i;
    props.onSelect(next);
  };
  const selectSeen = (): void => {
    const ids = Array.from({ length: rows }, (_, i) => rowAt(i)?.id).filter((rowId) => rowId !== undefined);
    props.onSelect(selected.size > 0 ? new Set() : new Set(ids));
  };
  const sortBy = (col: number): void => {
    const column = columns[col - 1];
    if (column?.sortable) props.onSort(nextSort(props.sort, column.key));
  };

  const step = useEffectEvent((by: number) => {
    box.current?.focus({ preventScroll: true });
    goTo({ ...cursor, row: Math.max(0, Math.min(rows - 1, cursor.row + by)) });
  });
  const selectHere = useEffectEvent((range: boolean) => select(cursor.row, range));
  const goHere = useEffectEvent((to: Cursor) => goTo(to));
  const { handle } = props;
  useEffect(() => {
    handle?.({
      step: (by) => step(by),
      select: (range) => selectHere(range),
      focus: () => box.current?.focus({ preventScroll: true }),
      goTo: (to) => goHere(to),
    });
  }, [handle]);

  const onHeadKey = (event: KeyboardEvent): boolean => {
    const column = columns[cursor.col - 1];
    const arrow = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
    if (cursor.row !== -1 || !column) return false;
    if (event.key === "Enter" || event.key === " ") sortBy(cursor.col);
    else if (arrow && event.altKey) {
      props.onMove(column.key, arrow);
      setCursor({ row: -1, col: Math.min(columns.length, Math.max(1, cursor.col + arrow)) });
    } else if (arrow && event.shiftKey) props.onWidth(column.key, column.width + arrow * 16);
    else return false;
    return true;
  };
  const askCell = (to: Cursor, at: { x: number; y: number }): boolean => {
    const row = rowAt(to.row);
    const column = columns[to.col - 1];
    if (!props.onCell || !row || !column) return false;
    setCursor(to);
    props.onCell(row, column.key, at);
    return true;
  };
  const askCellHere = (): boolean => {
    const box = document.getElementById(`${id}-${cursor.row}-${cursor.col}`)?.getBoundingClientRect();
    return box !== undefined && askCell(cursor, { x: box.left + 8, y: box.bottom });
  };
  const onRowKey = (event: KeyboardEvent): boolean => {
    const row = rowAt(cursor.row);
    if (event.altKey && event.key === "Enter") return askCellHere();
    if (event.ctrlKey || event.metaKey || event.altKey || !row) return false;
    if (event.key === " ") props.onPeek(row);
    else if (event.key === "Enter") props.onOpen(row);
    else return false;
    return true;
  };
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>): void => {
    if (event.target !== box.current) return;
    if (onHeadKey(event) || onRowKey(event)) return event.preventDefault();
    const to = moveCursor(cursor, event, {
      rows,
      cols: columns.length + 1,
      page: Math.max(1, Math.floor(view.viewport / view.row) - 1),
      rtl: getComputedStyle(event.currentTarget).direction === "rtl",
    });
    if (!to) return;
    event.preventDefault();
    goTo(to);
  };

  const onClick = (event: MouseEvent<HTMLDivElement>): void => {
    const target = event.target as HTMLElement;
    const link = target.closest("a");
    if (link) {
      if (
        event.metaKey ||
        event.ctrlKey ||
        event.shiftKey ||
        link.target ||
        !link.getAttribute("href")?.startsWith("/")
      )
        return;
      event.preventDefault();
      return props.onLink(link.getAttribute("href") ?? "");
    }
    const to = placeOf(target);
    if (!to) return;
    setCursor(to);
    if (to.row === -1) return to.col === 0 ? selectSeen() : sortBy(to.col);
    const row = rowAt(to.row);
    if (!row) return;
    if (to.col === 0) return select(to.row, event.shiftKey);
    if (event.detail > 1) return props.onOpen(row);
    props.onPeek(row);
  };

  const widths = columns.map((column) => `${column.width}px`).join(" ");
  const drawn = Array.from({ length: Math.max(0, last - first + 1) }, (_, k) => first + k);
  return (
    <div
      ref={box}
      id={id}
      className="grid"
      role="grid"
      tabIndex={0}
      aria-label={props.label}
      aria-rowcount={props.rowCount < 0 ? -1 : props.rowCount + 1}
      aria-colcount={columns.length + 1}
      aria-multiselectable
      aria-busy={props.stale || undefined}
      aria-activedescendant={
        cursor.row < 0 || (cursor.row >= first && cursor.row <= last) ? `${id}-${cursor.row}-${cursor.col}` : undefined
      }
      data-stale={props.stale || undefined}
      style={{ "--cols": `${pickWidth}px ${widths} minmax(0, 1fr)` } as React.CSSProperties}
      onScroll={(event) => {
        const { scrollTop } = event.currentTarget;
        // At once: drawn after the frame, rows would be two frames late, and a quick scroll shows an empty edge.
        flushSync(() => setView((before) => ({ ...before, top: scrollTop })));
      }}
      onKeyDown={onKeyDown}
      onClick={onClick}
      onContextMenu={(event) => {
        const target = event.target as HTMLElement;
        const at = placeOf(target);
        // The menu key is pressed on the grid itself, which has the focus for its cells; links keep the browser's own menu.
        const asked = target === box.current ? askCellHere() : at && !target.closest("a") && askCell(at, { x: event.clientX, y: event.clientY }); // prettier-ignore
        if (asked) event.preventDefault();
      }}
    >
      <Head
        grid={id}
        columns={columns}
        sort={props.sort}
        active={cursor.row === -1 ? cursor.col : -1}
        allSelected={selected.size > 0}
        onMove={props.onMove}
        onWidth={(key, width, settled) => {
          const at = columns.findIndex((column) => column.key === key);
          const live = columns.map((column, i) => `${i === at ? width : column.width}px`).join(" ");
          box.current?.style.setProperty("--cols", `${pickWidth}px ${live} minmax(0, 1fr)`);
          if (settled) props.onWidth(key, width);
        }}
      />
      <div role="rowgroup" className="grid-body" style={{ blockSize: height }}>
        {drawn.map((i) => {
          const row = rowAt(i);
          return (
            <Row
              key={i}
              grid={id}
              index={i}
              row={row}
              columns={columns}
              y={y(i)}
              active={cursor.row === i ? cursor.col : -1}
              selected={row !== undefined && selected.has(row.id)}
              peeked={row !== undefined && row.id === peeked}
              from={from && i >= range.top && i <= range.bottom ? range.left : -1}
              to={range.right}
              marks={row && props.marksOf?.(row.id)}
            />
          );
        })}
      </div>
      {props.layer?.({ id, columns, rows, rowAt, cursor, from, setFrom, range })}
    </div>
  );
};

/** Which cell an element lies in; undefined outside of the rows. */
function placeOf(target: HTMLElement): Cursor | undefined {
  const cell = target.closest<HTMLElement>("[aria-colindex]");
  const line = target.closest<HTMLElement>("[aria-rowindex]");
  if (!cell || !line) return undefined;
  return {
    row: Number(line.getAttribute("aria-rowindex")) - 2,
    col: Number(cell.getAttribute("aria-colindex")) - 1,
  };
}

/** Scrolls sideways until the column is seen beside the two that stay. */
function revealColumn<R>(element: HTMLElement, columns: readonly Column<R>[], col: number): void {
  if (col < 2) return void (element.scrollLeft = 0);
  const before = columns.slice(1, col - 1).reduce((sum, column) => sum + column.width, 0);
  const sticky = pickWidth + (columns[0]?.width ?? 0);
  const width = columns[col - 1]?.width ?? 0;
  const sign = getComputedStyle(element).direction === "rtl" ? -1 : 1;
  const at = Math.abs(element.scrollLeft);
  const room = element.clientWidth - sticky;
  if (before < at) element.scrollLeft = sign * before;
  else if (before + width > at + room) element.scrollLeft = sign * (before + width - room);
}
