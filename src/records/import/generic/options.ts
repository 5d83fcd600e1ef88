import { z } from "zod";
import type { ObjectDescription } from "../../object.ts";
import type { Plan } from "../importer.ts";
import { recordOptions } from "../single.ts";
import { keysOf } from "./fields.ts";

/*
 * Words we use
 *   mode    whether rows become new records, change those that are there, or either
 *   match   the field a row's record is found by; auto takes the surest that the row has
 *   empty   what an empty cell says of a record that is there: nothing, or that the field is to be emptied
 */
export const modes = ["upsert", "create", "update"] as const;

/** Options of imports that find their records by a chosen field. */
export const genericOptions = (object: ObjectDescription) =>
  recordOptions.omit({ update: true }).extend({
    mode: z.enum(modes).default("upsert"),
    match: z.enum(["auto", ...keysOf(object)]).default("auto"),
    empty: z.enum(["leave", "clear"]).default("leave"),
  });
export type GenericOptions = z.output<ReturnType<typeof genericOptions>> & { update?: boolean };

export const genericOptionsOf = (plan: Pick<Plan, "options">): GenericOptions => plan.options as GenericOptions;

/** The fields this plan finds records by, in the order they are tried. */
export function triedKeys(object: ObjectDescription, plan: Pick<Plan, "options">): string[] {
  const { match } = genericOptionsOf(plan);
  if (match !== "auto") return [match];
  // A title alone names nobody: two deals may be called the same. It is a key only for whoever chooses it.
  return keysOf(object).filter((key) => key !== object.title || key === "number");
}
