import type { Role } from "./people.ts";

/** What each role may do, in a person's words. */
export const roleWords: Readonly<Record<Role, { label: string; lead: string }>> = {
  owner: { label: "Owner", lead: "Everything, and makes other owners." },
  admin: { label: "Administrator", lead: "Everything but owners." },
  manager: { label: "Manager", lead: "Works on all records, imports, refunds and deletes." },
  agent: { label: "Agent", lead: "Works on all records; no imports, refunds or deletes." },
  viewer: { label: "Viewer", lead: "Looks, changes nothing." },
};

/** Whether a role came with Rondo; any other is the id of one made here. */
export const isBuiltIn = (role: string): role is Role => Object.hasOwn(roleWords, role);

const order: readonly Role[] = ["owner", "admin", "manager", "agent", "viewer"];

/** The roles somebody of this role may give: nobody gives more than they have, and nobody but an owner makes one. */
export const mayGive = (mine: string): readonly Role[] => {
  const at = order.findIndex((role) => role === mine);
  return at < 0 ? [] : order.slice(at);
};
