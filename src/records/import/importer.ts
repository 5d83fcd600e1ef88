import type { z } from "zod";
import type { Tx, Workspace } from "#platform/context";
import type { ColumnGuess, DateFormat, DecimalStyle, Unreadable } from "./read/index.ts";

/*
 * Words we use
 *   importer   teaches the import engine one object: its fields, how a row is understood, how understood rows are saved
 *   mapping    which column of the file is which field
 *   plan       a file, its mapping and options: everything needed to understand a row the same way twice
 *   key        rows of one key (a customer) are written together, so that the timeline gets a customer's facts in one piece
 *   unit       rows of one unit (an order) become one record
 */
export type ImportFieldType =
  | "text"
  | "long_text"
  | "decimal"
  | "datetime"
  | "boolean"
  | "email"
  | "phone"
  | "currency"
  | "country"
  | "url";

export interface ImportField {
  readonly name: string;
  readonly label: string;
  readonly type: ImportFieldType;
  readonly required?: boolean;
  /** Header names, in lower case and words; "number of *" stands for everything that begins so. */
  readonly synonyms: readonly string[];
  /** Tells from values alone, in a file without header names, that a column may be this field. */
  readonly looks?: (column: ColumnGuess) => boolean;
  /** Values that are this field whatever their column is called: Shopify's order "#1001" stands under "Name". */
  readonly marks?: RegExp;
  readonly help?: string;
  /** Longest text; 200 unless said. */
  readonly max?: number;
}

/** One mapped column: how its texts are written, as far as its field's type needs it. */
export interface MappedColumn {
  readonly column: string;
  readonly at: number;
  readonly field: ImportField;
  readonly decimals: DecimalStyle;
  readonly dates: DateFormat;
}

/** Texts cleaned, decimals exact in text, instants in unix milliseconds; null for an empty cell. */
export type ImportValue = string | number | boolean | null;
export type ImportValues = Readonly<Record<string, ImportValue>>;

export interface Plan {
  readonly import_id: string;
  readonly file: string;
  readonly columns: readonly MappedColumn[];
  /** As the importer's schema gave them back. */
  readonly options: unknown;
  readonly workspace: Pick<Workspace, "currency" | "time_zone">;
}

/** Why a row cannot be saved; `field` names what is wrong, null when it is the row itself. */
export interface Unfit extends Unreadable {
  readonly field: string | null;
}

export interface Staged {
  readonly key: string;
  readonly unit: string;
  readonly data: readonly unknown[];
}
export interface StagedRow extends Staged {
  readonly row: number;
}

/** Understands one row after the other; `carry` is what a later row needs of an earlier one, kept over a stop. */
export interface Stager {
  take(values: ImportValues, row: number): Staged | Unfit;
  carry(): unknown;
}

export type Counts = Record<string, number>;
export interface Written {
  readonly counts: Counts;
  readonly failures: readonly (Unfit & { readonly row: number })[];
}

/** One line of the result; `amount` is in minor units of the workspace's currency. */
export interface ResultLine {
  readonly key: string;
  readonly label: string;
  readonly count: number;
  readonly amount?: number;
}

export interface MappingProblem {
  readonly code: string;
  readonly message: string;
  readonly field?: string;
  readonly column?: string;
}

export interface Importer {
  readonly object: string;
  readonly label: string;
  readonly fields: readonly ImportField[];
  /** The permission whoever sends such a file needs, where its object has none of its own: that of making the object's records unless said. */
  readonly may?: string;
  /** Whether it takes the general importer's fields and choices beside its own. */
  readonly general?: true;
  /** Whether it asks of each record how far the caller reaches; any other is for whoever reaches all. */
  readonly reached?: true;
  /** Whether columns may be mapped to "custom.name". */
  readonly custom: boolean;
  /** Options with their defaults; must accept {}. */
  readonly options: z.ZodType;
  /** Fields the mapping drops, and options the columns speak for. */
  readonly settle?: (fields: ReadonlySet<string>) => { drop?: readonly string[]; options?: Record<string, unknown> };
  readonly check: (plan: Plan) => MappingProblem[];
  readonly stage: (plan: Plan, carried: unknown) => Stager;
  /** The field whose value may belong to one key only (an order number to one customer), when units are named by it. */
  readonly unitField?: (plan: Plan) => string | null;
  /** Saves rows in the caller's transaction, the same rows twice changing nothing; `continued`: the first key had rows in the chunk before. */
  readonly write: (tx: Tx, plan: Plan, rows: readonly StagedRow[], continued: boolean) => Promise<Written>;
  /** What rows would become, without looking at the database. */
  readonly preview: (plan: Plan, rows: readonly StagedRow[]) => { items: Record<string, unknown>[]; counts: Counts };
  readonly result: (counts: Counts) => ResultLine[];
  /** Which of the counts are new records, for the history. */
  readonly created: (counts: Counts) => number;
  /** Tables whose statistics the import makes stale. */
  readonly tables: readonly string[];
}

const importers = new Map<string, Importer>();

/** Makes an object importable; each module registers its own, once. */
export function registerImporter(importer: Importer): Importer {
  importers.set(importer.object, importer);
  return importer;
}

/** All importers with a way of their own, in the order they were registered. */
export const allImporters = (): Importer[] => [...importers.values()];

/** The importer of that object; undefined when there is none. */
export const importerOf = (object: string): Importer | undefined => importers.get(object);
