import { useState } from "react";
import { createPortal, flushSync } from "react-dom";
import { useLingui } from "@lingui/react";
import { Button } from "@mantine/core";
import type { Field } from "#records";
import type { DescribedObject } from "../../kit/boot.ts";
import type { GridHandle, GridLayer } from "../../kit/grid/Grid.tsx";
import { moveCursor } from "../../kit/grid/cursor.ts";
import { singleKeys } from "../../kit/keys.ts";
import { tell } from "../../kit/notes.ts";
import { textOfValue } from "../../kit/text.ts";
import { fieldsOf, pointed, valueIn, type Rec } from "../record.ts";
import { sendCells, useApply, type RowEdit } from "./apply.ts";
import { cellsAtMost, emptied, filledDown, pasted, type Ground, type Pasted } from "./block.ts";
import { CellEditor, type Step } from "./CellEditor.tsx";
import { CellNote } from "./CellNote.tsx";
import { writeCell } from "./cell-text.ts";
import { asHtml, asTsv, fromTsv } from "./clipboard.ts";
import { edited, withEdits, type EditsHandle } from "./edits.ts";
import { useSheetHears } from "./listen.ts";
import "./sheet.css";

export interface SheetProps {
  object: DescribedObject;
  at: GridLayer<Rec>;
  grid: GridHandle | undefined;
  /** The record as the server has it, without what is typed over it. */
  savedAt: (i: number) => Rec | undefined;
  handle: EditsHandle;
}

const count = (edits: readonly RowEdit[]): number => edits.reduce((n, edit) => n + Object.keys(edit.values).length, 0);
const printable = (event: KeyboardEvent): boolean => event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey; // prettier-ignore

/**
 * Makes a table a sheet: F2 or a double press edits a cell, and from then on typing does, until Esc. Shift with arrows or a drag
 * selects cells; they are copied, pasted, filled down and emptied together.
 */
