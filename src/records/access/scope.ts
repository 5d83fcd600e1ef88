import type { Ctx, Scope, Verb } from "#platform/context";
import { Refused } from "#kernel/refusal";
import { fieldOf, type ObjectDescription } from "../object.ts";
import { objectNamed } from "../registry.ts";

/*
 * Words we use
 *   verb      what is done with a record: create, read, update, delete, export
 *   scope     how far a role's verb reaches: none, own, team, subordinates, territory, all; each but none takes one's own in
 *   owned     a record has an owner (owner_id); one without belongs to its customer and is whose the customer is
 *   shared    given by hand to a person or a team: widens the scope of a verb the role has, never gives a verb
 *   private   seen only by its owner, those it is shared with, and the company's owners and administrators
 *   guarded   an object that has private records
 */

/** The one answer to "may I": how far the verb reaches on this object for whoever asks. */
export function scopeOf(ctx: Pick<Ctx, "access">, object: Pick<ObjectDescription, "plural">, verb: Verb): Scope {
  if (ctx.access === "above" || ctx.access.grants === null) return "all";
  return ctx.access.grants[object.plural]?.[verb] ?? "none";
}

/** Rondo's own part of an act of somebody: what follows from it by rule, which their role does not limit. */
export const aboveAccess = <C extends Ctx>(ctx: C): C => ({ ...ctx, access: "above" });

/**
 * The ctx for one last look at a record that its own act may have put out of reach (handed to somebody else): whoever saved it is
 * answered what they saved, with the fields of their role. Only right after an act that was within reach.
 */
export function lastLook<C extends Ctx>(ctx: C, object: Pick<ObjectDescription, "plural" | "name">): C {
  const { access } = ctx;
  if (access === "above") return ctx;
  const grants = access.grants && { ...access.grants, [object.plural]: { ...access.grants[object.plural], read: "all" as const } };
  return { ...ctx, access: { ...access, grants, guarded: new Set([...access.guarded].filter((name) => name !== object.name)) } };
} // prettier-ignore

export const ownerField = "owner_id";

/** Whether records of the object have an owner. */
export const isOwned = (object: ObjectDescription): boolean => fieldOf(object, ownerField)?.type === "user";

/** The relations to the customers a record belongs to. */
export function customersOf(object: ObjectDescription): { by: string; to: ObjectDescription }[] {
  const names = object.belongs_to ?? ["contact_id", "account_id"];
  return object.fields.flatMap((f) =>
    f.type === "relation" && f.to && names.includes(f.name) ? [{ by: f.name, to: objectNamed(f.to) }] : [],
  );
}

/** Whether a scope between nothing and everything means something for the object: its records are somebody's. */
export const isSomebodys = (object: ObjectDescription): boolean => isOwned(object) || customersOf(object).length > 0;

/** The refusal of an act that the role has not for this object. */
export const notYours = (object: ObjectDescription, verb: Verb): Refused =>
  new Refused("forbidden", "record.not-yours", `Your role does not let you ${words[verb]} this ${object.label.toLowerCase()}.`); // prettier-ignore

const words = { create: "add", read: "see", update: "change", delete: "delete", export: "export" } as const;
