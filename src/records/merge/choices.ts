import { invalid } from "#kernel/refusal";
import type { ObjectDescription } from "../object.ts";
import type { Row, Values } from "../registry.ts";

/** For a field ("phone", "custom.tier") the id of the record whose value is kept. */
export type Choices = Readonly<Record<string, string>>;

const empty = (value: unknown): boolean => value === null || value === undefined || value === "";
const valueOf = (row: Row, field: string): unknown =>
  field.startsWith("custom.") ? ((row.custom ?? {}) as Values)[field.slice(7)] : row[field];

/** Fields a person may choose between: all that are not worked out by Rondo. */
export const choosable = (object: ObjectDescription): string[] =>
  object.fields.filter((f) => !f.computed).map((f) => f.name);

/** What the winner becomes: its own values, those chosen of the others, and what only the others had. */
export function chosenValues(object: ObjectDescription, winner: Row, losers: readonly Row[], choices: Choices): Values {
  const rows = [winner, ...losers];
  const names = new Set(choosable(object));
  for (const row of rows) for (const key of Object.keys((row.custom ?? {}) as Values)) names.add(`custom.${key}`);
  const strange = Object.keys(choices).find((name) => !names.has(name));
  if (strange) throw invalid(`choices.${strange}`, "There is no such field to choose.");
  const values: Values = {};
  const custom: Values = {};
  for (const name of names) {
    const chosen = choices[name] === undefined ? undefined : rows.find((r) => r.id === choices[name]);
    if (choices[name] !== undefined && !chosen)
      throw invalid(`choices.${name}`, "Choose the value of one of the merged records.");
    const value = chosen ? valueOf(chosen, name) : rows.map((r) => valueOf(r, name)).find((v) => !empty(v));
    const now = valueOf(winner, name);
    if (JSON.stringify(value ?? null) === JSON.stringify(now ?? null)) continue;
    if (name.startsWith("custom.")) custom[name.slice(7)] = value ?? null;
    else values[name] = value ?? null;
  }
  return Object.keys(custom).length > 0 ? { ...values, custom } : values;
}
