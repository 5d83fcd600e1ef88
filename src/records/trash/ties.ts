import type { Tx } from "#platform/context";

/*
 * What ends with a record that leaves the trash for good: every module says it of its own tables. A test reads the catalogue and
 * fails when a column that names a record is forgotten.
 *
 * Words we use
 *   purge   to delete a record of the trash for good, with what it owns
 *   tie     a column that names a record, and what becomes of its rows when that record is purged
 *   goes    they are the record's own and are deleted with it
 *   clears  they stay and name it no more
 *   holds   the record stays in the trash as long as there is one: accounting, or work that is still there, needs it
 *   stays   they keep its id, with the reason
 *
 * A foreign key that the database itself clears, or follows into parts that are no records, says it already and is not declared again.
 */
interface Named {
  readonly table: string;
  readonly column: string;
  /** The objects it names; "*" for any object. */
  readonly of: string | readonly string[];
  /** Which rows x count, as SQL. */
  readonly when?: string;
}
export type Tie = Named &
  (
    | { readonly end: "goes"; /** The object they are records of, when they are: they are purged as such. */ readonly as?: string; /** The column with their id. */ readonly id?: string }
    | { readonly end: "clears" }
    | { readonly end: "holds"; /** What holds it, for people: an object, or one of `holders`. */ readonly by: string }
    | { readonly end: "stays"; readonly why: string }
  ); // prettier-ignore

const ties: Tie[] = [];
type Before = (tx: Tx, ids: readonly string[]) => Promise<void>;
const before = new Map<string, Before[]>();
const never = new Map<string, string>();

/** Says what becomes of rows that name a record when it is purged. */
export const tie = (...said: readonly Tie[]): void => void ties.push(...said);
/** The usual columns of a table: contact_id and account_id, with one end for both. */
export const tieCustomers = (table: string, end: { end: "holds"; by: string } | { end: "goes"; as?: string }, columns: readonly ("contact_id" | "account_id")[] = ["contact_id", "account_id"]): void =>
  tie(...columns.map((column) => ({ table, column, of: column.slice(0, -3), ...end }))); // prettier-ignore
/** Work that no column tells of, done before the records of that object are deleted. */
export const beforePurge = (object: string, work: Before): void =>
  void before.set(object, [...(before.get(object) ?? []), work]);
/** Says that records of an object stay in the trash for ever, and why. */
export const neverPurge = (object: string, why: string): void => void never.set(object, why);

const isOf = ({ of }: Named, object: string): boolean => of === "*" || of === object || (Array.isArray(of) && of.includes(object)); // prettier-ignore
export const tiesOf = (object: string): Tie[] => ties.filter((t) => isOf(t, object));
export const worksBefore = (object: string): readonly Before[] => before.get(object) ?? [];
export const isPurged = (object: string): boolean => !never.has(object);
/** All that was declared, for the test that compares it with the catalogue. */
export const tied = (): readonly Tie[] => ties;
