import type { DescribedObject } from "../kit/boot.ts";
import type { Column } from "../kit/grid/column.ts";
import { say } from "../kit/i18n.ts";
import { cellOf, isFigure, titleCell, widthOf } from "./cells.tsx";
import { fieldsOf, type Rec } from "./record.ts";

const place = (plural: string): string => `rondo.columns.${plural}`;

/** What a person has made of an object's columns in this browser. */
export interface Kept {
  cols?: string[];
  widths?: Record<string, number>;
}

/** Reads the columns kept for an object. */
export function keptColumns(plural: string): Kept {
  try {
    const found: unknown = JSON.parse(localStorage.getItem(place(plural)) ?? "{}");
    return typeof found === "object" && found !== null ? found : {};
  } catch {
    return {};
  }
}

/** Keeps the columns of an object for this browser. */
export const keepColumns = (plural: string, kept: Kept): void =>
  localStorage.setItem(place(plural), JSON.stringify(kept));

/** The columns shown when nobody chose others: the title, then what the description shows. */
export const usualColumns = (object: DescribedObject): string[] => [
  object.title,
  ...object.fields.filter((field) => field.shown && field.name !== object.title).map((field) => field.name),
];

/** Columns for the grid by field names; unknown names are left out and the title always leads. */
export function columnsOf(
  object: DescribedObject,
  names: readonly string[],
  widths: Readonly<Record<string, number>> = {},
): Column<Rec>[] {
  const fields = fieldsOf(object);
  const chosen = [object.title, ...names.filter((name) => name !== object.title)];
  return chosen.flatMap((name) => {
    const field = fields.find((f) => f.name === name);
    if (!field) return [];
    const title = name === object.title;
    return [{
      key: name,
      label: say(field.label),
      width: widths[name] ?? (title ? 220 : widthOf(field)),
      end: isFigure(field),
      sortable: field.sortable ?? false,
      ...(field.help ? { help: say(field.help) } : {}),
      cell: (record: Rec) => (title ? titleCell(object, record) : cellOf(record, field)),
    }]; // prettier-ignore
  });
}
