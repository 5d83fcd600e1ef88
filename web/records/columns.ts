import type { Field } from "#records";
import { may, type DescribedObject } from "../kit/boot.ts";
import { offers } from "../kit/client.ts";
import type { Column } from "../kit/grid/column.ts";
import { say } from "../kit/i18n.ts";
import { cellOf, isFigure, tagsCell, titleCell, widthOf } from "./cells.tsx";
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

/** Tags stand in a table like a field, but are no part of the record. */
const tagsField = { name: "tags", label: "Tags", type: "text", computed: true } as const satisfies Field;
/** Whether tags are put on records of the object, so that they can stand in a column. */
export const mayBeTagged = (object: DescribedObject): boolean => object.related.some((related) => related.name === "tags") && offers("tags.ofMany"); // prettier-ignore

/** What can be a column: the fields, and the tags. */
export const columnable = (object: DescribedObject): readonly Field[] => mayBeTagged(object) ? [...fieldsOf(object), tagsField] : fieldsOf(object); // prettier-ignore

// More would not fit beside a name.
const ownShown = 6;
const ownColumns = (object: DescribedObject): string[] => object.name.startsWith("custom/") ? object.fields.flatMap((field) => (field.name.startsWith("custom.") ? [field.name] : [])).slice(0, ownShown) : []; // prettier-ignore

/** The columns shown when nobody chose others: the title, then what the description shows; of an object made here its fields. */
export const usualColumns = (object: DescribedObject): string[] => [
  object.title,
  ...ownColumns(object),
  ...object.fields.filter((field) => field.shown && field.name !== object.title).map((field) => field.name),
];

/** Whether the person may edit records of the object in a table. */
export const editable = (object: DescribedObject): boolean => may(`${object.plural}.update`) && (object.edited !== false || object.fields.some((field) => field.name.startsWith("custom.") && !field.computed)); // prettier-ignore

/** Columns for the grid by field names; unknown names are left out and the title always leads. */
export function columnsOf(
  object: DescribedObject,
  names: readonly string[],
  widths: Readonly<Record<string, number>> = {},
): Column<Rec>[] {
  const fields = columnable(object);
  const edits = editable(object);
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
      ...(edits ? { readonly: field.computed === true || field.type === "file" } : {}),
      cell: (record: Rec) => (title ? titleCell(object, record) : field === tagsField ? tagsCell(object, record) : cellOf(record, field)),
    }]; // prettier-ignore
  });
}
