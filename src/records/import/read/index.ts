/** Reading uploaded tables: what they are, their rows, and what their texts mean. Knows no object of the CRM. */
export { detectTable, type TableSample } from "./detect.ts";
export { type ReadOptions, readRows } from "./rows.ts";
export { type Limits, TableFormat } from "./format.ts";
export type { TableRow } from "./shape.ts";
export type { ColumnGuess } from "./guess.ts";
export type { ColumnKind } from "./kinds.ts";
export { type Problem, problemAt, type Unreadable } from "./problem.ts";
export { type RefusalCode, TableRefused } from "./refused.ts";
export { type Decimal, decimalStyles, type DecimalStyle, parseDecimal } from "./decimals.ts";
export { type DateFormat, dateFormats } from "./date-formats.ts";
export { type ParsedDate, parseDate } from "./dates.ts";
export { parseBoolean } from "./booleans.ts";
export { type DateConflicts, type DateWatch, watchDates } from "./conflicts.ts";
