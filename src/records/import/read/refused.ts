export type RefusalCode =
  | "empty"
  | "no-rows"
  | "binary"
  | "not-a-table"
  | "old-excel"
  | "encrypted"
  | "corrupt"
  | "encoding"
  | "duplicate-headers"
  | "too-many-columns"
  | "quote-never-ends"
  | "cell-too-long"
  | "row-too-long"
  | "too-big"
  | "no-sheet";

type Place = { row?: number | undefined; column?: string | undefined };

/** The whole file cannot be read as a table; the message is meant for the person who uploaded it. */
export class TableRefused extends Error {
  readonly code: RefusalCode;
  readonly row: number | undefined;
  readonly column: string | undefined;

  constructor(code: RefusalCode, message: string, place: Place = {}) {
    super(message);
    this.name = "TableRefused";
    this.code = code;
    this.row = place.row;
    this.column = place.column;
  }
}