const Sheet = ({ object, at, grid, savedAt, handle }: SheetProps) => {
  const { _ } = useLingui();
  const apply = useApply(object, handle);
  const [typing, setTyping] = useState(false);
  const [open, setOpen] = useState<{ row: number; col: number }>();
  const [waiting, setWaiting] = useState<Pasted>();
  const { cursor, range } = at;
  const fields = fieldsOf(object);
  const fieldAt = (col: number): Field | undefined => fields.find((field) => field.name === at.columns[col - 1]?.key);
  const ground: Ground = { rowAt: savedAt, shownAt: at.rowAt, fieldAt, rows: at.rows, cols: at.columns.length };
  const changed = (n: number): string => _("{n, plural, one {# row} other {# rows}} changed", { n });
  const editAt = (row: number, col: number) => handle.edits.get(savedAt(row)?.id ?? "")?.[fieldAt(col)?.name ?? ""];
  const drop = (row: number, col: number): void => {
    const [record, field] = [savedAt(row), fieldAt(col)];
    if (record && field) handle.change((edits) => edited(edits, record.id, { [field.name]: undefined }));
  };

  const edit = (row: number, col: number): boolean => {
    const [record, field] = [savedAt(row), fieldAt(col)];
    if (!record || !field) return false;
    setTyping(true);
    if (field.computed) return tell(_("{field} is worked out by Rondo from what happened; it cannot be typed.", { field: _(field.label) })) > 0; // prettier-ignore
    if (field.type === "boolean") {
      apply([{ record, values: { [field.name]: valueIn(record, field.name) !== true } }], changed);
      return true;
    }
    // At once, so that the letter that opened the editor is typed into it.
    flushSync(() => setOpen({ row, col }));
    return true;
  };
  const commit = (record: Rec, field: Field, value: unknown, title: string | undefined, step: Step): void => {
    setOpen(undefined);
    grid?.focus();
    const standing = handle.edits.get(record.id)?.[field.name];
    if (!standing && JSON.stringify(valueIn(record, field.name) ?? null) === JSON.stringify(value ?? null)) return go(step);
    apply([{ record, values: { [field.name]: value }, titles: { [field.name]: title } }], changed);
    go(step);
  };
  const go = ({ row, col }: Step): void => {
    if (row === 0 && col === 0) return;
    grid?.goTo({ row: Math.max(0, Math.min(at.rows - 1, cursor.row + row)), col: Math.max(1, Math.min(at.columns.length, cursor.col + col)) }); // prettier-ignore
  };

  const act = (edits: RowEdit[]): void => {
    if (edits.length === 0) return;
    if (count(edits) > cellsAtMost) return void tell(_("At most {n} cells at once; select the rows and change them together.", { n: cellsAtMost }), { tone: "bad" }); // prettier-ignore
    apply(edits, changed);
  };
  const leave = (): void => {
    if (waiting)
      handle.change((edits) => {
        let next = edits;
        for (const one of waiting.edits) next = edited(next, one.record.id, Object.fromEntries(Object.keys(one.values).map((k) => [k, undefined]))); // prettier-ignore
        for (const one of waiting.unread) next = edited(next, one.id, { [one.name]: undefined });
        return next;
      });
    setWaiting(undefined);
  };
  const goOn = (): void => {
    if (!waiting) return;
    const { edits } = waiting;
    leave();
    act(edits);
  };
  const paste = async (block: string[][]): Promise<void> => {
    if (block.length * (block[0]?.length ?? 0) > cellsAtMost) return void tell(_("At most {n} cells at once; select the rows and change them together.", { n: cellsAtMost }), { tone: "bad" }); // prettier-ignore
    setTyping(true);
    const { edits, unread } = await pasted(ground, range, block);
    if (unread.length === 0 && count(edits) <= 1) return act(edits);
    // Tried on the server first: what it would refuse is shown in the cells before anything is saved.
    const tried = edits.length > 0 ? await sendCells(object, edits, true) : { rows: [] };
    const bad = new Map(tried.rows.flatMap((row) => (row.outcome === "refused" ? [[row.id, row.message ?? ""] as const] : []))); // prettier-ignore
    if (unread.length === 0 && bad.size === 0) return act(edits);
    handle.change((before) => {
      let next = before;
      for (const { record, values, titles } of edits)
        next = edited(next, record.id, Object.fromEntries(Object.entries(values).map(([name, value]) => [name, { value, title: titles?.[name], mark: bad.has(record.id) ? "refused" : "preview", words: bad.get(record.id) ?? "" }]))); // prettier-ignore
      for (const one of unread) next = edited(next, one.id, { [one.name]: { value: one.text, title: one.text, mark: "refused", words: one.words } }); // prettier-ignore
      return next;
    });
    setWaiting({ edits: edits.filter((one) => !bad.has(one.record.id)), unread: [...unread, ...edits.filter((one) => bad.has(one.record.id)).flatMap((one) => Object.keys(one.values).map((name) => ({ id: one.record.id, name, text: "", words: bad.get(one.record.id) ?? "" })))] }); // prettier-ignore
  };

  const standing = editAt(cursor.row, cursor.col);
  const onKey = (event: KeyboardEvent): void => {
    const taken = (): void => {
      event.preventDefault();
      event.stopPropagation();
    };
    if (waiting && (event.key === "Enter" || event.key === "Escape")) {
      taken();
      return event.key === "Enter" ? goOn() : leave();
    }
    const cell = cursor.row >= 0 && cursor.col >= 1;
    const extended = event.shiftKey && cell && moveCursor(cursor, event, { rows: at.rows, cols: at.columns.length + 1, page: 12, rtl: document.dir === "rtl" }); // prettier-ignore
    if (extended) {
      taken();
      setTyping(true);
      at.setFrom(at.from ?? cursor);
      return grid?.goTo({ row: Math.max(0, extended.row), col: Math.max(1, extended.col) });
    }
    const mod = event.ctrlKey || event.metaKey;
    if (event.key.startsWith("Arrow") || event.key === "Home" || event.key === "End") at.setFrom(undefined);
    if (!cell) return;
    const sheet = typing || !singleKeys();
    if (event.key === "F2" || (event.key === "Enter" && typing && !mod && !event.altKey)) {
      taken();
      if (standing?.theirs) document.querySelector<HTMLElement>(".cell-note button")?.focus();
      else edit(cursor.row, cursor.col);
    } else if (event.key === "Escape" && standing && standing.mark !== "saving") {
      taken();
      drop(cursor.row, cursor.col);
    } else if (event.key === "Escape" && (at.from || typing)) {
      taken();
      if (at.from) at.setFrom(undefined);
      else setTyping(false);
    } else if (mod && event.key.toLowerCase() === "d") {
      taken();
      act(filledDown(ground, range));
    } else if ((event.key === "Delete" || event.key === "Backspace") && sheet) {
      taken();
      act(emptied(ground, range));
    } else if (event.key === "Tab" && typing) {
      taken();
      go({ row: 0, col: event.shiftKey ? -1 : 1 });
    } else if (printable(event) && sheet) {
      event.stopPropagation();
      // The letter itself goes into the editor, which has the focus by then and its whole text selected.
      if (edit(cursor.row, cursor.col) && fieldAt(cursor.col)?.type === "boolean") event.preventDefault();
    }
  };

  useSheetHears(at.id, {
    key: onKey,
    copy: (event) => {
      const rows = Array.from({ length: range.bottom - range.top + 1 }, (_x, r) => at.rowAt(range.top + r));
      if (cursor.row < 0 || rows.some((row) => !row)) return;
      const block = rows.map((row) => Array.from({ length: range.right - range.left + 1 }, (_x, c) => {
        const field = fieldAt(range.left + c);
        return row && field ? writeCell(row, field) : "";
      })); // prettier-ignore
      event.clipboardData?.setData("text/plain", asTsv(block));
      event.clipboardData?.setData("text/html", asHtml(block));
      event.preventDefault();
      tell(_("{n, plural, one {# cell} other {# cells}} copied", { n: block.length * (block[0]?.length ?? 0) }));
    },
    paste: (event) => {
      const text = event.clipboardData?.getData("text/plain") ?? "";
      if (text === "" || cursor.row < 0 || cursor.col < 1) return;
      event.preventDefault();
      void paste(fromTsv(text)).catch((thrown: unknown) => tell(String(thrown instanceof Error ? thrown.message : thrown), { tone: "bad" })); // prettier-ignore
    },
    press: (to, event) => {
      if (event.target instanceof Element && event.target.closest("a")) return false;
      if (event.shiftKey) {
        at.setFrom(at.from ?? cursor);
        setTyping(true);
        grid?.goTo(to);
        return true;
      }
      at.setFrom(undefined);
      if (event.detail > 1 && to.col > 1) {
        grid?.goTo(to);
        return edit(to.row, to.col);
      }
      if (!typing) return false;
      grid?.goTo(to);
      return true;
    },
    drag: (from, to) => {
      setTyping(true);
      at.setFrom(from);
      grid?.goTo(to);
    },
  });

  const [record, field] = open ? [savedAt(open.row), fieldAt(open.col)] : [];
  const shown = record && withEdits(record, handle.edits.get(record.id));
  const here = { record: savedAt(cursor.row), field: fieldAt(cursor.col) };
  const bar = document.getElementById(at.id)?.parentElement;
  const selected = range.bottom > range.top || range.right > range.left;
  return (
    <>
      {open && record && shown && field && (
        <CellEditor
          key={`${record.id} ${field.name}`}
          cell={`${at.id}-${open.row}-${open.col}`}
          grid={at.id}
          field={field}
          value={valueIn(shown, field.name) ?? null}
          title={pointed(shown, field)?.title}
          currency={field.currency_field ? textOfValue(record[field.currency_field]) || undefined : undefined}
          words={handle.edits.get(record.id)?.[field.name]?.words}
          onCommit={(value, title, step) => commit(record, field, value, title, step)}
          onCancel={() => {
            setOpen(undefined);
            grid?.focus();
          }}
        />
      )}
      {!open && !waiting && standing && standing.mark !== "saving" && here.record && here.field && (
        <CellNote
          key={`${cursor.row} ${cursor.col}`}
          cell={`${at.id}-${cursor.row}-${cursor.col}`}
          grid={at.id}
          field={here.field}
          edit={standing}
          onTheirs={() => {
            drop(cursor.row, cursor.col);
            grid?.focus();
          }}
          onMine={() => {
            if (standing.theirs && here.field)
              apply([{ record: standing.theirs.record, values: { [here.field.name]: standing.value }, titles: { [here.field.name]: standing.title } }], changed);
            grid?.focus();
          }}
          onBack={() => grid?.focus()}
        />
      )}
      {bar && (typing || waiting) &&
        createPortal(
          <div className="sheet-bar" role="status">
            {waiting ? (
              <>
                <span>{_("{good} cells can be pasted; {bad} cannot and are marked.", { good: count(waiting.edits), bad: waiting.unread.length })}</span>
                {waiting.edits.length > 0 && <Button onClick={goOn}>{_("Paste the others")}</Button>}
                <Button variant="default" onClick={leave}>{_("Cancel")}</Button>
              </>
            ) : (
              <span className="small">
                {selected && `${_("{rows} × {cols} cells", { rows: range.bottom - range.top + 1, cols: range.right - range.left + 1 })} · `}
                {_("Typing edits the cell · Esc ends")}
              </span>
            )}
          </div>,
          bar,
        )}
    </>
  );
}; // prettier-ignore
export default Sheet;
