import { verbs, type Ctx, type Role, type Verb } from "#platform/context";

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

/**
 * The one permission function: an unknown permission is nobody's but the owner's. A role made in the browser says itself how far
 * it reaches on an object; any other act on the object's records is its base's, if it may change them at all.
 */
export const mayWith =
  (table: PermissionTable) =>
  (ctx: Pick<Ctx, "role" | "access">, permission: string): boolean => {
    const granted = familyOf(permission);
    const base = ctx.role === "owner" || (Object.hasOwn(table, granted) && table[granted]!.includes(ctx.role));
    if (ctx.access === "above" || ctx.access.grants === null) return base;
    const [noun = "", verb = ""] = permission.split(".");
    const grants = ctx.access.grants[noun];
    // One of a family that the role does not name is not its: it may have been made a moment ago.
    if (!grants && noun.includes("/")) return false;
    if (!grants) return isVerb(verb) ? (anyOf(noun, verb, ctx.access.grants) ?? base) : base;
    if (isVerb(verb)) return (grants[verb] ?? "none") !== "none";
    return base && (grants.update ?? "none") !== "none";
  };

// "custom/vehicles.read" is one of a family: built-in roles have it as they have "custom.read".
const familyOf = (permission: string): string => permission.replace(/^([a-z_]+)\/[^.]+\./, "$1.");

/** Whether a role made here has the verb on one of the family at least; undefined when the noun is no family. */
function anyOf(noun: string, verb: Verb, grants: Grants): boolean | undefined {
  const family = Object.keys(grants).filter((name) => name.startsWith(`${noun}/`));
  return family.length === 0 ? undefined : family.some((name) => (grants[name]![verb] ?? "none") !== "none");
}
type Grants = NonNullable<Exclude<Ctx["access"], "above">["grants"]>;

const isVerb = (word: string): word is Verb => (verbs as readonly string[]).includes(word);

/** What the caller may do, for the browser. */
export const permissionsOf = (table: PermissionTable, ctx: Pick<Ctx, "role" | "access">): string[] =>
  Object.keys(table).filter((permission) => mayWith(table)(ctx, permission));
