/*
 * Words we use
 *   paper   a quote, invoice or credit note on A4: who writes, to whom, a few facts, a table, its sums, notes
 */
export interface PaperColumn {
  label: string;
  /** Share of the width; they add up to 1. */
  width: number;
  /** Figures stand at the right. */
  number?: boolean;
}
export interface PaperSum {
  label: string;
  value: string;
  strong?: boolean;
}
export interface Paper {
  /** "Quote QU-1001"; also the document's title. */
  title: string;
  /** BCP 47. */
  language: string;
  from: { name: string; lines: readonly string[]; footer: readonly string[] };
  to: readonly string[];
  /** "Valid until", "22 Nov 2026". */
  facts: readonly (readonly [label: string, value: string])[];
  intro: string;
  columns: readonly PaperColumn[];
  rows: readonly (readonly string[])[];
  sums: readonly PaperSum[];
  notes: readonly { title: string; text: string }[];
  /** Said at the end when letters were missing in our fonts, for instance where the whole text can be read. */
  missingNote: string;
  /** "Page {page} of {pages}". */
  pageWords: string;
  /** Written into the document; the same paper then has the same bytes. */
  at: Date;
}

// Points: 72 to an inch. A4 is 595 x 842.
export const margin = 56;
export const width = 595.28 - 2 * margin;
export const ink = "#18181b";
export const gray = "#52525b";

export type Doc = PDFKit.PDFDocument;
