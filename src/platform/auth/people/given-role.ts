import { z } from "zod";
import { invalid } from "#kernel/refusal";
import { roles, type Ctx, type Role } from "#platform/context";
import type { Desk } from "../desk.ts";
import { id, invitableRole } from "../words.ts";

/*
 * Words we use
 *   given role   what somebody names who gives a role: a built-in one by its word, or one made in the browser by its id
 */
export interface GivenRole {
  role: Role;
  /** The role made in the browser; null for a built-in one. */
  role_id: string | null;
}

/** A role for whoever comes from outside: any but the owner's. */
export const givenRole = invitableRole.or(id);
/** A role for a member. */
export const memberRole = z.enum(roles).or(id);

const isRole = (word: string): word is Role => (roles as readonly string[]).includes(word);

/** The role that was named, with the built-in one it is based on; refused when there is none like that. */
export async function roleNamed(desk: Pick<Desk, "hooks">, ctx: Ctx, wanted: string): Promise<GivenRole> {
  if (isRole(wanted)) return { role: wanted, role_id: null };
  const role = await desk.hooks.baseOf?.(ctx, wanted);
  if (!role) throw invalid("role", "There is no such role.");
  return { role, role_id: wanted };
}
