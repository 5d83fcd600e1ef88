import type { Ctx } from "#platform/context";

import type { PageContent } from "./page.ts";

/*
 * Words we use
 *   page   an address that customers of the company meet, without signing in: a form, a quote, a survey, a preference centre
 *   ask    one request to it, in plain values
 */
export interface Ask {
  readonly params: Readonly<Record<string, string>>;
  /** Single values; of a repeated one the last. */
  readonly query: Readonly<Record<string, string>>;
  /** A form's fields; every value of a repeated one. Empty for GET. */
  readonly form: Readonly<Record<string, readonly string[]>>;
  readonly method: "GET" | "HEAD" | "POST";
  /** Path and query of this request. */
  readonly url: string;
  readonly ip: string;
  readonly userAgent: string;
  readonly referrer: string;
  readonly origin: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

/** A file instead of a page: a script to embed, a pixel, a PDF. */
export interface PageFile {
  file: Buffer | string;
  type: string;
  /** Offered as a download under this name. */
  name?: string;
  /** Seconds it may be kept; absent: not at all. */
  keep?: number;
  /** Other sites may load it. */
  open?: boolean;
}

/** Sends the browser on: to a path under this workspace's pages, or to an address of the company's own that the module vouches for. */
export interface PageRedirect {
  redirect: string;
}

export type PageAnswer = PageContent | PageFile | PageRedirect;

export interface PublicPage {
  /** "GET /forms/{key}", under /p/{workspace}. A GET page answers HEAD too and must change nothing. */
  readonly route: `${"GET" | "POST"} /${string}`;
  /** Requests from one network that may come at once, and in how many seconds they come back; 30 in 600 for POST unless said; a GET page has none unless said. */
  readonly limit?: { burst: number; per_seconds: number };
  /** Runs as the customer's own act: `ctx.actor` is { kind: "customer" }. A Refused becomes a page that says so. */
  readonly run: (ctx: Ctx, ask: Ask) => Promise<PageAnswer> | PageAnswer;
}

/** One value of a form field, trimmed; empty when absent. */
export const valueOf = (ask: Ask, field: string): string => ask.form[field]?.at(-1)?.trim() ?? "";
