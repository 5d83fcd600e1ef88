import { describeObject, type ObjectDescription } from "../object.ts";
import type { RecordType } from "../registry.ts";

/*
 * Words we use
 *   own object   an object that an administrator made in this workspace: vehicles, contracts ...; a name, an owner, custom fields
 *   key          its name in addresses, permissions and the database, made once from its plural: /custom/vehicles, own_vehicles
 */
export interface OwnObject {
  id: string;
  key: string;
  label: string;
  label_plural: string;
  title_label: string;
  retired_at: Date | null;
  version: number;
}

/** Begins the name of every own object, so that it never meets one that came with Rondo. */
export const ownPrefix = "custom/";
export const isOwn = (name: string): boolean => name.startsWith(ownPrefix);
/** An own object's table. */
export const ownTable = (key: string): string => `own_${key}`;

/** The object as lists, forms and the API know it; its custom fields come on top like any other's. */
export const ownDescription = ({ key, label, label_plural, title_label }: OwnObject): ObjectDescription =>
  describeObject({
    name: ownPrefix + key,
    plural: ownPrefix + key,
    label,
    label_plural,
    table: ownTable(key),
    title: "name",
    fields: [
      { name: "name", label: title_label, type: "text", required: true, sortable: true, shown: true },
      { name: "owner_id", label: "Owner", type: "user", shown: true },
    ],
    related: [],
    search: ["name"],
    default_sort: "-created_at",
    creatable: true,
    custom: true,
  });

/** An own object as the generic commands take it; nothing is told of its records on the timeline. */
export const ownType = (object: ObjectDescription): RecordType => ({ object, tell: () => null });
