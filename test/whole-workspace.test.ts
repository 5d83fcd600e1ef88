import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { gunzipSync } from "node:zlib";
import pino from "pino";
import { expect, onTestFinished, test } from "vitest";
import { sql } from "kysely";
import { contactType } from "#customers";
import { createApiKey } from "#platform/auth";
import { readConfig } from "#platform/config";
import type { Ctx } from "#platform/context";
import { findJob, workOnce } from "#platform/jobs";
import { createRecord } from "#records";
import { systemCtx, workspacesOf } from "../src/app/database.ts";
import { modules } from "../src/app/modules.ts";
import { createApp } from "../src/app/server.ts";
import { databaseForTest, type TestDatabase } from "./database.ts";
import { owner } from "./house.ts";
import { people } from "./world.ts";

const jobs = modules.flatMap((m) => m.jobs ?? []);
const log = pino({ level: "silent" });

async function folder(): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), "rondo-whole-"));
  onTestFinished(() => rm(dir, { recursive: true, force: true }));
  return dir;
}

/** `rondo workspace ...` on that database; what it printed. */
async function workspace(t: TestDatabase, ...args: string[]): Promise<string> {
  const cli = join(import.meta.dirname, "../src/app/cli.ts");
  const env = { ...process.env, DATABASE_URL: t.url, RONDO_DATA: t.dataDir };
  const { stdout } = await promisify(execFile)(process.execPath, [cli, "workspace", ...args], { env });
  return stdout;
}

const emails = async (ctx: Ctx): Promise<string[]> =>
  (await sql<{ email: string }>`select email from contacts order by 1`.execute(ctx.db)).rows.map((r) => r.email);

/** A Rondo whose owner has just begun a company: asks as her page does. */
async function begun(dir: string) {
  const t = await databaseForTest("rondo_empty");
  const app = await createApp({ database: t.database, config: readConfig({ RONDO_DATA: dir }), log, web: null });
  onTestFinished(() => app.close());
  const headers: Record<string, string> = { "sec-fetch-site": "same-origin" };
  const first = await app.http.inject({ method: "POST", url: "/api/v1/session/first-run", headers, payload: owner });
  expect(first.statusCode).toBe(201);
  const cookie = first.cookies.find((c) => c.name === "rondo_session")!.value;
  headers.cookie = `rondo_session=${encodeURIComponent(cookie)}`;
  const [here] = await workspacesOf(t.database);
  return { t, app, headers, ctx: systemCtx(t.database, app.outside, here!) };
}

test("a whole workspace leaves by the command line, and comes back by it or through the browser's door, into an empty one only", async () => {
  const dir = await folder();
  const file = join(dir, "northwind.jsonl.gz");
  const from = await databaseForTest();
  await createRecord(from.ctx(), contactType, { name: people.ana.name, email: people.ana.email });
  expect(await workspace(from, "export", file)).toContain(`Northwind Goods is in ${file}.`);
  expect(gunzipSync(await readFile(file)).toString()).toContain(people.ana.email);

  const to = await databaseForTest();
  expect(await workspace(to, "import", file)).toContain("came back into Northwind Goods");
  expect(await emails(to.ctx())).toEqual([people.ana.email]);
  await expect(workspace(to, "import", file)).rejects.toMatchObject({ code: 1, stderr: expect.stringContaining("has customers already") }); // prettier-ignore

  const { t, app, headers, ctx } = await begun(dir);
  const { key } = await createApiKey(t.database, { workspace: ctx.workspace.id, name: "shop", role: "admin" });
  const send = async (as: Record<string, string>) => {
    const payload = new FormData();
    payload.append("file", new Blob([await readFile(file)]), "northwind.jsonl.gz");
    return app.http.inject({ method: "POST", url: "/api/v1/workspace/restore", headers: as, payload });
  };
  expect((await send({ authorization: `Bearer ${key}` })).statusCode).toBe(403);
  const take = async () => {
    const answer = await send(headers);
    expect(answer.statusCode).toBe(202);
    const { job_id } = answer.json<{ job_id: string }>();
    await workOnce(ctx, jobs, log);
    return findJob(ctx, job_id);
  };
  expect(await take()).toMatchObject({ state: "done" });
  expect(await emails(ctx)).toEqual([people.ana.email]);
  const taken = await app.http.inject({ method: "GET", url: "/api/v1/workspace/export", headers });
  expect(taken.headers["content-disposition"]).toContain("attachment");
  expect(gunzipSync(taken.rawPayload).toString()).toContain(people.ana.email);
  expect(await take()).toMatchObject({ state: "failed", reason: expect.stringContaining("has customers already") });
});
