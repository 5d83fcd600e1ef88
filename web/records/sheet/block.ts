import type { Field } from "#records";
import { say } from "../../kit/i18n.ts";
import type { Range } from "../../kit/grid/range.ts";
import { valueIn, pointed, type Rec } from "../record.ts";
import type { RowEdit } from "./apply.ts";
import { readCell } from "./cell-text.ts";
import { findNamed, type Found } from "./find.ts";

/** What a block of cells is laid over: rows and columns as they stand in the table. */
export interface Ground {
  /** The record as the server has it. */
  rowAt: (i: number) => Rec | undefined;
  /** The record as it is shown, with what is on its way. */
  shownAt: (i: number) => Rec | undefined;
  fieldAt: (col: number) => Field | undefined;
  rows: number;
  cols: number;
}
export interface Unread {
  id: string;
  name: string;
  text: string;
  words: string;
}
export interface Pasted {
  edits: RowEdit[];
  unread: Unread[];
}

/** Most cells of one act; more are changed by a bulk edit. */
export const cellsAtMost = 5000;

const add = (edits: Map<string, RowEdit>, record: Rec, name: string, value: unknown, title?: string): void => {
  const known = edits.get(record.id);
  edits.set(record.id, {
    record,
    values: { ...known?.values, [name]: value },
    titles: { ...known?.titles, ...(title ? { [name]: title } : {}) },
  });
};

/** Lays a block of texts over the table, from the range's first cell; one cell fills the whole range. Records are found by their names. */
export async function pasted(ground: Ground, range: Range, block: readonly (readonly string[])[]): Promise<Pasted> {
  const single = block.length === 1 && block[0]?.length === 1;
  const rows = single ? range.bottom - range.top + 1 : block.length;
  const cols = single ? range.right - range.left + 1 : Math.max(...block.map((row) => row.length));
  const edits = new Map<string, RowEdit>();
  const unread: Unread[] = [];
  const names = new Map<string, Promise<Found>>();
  for (let r = 0; r < rows; r++)
    for (let c = 0; c < cols; c++) {
      const record = ground.rowAt(range.top + r);
      const field = ground.fieldAt(range.left + c);
      const text = single ? block[0]?.[0] : block[r]?.[c];
      if (!record || !field || text === undefined) continue;
      const refuse = (words: string): void => void unread.push({ id: record.id, name: field.name, text, words });
      if (field.computed) {
        refuse(say("Rondo works this out; it cannot be typed"));
        continue;
      }
      const read = readCell(text, field, record);
      if ("words" in read) refuse(read.words);
      else if ("value" in read) add(edits, record, field.name, read.value);
      else {
        const key = `${field.name} ${read.find}`;
        const asked = names.get(key) ?? findNamed(field, read.find);
        names.set(key, asked);
        const found = await asked;
        if ("words" in found) refuse(found.words);
        else add(edits, record, field.name, found.value, found.title);
      }
    }
  return { edits: [...edits.values()], unread };
}

/** The first row of the range, over the rows below it; of a single row, the row above over it. */
export function filledDown(ground: Ground, range: Range): RowEdit[] {
  const single = range.top === range.bottom;
  const source = ground.shownAt(single ? range.top - 1 : range.top);
  const edits = new Map<string, RowEdit>();
  if (!source) return [];
  for (let r = single ? range.top : range.top + 1; r <= range.bottom; r++)
    for (let c = range.left; c <= range.right; c++) {
      const [record, field] = [ground.rowAt(r), ground.fieldAt(c)];
      if (record && field && !field.computed)
        add(edits, record, field.name, valueIn(source, field.name) ?? null, pointed(source, field)?.title);
    }
  return [...edits.values()];
}

/** Empties the cells of the range that may be empty. */
export function emptied(ground: Ground, range: Range): RowEdit[] {
  const edits = new Map<string, RowEdit>();
  for (let r = range.top; r <= range.bottom; r++)
    for (let c = range.left; c <= range.right; c++) {
      const [record, field] = [ground.rowAt(r), ground.fieldAt(c)];
      const shown = ground.shownAt(r);
      const value = shown && field ? valueIn(shown, field.name) : undefined;
      if (!record || !field || field.computed || field.required || value === null || value === undefined) continue;
      add(edits, record, field.name, field.type === "boolean" ? false : null);
    }
  return [...edits.values()];
}
