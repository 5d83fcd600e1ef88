import type { Ctx, Role } from "#platform/context";

/*
 * Words we use
 *   permission   "noun.verb", asked for by an endpoint
 *   table        which roles have which permission; every module brings its own, the app merges them; the owner has all
 */
export type PermissionTable = Readonly<Record<string, readonly Role[]>>;

const everybody = ["owner", "admin", "manager", "agent", "viewer"] as const satisfies readonly Role[];
const administrators = ["owner", "admin"] as const satisfies readonly Role[];

export const platformPermissions = {
  "workspace.read": everybody,
  "workspace.update": administrators,
  "people.read": everybody,
  "people.manage": administrators,
  "keys.manage": administrators,
  "audit.read": administrators,
} as const satisfies PermissionTable;

/** The one permission function: an unknown permission is nobody's but the owner's. */
export const mayWith =
  (table: PermissionTable) =>
  (ctx: Pick<Ctx, "role">, permission: string): boolean =>
    ctx.role === "owner" || (Object.hasOwn(table, permission) && table[permission]!.includes(ctx.role));

/** Permissions of a role, for the browser. */
export const permissionsOf = (table: PermissionTable, role: Role): string[] =>
  Object.keys(table).filter((permission) => mayWith(table)({ role }, permission));
