import { cut } from "../../values.ts";

/** What is wrong with one value or one row; the rest of the table still goes in. */
export type Problem = {
  row: number;
  column: string | null;
  value: string;
  code: string;
  message: string;
};

/** Why one text could not be understood, without its place in the table. */
export type Unreadable = { code: string; message: string };

const MAX_SHOWN = 200;

/** A value as shown to a person: control characters made visible, at most 200 characters. */
export const shown = (value: string, most: number = MAX_SHOWN): string => {
  // oxlint-disable-next-line no-control-regex -- control characters are exactly what is replaced
  const visible = cut(value, most + 1).replace(/[\u0000-\u001f\u007f]/g, "\u00b7");
  return visible.length > most ? `${cut(visible, most - 1)}…` : visible;
};

/** Puts a place before the reason: "row 17, column InvoiceDate: …". */
export const problemAt = (row: number, column: string | null, value: string, why: Unreadable): Problem => ({
  row,
  column,
  value: shown(value),
  code: why.code,
  message: column === null ? `row ${row}: ${why.message}` : `row ${row}, column ${column}: ${why.message}`,
});
