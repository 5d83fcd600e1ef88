import type { Field } from "#records";
import type { DescribedObject } from "../../kit/boot.ts";
import { say } from "../../kit/i18n.ts";
import { fieldsOf } from "../record.ts";

export interface ToldField {
  name: string;
  label: string;
  field: Field | undefined;
}

const parts = (value: unknown): Record<string, unknown> =>
  typeof value === "object" && value !== null ? { ...value } : {};
const differ = (a: unknown, b: unknown): boolean => JSON.stringify(a ?? null) !== JSON.stringify(b ?? null);

/** A field by the name that changes give it, "custom.size" too; undefined for columns of Rondo's own, which say nothing to people. */
export function toldField(object: DescribedObject, name: string): ToldField | undefined {
  const field = fieldsOf(object).find((one) => one.name === name);
  if (field) return { name, label: say(field.label), field };
  if (name === "tags") return { name, label: say("Tags"), field: undefined };
  return name.startsWith("custom.") ? { name, label: name.slice(7).replaceAll("_", " "), field: undefined } : undefined;
}

/** What a change did, field by field: custom fields, which are kept together, one by one. */
export const toldChanges = (
  object: DescribedObject,
  fields: Readonly<Record<string, readonly [unknown, unknown]>>,
): (ToldField & { old: unknown; now: unknown })[] =>
  Object.entries(fields)
    .flatMap(([name, [old, now]]) =>
      name !== "custom"
        ? [{ name, old, now }]
        : [...new Set([...Object.keys(parts(old)), ...Object.keys(parts(now))])]
            .filter((key) => differ(parts(old)[key], parts(now)[key]))
            .map((key) => ({ name: `custom.${key}`, old: parts(old)[key], now: parts(now)[key] })),
    )
    .flatMap((change) => {
      const told = toldField(object, change.name);
      return told ? [{ ...change, ...told }] : [];
    });
