import { IANAZone } from "luxon";
import { z } from "zod";
import type { ImportValues, Plan, Staged, StagedRow, Stager, Unfit, Written } from "./importer.ts";

/** Options of imports that save one record per row. */
export const recordOptions = z.strictObject({
  /** Whether what the file says replaces what is known; otherwise only empty fields are filled. */
  update: z.boolean().default(false),
  /** Names the place the ids come from, the same as in an import of orders from there. */
  shop: z.string().trim().toLowerCase().regex(/^[a-z0-9_.-]{1,40}$/, "Letters, digits, dots and dashes only.").default("import"),
  time_zone: z.string().refine((v) => IANAZone.isValidZone(v), "There is no such time zone.").optional(),
}); // prettier-ignore
export type RecordOptions = z.output<typeof recordOptions>;

/** The options of a plan of such an importer. */
export const recordOptionsOf = (plan: Pick<Plan, "options">): RecordOptions => plan.options as RecordOptions;

/** The values of a row that saves one record. */
export const valuesIn = (row: StagedRow): ImportValues => row.data[0] as ImportValues;

/** Understands rows that are a record each; `keyOf` says whom a row is about, or why it is about nobody. */
export const stageRecords = (keyOf: (values: ImportValues) => string | Unfit) => (): Stager => ({
  take(values): Staged | Unfit {
    const key = keyOf(values);
    if (typeof key !== "string") return key;
    return { key, unit: "", data: [Object.fromEntries(Object.entries(values).filter(([, v]) => v !== null))] };
  },
  carry: () => null,
});

/** The first row of each key; a later one with the same id is refused, naming the first. */
export function firstOfEach(rows: readonly StagedRow[]): {
  rows: StagedRow[];
  failures: Written["failures"][number][];
} {
  const first = new Map<string, StagedRow>();
  const failures: Written["failures"][number][] = [];
  for (const row of rows) {
    const known = first.get(row.key);
    if (!known) first.set(row.key, row);
    else {
      const [kind, value] = [row.key.slice(0, row.key.indexOf(" ")), row.key.slice(row.key.indexOf(" ") + 1)];
      failures.push({
        row: row.row,
        field: kind,
        code: "id-reused",
        message: `'${value}' already stands in row ${known.row}`,
      });
    }
  }
  return { rows: [...first.values()], failures };
}

/** Values mapped to custom fields, without their prefix; undefined when there are none. */
export function customOf(values: ImportValues): Record<string, unknown> | undefined {
  const found = Object.entries(values).flatMap(([k, v]) =>
    k.startsWith("custom.") && v !== null ? [[k.slice(7), v] as const] : [],
  );
  return found.length > 0 ? Object.fromEntries(found) : undefined;
}

/** A text value; undefined when there is none. */
export const textIn = (values: ImportValues, name: string): string | undefined => {
  const v = values[name];
  return typeof v === "string" && v !== "" ? v : undefined;
};
