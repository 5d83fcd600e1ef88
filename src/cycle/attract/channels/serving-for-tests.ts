import { onTestFinished } from "vitest";
import type { Ctx } from "#platform/context";
import { createServer } from "#platform/http";
import { createLog } from "#platform/log";
import { mountPages } from "#platform/pages";
import module from "./module.ts";

/** The public pages of this module as the network meets them; answers a function that asks for a path under /p/{workspace}. */
export async function serving(ctx: Ctx) {
  const http = await createServer({
    logger: createLog("silent"),
    trustProxy: false,
    maxUploadBytes: 1_000_000,
    web: null,
  });
  await mountPages(http, {
    pages: module.pages,
    enter: (key) =>
      Promise.resolve(
        key === ctx.workspace.schema.slice(2)
          ? { ...ctx, actor: { kind: "customer", id: null, name: "A customer" } }
          : null,
      ),
  });
  onTestFinished(() => http.close());
  return (method: "GET" | "POST" | "HEAD", url: string, body?: string, headers: Record<string, string> = {}) =>
    http.inject({
      method,
      url: url.replace("https://crm.northwind.example", ""),
      headers: {
        "user-agent": "Mozilla/5.0 (X11; Linux) Firefox/140",
        ...(body === undefined ? {} : { "content-type": "application/x-www-form-urlencoded" }),
        ...headers,
      },
      ...(body === undefined ? {} : { payload: body }),
    });
}

/** The addresses a mail's HTML leads to. */
export const hrefs = (html: string): string[] =>
  [...html.matchAll(/(?:href|src)="([^"]+)"/g)].map((m) => m[1]!.replaceAll("&amp;", "&"));
