import { join } from "node:path";
import type { FastifyInstance } from "fastify";
import { sql } from "kysely";
import type { Api } from "#kernel/endpoint";
import { anonymous, createAuth, mayWith, platformPermissions, type Auth, type Visitor } from "#platform/auth";
import type { Config } from "#platform/config";
import type { Ctx, Outside } from "#platform/context";
import { createServer, mount } from "#platform/http";
import type { Logger } from "#platform/log";
import { mountPages } from "#platform/pages";
import type { Database } from "#platform/postgres";
import { lenses, listLenses } from "#customers";
import { accessOf, baseOf, bulkApi, guardRecords, historyApi, lookingApis, recordTypes, sieved } from "#records";
import { bootApi, searchApi, statusApi } from "./boot.ts";
import { migrateWorkspace, outsideOf, systemCtx, workspacesOf } from "./database.ts";
import { liveRoute } from "./live.ts";
import { modules } from "./modules.ts";
import { myDayApi } from "./my-day.ts";
import { metricsRoutes } from "./metrics.ts";

// Who acts on a public page; a module that knows the contact puts the name.
const aCustomer = { kind: "customer", id: null, name: "A customer" } as const;

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
  outside: Outside;
  close(): Promise<void>;
}

const everybody = ["admin", "manager", "agent", "viewer"] as const;
/** Who may do what: the platform's table and each module's. */
export const permissions = Object.assign(
  { "timeline.read": everybody },
  platformPermissions,
  ...modules.map((m) => m.permissions ?? {}),
) as Record<string, readonly Ctx["role"][]>;
// Whoever may read records may take them along as a file, but for those who only look.
for (const { object } of recordTypes())
  permissions[`${object.plural}.export`] = (permissions[`${object.plural}.read`] ?? []).filter((r) => r !== "viewer");
export const may = mayWith(permissions);

/** All endpoints by module; fails at once when one asks for a permission that nobody was given. */
export function apisOf(auth: Auth["apis"], more: Record<string, Api>): Record<string, Api> {
  const apis = { ...auth, ...more, ...Object.assign({}, ...modules.map((m) => m.apis ?? {})) } as Record<string, Api>;
  Object.assign(apis, lookingApis(apis));
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
  const outside = await outsideOf(database, config, log);
  for (const workspace of await workspacesOf(database)) await ready(database, systemCtx(database, outside, workspace));
  const auth = createAuth({
    database,
    config,
    log,
    mail: outside.mail,
    files: outside.files,
    secret: outside.secret,
    isLens: (ctx, key) => isLens(ctx, key),
    canChangeCurrency: async (ctx) => !(await hasAmounts(ctx)),
    accessOf,
    baseOf,
    onCreated: [
      async (ctx) => {
        for (const m of modules) await m.onStart?.(ctx);
      },
    ],
    onReady: (workspace) => options.onWorkspace?.(systemCtx(database, outside, workspace)),
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
    history: historyApi(may),
    bulk: bulkApi(may),
    status: statusApi,
    myDay: myDayApi(modules),
  });
  mount(http, { apis, identify: auth.identify, may, guard: guardRecords, sieve: sieved, anonymous });
  const routes = { identify: auth.identify, may, config, dataDir: config.dataDir };
  for (const m of modules) m.routes?.(http, routes);
  liveRoute(http, routes);
  await mountPages(http, {
    pages: modules.flatMap((m) => m.pages ?? []),
    enter: async (key) => {
      const workspace = (await workspacesOf(database)).find((w) => w.schema === `w_${key}`);
      return workspace ? { ...systemCtx(database, outside, workspace), actor: aCustomer } : null;
    },
  });
  metricsRoutes(http, database);
  for (const workspace of await workspacesOf(database)) options.onWorkspace?.(systemCtx(database, outside, workspace));
  return {
    http,
    auth,
    outside,
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
