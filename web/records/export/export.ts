import type { Route } from "#kernel/endpoint";
import type { DescribedObject } from "../../kit/boot.ts";
import { locale } from "../../kit/format.ts";
import { asked } from "../../kit/request.ts";
import { mayBeTagged } from "../columns.ts";
import type { ListAsk } from "../record.ts";

/** Up to this many records are downloaded at once; more are written in the background first. */
export const atOnce = 20_000;

export interface Choice {
  format: "csv" | "xlsx" | "vcard" | "vcard3";
  separator: "comma" | "semicolon" | "tab";
  columns: "shown" | "all";
  ids: boolean;
}

/** Cards have fields of their own, whatever columns are shown. */
export const isCard = (format: Choice["format"]): boolean => format.startsWith("vcard");

export const separators = [
  { value: "comma", label: "Commas, decimal points" },
  { value: "semicolon", label: "Semicolons, decimal commas" },
  { value: "tab", label: "Tabs, decimal points" },
] as const;

/** What spreadsheets of this language take: where decimals have a comma, columns are parted by semicolons. */
export function usualSeparator(): Choice["separator"] {
  const decimal = new Intl.NumberFormat(locale()).formatToParts(1.5).find((part) => part.type === "decimal");
  return decimal?.value === "," ? "semicolon" : "comma";
}

export const routeOf = (method: "GET" | "POST", object: DescribedObject): Route =>
  `${method} /${object.plural.replaceAll("_", "-")}/export`;

/** The address of the file, and the same question as the input of a job. */
export function urlOf(
  { object, ask, fields, records }: { object: DescribedObject; ask: ListAsk; fields: readonly string[]; records?: readonly string[] },
  choice: Choice,
): { url: string; input: Record<string, unknown> } {
  const all = [...[...object.fields, ...(object.commonFields ?? [])].map((field) => field.name), ...(mayBeTagged(object) ? ["tags"] : [])];
  const chosen = choice.columns === "shown" ? fields : all;
  const table = isCard(choice.format) ? {} : { fields: [...(choice.ids ? ["id"] : []), ...chosen] };
  const dialect = choice.format === "csv" ? { separator: choice.separator } : {};
  const input = { ...ask, format: choice.format, ...table, ...dialect, ...(records ? { records } : {}) };
  const query = { ...input, ...(table.fields ? { fields: table.fields.join(",") } : {}), ...(records ? { records: records.join(",") } : {}) };
  return { url: asked(routeOf("GET", object), query).url, input };
} // prettier-ignore
