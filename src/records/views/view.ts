import { z } from "zod";
import { conditionSchema } from "#kernel/condition";
import type { Ctx } from "#platform/context";
import { describeObject } from "../object.ts";
import { registerRecordType } from "../registry.ts";

/*
 * Words we use
 *   view      what a list shows and how: filter, sort, columns, groups; a table, a board or a calendar
 *   private   only its owner sees it, and whom it is shared with by hand; shared: everybody does, and its owner (or a manager) changes it
 *   default   the view a list opens with; a person's own choice goes before everybody's
 *   pin       a view that stands as a tab above its list
 *   problem   what a view speaks of and is no longer there, such as a retired field
 */
export const viewKinds = ["table", "board", "calendar"] as const;
export type ViewKind = (typeof viewKinds)[number];
export const visibilities = ["private", "shared"] as const;

/** Who may change everybody's views, defaults and pins beside the owner of the workspace. */
export const viewManagers = ["admin", "manager"] as const;

/** Whether the person may change views of others and what everybody sees first. */
export const managesViews = (ctx: Pick<Ctx, "role">): boolean =>
  ctx.role === "owner" || viewManagers.some((role) => role === ctx.role);

const fieldPath = z.string().regex(/^[a-z][a-z0-9_]*(\.[a-z0-9_]+){0,3}$/, "This is no field.").max(120); // prettier-ignore
const groupPath = z.string().regex(/^[a-z][a-z0-9_]*(\.[a-z0-9_]+){0,3}(:(day|month))?$/, "This is no field.").max(130); // prettier-ignore

export const querySchema = z.strictObject({
  filter: conditionSchema.optional(),
  sort: z
    .string()
    .regex(/^-?[a-z][a-z0-9_.]{0,80}$/, "This is no field to sort by.")
    .optional(),
  q: z.string().max(200).optional(),
});
export const optionsSchema = z.strictObject({
  field: fieldPath.optional(),
  sum: fieldPath.optional(),
  span: z.enum(["month", "week"]).optional(),
});
export const columnsSchema = z.array(fieldPath).max(60);
export const groupSchema = groupPath;

export interface ViewQuery extends z.output<typeof querySchema> {}
export interface ViewOptions extends z.output<typeof optionsSchema> {}

export interface ViewValues {
  name: string;
  kind: ViewKind;
  query: ViewQuery;
  columns: string[] | null;
  group: string | null;
  options: ViewOptions;
  visibility: (typeof visibilities)[number];
}

export interface View extends ViewValues {
  id: string;
  object: string;
  owner: { id: string; name: string } | null;
  /** How many people and teams it is shared with by hand. */
  shared_with: number;
  /** Whether the person asking may change it. */
  changeable: boolean;
  /** Whose tab it is; null when it is none. */
  pinned: "me" | "everybody" | null;
  /** What it speaks of and is no longer there. */
  problems: { at: string; message: string }[];
  version: number;
  deleted_at: Date | null;
}

/** What a view asks is among no fields: conditions do not ask for conditions. */
export const viewType = registerRecordType({
  object: describeObject({
    name: "view",
    plural: "views",
    label: "View",
    label_plural: "Views",
    table: "saved_views",
    title: "name",
    // Its owner is no field: how far a role reaches says nothing of who sees a view, its visibility does.
    fields: [{ name: "name", label: "Name", type: "text", required: true, max: 100, shown: true }],
    related: [],
    search: [],
    page: false,
    default_sort: "name",
    creatable: false,
    custom: false,
  }),
  prepare: (tx, values, before) =>
    Promise.resolve(before ? values : { ...values, owner_id: tx.actor.kind === "user" ? tx.actor.id : null }),
  tell: () => null,
});
