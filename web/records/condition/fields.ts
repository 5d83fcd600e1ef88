import type { Field } from "#records";
import { objectOf, type DescribedObject } from "../../kit/boot.ts";
import { say } from "../../kit/i18n.ts";
import { fieldsOf } from "../record.ts";

type Relation = Field & { to: string };
const isRelation = (field: Field): field is Relation => field.type === "relation" && field.to !== undefined;

/** The field at a path, its own ("email"), custom ("custom.tier") or a related record's ("account.country"), called as people read it. */
export function fieldAt(object: DescribedObject, path: string): Field | undefined {
  const own = fieldsOf(object).find((field) => field.name === path);
  const dot = path.indexOf(".");
  if (own || dot < 0) return own;
  const head = path.slice(0, dot);
  const relation = object.fields.filter(isRelation).find((field) => field.name === head || field.name === `${head}_id`);
  const there = relation && objectOf(relation.to);
  const field = there && fieldAt(there, path.slice(dot + 1));
  return field && { ...field, name: path, label: `${say(relation.label)} › ${say(field.label)}` };
}

const asked = (object: DescribedObject): readonly Field[] =>
  fieldsOf(object).filter((field) => field.type !== "long_text" || object.search.includes(field.name));

/** What a field condition may ask: the record's own fields and, when the whole language is offered, those of the records it points to. */
export function fieldsOffered(object: DescribedObject, whole: boolean): { group: string; items: { value: string; label: string }[] }[] {
  const item = (prefix: string) => (field: Field) => ({ value: `${prefix}${field.name}`, label: say(field.label) });
  const own = { group: say(object.label), items: asked(object).map(item("")) };
  if (!whole) return [own];
  const related = object.fields.filter(isRelation).flatMap((field) => {
    const there = objectOf(field.to);
    return there ? [{ group: say(field.label), items: asked(there).map(item(`${field.name.replace(/_id$/, "")}.`)) }] : []; // prettier-ignore
  });
  return [own, ...related];
} // prettier-ignore
