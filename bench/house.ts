import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Ctx } from "#platform/context";
import { createApiKey } from "#platform/auth";
import { readConfig, type Config } from "#platform/config";
import { createLog } from "#platform/log";
import { createApp, type App } from "../src/app/server.ts";
import { connect, systemCtx, workspacesOf } from "../src/app/database.ts";
import type { Database } from "#platform/postgres";

export interface House {
  app: App;
  database: Database;
  ctx: Ctx;
  /** Asks the API as a key of a manager: permissions are applied. */
  get(path: string): Promise<string>;
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
    ctx: systemCtx(database, workspace),
    get: (url) => ask("GET", url),
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
