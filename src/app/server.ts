import { join } from "node:path";
import type { FastifyInstance } from "fastify";
import { sql } from "kysely";
import type { Api } from "#kernel/endpoint";
import {
  anonymous,
  createAuth,
  loadSecret,
  mayWith,
  platformPermissions,
  type Auth,
  type Visitor,
} from "#platform/auth";
import type { Config } from "#platform/config";
import type { Ctx } from "#platform/context";
import { createServer, mount } from "#platform/http";
import type { Logger } from "#platform/log";
import { createMail } from "#platform/mail";
import type { Database } from "#platform/postgres";
import { lenses, listLenses } from "#customers";
import { bootApi, searchApi, statusApi } from "./boot.ts";
import { migrateWorkspace, systemCtx, workspacesOf } from "./database.ts";
import { liveRoute } from "./live.ts";
import { modules } from "./modules.ts";
import { metricsRoutes } from "./metrics.ts";

export const version = "0.1.0";

export interface AppOptions {
  database: Database;
  config: Config;
  log: Logger;
  /** Folder of the built browser files; null for the API alone. */
  web: string | null;
  /** Told of every workspace that is ready, also of one made later. */
  onWorkspace?: (ctx: Ctx) => void;
}

export interface App {
  http: FastifyInstance;
  auth: Auth;
  close(): Promise<void>;
}

const everybody = ["admin", "manager", "agent", "viewer"] as const;
/** Who may do what: the platform's table and each module's. */
export const permissions = Object.assign(
  { "timeline.read": everybody },
  platformPermissions,
  ...modules.map((m) => m.permissions ?? {}),
) as Record<string, readonly Ctx["role"][]>;
export const may = mayWith(permissions);

/** All endpoints by module; fails at once when one asks for a permission that nobody was given. */
export function apisOf(auth: Auth["apis"], more: Record<string, Api>): Record<string, Api> {
  const apis = { ...auth, ...more, ...Object.assign({}, ...modules.map((m) => m.apis ?? {})) } as Record<string, Api>;
  for (const [module, api] of Object.entries(apis))
    for (const [name, e] of Object.entries(api))
      if (e.may !== "public" && e.may !== "signed-in" && !(e.may in permissions))
        throw new TypeError(`${module}.${name} asks for "${e.may}", which no table grants`);
  return apis;
}

/** Prepares a workspace for work: tables, then each module's start. */
async function ready(database: Database, ctx: Ctx): Promise<void> {
  await migrateWorkspace(database, ctx.workspace.schema);
  for (const m of modules) await m.onStart?.(ctx);
}

/** The whole product behind one Fastify: endpoints, live updates, browser files. */
export async function createApp(options: AppOptions): Promise<App> {
  const { database, config, log } = options;
  for (const workspace of await workspacesOf(database)) await ready(database, systemCtx(database, workspace));
  const auth = createAuth({
    database,
    config,
    log,
    mail: createMail(config, log),
    secret: await loadSecret(database.control, config),
    isLens: (ctx, key) => isLens(ctx, key),
    canChangeCurrency: async (ctx) => !(await hasAmounts(ctx)),
    onCreated: [
      async (ctx) => {
        for (const m of modules) await m.onStart?.(ctx);
      },
    ],
    onReady: (workspace) => options.onWorkspace?.(systemCtx(database, workspace)),
  });
  await auth.makeFirstOwner();
  const http = await createServer({
    logger: log,
    trustProxy: config.trustProxy,
    maxUploadBytes: config.maxUploadBytes,
    web: options.web,
  });
  auth.attach(http);
  const apis: Record<string, Api> = apisOf(auth.apis, {
    app: bootApi({
      version,
      apis: () => apis,
      permissions,
      identify: (v) => auth.identify((v as Visitor).request),
      isFirstRun: () => auth.isFirstRun(),
    }),
    search: searchApi(may),
    status: statusApi,
  });
  mount(http, { apis, identify: auth.identify, may, anonymous });
  const routes = { identify: auth.identify, may, config, dataDir: config.dataDir };
  for (const m of modules) m.routes?.(http, routes);
  liveRoute(http, routes);
  metricsRoutes(http, database);
  for (const workspace of await workspacesOf(database)) options.onWorkspace?.(systemCtx(database, workspace));
  return {
    http,
    auth,
    close: async () => {
      await http.close();
      await auth.close();
    },
  };
}

/** Whether orders hold amounts that a change of the workspace's currency would make wrong. */
async function hasAmounts(ctx: Ctx): Promise<boolean> {
  const { rows } = await sql`select 1 from orders limit 1`.execute(ctx.db);
  return rows.length > 0;
}

async function isLens(ctx: Ctx | null, key: string): Promise<boolean> {
  return (ctx ? await listLenses(ctx) : lenses).some((l) => l.key === key);
}

/** Where `npm start` puts the built browser files. */
export const webFolder = join(import.meta.dirname, "../../dist/web");
