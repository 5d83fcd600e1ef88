import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createHmac, randomBytes } from "node:crypto";
import { sql } from "kysely";
import { newId } from "#kernel/id";
import type { Ctx } from "#platform/context";
import { createApiKey, loadSecret } from "#platform/auth";
import { readConfig, type Config } from "#platform/config";
import { createLog } from "#platform/log";
import { makeRole } from "../src/records/access/roles.ts";
import { staffId } from "./generate.ts";
import { createApp, type App } from "../src/app/server.ts";
import { connect, systemCtx, workspacesOf } from "../src/app/database.ts";
import type { Database } from "#platform/postgres";

export interface House {
  app: App;
  database: Database;
  ctx: Ctx;
  /** Asks the API as a key of a manager: permissions are applied. */
  get(path: string): Promise<string>;
  /** Asks as one of the generated staff whose role reaches only their own customers; who is left out when there is nobody. */
  getOwn(path: string): Promise<string>;
  post(path: string, body: object): Promise<string>;
  /** Bare SQL on the workspace. */
  rows<R extends object>(text: string, values?: unknown[]): Promise<{ rows: R[] }>;
  close(): Promise<void>;
}

/** A Rondo on an empty data directory of its own, or on the running workspace when `data` says where. */
export async function openHouse(data?: string): Promise<House> {
  const dir = data ?? mkdtempSync(join(tmpdir(), "rondo-bench-"));
  const config = readConfig({
    RONDO_DATA: dir,
    RONDO_ADMIN_EMAIL: "bench@example.test",
    RONDO_ADMIN_PASSWORD: "a bench has a long password",
    LOG_LEVEL: "error",
  });
  const open = await connect(config, createLog("error"), { join: true });
  const house = await houseOn(open.database, config);
  return {
    ...house,
    close: async () => {
      await house.close();
      await open.close();
      if (!data) rmSync(dir, { recursive: true, force: true });
    },
  };
}

/** Gives the first of the generated staff a role of their own and signs them in; answers the cookie. */
async function sellerOf(database: Database, ctx: Ctx): Promise<string> {
  const grants = Object.fromEntries(["contacts", "accounts", "opportunities", "orders"].map((object) => [object, { read: "own" as const }])); // prettier-ignore
  const role_id = await makeRole(ctx, { name: `Seller ${newId()}`, base: "agent", grants, fields: {} });
  const user = staffId(0);
  await sql`update rondo.members set role_id = ${role_id} where user_id = ${user}`.execute(ctx.db);
  const token = randomBytes(24).toString("hex");
  await sql`insert into rondo.sessions (id, user_id, token, expires_at) values (${newId()}, ${user}, ${token}, now() + interval '30 days')`.execute(ctx.db);
  const secret = await loadSecret(database.control, { secret: null });
  return `rondo_session=${encodeURIComponent(`${token}.${createHmac("sha256", secret).update(token).digest("base64")}`)}`;
} // prettier-ignore

const keysAsking = 30;

/** The product on a database that somebody else closes; it serves no port and runs no worker. */
export async function houseOn(
  database: Database,
  config: Config = readConfig({ RONDO_DATA: tmpdir() }),
): Promise<House> {
  const app = await createApp({ database, config, log: createLog("error"), web: null });
  const workspace = (await workspacesOf(database))[0]!;
  // The API takes 200 requests a second from one key: a bench that is faster asks as many.
  const keys = await Promise.all(
    Array.from({ length: keysAsking }, () =>
      createApiKey(database, { workspace: workspace.id, name: "bench", role: "manager" }),
    ),
  );
  let asked = 0;
  let seller: Promise<string> | undefined;
  const ask = async (method: "GET" | "POST", url: string, payload?: object): Promise<string> => {
    const answer = await app.http.inject({
      method,
      url: `/api/v1${url}`,
      headers: { authorization: `Bearer ${keys[asked++ % keysAsking]!.key}` },
      ...(payload ? { payload } : {}),
    });
    if (answer.statusCode >= 300)
      throw new Error(`${method} ${url}: ${answer.statusCode} ${answer.body.slice(0, 300)}`);
    return answer.body;
  };
  return {
    app,
    database,
    ctx: systemCtx(database, app.outside, workspace),
    get: (url) => ask("GET", url),
    getOwn: async (url) => {
      const cookie = await (seller ??= sellerOf(database, systemCtx(database, app.outside, workspace)));
      const answer = await app.http.inject({ method: "GET", url: `/api/v1${url}`, headers: { cookie } });
      if (answer.statusCode >= 300) throw new Error(`GET ${url}: ${answer.statusCode} ${answer.body.slice(0, 300)}`);
      return answer.body;
    },
    post: (url, body) => ask("POST", url, body),
    rows: async <R extends object>(text: string, values?: unknown[]) => {
      const client = await database.client(workspace.schema);
      try {
        return await client.query<R>(text, values);
      } finally {
        client.release();
      }
    },
    close: () => app.close(),
  };
}
