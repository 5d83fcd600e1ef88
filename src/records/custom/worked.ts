import { invalid, Refused } from "#kernel/refusal";
import type { Objects } from "./described.ts";
import type { Field, ObjectDescription } from "../object.ts";
import { customKey, fieldFrom, isWorkedOut, type FieldDefinition } from "./definition.ts";
import { workOut } from "./formula/work-out.ts";
import { unfit } from "./formula/parse.ts";
import { rollUp } from "./rollup.ts";

/*
 * Definitions become fields: those that hold values as they are said, those that are worked out once what they speak of is. A field
 * that speaks of itself, through however many others, is found on the way and named.
 */
export interface Made {
  /** By object, in their order. */
  fields: Map<string, Field[]>;
  /** Why a field cannot be worked out, by its id. */
  broken: Map<string, Refused>;
}

interface Known {
  /** Objects with the fields that hold values, and their relations. */
  objects: Objects;
  currency: string;
  small: (object: string) => boolean;
}

/** The fields of all live definitions. */
export function makeFields(all: readonly FieldDefinition[], known: Known): Made {
  const broken: Made["broken"] = new Map();
  const made = new Map<string, Field>();
  const underWay: FieldDefinition[] = [];
  const byName = new Map(all.map((d) => [`${d.object} custom.${d.key}`, d]));

  function fieldAt(object: string, name: string): Field | undefined {
    const d = byName.get(`${object} ${name}`);
    if (d) return fieldOfDefinition(d);
    return customKey(name) === undefined ? known.objects(object).fields.find((f) => f.name === name) : undefined;
  }
  function fieldOfDefinition(d: FieldDefinition): Field {
    const there = made.get(d.id);
    if (there) return there;
    const before = broken.get(d.id);
    if (before) throw unfit(`“${d.label}” cannot be worked out: ${before.message}`);
    const from = underWay.findIndex((u) => u.id === d.id);
    if (from >= 0) throw circle(underWay.slice(from));
    underWay.push(d);
    try {
      const field = isWorkedOut(d.type) ? worked(d) : fieldFrom(d, known.small(d.object));
      made.set(d.id, field);
      return field;
    } finally {
      underWay.pop();
    }
  }
  function worked(d: FieldDefinition): Field {
    const object = known.objects(d.object);
    const isWorked = (of: string, name: string): boolean => isWorkedOut(byName.get(`${of} ${name}`)?.type ?? "text");
    const found =
      d.type === "formula"
        ? workOut(d.formula ?? "", { object, currency: known.currency, field: (name) => named(object, name, fieldAt) })
        : rollUp(d.rollup!, { object, objects: known.objects, field: fieldAt, isWorked });
    return fieldFrom(d, known.small(d.object), found);
  }

  for (const d of all) {
    try {
      fieldOfDefinition(d);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      broken.set(d.id, error);
    }
  }
  const fields = Map.groupBy(all.filter((d) => made.has(d.id)), (d) => d.object); // prettier-ignore
  return { fields: new Map([...fields].map(([object, of]) => [object, of.map((d) => made.get(d.id)!)])), broken };
}

const circle = (through: readonly FieldDefinition[]): Refused => {
  const labels = through.map((d) => `“${d.label}”`);
  const way = [...labels, labels[0]].join(" → ");
  return invalid(through[0]!.type === "rollup" ? "rollup" : "formula", `It never ends: ${way}.`, "custom-field.circle");
};

function named(
  object: ObjectDescription,
  name: string,
  fieldAt: (object: string, name: string) => Field | undefined,
): Field {
  const field = fieldAt(object.name, name) ?? fieldAt(object.name, name.toLowerCase());
  if (field) return field;
  const meant = fieldAt(object.name, `custom.${name}`);
  throw unfit(`${object.label_plural} have no field “${name}”${meant ? `; write custom.${name}` : ""}.`);
}
