import { chmodSync, existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pino from "pino";
import { expect, onTestFinished, test } from "vitest";
import { createApiKey } from "#platform/auth";
import { readConfig } from "#platform/config";
import { requireVersion, startPostgres } from "#platform/postgres";
import { consumeAll } from "#timeline";
import { connect, systemCtx, workspacesOf } from "../src/app/database.ts";
import { modules } from "../src/app/modules.ts";
import { createApp } from "../src/app/server.ts";
import { explain } from "../src/app/words.ts";

const bins = "/usr/lib/postgresql/15/bin";
const log = pino({ level: "silent" });

test.skipIf(!existsSync(bins))(
  "an existing PostgreSQL 15 serves Rondo: order, payment, lifecycle, list by facts",
  { timeout: 240_000 },
  async () => {
    const dir = mkdtempSync(join(tmpdir(), "rondo-15-"));
    // A folder that its own user can reach: only the server that comes with Rondo is prepared for a private home.
    chmodSync(dir, 0o755);
    const server = await startPostgres({ dataDir: dir, bins, settings: { fsync: "off" } });
    onTestFinished(async () => {
      await server.stop();
      rmSync(dir, { recursive: true, force: true });
    });
    const config = readConfig({
      DATABASE_URL: server.connectionString("postgres"),
      RONDO_ADMIN_EMAIL: "mira@northwind.example",
      RONDO_ADMIN_PASSWORD: "seven blue kettles",
    });
    const open = await connect(config, log);
    expect(open).toMatchObject({ version: 15, ours: false });
    const app = await createApp({ database: open.database, config, log, web: null });
    onTestFinished(async () => {
      await app.close();
      await open.close();
    });
    const workspace = (await workspacesOf(open.database))[0]!;
    const { key } = await createApiKey(open.database, { workspace: workspace.id, name: "test", role: "admin" });
    const ask = async (method: "GET" | "POST", path: string, payload?: object) => {
      const answer = await app.http.inject({
        method,
        url: `/api/v1${path}`,
        headers: { authorization: `Bearer ${key}` },
        ...(payload ? { payload } : {}),
      });
      expect(answer.statusCode, answer.body).toBeLessThan(300);
      return JSON.parse(answer.body) as Record<string, unknown> & { items: Record<string, unknown>[] };
    };
    const ana = await ask("POST", "/contacts", { name: "Ana Ruiz", email: "ana@example.com" });
    const order = await ask("POST", "/orders", {
      contact_id: ana.id,
      lines: [{ description: "Jar", quantity: "2", unit_price: "4.50" }],
    });
    expect(await ask("POST", `/orders/${String(order.id)}/payments`, { amount: 900, method: "card" })).toBeDefined();
    for (const consumer of modules.flatMap((m) => m.consumers ?? []))
      await consumeAll(systemCtx(open.database, app.outside, workspace), consumer);
    expect(await ask("GET", `/contacts/${String(ana.id)}`)).toMatchObject({
      lifecycle_stage: "customer",
      paid_total: 900,
      order_count: 1,
    });
    const filter = encodeURIComponent(
      JSON.stringify({
        all: [
          { fact: "order.placed", times: { op: "at_least", n: 1 } },
          { field: "name", op: "starts_with", value: "ana" },
        ],
      }),
    );
    expect((await ask("GET", `/contacts?filter=${filter}`)).items.map((c) => c.name)).toEqual(["Ana Ruiz"]);
    expect((await ask("GET", "/search?q=ruiz")).items).toHaveLength(1);
  },
);

test("a server that is too old or away is refused in words that name DATABASE_URL", async () => {
  const old = { query: async () => ({ rows: [{ v: 140_012 }] }) } as unknown as Parameters<typeof requireVersion>[0];
  await expect(requireVersion(old)).rejects.toThrow(/PostgreSQL 14.*15 or newer/);
  const nobody = readConfig({ DATABASE_URL: "postgres://rondo@127.0.0.1:9/rondo" });
  const error: unknown = await connect(nobody, log).catch((e: unknown) => e);
  expect(explain(error)).toMatchObject({
    message: expect.stringContaining("DATABASE_URL cannot be reached") as string,
    hint: expect.stringContaining("leave DATABASE_URL out") as string,
  });
});
