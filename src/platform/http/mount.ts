import { createHash } from "node:crypto";
import { sql } from "kysely";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Api, Endpoint, FileAnswer, RawJson, Route } from "#kernel/endpoint";
import { Refused } from "#kernel/refusal";
import type { Ctx } from "#platform/context";
import type { z } from "zod";

export interface MountOptions {
  apis: Readonly<Record<string, Api>>;
  /** Who asks; null when nobody is signed in. */
  identify: (request: FastifyRequest) => Promise<Ctx | null>;
  /** The one permission function. */
  may: (ctx: Ctx, permission: string) => boolean;
  /** Refuses a request that names records its caller may not see or change. */
  guard?: (ctx: Ctx, e: { route: Route; may: string }, input: unknown) => Promise<void>;
  /** The answer without entries about records that the caller may not see. */
  sieve?: (ctx: Ctx, e: { route: Route; may: string }, answer: unknown) => Promise<unknown>;
  /** A ctx for endpoints that are open to anybody. */
  anonymous: (request: FastifyRequest, reply: FastifyReply) => unknown;
}

const writes = new Set(["POST", "PATCH", "PUT", "DELETE"]);
type AnyEndpoint = Endpoint<unknown, z.ZodType, unknown>;

/** Routes of all endpoints by "module.name", for the browser's client. */
export const routesOf = (apis: Readonly<Record<string, Api>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(apis).flatMap(([m, api]) => Object.entries(api).map(([n, e]) => [`${m}.${n}`, e.route])),
  );

/** Registers every endpoint under /api/v1. */
export function mount(app: FastifyInstance, options: MountOptions): void {
  for (const api of Object.values(options.apis))
    for (const e of Object.values(api)) {
      const [method, path] = e.route.split(" ") as [string, string];
      app.route({
        method: method as "GET",
        url: `/api/v1${path.replaceAll(/\{(\w+)\}/g, ":$1")}`,
        handler: (request, reply) => answer(e as AnyEndpoint, options, request, reply),
      });
    }
}

