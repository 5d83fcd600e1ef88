import type { AccessRolesApi, SharingApi, TeamsApi, TerritoriesApi } from "#records";
import type { ClientOf } from "#kernel/endpoint";
import { client } from "../../kit/client.ts";
import { boot } from "../../kit/boot.ts";

/** The endpoints of roles made here, teams, territories and sharing. */
export const ownRoles = () => client<AccessRolesApi>("roles");
export const teamsClient = () => client<TeamsApi>("teams");
export const territoriesClient = () => client<TerritoriesApi>("territories");
export const sharing = () => client<SharingApi>("sharing");

export const rolesKey = ["roles"] as const;
export const teamsKey = ["teams"] as const;
export const linesKey = ["reporting-lines"] as const;
export const territoriesKey = ["territories"] as const;

export type OwnRole = Awaited<ReturnType<ClientOf<AccessRolesApi>["list"]>>["items"][number];
export type Team = Awaited<ReturnType<ClientOf<TeamsApi>["list"]>>["items"][number];
export type Territory = Awaited<ReturnType<ClientOf<TerritoriesApi>["list"]>>["items"][number];
export type Base = OwnRole["base"];
export type Grants = OwnRole["grants"][string];
export type Verb = keyof Grants;
export type Scope = NonNullable<Grants[Verb]>;

export const verbWords: Readonly<Record<Verb, string>> = { read: "See", create: "Add", update: "Edit", delete: "Delete", export: "Export" }; // prettier-ignore
export const scopeWords: Readonly<Record<Scope, string>> = {
  none: "None",
  own: "Own",
  team: "Their teams'",
  subordinates: "Those below them",
  territory: "Their territories",
  all: "All",
};

const verbsOf: Readonly<Record<Base, readonly Verb[]>> = {
  viewer: ["read"],
  agent: ["read", "create", "update"],
  manager: ["read", "create", "update", "delete", "export"],
  admin: ["read", "create", "update", "delete", "export"],
};

/** What a new role begins with: all that its base does. */
export const grantsLike = (base: Base): OwnRole["grants"] =>
  Object.fromEntries((boot().objects ?? []).map((o) => [o.plural, Object.fromEntries(verbsOf[base].map((verb) => [verb, "all"]))])); // prettier-ignore

/** Whether an object's records belong to somebody, so that there is something between all and none. */
export const isSomebodys = (fields: readonly { name: string; type: string }[], belongs: readonly string[] = ["contact_id", "account_id"]): boolean =>
  fields.some((f) => (f.name === "owner_id" && f.type === "user") || (f.type === "relation" && belongs.includes(f.name))); // prettier-ignore
