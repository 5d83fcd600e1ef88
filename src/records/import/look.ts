import { Refused } from "#kernel/refusal";
import type { Ctx } from "#platform/context";
import { importerNamed } from "./generic/importer.ts";
import type { Importer, MappingProblem } from "./importer.ts";
import type { Import } from "./ledger.ts";
import { type Mapping, planOf, proposeMapping } from "./mapping.ts";
import { savedMappings, type SavedMapping } from "./saved.ts";
import { detectTable, type TableFormat, TableRefused, type TableSample } from "./read/index.ts";

/** Everything the wizard's mapping step shows. */
export interface Look {
  format: TableFormat;
  sheets: string[];
  columns: TableSample["columns"];
  /** The first rows as they are written. */
  sample: string[][];
  mapping: Mapping;
  options: Record<string, unknown>;
  problems: MappingProblem[];
  /** Mappings that were saved for this object; the first one that fits is proposed. */
  saved: SavedMapping[];
}

/** The importer of that object; refused in words when there is none. */
export async function importerFor(ctx: Ctx, object: string): Promise<Importer> {
  const importer = await importerNamed(ctx, object);
  if (!importer)
    throw new Refused("invalid", "import.unknown-object", `"${object}" cannot be imported.`, {
      fields: [{ field: "object", message: "This cannot be imported." }],
    });
  return importer;
}

/** Looks into the file; what is no table is refused in words that name row and column. */
export async function sampleOf(path: string, chosen: Partial<TableFormat> = {}): Promise<TableSample> {
  try {
    return await detectTable(path, chosen);
  } catch (error) {
    if (error instanceof TableRefused)
      throw new Refused("invalid", `file.${error.code}`, error.message, {
        fields: [{ field: "file", message: error.message }],
        detail: { row: error.row, column: error.column },
      });
    if ((error as { code?: unknown }).code === "ENOENT")
      throw new Refused("not-found", "file.gone", "The uploaded file is no longer there: please upload it again.");
    throw error;
  }
}

/** How the file is written and which column seems to be which field. */
export async function lookAt(
  ctx: Ctx,
  found: Pick<Import, "id" | "object" | "path" | "file_name">,
  chosen: Partial<TableFormat> = {},
): Promise<Look> {
  const importer = await importerFor(ctx, found.object);
  const sample = await sampleOf(found.path, chosen);
  const saved = await savedMappings(ctx, found.object, sample.format.columns);
  const known = saved.find((s) => s.fits);
  const { mapping, options } = known ?? proposeMapping(importer, sample.columns);
  const given = {
    import_id: found.id,
    file: found.file_name,
    format: sample.format,
    mapping: known ? mapping : unconfirmed(mapping, sample),
    options,
    workspace: ctx.workspace,
  };
  const { problems, plan } = planOf(importer, given, sample.columns);
  return {
    format: sample.format,
    sheets: sample.sheets,
    columns: sample.columns,
    sample: sample.rows.slice(0, 20).map((r) => r.cells),
    mapping,
    options: { ...(plan.options as Record<string, unknown>) },
    problems,
    saved,
  };
}

/** An ambiguous date format is proposed but not yet confirmed, so that it shows as a problem. */
const unconfirmed = (mapping: Mapping, sample: TableSample): Mapping =>
  Object.fromEntries(
    Object.entries(mapping).map(([column, to]) => [
      column,
      sample.columns.some((c) => c.name === column && c.ambiguous) ? { field: to.field } : to,
    ]),
  );
