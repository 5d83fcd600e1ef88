import type { Field, FieldType, ObjectDescription } from "../../object.ts";
import { wordsOfHeader } from "../headers.ts";
import { openerOf } from "./opener.ts";
import type { ImportField, ImportFieldType } from "../importer.ts";

/** How a field's cells are read; what is absent cannot be imported. */
const types: Partial<Record<FieldType, ImportFieldType>> = {
  text: "text", long_text: "long_text", email: "email", phone: "phone", url: "url", number: "decimal", integer: "decimal", money: "decimal", boolean: "boolean",
  date: "datetime", datetime: "datetime", choice: "text", choices: "text", relation: "text", user: "text", country: "country", currency: "currency",
}; // prettier-ignore

/** Fields of an object that a file may set. */
export const settable = (object: ObjectDescription): Field[] =>
  object.fields.filter((f) => !f.computed && types[f.type] !== undefined);

const pointing = new Set<FieldType>(["relation", "user"]);
const helpOf = (f: Field): string | undefined =>
  f.type === "relation"
    ? "Found by name, e-mail, number or id."
    : f.type === "user"
      ? "A colleague, by name or e-mail."
      : f.type === "choices"
        ? "Several are parted by semicolons."
        : f.help;

const more = ["name", "email", "number", "id"];

/** A field as a column of a file. */
export function importField(f: Field): ImportField {
  const words = new Set([f.label, f.name.replace(/^custom\./, "").replace(/_id$/, "")].map(wordsOfHeader));
  const synonyms = [...words].flatMap((w) => (pointing.has(f.type) ? [w, ...more.map((m) => `${w} ${m}`)] : [w]));
  const help = helpOf(f);
  const max = pointing.has(f.type) || f.type === "choice" ? 300 : f.type === "choices" ? 2000 : f.max;
  return { name: f.name, label: f.label, type: types[f.type]!, synonyms, ...(help ? { help } : {}), ...(max ? { max } : {}) }; // prettier-ignore
}

/** The columns a file of these records may have: the ids it is found by, and every field that may be set. */
export function importFields(object: ObjectDescription): ImportField[] {
  const one = object.label.toLowerCase();
  return [
    { name: "rondo_id", label: "Rondo id", type: "text", max: 36, synonyms: ["rondo id"], help: "As an export with ids wrote it." },
    { name: "id", label: "Number elsewhere", type: "text", synonyms: ["number elsewhere", "id", "external id", "record id", `${one} id`], help: "The id in the system the file comes from." },
    ...object.fields.filter((f) => f.computed && keysOf(object).includes(f.name)).map(importField),
    ...settable(object).map(importField),
  ]; // prettier-ignore
}

/** Fields a record can be found by, surest first: ids, then what names one record, then its title. */
export function keysOf(object: ObjectDescription): string[] {
  const own = object.fields.filter((f) => !openerOf(object.name)?.fields?.includes(f));
  const naming = own.filter((f) => f.type === "email" || ["number", "sku", "domain", "key"].includes(f.name));
  return [...new Set(["rondo_id", "id", ...naming.map((f) => f.name), object.title])];
}
