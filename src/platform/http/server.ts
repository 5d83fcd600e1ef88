import { randomBytes } from "node:crypto";
import { existsSync, readFileSync, statSync } from "node:fs";
import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import cookie from "@fastify/cookie";
import helmet from "@fastify/helmet";
import multipart from "@fastify/multipart";
import staticFiles from "@fastify/static";
import Fastify, {
  LogController,
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
} from "fastify";
import { Refused } from "#kernel/refusal";
import { newId } from "#kernel/id";
import { faultProblem, problemOf } from "./problem.ts";
import { isForeignWrite } from "./mount.ts";

export interface ServerOptions {
  logger?: FastifyBaseLogger;
  trustProxy: boolean;
  maxUploadBytes: number;
  /** Folder of the built browser files; null for an API-only server. */
  web: string | null;
}

/** A server with the security headers, problem answers and browser files; endpoints are mounted on it afterwards. */
export async function createServer(options: ServerOptions): Promise<FastifyInstance> {
  const app = Fastify({
    ...(options.logger ? { loggerInstance: options.logger } : { logger: false }),
    // One hop: of X-Forwarded-For only the entry that our own proxy added; what stands before it the visitor may have written.
    trustProxy: options.trustProxy ? (_address, hop) => hop === 0 : false,
    bodyLimit: 2 * 1024 * 1024,
    genReqId: () => newId(),
    logController: new LogController({ disableRequestLogging: true }),
    routerOptions: { maxParamLength: 300 },
    forceCloseConnections: true,
  });
  await app.register(cookie);
  await app.register(multipart, {
    limits: { fileSize: options.maxUploadBytes, files: 1, fields: 20, fieldSize: 200_000 },
    throwFileSizeLimit: true,
  });
  await app.register(helmet, {
    contentSecurityPolicy: false, // set below: pages carry a nonce of their own
    crossOriginEmbedderPolicy: false,
    strictTransportSecurity: false, // the proxy that ends TLS says so
    referrerPolicy: { policy: "same-origin" },
  });
  app.addHook("onRequest", async (request, reply) => {
    reply.header("content-security-policy", "default-src 'none'; frame-ancestors 'none'");
    reply.header("permissions-policy", "camera=(), microphone=(), geolocation=()");
    if (request.url.startsWith("/api/")) reply.header("cache-control", "no-store");
    if (isForeignWrite(request)) throw new Refused("forbidden", "foreign-site", "This request came from another site.");
  });
  app.setErrorHandler((error, request, reply) => {
    const known = problemOf(error);
    if (!known) request.log.error({ err: error, reference: request.id }, "fault");
    const problem = known ?? faultProblem(request.id);
    if (problem.status === 429 && typeof problem.retry_after === "number")
      reply.header("retry-after", String(problem.retry_after));
    return reply.code(problem.status).type("application/problem+json; charset=utf-8").send(JSON.stringify(problem));
  });
  if (options.web) await servePages(app, options.web);
  else
    app.setNotFoundHandler(() =>
      Promise.reject(new Refused("not-found", "route.not-found", "There is nothing at this address.")),
    );
  return app;
}

/** Every address that is not the API's is the browser application's; its page carries a fresh style nonce. */
async function servePages(app: FastifyInstance, web: string): Promise<void> {
  const page = join(web, "index.html");
  if (!existsSync(page)) throw new Error(`the browser files are not built: ${page} is missing; npm start builds them`);
  // Read again when it changed: a rebuild names new assets, and a server that runs on must not point at the old ones.
  let [html, writtenAt] = [readFileSync(page, "utf8"), statSync(page).mtimeMs];
  const pageNow = async (): Promise<string> => {
    const { mtimeMs } = await stat(page).catch(() => ({ mtimeMs: writtenAt }));
    if (mtimeMs !== writtenAt) [html, writtenAt] = [await readFile(page, "utf8"), mtimeMs];
    return html;
  };
  await app.register(staticFiles, {
    root: web,
    index: false,
    setHeaders: (reply, path) => {
      reply.header(
        "cache-control",
        path.includes("/assets/") ? "public, max-age=31536000, immutable" : "public, max-age=300",
      );
    },
  });
  const answerPage = async (request: FastifyRequest, reply: FastifyReply): Promise<unknown> => {
    const path = request.url.split("?")[0]!;
    if (request.method !== "GET" || path.startsWith("/api/") || /\.[a-z0-9]{1,8}$/i.test(path))
      throw new Refused("not-found", "route.not-found", "There is nothing at this address.");
    const nonce = randomBytes(16).toString("base64");
    reply.header(
      "content-security-policy",
      `default-src 'none'; script-src 'self'; style-src 'self' 'nonce-${nonce}'; img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; ` +
        `manifest-src 'self'; worker-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'`,
    );
    reply.header("cache-control", "no-cache");
    return reply.type("text/html; charset=utf-8").send((await pageNow()).replaceAll("__CSP_NONCE__", nonce));
  };
  app.get("/", answerPage);
  app.setNotFoundHandler(answerPage);
}
