import { useEffect, useEffectEvent } from "react";

interface CellAt {
  row: number;
  col: number;
}
export interface SheetHears {
  key: (event: KeyboardEvent) => void;
  copy: (event: ClipboardEvent) => void;
  paste: (event: ClipboardEvent) => void;
  /** A press on a cell; answers whether the table shall not hear of it. */
  press: (at: CellAt, event: MouseEvent) => boolean;
  drag: (from: CellAt, to: CellAt) => void;
}

/** The cell under a place on screen; undefined in the header, beside the rows and on the selection column. */
function cellOf(target: EventTarget | null): CellAt | undefined {
  if (!(target instanceof Element)) return undefined;
  const row = Number(target.closest("[aria-rowindex]")?.getAttribute("aria-rowindex") ?? 0) - 2;
  const col = Number(target.closest("[aria-colindex]")?.getAttribute("aria-colindex") ?? 0) - 1;
  return row >= 0 && col >= 1 ? { row, col } : undefined;
}

/** Listens on the grid itself, before the table does. */
export function useSheetHears(grid: string, hears: SheetHears): void {
  const key = useEffectEvent(hears.key);
  const copy = useEffectEvent(hears.copy);
  const paste = useEffectEvent(hears.paste);
  const press = useEffectEvent(hears.press);
  const drag = useEffectEvent(hears.drag);
  useEffect(() => {
    const box = document.getElementById(grid);
    if (!box) return;
    const stop = new AbortController();
    const { signal } = stop;
    let from: CellAt | undefined;
    let dragged = false;
    box.addEventListener("keydown", (event) => event.target === box && key(event), { signal });
    box.addEventListener("copy", (event) => copy(event), { signal });
    box.addEventListener("paste", (event) => paste(event), { signal });
    box.addEventListener("pointerdown", (event) => {
      dragged = false;
      // A finger scrolls; it selects no cells.
      from = event.button === 0 && event.pointerType !== "touch" && !event.shiftKey ? cellOf(event.target) : undefined;
    }, { signal }); // prettier-ignore
    box.addEventListener("pointermove", (event) => {
      if (!from || (event.buttons & 1) === 0) return void (from = undefined);
      const to = cellOf(event.target);
      if (!to || (!dragged && to.row === from.row && to.col === from.col)) return;
      dragged = true;
      getSelection()?.removeAllRanges();
      drag(from, to);
    }, { signal }); // prettier-ignore
    box.addEventListener("click", (event) => {
      from = undefined;
      const at = cellOf(event.target);
      const taken = dragged || (at !== undefined && press(at, event));
      dragged = false;
      if (!taken) return;
      event.stopPropagation();
      event.preventDefault();
    }, { signal, capture: true }); // prettier-ignore
    return () => stop.abort();
  }, [grid]);
}
