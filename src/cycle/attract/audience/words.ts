import { sql } from "kysely";
import { deps, type Condition, type ExplainWords } from "#kernel/condition";
import { exponentOf } from "#kernel/money";
import type { Ctx } from "#platform/context";
import { contact } from "#customers";
import { fieldOf, objectNamed, type ObjectDescription } from "#records";
import { kindOf } from "#timeline";

const fieldAt = (path: string) => {
  const [head = "", ...rest] = path.split(".");
  if (rest.length === 0) return fieldOf(contact, head);
  const by = contact.fields.find((f) => f.name === `${head}_id`);
  const there: ObjectDescription | undefined = by?.to ? objectNamed(by.to) : undefined;
  return there && fieldOf(there, rest.join("."));
};

/** How the explained tree says fields, facts, values and segments. */
export async function wordsOf(ctx: Ctx, conditions: readonly Condition[]): Promise<ExplainWords> {
  const ids = conditions.flatMap((c) => [...deps(c).segments]);
  const { rows } = await sql<{
    id: string;
    name: string;
  }>`select id, name from segments where id = any(${ids})`.execute(ctx.db);
  const names = new Map(rows.map((r) => [r.id, r.name]));
  const money = new Intl.NumberFormat(ctx.workspace.locale, { style: "currency", currency: ctx.workspace.currency });
  const day = new Intl.DateTimeFormat(ctx.workspace.locale, { dateStyle: "medium", timeZone: ctx.workspace.time_zone });
  return {
    field: (path) => fieldAt(path)?.label ?? path.replaceAll(/[._]/g, " "),
    fact: (name) => kindOf(name)?.label ?? name,
    segment: (id) => names.get(id) ?? "that is gone",
    value: (path, value) => {
      const field = fieldAt(path);
      if (value instanceof Date) return day.format(value);
      if (field?.type === "money" && typeof value === "number")
        return money.format(value / 10 ** exponentOf(ctx.workspace.currency));
      const label = field?.choices?.find((c) => c.value === value)?.label;
      return label ?? (typeof value === "string" ? value : JSON.stringify(value));
    },
  };
}
