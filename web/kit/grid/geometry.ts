/*
 * Words we use
 *   spacer   the element as tall as all rows together, which gives the scroll bar its length
 */
export interface Scroll {
  rows: number;
  /** Height of a row, px. */
  row: number;
  /** Height of what can be seen, px. */
  viewport: number;
  /** Where the scroll bar stands, px. */
  top: number;
}

// Browsers stop at 33,554,428 px (Chromium) or 17.9 million (Firefox); beyond this the scroll bar is scaled.
export const ceiling = 16_000_000;

const heightOf = ({ rows, row }: Scroll): number => Math.min(rows * row, ceiling);

// Pixels of rows per pixel of scroll bar: 1 until the ceiling.
const scale = (s: Scroll): number => {
  const total = s.rows * s.row;
  return total <= ceiling || total <= s.viewport ? 1 : (total - s.viewport) / (heightOf(s) - s.viewport);
};

/** Which rows to draw (with `spare` rows above and below), how tall the spacer is, and where a row stands in it, px. */
export function seen(
  scroll: Scroll,
  spare = 5,
): { first: number; last: number; height: number; y: (i: number) => number } {
  const shift = scroll.top * scale(scroll) - scroll.top;
  const at = scroll.top + shift;
  const first = Math.max(0, Math.floor(at / scroll.row) - spare);
  const last = Math.min(scroll.rows - 1, Math.ceil((at + scroll.viewport) / scroll.row) + spare);
  return { first, last, height: heightOf(scroll), y: (i) => i * scroll.row - shift };
}

/** Where the scroll bar must stand so that row i is fully seen; where it is when that is so already, px. */
export function reveal(scroll: Scroll, i: number): number {
  const ratio = scale(scroll);
  const at = scroll.top * ratio;
  const above = i * scroll.row;
  if (above < at) return above / ratio;
  const below = above + scroll.row - scroll.viewport;
  return below > at ? below / ratio : scroll.top;
}
