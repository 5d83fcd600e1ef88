import { randomBytes } from "node:crypto";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { Refused } from "#kernel/refusal";
import { networkOf, rateLimit } from "#platform/auth";
import type { Ctx } from "#platform/context";
import { faultProblem, problemOf } from "#platform/http";
import type { Ask, PageAnswer, PublicPage } from "./ask.ts";
import { html } from "./html.ts";
import { frame, type PageContent } from "./page.ts";

export interface PagesOptions {
  pages: readonly PublicPage[];
  /** The workspace with that key, as a customer meets it; null when there is none. */
  enter: (key: string) => Promise<Ctx | null>;
}

// A form of 60 fields with long texts; anything larger is not a form.
const bodyAtMost = 256 * 1024;
const usual = { burst: 30, per_seconds: 600 };

/** Serves the public pages under /p/{workspace}. They know no cookie, so another site may send a form here. */
export async function mountPages(app: FastifyInstance, options: PagesOptions): Promise<void> {
  await app.register(async (scope) => {
    scope.addContentTypeParser("application/x-www-form-urlencoded", { parseAs: "string", bodyLimit: bodyAtMost }, (_request, body, done) => done(null, formOf(new URLSearchParams(String(body)))));
    for (const page of options.pages) {
      const [method, path] = page.route.split(" ") as ["GET" | "POST", string];
      scope.route({
        method: method === "GET" ? ["GET", "HEAD"] : method,
        url: `/p/:workspace${path.replaceAll(/\{(\w+)\}/g, ":$1")}`,
        bodyLimit: bodyAtMost,
        exposeHeadRoute: false,
        handler: (request, reply) => answer(page, options, request, reply),
      });
    }
  });
} // prettier-ignore

async function answer(page: PublicPage, options: PagesOptions, request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
  const key = (request.params as { workspace: string }).workspace;
  const ctx = /^[0-9a-f]{12}$/.test(key) ? await options.enter(key) : null;
  if (!ctx) throw new Refused("not-found", "route.not-found", "There is nothing at this address.");
  try {
    if (request.method === "POST" || page.limit) await rateLimit(ctx.control, `page:${page.route}:${key}:${networkOf(request.ip)}`, page.limit ?? usual, ctx.clock());
    return send(reply, ctx, await page.run(ctx, await askOf(request)));
  } catch (error) {
    return sendRefusal(request, reply, ctx, error);
  }
} // prettier-ignore

/** The refusal as a page for a person, as problem JSON for a program. */
function sendRefusal(request: FastifyRequest, reply: FastifyReply, ctx: Ctx, error: unknown): unknown {
  const known = problemOf(error);
  if (!known) request.log.error({ err: error, reference: request.id }, "fault");
  const problem = known ?? faultProblem(request.id);
  if (problem.status === 429 && typeof problem.retry_after === "number") reply.header("retry-after", String(problem.retry_after)); // prettier-ignore
  if (/\bapplication\/(problem\+)?json\b/.test(request.headers.accept ?? ""))
    return reply.code(problem.status).type("application/problem+json; charset=utf-8").send(JSON.stringify(problem));
  const body = html`<div class="card">
    <h1>${problem.title}</h1>
    <p>${problem.detail}</p>
    ${(problem.errors ?? []).map((e) => html`<p class="wrong">${e.message}</p>`)}
  </div>`;
  return send(reply, ctx, { title: problem.title, status: problem.status, body });
}

function send(reply: FastifyReply, ctx: Ctx, answered: PageAnswer): unknown {
  if ("redirect" in answered && answered.redirect !== undefined)
    return reply.redirect(headerSafe(answered.redirect), 303);
  if ("file" in answered) {
    reply.header("cache-control", answered.keep ? `public, max-age=${answered.keep}` : "no-store");
    if (answered.open) reply.header("cross-origin-resource-policy", "cross-origin").header("access-control-allow-origin", "*"); // prettier-ignore
    if (answered.name) reply.header("content-disposition", `attachment; filename*=UTF-8''${encodeURIComponent(answered.name)}`); // prettier-ignore
    return reply.type(answered.type).send(answered.file);
  }
  return sendPage(reply, ctx, answered as PageContent);
}

// A header holds ASCII only; an address that somebody wrote into a mail or a form may hold anything. Browsers read both alike.
const headerSafe = (url: string): string =>
  url.toWellFormed().replaceAll(/[^\x21-\x7e]/gu, (c) => encodeURIComponent(c));

function sendPage(reply: FastifyReply, ctx: Ctx, content: PageContent): unknown {
  const nonce = randomBytes(16).toString("base64");
  reply.header("content-security-policy", `default-src 'none'; style-src 'nonce-${nonce}'; img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors ${content.embeddable ? "*" : "'none'"}`); // prettier-ignore
  if (content.embeddable) reply.removeHeader("x-frame-options");
  return reply
    .code(content.status ?? 200)
    .header("cache-control", "no-store")
    .header("referrer-policy", "no-referrer")
    .type("text/html; charset=utf-8")
    .send(frame(ctx, content, nonce));
}

function formOf(given: URLSearchParams): Record<string, string[]> {
  const form: Record<string, string[]> = Object.create(null) as Record<string, string[]>;
  for (const [name, value] of given) (form[name] ??= []).push(clean(value));
  return form;
}

// What no database column and no header can hold.
// eslint-disable-next-line no-control-regex -- NUL is exactly what must go
const clean = (text: string): string => text.replaceAll("\u0000", "").toWellFormed();

// A program may send JSON: what is no text there, a number or a switch, is nothing that a form sends.
const plain = (value: unknown): string =>
  typeof value === "string" ? clean(value)
  : typeof value === "number" || typeof value === "boolean" ? String(value)
  : ""; // prettier-ignore

async function fieldsOf(request: FastifyRequest): Promise<Record<string, string[]>> {
  if (request.method !== "POST") return {};
  if (!request.isMultipart()) return (request.body ?? {}) as Record<string, string[]>;
  const form = new URLSearchParams();
  try {
    for await (const part of request.parts({ limits: { files: 0, fields: 100, fieldSize: 20_000 } }))
      if (part.type === "field") form.append(part.fieldname, String(part.value));
  } catch (error) {
    // Too much of it has a status of its own; what cannot be read at all has none.
    if (error instanceof Error && "statusCode" in error) throw error;
    throw new Refused("invalid", "body.not-a-form", "Please send a form.");
  }
  return formOf(form);
}

async function askOf(request: FastifyRequest): Promise<Ask> {
  const query = request.query as Record<string, string | string[]>;
  const header = (name: string): string => clean(String(request.headers[name] ?? "")).slice(0, 1000);
  const form = await fieldsOf(request);
  if (request.method === "POST" && (typeof form !== "object" || Array.isArray(form))) throw new Refused("invalid", "body.not-a-form", "Please send a form."); // prettier-ignore
  return {
    params: Object.fromEntries(Object.entries(request.params as Record<string, string>).map(([k, v]) => [k, clean(v)])),
    query: Object.fromEntries(Object.entries(query).map(([k, v]) => [k, clean(Array.isArray(v) ? (v.at(-1) ?? "") : v).slice(0, 2000)])),
    form: Object.fromEntries(Object.entries(form).map(([k, v]) => [k, Array.isArray(v) ? v.map(plain) : [plain(v)]])),
    method: request.method as "GET",
    url: request.url,
    ip: request.ip,
    userAgent: header("user-agent"),
    referrer: header("referer"),
    origin: header("origin"),
    headers: request.headers,
  }; // prettier-ignore
}
