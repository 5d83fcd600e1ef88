import { z } from "zod";
import { endpoint } from "#kernel/endpoint";
import { Refused } from "#kernel/refusal";
import type { Ctx } from "#platform/context";
import { startExample } from "./example.ts";
import { failuresCsv, firstFailures } from "./failures.ts";
import { importersFor } from "./generic/importer.ts";
import { findImport, forgetImport, listImports, startImport, type Import } from "./ledger.ts";
import { importerFor, lookAt, sampleOf } from "./look.ts";
import { Mapping, planOf } from "./mapping.ts";
import { previewOf } from "./preview.ts";
import { TableFormat } from "./read/index.ts";
import { removeUpload } from "#platform/files";
import { forgetMapping, saveMapping } from "./saved.ts";

const byId = z.object({ id: z.uuid() });
const options = z.record(z.string().max(60), z.unknown()).default({});
const how = byId.extend({ format: TableFormat, mapping: Mapping, options });

/** An import as it is answered: without the place of its file. */
export type ImportView = Omit<Import, "path">;
const view = ({ path: _path, ...rest }: Import): ImportView => rest;

/** Starts an import after a last look at the file; refused with every problem of the mapping. Answers import and job. */
export async function begin(
  ctx: Ctx,
  found: Import,
  given: Omit<z.output<typeof how>, "id">,
): Promise<{ import_id: string; job_id: string }> {
  const importer = await importerFor(ctx, found.object);
  const { columns } = await sampleOf(found.path, given.format);
  const { plan, problems } = planOf(
    importer,
    { import_id: found.id, file: found.file_name, ...given, workspace: ctx.workspace },
    columns,
  );
  if (problems.length > 0)
    throw new Refused("invalid", "import.mapping", problems.map((p) => p.message).join(" "), {
      fields: problems.map((p) => ({
        field: p.field ?? (p.column ? `mapping.${p.column}` : "mapping"),
        message: p.message,
      })),
    });
  // The formats that were guessed are kept: a resumed job must read alike.
  const mapping = Object.fromEntries(
    plan.columns.map((c) => [c.column, { field: c.field.name, decimals: c.decimals, dates: c.dates }]),
  );
  const job_id = await startImport(
    ctx,
    found.id,
    { format: given.format, mapping, options: given.options },
    importer.label.toLowerCase(),
  );
  return { import_id: found.id, job_id };
}

export const importsApi = {
  list: endpoint({
    route: "GET /imports",
    may: "imports.read",
    summary: "The newest imports",
    input: z.object({ limit: z.coerce.number().int().min(1).max(200).default(50) }),
    run: async (ctx: Ctx, { limit }) => ({ items: (await listImports(ctx, limit)).map(view) }),
  }),
  objects: endpoint({
    route: "GET /imports/objects",
    may: "imports.read",
    summary: "What can be imported, with the fields of each",
    input: z.object({}),
    run: async (ctx: Ctx) => ({
      items: (await importersFor(ctx)).map(({ object, label, fields, custom, options: schema }) => ({
        object, label, custom,
        fields: fields.map((f) => ({ name: f.name, label: f.label, type: f.type, required: f.required ?? false, help: f.help ?? null })),
        options: z.toJSONSchema(schema, { io: "input", unrepresentable: "any" }),
      })),
    }), // prettier-ignore
  }),
  get: endpoint({
    route: "GET /imports/{id}",
    may: "imports.read",
    summary: "One import, with its job's state and result",
    input: byId,
    run: async (ctx: Ctx, { id }) => view(await findImport(ctx, id)),
  }),
  look: endpoint({
    route: "POST /imports/{id}/look",
    may: "imports.create",
    summary: "How the file is written and which column is which field; what `format` says is not guessed",
    input: byId.extend({ format: TableFormat.partial().default({}) }),
    run: async (ctx: Ctx, { id, format }) => {
      const found = await findImport(ctx, id);
      // Column names follow from the rest of the format, so a person's choice of delimiter or header finds new ones.
      const chosen = Object.entries(format).filter(
        ([name, v]) => v !== undefined && name !== "columns" && name !== "headerRow",
      );
      return lookAt(ctx, found, Object.fromEntries(chosen) as Partial<TableFormat>);
    },
  }),
  preview: endpoint({
    route: "POST /imports/{id}/preview",
    may: "imports.create",
    summary: "What the first rows would become; nothing is written",
    input: how,
    run: async (ctx: Ctx, { id, ...given }) => previewOf(ctx, await findImport(ctx, id), given),
  }),
  start: endpoint({
    route: "POST /imports/{id}/start",
    may: "imports.create",
    summary: "Import the file as a background job",
    status: 202,
    input: how,
    run: async (ctx: Ctx, { id, ...given }) => begin(ctx, await findImport(ctx, id), given),
  }),
  example: endpoint({
    route: "POST /imports/example",
    may: "imports.create",
    summary: "Import the CDNOW sample that ships with Rondo",
    status: 202,
    input: z.object({}),
    run: (ctx: Ctx) => startExample(ctx),
  }),
  failures: endpoint({
    route: "GET /imports/{id}/failures",
    may: "imports.read",
    summary: "The first 100 rows that were not imported, with the reasons",
    input: byId,
    run: async (ctx: Ctx, { id }) => ({ items: await firstFailures(ctx, (await findImport(ctx, id)).id) }),
  }),
  failuresCsv: endpoint({
    route: "GET /imports/{id}/failures.csv",
    may: "imports.read",
    summary: "All rows that were not imported as a CSV, with the reasons",
    input: byId,
    run: async (ctx: Ctx, { id }) => {
      const found = await findImport(ctx, id);
      return {
        file: failuresCsv(ctx, found),
        type: "text/csv; charset=utf-8",
        name: `${found.file_name.replace(/\.[a-z0-9.]{1,8}$/i, "")} - not imported.csv`,
      };
    },
  }),
  saveMapping: endpoint({
    route: "POST /import-mappings",
    may: "imports.create",
    summary: "Save a mapping under a name, for the next file with these columns; one of the same name is replaced",
    status: 201,
    input: z.object({
      object: z.string().max(60),
      name: z.string().trim().min(1, "Give it a name.").max(80),
      columns: z.array(z.string().max(200)).min(1).max(1000),
      mapping: Mapping,
      options,
    }),
    run: async (ctx: Ctx, saved) => {
      await importerFor(ctx, saved.object);
      return saveMapping(ctx, saved);
    },
  }),
  forgetMapping: endpoint({
    route: "DELETE /import-mappings/{id}",
    may: "imports.create",
    summary: "Forget a saved mapping",
    status: 204,
    input: byId,
    run: (ctx: Ctx, { id }) => forgetMapping(ctx, id),
  }),
  remove: endpoint({
    route: "DELETE /imports/{id}",
    may: "imports.create",
    summary: "Forget an import and its file; what it created stays",
    status: 204,
    input: byId,
    run: async (ctx: Ctx, { id }) => removeUpload(await forgetImport(ctx, id)),
  }),
};
export type ImportsApi = typeof importsApi;
