import { createHmac, timingSafeEqual } from "node:crypto";
import type { Ctx } from "#platform/context";

type Linking = Pick<Ctx, "outside" | "workspace">;

// 96 bits: nobody guesses one, and a link stays short enough to be typed from paper.
const sealBytes = 12;

/** The part of an address that names the workspace on public pages: the 12 digits of its schema. */
export const workspaceKey = (ctx: Linking): string => ctx.workspace.schema.slice(2);

/** The address of a public page: `pageUrl(ctx, "/forms/contact-us")`. */
export const pageUrl = (ctx: Linking, path: string): string => `${ctx.outside.url}/p/${workspaceKey(ctx)}${path}`;

const sealOf = (ctx: Linking, kind: string, text: string): Buffer =>
  createHmac("sha256", ctx.outside.secret)
    .update(JSON.stringify(["link", ctx.workspace.id, kind, text]))
    .digest()
    .subarray(0, sealBytes);

/** A text (an id, or ids joined by dots) with a seal that only this server can make, for that one kind of link. Letters, digits, "-", "_" and ".". */
export function seal(ctx: Linking, kind: string, text: string): string {
  if (!/^[\w.-]+$/.test(text)) throw new TypeError(`"${text}" cannot stand in a link`);
  return `${text}.${sealOf(ctx, kind, text).toString("base64url")}`;
}

/** The text of a sealed token; null when it was forged, cut, made for another kind of link or another workspace. */
export function unseal(ctx: Linking, kind: string, token: string): string | null {
  const dot = token.lastIndexOf(".");
  if (dot < 1 || token.length > 300) return null;
  const text = token.slice(0, dot);
  // Compared as written: a lenient decoder would take several spellings of one seal.
  const given = Buffer.from(token.slice(dot + 1));
  const wanted = Buffer.from(sealOf(ctx, kind, text).toString("base64url"));
  return given.length === wanted.length && timingSafeEqual(given, wanted) ? text : null;
}
