import type { Tx } from "#platform/context";

/*
 * What a merge takes along: every module says which of its tables point to records that can be merged. A test reads the catalogue
 * and fails when a table is forgotten.
 *
 * Words we use
 *   winner, loser   the record that stays, and one that lives on in it
 *   pointer         a column that holds a record's id; its rows are moved to the winner
 *   settled         tables whose rows cannot just be moved (sums, one row a customer): the module says how they become one
 */
export interface Pointer {
  readonly table: string;
  readonly column: string;
  /** The object it points to. */
  readonly to: string;
  /** The primary key without the column; ["id"] unless said. */
  readonly key?: readonly string[];
  /** Which rows t point there, as SQL, where a column points to several objects. */
  readonly when?: string;
  readonly type?: "uuid" | "text";
  /** Which rows t of a loser stand in the way of the winner's own, as SQL; `winner` is its id. They stay with the loser ... */
  readonly unless?: (winner: string) => string;
  /** ... unless these assignments clear the way. */
  readonly cleared?: string;
}

/** A column that points to a record and is left alone, with the reason. */
export interface Unmoved {
  readonly table: string;
  readonly column: string;
  readonly why: string;
}

export interface Merging {
  readonly winner: string;
  readonly losers: readonly string[];
}

export interface Settled {
  readonly name: string;
  readonly object: string;
  /** The tables it may change: the rows `x` that belong to the records $1, as SQL, and their primary key. Parents first. */
  readonly tables: readonly { table: string; column?: string; rows: string; key: readonly string[] }[];
  /** Makes one of them. What it changed is kept row by row, so that it can be undone. */
  readonly settle?: (tx: Tx, merging: Merging) => Promise<void>;
  /** After a merge and after its undoing: works out anew what follows from the moved rows. */
  readonly again?: (tx: Tx, merging: Merging) => Promise<void>;
}

const pointers: Pointer[] = [];
const unmoved: Unmoved[] = [];
const settled: Settled[] = [];

/** Makes merges take the rows of these columns along. */
export const carry = (...said: readonly Pointer[]): void => void pointers.push(...said);
/** The usual columns of a table: contact_id and account_id. */
export const carryCustomers = (
  table: string,
  columns: readonly ("contact_id" | "account_id")[] = ["contact_id", "account_id"],
): void => carry(...columns.map((column) => ({ table, column, to: column.slice(0, -3) })));
/** Says that a column stays as it is. */
export const leave = (...said: readonly Unmoved[]): void => void unmoved.push(...said);
/** Makes merges settle what cannot be moved. */
export const settleMerges = (said: Settled): void => void settled.push(said);

export const pointersTo = (object: string): Pointer[] => pointers.filter((p) => p.to === object);
export const settledOf = (object: string): Settled[] => settled.filter((s) => s.object === object);
/** All that was declared, for the test that compares it with the catalogue. */
export const declared = (): { pointers: readonly Pointer[]; unmoved: readonly Unmoved[]; settled: readonly Settled[] } => ({ pointers, unmoved, settled }); // prettier-ignore

/** A row of a loser stands in the way when the winner has one with the same values of these columns, among the rows that count. */
export const hasSame =
  (table: string, column: string, by: readonly string[], counting: (row: string) => string = () => "true") =>
  (winner: string): string =>
    `${counting("t")} and exists (select from "${table}" o where o."${column}" = ${winner} and ${counting("o")} and ${["true", ...by.map((b) => `o."${b}" is not distinct from t."${b}"`)].join(" and ")})`;
