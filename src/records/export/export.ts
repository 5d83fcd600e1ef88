import { Readable } from "node:stream";
import { z } from "zod";
import { conditionSchema } from "#kernel/condition";
import { invalid, Refused } from "#kernel/refusal";
import type { Ctx } from "#platform/context";
import { reachSql } from "../access/index.ts";
import { describedFor, objectsFor } from "../custom/described.ts";
import { checkFilter } from "../filter.ts";
import { askedBy, orderOf, whereOf, type ListQuery } from "../list.ts";
import type { ObjectDescription } from "../object.ts";
import { cleanText } from "../values.ts";
import { askFor, type ExportColumn } from "./column.ts";
import { dialect, formatOf, type FileFormat } from "./format.ts";
import { readInPieces } from "./read.ts";

/** What to export: the view as a list is asked for it, or some of its records, and how the file is written. */
export const exportAsk = dialect.extend({
  format: z.string().max(20).default("csv"),
  filter: conditionSchema.optional(),
  sort: z.string().max(80).optional(),
  q: z.string().max(200).optional(),
  fields: z.array(z.string().max(80)).min(1).max(300).optional(),
  /** Only these records. */
  records: z.array(z.uuid()).min(1).max(10_000).optional(),
});
export type ExportAsk = z.output<typeof exportAsk>;

export interface Opened {
  format: FileFormat;
  columns: readonly ExportColumn[];
  /** The file, in pieces; `onRows` hears how many rows were read, and is waited for. */
  pieces: (onRows?: (rows: number) => Promise<void> | void) => AsyncGenerator<Buffer>;
}

/** The object with the fields that the caller's role shows. */
function readable(ctx: Ctx, object: ObjectDescription): ObjectDescription {
  const shown = ctx.access === "above" ? undefined : ctx.access.fields[object.plural]?.read;
  return shown ? { ...object, fields: object.fields.filter((f) => shown.has(f.name)) } : object;
}

/** Checks what is asked and prepares the file; nothing is read before its first piece. */
export async function openExport(
  ctx: Ctx,
  of: ObjectDescription,
  ask: ExportAsk,
  only?: ListQuery["only"],
): Promise<Opened> {
  const [described, objects] = [await describedFor(ctx, of), await objectsFor(ctx)];
  const object = readable(ctx, described);
  const format = formatOf(ask.format, object);
  if (!format) throw invalid("format", `${object.label_plural} cannot be exported as "${cleanText(ask.format)}".`);
  if (ask.filter) checkFilter(ask.filter, object, objects);
  const params: unknown[] = [];
  const asking = askedBy(ctx, objects, params);
  const where = whereOf(ctx, object, { filter: ask.filter, q: ask.q, only }, params);
  const reach = reachSql(ctx, described, "export", "t", params);
  const some = ask.records ? ` and t.id = any(${asking.param(ask.records)}::uuid[])` : "";
  const { columns, select, joins } = askFor(object, objects, format.fields ?? ask.fields, ctx.workspace, asking);
  const text = `select ${select} from "${object.table}" t ${joins} where ${where} and ${reach}${some} order by ${orderOf(ctx, described, ask.sort, params)}`;
  const pieces: Opened["pieces"] = (onRows) => {
    const rows = async function* () {
      for await (const piece of readInPieces(ctx, text, params)) {
        yield piece;
        await onRows?.(piece.length);
      }
    };
    return format.write({ object, columns, rows: rows(), dialect: ask, workspace: ctx.workspace });
  };
  return { format, columns, pieces };
}

// Each holds a connection for as long as its reader takes: a few slow readers must not use them up.
const streamsAtMost = 4;
let streams = 0;

/** The file as a stream that reads no faster than it is taken, and stops when its reader leaves. */
export function streamOf(opened: Opened): Readable {
  if (streams >= streamsAtMost)
    throw new Refused("unavailable", "export.busy", "Other exports are being downloaded: try again in a moment, or let it be written in the background."); // prettier-ignore
  const counted = async function* () {
    streams += 1;
    try {
      yield* opened.pieces();
    } finally {
      streams -= 1;
    }
  };
  return Readable.from(counted(), { objectMode: false });
}

/** "Contacts 2026-12-01.csv" */
export const fileNameOf = (ctx: Ctx, object: ObjectDescription, format: FileFormat): string =>
  `${object.label_plural} ${ctx.clock().toISOString().slice(0, 10)}.${format.ending}`;
