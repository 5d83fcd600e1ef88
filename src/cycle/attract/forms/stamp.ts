import { randomBytes } from "node:crypto";
import type { Ctx } from "#platform/context";
import { seal, unseal } from "#platform/pages";

/*
 * Words we use
 *   stamp   when a form was opened, sealed: nobody can claim to have taken longer, and the same page sent twice is known again
 */
const dayMs = 86_400_000;
// Nobody fills a form in less; a page left open overnight still works.
const leastMs = 2000;
const mostMs = dayMs;

/** A stamp of now for a form that is about to be filled in. */
export const stampOf = (ctx: Ctx, formId: string): string =>
  seal(ctx, "form-stamp", `${formId}.${ctx.clock().getTime().toString(36)}.${randomBytes(6).toString("base64url")}`);

export type StampVerdict = "good" | "too-quick" | "expired" | "forged" | "none";

/** What a stamp says about the form it comes with; a plain HTML form elsewhere has none. */
export function judgeStamp(ctx: Ctx, formId: string, stamp: string): StampVerdict {
  if (stamp === "") return "none";
  const [id, at] = unseal(ctx, "form-stamp", stamp)?.split(".") ?? [];
  if (id !== formId || !at) return "forged";
  const age = ctx.clock().getTime() - Number.parseInt(at, 36);
  if (age > mostMs) return "expired";
  return age < leastMs ? "too-quick" : "good";
}
