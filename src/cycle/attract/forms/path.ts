import type { Ctx } from "#platform/context";
import { pageUrl } from "#platform/pages";

/** The path of a public page, without the site: a form goes back to where it was opened, by whatever name the server was reached. */
export const pathOf = (ctx: Ctx, path: string): string => new URL(pageUrl(ctx, path)).pathname;
