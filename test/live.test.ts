import { get, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import { sql } from "kysely";
import pino from "pino";
import { expect, onTestFinished, test } from "vitest";
import { createApiKey } from "#platform/auth";
import { readConfig } from "#platform/config";
import { inTransaction, type Ctx } from "#platform/context";
import { createServer } from "#platform/http";
import { enqueue, moveJob } from "#platform/jobs";
import { contactType } from "#customers";
import { createRecord, typeNamed, updateRecord } from "#records";
import { defineObject } from "../src/records/custom/objects.ts";
import { liveRoute } from "../src/app/live.ts";
import { createApp } from "../src/app/server.ts";
import { databaseForTest, templateWorkspaceId, type TestDatabase } from "./database.ts";

/** A running product on a port of its own. */
async function running(): Promise<{ t: TestDatabase; port: number; key: string }> {
  const t = await databaseForTest();
  const app = await createApp({
    database: t.database,
    config: readConfig({ RONDO_DATA: "/nonexistent" }),
    log: pino({ level: "silent" }),
    web: null,
  });
  onTestFinished(() => app.close());
  await app.http.listen({ host: "127.0.0.1", port: 0 });
  const { key } = await createApiKey(t.database, { workspace: templateWorkspaceId, name: "test", role: "viewer" });
  return { t, port: (app.http.server.address() as AddressInfo).port, key };
}

const open = ({
  port,
  key,
}: {
  port: number;
  key: string;
}): Promise<{ answer: IncomingMessage; heard: () => string; close: () => void }> =>
  new Promise((resolve, reject) => {
    const request = get(
      { host: "127.0.0.1", port, path: "/api/v1/live", headers: { authorization: `Bearer ${key}` } },
      (answer) => {
        let text = "";
        answer.on("data", (piece) => (text += String(piece)));
        resolve({ answer, heard: () => text, close: () => request.destroy() });
      },
    );
    request.on("error", reject);
  });

test("an open browser hears of jobs as they move, also when one is paused", async () => {
  const product = await running();
  const ctx = product.t.ctx();
  const stream = await open(product);
  const id = await inTransaction(ctx, (tx) => enqueue(tx, { kind: "letters", title: "Write letters" }));
  await expect.poll(stream.heard, { timeout: 5000 }).toContain('"state":"queued"');
  await moveJob(ctx, id, "pause");
  await expect.poll(stream.heard, { timeout: 5000 }).toContain('"state":"paused"');
  stream.close();
});

test("a change is told to whoever may see the record, a notification to its person alone", async () => {
  const t = await databaseForTest();
  const [mira, tom] = ["01900000-0000-7000-8000-0000000000aa", "01900000-0000-7000-8000-0000000000bb"];
  await sql`insert into rondo.users (id, name, email) values (${tom}, 'Tom Weber', 'tom@northwind.example')`.execute(t.ctx().db);
  await sql`insert into rondo.members (workspace_id, user_id, role) values (${templateWorkspaceId}, ${tom}, 'agent')`.execute(t.ctx().db);
  const own = { person: tom, teams: [], colleagues: [tom], below: [tom], grants: { contacts: { read: "own" } }, fields: {}, territories: [], guarded: new Set<string>(), shared: new Set<string>() } as const;
  const people: Record<string, Ctx> = { mira: t.ctx(), tom: { ...t.ctx("agent", { actor: { id: tom, name: "Tom Weber" } }), access: own } };
  const app = await createServer({ trustProxy: false, maxUploadBytes: 1, web: null });
  onTestFinished(() => app.close());
  liveRoute(app, { identify: (request) => Promise.resolve(people[String(request.headers.authorization).slice(7)] ?? null), may: () => true });
  await app.listen({ host: "127.0.0.1", port: 0 });
  const { port } = app.server.address() as AddressInfo;
  const [hers, his] = [await open({ port, key: "mira" }), await open({ port, key: "tom" })];
  await wait(600);
  const hidden = await createRecord(t.ctx(), contactType, { name: "Ana Ruiz" });
  await expect.poll(hers.heard, { timeout: 5000 }).toContain(`"object":"contact","ids":["${hidden.id}"]`);
  await defineObject(t.ctx(), { label: "Vehicle", label_plural: "Vehicles", title_label: "Plate" });
  const van = await createRecord(t.ctx(), (await typeNamed(t.ctx(), "custom/vehicles"))!, { name: "B-XY 12" });
  await expect.poll(hers.heard, { timeout: 5000 }).toContain(`"object":"custom/vehicles","ids":["${van.id}"]`);
  const shown = await createRecord(t.ctx(), contactType, { name: "Bo Lind", owner_id: tom });
  await expect.poll(his.heard, { timeout: 5000 }).toContain(`"object":"contact","ids":["${shown.id}"]`);
  await expect.poll(his.heard, { timeout: 5000 }).toContain('"kind":"assigned","title":"Bo Lind"');
  await expect.poll(hers.heard, { timeout: 5000 }).toContain(`"ids":["${shown.id}"]`);
  await updateRecord(t.ctx(), contactType, shown.id, undefined, { job_title: "Buyer" });
  await expect.poll(his.heard, { timeout: 5000 }).toContain(`"fields":["job_title"],"by":{"id":"${mira}","name":"Mira Okafor"}`);
  expect(his.heard()).not.toContain(`"object":"contact","ids":["${hidden.id}"]`);
  expect(hers.heard()).not.toContain("event: notification");
  hers.close();
  his.close();
}); // prettier-ignore

/** Live updates alone; tells how often the timeline's database was asked for. */
async function liveOnly(
  identified: (ctx: Ctx) => Promise<Ctx | null>,
): Promise<{ port: number; key: string; reads: () => number }> {
  const ctx = (await databaseForTest()).ctx();
  const { db } = ctx;
  let reads = 0;
  const watched = Object.defineProperty({ ...ctx }, "db", { get: () => (reads++, db) });
  const app = await createServer({ trustProxy: false, maxUploadBytes: 1, web: null });
  onTestFinished(() => app.close());
  liveRoute(app, { identify: () => identified(watched), may: () => true });
  await app.listen({ host: "127.0.0.1", port: 0 });
  return { port: (app.server.address() as AddressInfo).port, key: "", reads: () => reads };
}

const quiet = async (reads: () => number): Promise<boolean> => {
  const before = reads();
  await wait(1_000);
  return reads() === before;
};

test("when the last browser has left, nobody goes on reading", async () => {
  const live = await liveOnly(async (ctx) => ctx);
  const streams = await Promise.all([open(live), open(live)]);
  await expect.poll(live.reads).toBeGreaterThan(1);
  for (const stream of streams) stream.close();
  await expect.poll(() => quiet(live.reads), { timeout: 5000 }).toBe(true);
});

test("a browser that left while it was asked who it is is not read for either", async () => {
  let arrived!: () => void;
  let answer!: () => void;
  const asked = new Promise<void>((done) => (arrived = done));
  const answered = new Promise<void>((done) => (answer = done));
  const live = await liveOnly(async (ctx) => {
    arrived();
    await answered;
    return ctx;
  });
  const request = get({ host: "127.0.0.1", port: live.port, path: "/api/v1/live" });
  request.on("error", () => {});
  await asked;
  request.destroy();
  await wait(200);
  answer();
  await wait(200);
  expect(await quiet(live.reads)).toBe(true);
});
