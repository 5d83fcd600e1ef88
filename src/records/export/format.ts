import { z } from "zod";
import type { Workspace } from "#platform/context";
import type { ObjectDescription } from "../object.ts";
import type { ExportColumn, Raw } from "./column.ts";

/** How a CSV is separated: a spreadsheet in German, French or Spanish takes semicolons and decimal commas. */
export const separators = { comma: ",", semicolon: ";", tab: "\t" } as const;
export const dialect = z.object({
  separator: z.enum(["comma", "semicolon", "tab"]).default("comma"),
  bom: z.stringbool().or(z.boolean()).default(true),
});
export type Dialect = z.output<typeof dialect>;

export interface Table {
  readonly object: ObjectDescription;
  readonly columns: readonly ExportColumn[];
  readonly rows: AsyncIterable<readonly Raw[]>;
  readonly dialect: Dialect;
  readonly workspace: Pick<Workspace, "name" | "time_zone" | "currency">;
}

/** A kind of file that records can be written to, in pieces and in constant memory. */
export interface FileFormat {
  readonly name: string;
  /** The one object it is for; any when absent. */
  readonly object?: string;
  /** The fields it needs, whatever was chosen. */
  readonly fields?: readonly string[];
  readonly ending: string;
  readonly type: string;
  readonly write: (table: Table) => AsyncGenerator<Buffer>;
}

const formats = new Map<string, FileFormat>();

/** Makes a kind of file known; each is registered once. */
export function registerFormat(format: FileFormat): FileFormat {
  formats.set(format.name, format);
  return format;
}

/** The format of that name for that object; undefined when there is none. */
export const formatOf = (name: string, object: ObjectDescription): FileFormat | undefined => {
  const found = formats.get(name);
  return found && (!found.object || found.object === object.name) ? found : undefined;
};
