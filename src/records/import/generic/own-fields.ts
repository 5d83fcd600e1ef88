import type { Tx } from "#platform/context";
import { mustEdit } from "../../access/fields.ts";
import { aboveAccess } from "../../access/scope.ts";
import { newCustom } from "../../custom/check.ts";
import { customKey } from "../../custom/definition.ts";
import { describedFor, objectsFor } from "../../custom/described.ts";
import type { ObjectDescription } from "../../object.ts";
import type { Values } from "../../registry.ts";
import { relationRefusals } from "../../write.ts";
import type { Importer, ImportValues, Plan, Unfit } from "../importer.ts";
import { zoneOf } from "../stage.ts";
import { whyUnfit } from "../unfit.ts";
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

/**
 * What new records hold in fields of the company's own, of many at once: as `customOfNew` of one, but told at each where it does not
 * fit, and with one question for each relation. No cell brings a file.
 */
export async function customOfEach(tx: Tx, of: ObjectDescription, given: readonly Values[]): Promise<({ custom: Values } | Unfit)[]> {
  const object = await describedFor(aboveAccess(tx), of);
  const answers = given.map((one): { custom: Values } | Unfit => {
    try {
      mustEdit(tx, object, Object.keys(one).map((key) => `custom.${key}`));
      return { custom: newCustom(object, one) };
    } catch (error) {
      const why = whyUnfit(error);
      if (!why) throw error;
      return why;
    }
  });
  const asked = answers.map((one, i) => ("custom" in one && Object.keys(given[i]!).length > 0 ? { custom: one.custom } : {}));
  const refusals = await relationRefusals(tx, object, asked);
  return answers.map((one, i) => (refusals[i] ? whyUnfit(refusals[i])! : one));
} // prettier-ignore
