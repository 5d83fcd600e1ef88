import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Ctx } from "#platform/context";
import { createApiKey } from "#platform/auth";
import { readConfig } from "#platform/config";
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
  post(path: string, body: unknown): Promise<string>;
  close(): Promise<void>;
}

/** A Rondo on an empty data directory of its own, or on the running workspace when `data` says where. */
export async function openHouse(data?: string): Promise<House> {
  const dir = data ?? mkdtempSync(join(tmpdir(), "rondo-bench-"));
  const config = readConfig({ RONDO_DATA: dir, RONDO_ADMIN_EMAIL: "bench@example.test", RONDO_ADMIN_PASSWORD: "a bench has a long password", LOG_LEVEL: "error" });
  const log = createLog("error");
  const open = await connect(config, log, { join: true });
  const app = await createApp({ database: open.database, config, log, web: null });
  const workspace = (await workspacesOf(open.database))[0]!;
  const { key } = await createApiKey(open.database, { workspace: workspace.id, name: "bench", role: "manager" });
  const ask = async (method: "GET" | "POST", url: string, payload?: unknown): Promise<string> => {
    const answer = await app.http.inject({ method, url: `/api/v1${url}`, headers: { authorization: `Bearer ${key}` }, ...(payload ? { payload } : {}) });
    if (answer.statusCode >= 300) throw new Error(`${method} ${url}: ${answer.statusCode} ${answer.body.slice(0, 300)}`);
    return answer.body;
  };
  return {
    app,
    database: open.database,
    ctx: systemCtx(open.database, workspace),
    get: (url) => ask("GET", url),
    post: (url, body) => ask("POST", url, body),
    close: async () => {
      await app.close();
      await open.close();
      if (!data) rmSync(dir, { recursive: true, force: true });
    },
  };
}
