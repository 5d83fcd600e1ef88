import type { ObjectDescription } from "../object.ts";
import type { Row, Values } from "../registry.ts";

/** A field that is no longer what the change made it: somebody changed it since. */
export interface Conflict {
  field: string;
  was: unknown;
  became: unknown;
  now: unknown;
}

export interface OldValues {
  /** What puts the old values back. */
  values: Values;
  conflicts: Conflict[];
  /** Fields that only their own acts change: a status, a sum of lines. */
  own: string[];
}

type Fields = Readonly<Record<string, readonly [unknown, unknown]>>;

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a ?? null) === JSON.stringify(b ?? null);
const parts = (value: unknown): Values => (typeof value === "object" && value !== null ? (value as Values) : {});

/** The changes field by field: custom fields, which are noted together, come as "custom.name". */
export function fieldByField(fields: Fields): Record<string, [unknown, unknown]> {
  const found: Record<string, [unknown, unknown]> = {};
  for (const [name, [old, now]] of Object.entries(fields)) {
    if (name !== "custom") found[name] = [old, now];
    else
      for (const key of new Set([...Object.keys(parts(old)), ...Object.keys(parts(now))]))
        if (!same(parts(old)[key], parts(now)[key]))
          found[`custom.${key}`] = [parts(old)[key] ?? null, parts(now)[key] ?? null];
  }
  return found;
}

/** The value of a field as a change notes it: instants as text. */
export function valueOf(row: Row | Values, field: string): unknown {
  const value = field.startsWith("custom.") ? parts(row.custom)[field.slice(7)] : row[field];
  return value instanceof Date ? value.toISOString() : (value ?? null);
}

/** What must be saved to take the change back on the record as it is now; `only` names the fields that are asked for. */
export function oldValues(object: ObjectDescription, fields: Fields, now: Row, only?: readonly string[]): OldValues {
  const found: OldValues = { values: {}, conflicts: [], own: [] };
  const custom: Values = {};
  for (const [name, [was, became]] of Object.entries(fieldByField(fields))) {
    if (only && !only.includes(name)) continue;
    const value = valueOf(now, name);
    if (same(value, was)) continue;
    const field = object.fields.find((f) => f.name === name);
    if (!name.startsWith("custom.") && (!field || field.computed)) found.own.push(name);
    else if (!same(value, became)) found.conflicts.push({ field: name, was, became, now: value });
    else if (name.startsWith("custom.")) custom[name.slice(7)] = was;
    else found.values[name] = was;
  }
  if (Object.keys(custom).length > 0) found.values.custom = custom;
  return found;
}