async function answer(
  e: AnyEndpoint,
  options: MountOptions,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<unknown> {
  const ctx = e.may === "public" ? options.anonymous(request, reply) : await allowed(e, options, request);
  const asked = inputOf(request);
  // Before the input is looked at: what is wrong with it must not tell whether the record is there.
  if (e.may !== "public") await options.guard?.(ctx as Ctx, e, asked);
  const input = await e.input.parseAsync(asked);
  const key = request.headers["idempotency-key"];
  if (typeof key === "string" && request.method === "POST" && e.may !== "public" && !e.secret)
    return once(e, ctx as Ctx, key, input, reply, options);
  return send(reply, e.status, await run(e, ctx, input, options));
}

async function run(e: AnyEndpoint, ctx: unknown, input: unknown, { sieve }: MountOptions): Promise<unknown> {
  const answer = await e.run(ctx, input);
  return sieve && e.may !== "public" ? sieve(ctx as Ctx, e, answer) : answer;
}

async function allowed(e: AnyEndpoint, options: MountOptions, request: FastifyRequest): Promise<Ctx> {
  const ctx = await options.identify(request);
  if (!ctx) throw new Refused("unauthenticated", "signed-out", "Please sign in, or send an API key.");
  if (e.may !== "signed-in" && !options.may(ctx, e.may))
    throw new Refused("forbidden", "not-allowed", `Your role (${ctx.role}) may not do this.`, {
      detail: { permission: e.may },
    });
  return ctx;
}

/** Path, query and body in one object; If-Match becomes `version`. A body that is no object is refused, not dropped. */
function inputOf(request: FastifyRequest): unknown {
  const body = request.body;
  if (body !== undefined && body !== null && (typeof body !== "object" || Array.isArray(body)))
    throw new Refused("invalid", "body.not-an-object", "The body must be a JSON object.");
  // A write is told by its body alone: a link with a query must not be able to fill it.
  const query = writes.has(request.method) && request.method !== "DELETE" ? {} : (request.query as object);
  const input: Record<string, unknown> = { ...query, ...(body as object | null) };
  const match = request.headers["if-match"];
  if (typeof match === "string" && request.method === "PATCH")
    input.version = Number(match.replace(/^W\//, "").replaceAll('"', ""));
  // The path wins: a body cannot name another record than the URL does.
  return Object.assign(input, request.params);
}

const isRaw = (a: unknown): a is RawJson<unknown> =>
  typeof a === "object" &&
  a !== null &&
  "json" in a &&
  typeof a.json === "string" &&
  Object.keys(a).every((k) => k === "json" || k === "version");
const isFile = (a: unknown): a is FileAnswer =>
  typeof a === "object" && a !== null && "file" in a && "type" in a && "name" in a;

function send(reply: FastifyReply, status: number | undefined, a: unknown): unknown {
  if (status) reply.code(status);
  if (typeof a === "object" && a !== null && "version" in a && typeof a.version === "number")
    reply.header("etag", `"${a.version}"`);
  if (isRaw(a)) return reply.type("application/json; charset=utf-8").send(a.json);
  if (isFile(a))
    return reply
      .type(a.type)
      .header("content-disposition", `attachment; filename*=UTF-8''${encodeURIComponent(a.name)}`)
      .send(a.file);
  if (a === undefined || a === null) return reply.code(status ?? 204).send();
  return reply.type("application/json; charset=utf-8").send(JSON.stringify(a));
}

interface Kept {
  mine: boolean;
  request_hash: Buffer;
  status: number | null;
  answer: string | null;
  /** Begun ten minutes ago and without an answer: its process died. */
  lost: boolean;
}

/** Runs a POST once per key: the same key and request gets the first answer again, another request under it is refused. */
async function once(
  e: AnyEndpoint,
  ctx: Ctx,
  key: string,
  input: unknown,
  reply: FastifyReply,
  options: MountOptions,
): Promise<unknown> {
  if (key.length > 200)
    throw new Refused("invalid", "idempotency-key.too-long", "An Idempotency-Key has at most 200 characters.");
  const who = `${ctx.actor.kind}:${ctx.actor.id}`;
  const hash = createHash("sha256").update(e.route).update(JSON.stringify(input)).digest();
  const { rows } = await sql<Kept>`
    with mine as (
      insert into idempotency_keys (workspace_id, actor, key, request_hash) values (${ctx.workspace.id}, ${who}, ${key}, ${hash})
      on conflict (workspace_id, actor, key) do update set request_hash = excluded.request_hash, created_at = now()
        where idempotency_keys.created_at < now() - interval '24 hours' returning true as mine, request_hash, null::int as status, null::text as answer)
    select mine, request_hash, status, answer, false as lost from mine
    union all select false, request_hash, status, answer, status is null and created_at < now() - interval '10 minutes' from idempotency_keys k
     where workspace_id = ${ctx.workspace.id} and actor = ${who} and key = ${key} and not exists (select from mine)`.execute(
    ctx.control,
  );
  const row = rows[0];
  if (row?.lost && row.request_hash.equals(hash))
    throw new Refused(
      "conflict",
      "idempotency-key.lost",
      "The first request with this Idempotency-Key never ended; it may have taken effect. Look, then use a new key.",
    );
  if (!row || (!row.mine && row.status === null && row.request_hash.equals(hash)))
    throw new Refused(
      "conflict",
      "idempotency-key.running",
      "The first request with this Idempotency-Key is still running.",
    );
  if (!row.mine && !row.request_hash.equals(hash))
    throw new Refused("conflict", "idempotency-key.reused", "This Idempotency-Key was used for another request.");
  if (!row.mine)
    return reply
      .code(row.status ?? 200)
      .header("idempotency-replayed", "true")
      .type("application/json; charset=utf-8")
      .send(row.answer ?? "");
  let a: unknown;
  try {
    a = await run(e, ctx, input, options);
  } catch (error) {
    // A refused request may be tried again under its key.
    await sql`delete from idempotency_keys where workspace_id = ${ctx.workspace.id} and actor = ${who} and key = ${key}`.execute(
      ctx.control,
    );
    throw error;
  }
  // What took effect is never run again under its key, also when its answer cannot be kept.
  const text = isRaw(a) ? a.json : a === undefined || a === null ? "" : JSON.stringify(a);
  await sql`update idempotency_keys set status = ${e.status ?? (text ? 200 : 204)}, answer = ${text}
             where workspace_id = ${ctx.workspace.id} and actor = ${who} and key = ${key}`.execute(ctx.control);
  return send(reply, e.status, a);
}

// Signing in needs no cookie, and a foreign page must not sign its visitor in as somebody else.
const isSignIn = (request: FastifyRequest): boolean => /^\/api\/v1\/session(?:[/?]|$)/.test(request.url);

/**
 * Whether a browser on another site sent this write with our cookie, or a sign-in. An Authorization header is no exception for
 * browsers to abuse: they cannot set one across sites, and `identify` never falls back from it to the cookie.
 */
export function isForeignWrite(request: FastifyRequest): boolean {
  // Public pages look at no cookie; a form on the company's own site is meant to reach them.
  if (request.url.startsWith("/p/")) return false;
  if (!writes.has(request.method) || request.headers.authorization) return false;
  const withCookie = Boolean(request.headers.cookie);
  if (!withCookie && !isSignIn(request)) return false;
  const site = request.headers["sec-fetch-site"];
  if (typeof site === "string") return site !== "same-origin" && site !== "none";
  const origin = request.headers.origin;
  if (origin) return URL.parse(origin)?.host !== request.host;
  return withCookie && request.headers["x-rondo"] === undefined;
}
