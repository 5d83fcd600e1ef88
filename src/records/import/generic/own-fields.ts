import type { Tx } from "#platform/context";
import { customKey } from "../../custom/definition.ts";
import { objectsFor } from "../../custom/described.ts";
import type { ObjectDescription } from "../../object.ts";
import type { Values } from "../../registry.ts";
import type { Importer, ImportValues, Plan, Unfit } from "../importer.ts";
import { zoneOf } from "../stage.ts";
import { importField, settable } from "./fields.ts";
import { linksOf, noFiles, recordValues } from "./values.ts";

const ownOf = (object: ObjectDescription): ObjectDescription => ({
  ...object,
  fields: object.fields.filter((f) => customKey(f.name) !== undefined),
});

/** The same importer, refusing columns that are meant for fields which hold a file. */
export const refusingFiles = (importer: Importer, object: ObjectDescription): Importer => ({
  ...importer,
  check: (plan) => [
    ...plan.columns.flatMap(({ column, field }) => {
      const held = object.fields.find((f) => f.name === field.name && f.type === "file");
      return held ? [{ code: "field.file", column, field: field.name, message: `${noFiles(held)}.` }] : [];
    }),
    ...importer.check(plan),
  ],
});

/** An importer with a way of its own, with the fields that administrators added to its object beside its own. */
export const withOwnFields = (special: Importer, object: ObjectDescription): Importer => ({
  ...special,
  fields: [...special.fields, ...settable(ownOf(object)).map(importField)],
});

/** The values that a row brings for fields of the company's own, as they are staged; undefined when there are none. */
export function ownIn(values: ImportValues): ImportValues | undefined {
  const found = Object.entries(values).filter(([name, value]) => name.startsWith("custom.") && value !== null);
  return found.length > 0 ? Object.fromEntries(found) : undefined;
}

/** What each row says in fields of the company's own, as a record holds it; or why it does not fit. */
export async function ownValues(
  tx: Tx,
  of: ObjectDescription,
  plan: Plan,
  rows: readonly ImportValues[],
): Promise<({ custom?: Values } | Unfit)[]> {
  const objects = await objectsFor(tx);
  const own = ownOf(objects(of.name));
  const { shop } = plan.options as { shop: string };
  const about = {
    currency: plan.workspace.currency,
    zone: zoneOf(plan),
    links: await linksOf(tx, own, objects, rows, shop),
  };
  return rows.map((row) => recordValues(own, row, about, []));
}
