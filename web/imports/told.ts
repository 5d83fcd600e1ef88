import { request } from "../kit/client.ts";

/*
 * What the server tells about imports, as src/records/import answers it.
 *
 * Words we use
 *   look      how a file seems to be written, and which column seems to be which field
 *   mapping   column of the file -> field, with the way its numbers or dates are written
 *   preview   what the first rows would become
 */
export interface TableFormat {
  container: "plain" | "gzip" | "xlsx";
  encoding: string;
  delimiter: string;
  quote: string;
  header: boolean;
  columns: string[];
  sheet: string | null;
  [more: string]: unknown;
}
export interface Target {
  field: string;
  decimals?: string | undefined;
  dates?: string | undefined;
}
export type Mapping = Readonly<Record<string, Target>>;
export type Options = Readonly<Record<string, unknown>>;

export interface ColumnGuess {
  name: string;
  kind: string;
  decimals: readonly string[];
  dates: readonly string[];
  ambiguous: boolean;
  misfits: number;
  blank: number;
  examples: readonly string[];
}
export interface MappingProblem {
  code: string;
  message: string;
  field?: string;
  column?: string;
}
export interface Look {
  format: TableFormat;
  sheets: readonly string[];
  columns: readonly ColumnGuess[];
  sample: readonly (readonly string[])[];
  mapping: Mapping;
  options: Options;
  problems: readonly MappingProblem[];
  saved: readonly { id: string; name: string; fits: boolean; mapping: Mapping; options: Options }[];
}
export interface RowProblem {
  column: string | null;
  code: string;
  message: string;
}
export interface PreviewRow {
  row: number;
  cells: readonly string[];
  problems: readonly RowProblem[];
}
export interface Preview {
  problems: readonly MappingProblem[];
  rows: readonly PreviewRow[];
  items: readonly Readonly<Record<string, unknown>>[];
  counts: Readonly<Record<string, number>>;
  rows_estimated: number;
  complete: boolean;
}
export interface ResultLine {
  key: string;
  label: string;
  count: number;
  amount?: number;
}
export interface ImportResult {
  rows: number;
  failed: number;
  created: number;
  lines: readonly ResultLine[];
}
export interface Import {
  id: string;
  object: string;
  file_name: string;
  bytes: number;
  notes: readonly string[];
  format: TableFormat | null;
  mapping: Mapping | null;
  options: Options | null;
  job_id: string | null;
  created_at: string;
  state: "uploaded" | "queued" | "running" | "paused" | "done" | "failed" | "cancelled";
  done: number;
  total: number | null;
  failed: number;
  reason: string | null;
  result: ImportResult | null;
}
export interface ImportableField {
  name: string;
  label: string;
  type: string;
  required: boolean;
  help: string | null;
}
export interface Importable {
  object: string;
  label: string;
  custom: boolean;
  fields: readonly ImportableField[];
  options: { properties?: Readonly<Record<string, OptionSchema>> };
}
export interface OptionSchema {
  type?: string;
  title?: string;
  description?: string;
  enum?: readonly string[];
  default?: unknown;
}
export interface How {
  format: TableFormat;
  mapping: Mapping;
  options: Options;
}
export interface FailedRow {
  row: number;
  problems: readonly { message: string; column: string | null }[];
  cells: readonly string[] | null;
}

/** What is asked about imports. */
export const imports = {
  list: (signal?: AbortSignal) => request<{ items: readonly Import[] }>("GET /imports", { limit: 50 }, signal),
  objects: (signal?: AbortSignal) => request<{ items: readonly Importable[] }>("GET /imports/objects", {}, signal),
  get: (id: string, signal?: AbortSignal) => request<Import>("GET /imports/{id}", { id }, signal),
  look: (id: string, format: Partial<TableFormat>, signal?: AbortSignal) =>
    request<Look>("POST /imports/{id}/look", { id, format }, signal),
  preview: (id: string, how: How, signal?: AbortSignal) =>
    request<Preview>("POST /imports/{id}/preview", { id, ...how }, signal),
  start: (id: string, how: How) => request<{ job_id: string }>("POST /imports/{id}/start", { id, ...how }),
  example: () => request<{ import_id: string; job_id: string }>("POST /imports/example", {}),
  failures: (id: string, signal?: AbortSignal) =>
    request<{ items: readonly FailedRow[] }>("GET /imports/{id}/failures", { id }, signal),
  saveMapping: (saved: Omit<How, "format"> & { object: string; name: string; columns: readonly string[] }) =>
    request<{ id: string }>("POST /import-mappings", saved),
  forgetMapping: (id: string) => request<void>("DELETE /import-mappings/{id}", { id }),
  remove: (id: string) => request<void>("DELETE /imports/{id}", { id }),
};

export const isOpen = (one: Pick<Import, "state">): boolean => /^(queued|running|paused)$/.test(one.state);
