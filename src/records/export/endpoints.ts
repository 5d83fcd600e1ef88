import { z } from "zod";
import { endpoint, type Api } from "#kernel/endpoint";
import type { Ctx } from "#platform/context";
import { jsonParam } from "../endpoints.ts";
import type { ListQuery } from "../list.ts";
import type { ObjectDescription } from "../object.ts";
import { recordTypes } from "../registry.ts";
import { exportAsk, fileNameOf, openExport, streamOf } from "./export.ts";
import { startExport } from "./job.ts";

const list = (v: unknown): unknown => (typeof v === "string" ? v.split(",") : v);

/** What to export, as a query says it: names and ids separated by commas, the filter as JSON. */
export const exportQuery = exportAsk.extend({
  filter: jsonParam(exportAsk.shape.filter),
  fields: z.preprocess(list, exportAsk.shape.fields),
  records: z.preprocess(list, exportAsk.shape.records),
});

/** A question that an object's list takes beside the filter, and that its file has to take, too. */
export interface Narrowing {
  readonly name: string;
  readonly schema: z.ZodType;
  readonly only: (ctx: Ctx, asked: unknown) => Promise<ListQuery["only"]>;
}
const narrowings = new Map<string, Narrowing>();
/** Makes such a question known; at most one an object. */
export const registerNarrowing = (object: string, narrowing: Narrowing): void => void narrowings.set(object, narrowing);

/** The endpoints that export an object's records: at once as a stream, or in the background as a job. */
function endpointsOf(object: ObjectDescription) {
  const at: `/${string}` = `/${object.plural.replaceAll("_", "-")}`;
  const may = `${object.plural}.export`;
  const many = object.label_plural.toLowerCase();
  const narrowing = narrowings.get(object.name);
  return {
    [object.plural]: endpoint({
      route: `GET ${at}/export`,
      may,
      summary: `Export ${many} as a file: CSV, or a workbook (format=xlsx)`,
      input: narrowing ? exportQuery.extend({ [narrowing.name]: narrowing.schema.optional() }) : exportQuery,
      run: async (ctx: Ctx, input: Record<string, unknown>) => {
        const asked = narrowing && input[narrowing.name];
        const only = asked === undefined ? undefined : await narrowing!.only(ctx, asked);
        const opened = await openExport(ctx, object, exportAsk.parse(input), only);
        return { file: streamOf(opened), type: opened.format.type, name: fileNameOf(ctx, object, opened.format) };
      },
    }),
    [`${object.plural}Later`]: endpoint({
      route: `POST ${at}/export`,
      may,
      summary: `Export ${many} in the background; the file is kept for a day (GET /exports/{id}/file)`,
      status: 202,
      input: exportAsk,
      output: z.object({ job_id: z.string() }),
      run: (ctx: Ctx, ask) => startExport(ctx, object, ask),
    }),
  };
}

// What has no page and is not made by hand only helps others (a tag on a record, a saved view): it is no list that somebody takes along.
const isList = ({ page, creatable }: ObjectDescription): boolean => page !== false || creatable;

/** Of every list that a module describes. */
export const exportEndpoints = (): Api =>
  Object.assign({}, ...recordTypes().flatMap((t) => (isList(t.object) ? [endpointsOf(t.object)] : []))) as Api;
