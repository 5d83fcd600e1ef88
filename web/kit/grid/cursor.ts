/** The active cell: row -1 is the header, column 0 the selection. */
export interface Cursor {
  row: number;
  col: number;
}
export interface Bounds {
  rows: number;
  cols: number;
  /** Rows that Page Up and Page Down pass over. */
  page: number;
  rtl: boolean;
}
export type Press = Readonly<Record<"key", string> & Record<"ctrlKey" | "metaKey" | "altKey", boolean>>;

/** Where a key moves the active cell, as ARIA's grid pattern says; undefined when the key is not about moving. */
export function moveCursor({ row, col }: Cursor, press: Press, { rows, cols, page, rtl }: Bounds): Cursor | undefined {
  const far = press.ctrlKey || press.metaKey;
  if (press.altKey) return undefined;
  const at = (r: number, c: number): Cursor => ({
    row: Math.max(-1, Math.min(rows - 1, r)),
    col: Math.max(0, Math.min(cols - 1, c)),
  });
  const onward = rtl ? -1 : 1;
  switch (press.key) {
    case "ArrowDown":
      return at(far ? rows - 1 : row + 1, col);
    case "ArrowUp":
      return at(far ? 0 : row - 1, col);
    case "ArrowRight":
      return at(row, col + onward);
    case "ArrowLeft":
      return at(row, col - onward);
    case "PageDown":
      return at(row + page, col);
    case "PageUp":
      return at(Math.max(0, row - page), col);
    case "Home":
      return far ? at(0, 0) : at(row, 0);
    case "End":
      return far ? at(rows - 1, cols - 1) : at(row, cols - 1);
    default:
      return undefined;
  }
}
