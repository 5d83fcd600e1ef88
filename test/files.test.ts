import { createHash, createHmac } from "node:crypto";
import { createServer, type IncomingHttpHeaders } from "node:http";
import { readdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import type { AddressInfo } from "node:net";
import { sql } from "kysely";
import pino from "pino";
import { expect, onTestFinished, test } from "vitest";
import { newId } from "#kernel/id";
import { createApiKey, loadSecret } from "#platform/auth";
import { readConfig } from "#platform/config";
import { sniff, storeOf } from "#platform/files";
import { inTransaction, type Ctx } from "#platform/context";
import { createRecord, forgetHistoryOf, trashRecord, typeNamed } from "#records";
import { timelineOf } from "#timeline";
import files from "../src/records/files/module.ts";
import { defineField } from "../src/records/custom/fields.ts";
import { defineObject } from "../src/records/custom/objects.ts";
import { purgeRecords } from "../src/records/trash/purge.ts";
import { createApp } from "../src/app/server.ts";
import { colleague, roleWith } from "./access-world.ts";
import { databaseForTest, templateWorkspaceId } from "./database.ts";
import { meet } from "./world.ts";

const png = Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==", "base64"); // prettier-ignore

async function served(env: Record<string, string> = {}) {
  const t = await databaseForTest();
  const data = await mkdtemp(join(tmpdir(), "rondo-files-"));
  onTestFinished(() => rm(data, { recursive: true, force: true }));
  const config = readConfig({ RONDO_DATA: data, MAX_FILE_MB: "1", ...env });
  const app = await createApp({ database: t.database, config, log: pino({ level: "silent" }), web: null });
  onTestFinished(() => app.close());
  const sessionOf = async (person: Ctx): Promise<Record<string, string>> => {
    const token = newId();
    await sql`insert into rondo.sessions (id, user_id, token, expires_at) values (${newId()}, ${person.actor.id}, ${token}, now() + interval '1 day')`.execute(person.db); // prettier-ignore
    const signed = `${token}.${createHmac("sha256", await loadSecret(t.database.control, config))
      .update(token)
      .digest("base64")}`;
    return { cookie: `rondo_session=${encodeURIComponent(signed)}`, "x-rondo": "1", "sec-fetch-site": "same-origin" };
  };
  const as = async (role: "agent" | "viewer", role_id?: string, who: "key" | "person" = "key") => {
    const { key, id } = await createApiKey(t.database, { workspace: templateWorkspaceId, name: role, role });
    if (role_id) await sql`update rondo.api_keys set role_id = ${role_id} where id = ${id}`.execute(t.ctx().db);
    const headers: Record<string, string> =
      who === "key" ? { authorization: `Bearer ${key}` } : await sessionOf(await colleague(t, role, role));
    return {
      get: (url: string) => app.http.inject({ method: "GET", url: `/api/v1${url}`, headers }),
      send: (method: "POST" | "DELETE", url: string) => app.http.inject({ method, url: `/api/v1${url}`, headers }),
      add: async (ref: { object: string; record_id?: string }, name: string, bytes: Buffer | string) => {
        const form = new FormData();
        for (const [k, v] of Object.entries(ref)) form.append(k, v);
        form.append("file", new Blob([new Uint8Array(Buffer.from(bytes))]), name);
        const sent = new Response(form);
        return app.http.inject({ method: "POST", url: "/api/v1/files", headers: { ...headers, "content-type": sent.headers.get("content-type")! }, payload: Buffer.from(await sent.arrayBuffer()) }); // prettier-ignore
      },
    };
  };
  return { t, data, app, as, ctx: { ...t.ctx(), outside: { ...t.ctx().outside, files: app.outside.files } } };
}

test("a file beside a customer: on the timeline, shown in place, taken away and back", async () => {
  const { ctx, as } = await served();
  const bo = await meet(ctx, "bo");
  const [agent, viewer] = [await as("agent"), await as("viewer")];
  const ref = { object: "contact", record_id: bo.id };
  const added = await agent.add(ref, "../../lid\u202egnp.png", png);
  expect(added.json()).toMatchObject({ name: "lidgnp.png", type: "image/png", bytes: png.length, by_name: "agent" });
  const { id } = added.json<{ id: string }>();
  const told = async () => (await timelineOf(ctx, { contact_id: bo.id }, { names: ["file.added", "entry.removed"] })).items.map((i) => i.sentence); // prettier-ignore
  expect(await told()).toEqual(["file lidgnp.png"]);
  const list = `/files?object=contact&record_id=${bo.id}`;
  expect((await viewer.get(list)).json<{ items: unknown[] }>().items).toHaveLength(1);
  const shown = await viewer.get(`/files/${id}/content?inline=1`);
  expect(shown.rawPayload.equals(png)).toBe(true);
  expect(shown.headers).toMatchObject({ "content-type": "image/png", "x-content-type-options": "nosniff" });
  expect(shown.headers["content-disposition"]).toMatch(/^inline/);
  expect(shown.headers["content-security-policy"]).toContain("sandbox");
  expect((await viewer.get(`/files/${id}/content`)).headers["content-disposition"]).toMatch(/^attachment/);

  expect((await viewer.send("DELETE", `/files/${id}`)).statusCode).toBe(403);
  expect((await viewer.add(ref, "a.png", png)).statusCode).toBe(403);
  expect((await agent.send("DELETE", `/files/${id}`)).statusCode).toBe(204);
  expect([(await viewer.get(`/files/${id}/content`)).statusCode, await told()]).toEqual([404, []]);
  expect((await agent.send("DELETE", `/files/${id}`)).statusCode).toBe(404);
  expect((await agent.send("POST", `/files/${id}/restore`)).statusCode).toBe(204);
  expect([(await viewer.get(list)).json<{ items: unknown[] }>().items.length, await told()]).toEqual([1, ["file lidgnp.png"]]); // prettier-ignore
});

test("a file beside a record of an object of one's own follows who may see and change it, and goes with it for good", async () => {
  const { ctx, as } = await served();
  await defineObject(ctx, { label: "Vehicle", label_plural: "Vehicles", title_label: "Plate" });
  const object = "custom/vehicles";
  const type = (await typeNamed(ctx, object))!;
  const van = await createRecord(ctx, type, { name: "B-XY 12" });
  const hers = await createRecord(ctx, type, { name: "B-XY 13" });
  const fleet = await roleWith(ctx, "Drivers", { [object]: { read: "own", update: "own" } });
  const [agent, viewer, driver] = [await as("agent"), await as("viewer"), await as("agent", fleet.id)];
  const { id } = (await agent.add({ object, record_id: van.id }, "papers.png", png)).json<{ id: string }>();
  const kept = (await agent.add({ object, record_id: hers.id }, "b.png", png)).json<{ id: string }>();
  expect((await viewer.get(`/files/${id}/content?inline=1`)).rawPayload.equals(png)).toBe(true);
  expect((await viewer.get(`/files?object=${encodeURIComponent(object)}&record_id=${van.id}`)).json()).toMatchObject({ items: [{ id, name: "papers.png" }] });
  const refused = [await viewer.add({ object, record_id: van.id }, "a.png", png), await driver.add({ object, record_id: van.id }, "a.png", png), await driver.get(`/files/${id}/content`), await agent.add({ object: "custom/planets", record_id: van.id }, "a.png", png)];
  expect(refused.map((answer) => answer.statusCode)).toEqual([403, 404, 404, 422]);
  await trashRecord(ctx, type, van.id);
  await inTransaction(ctx, (tx) => purgeRecords(tx, type.object, [van.id]));
  expect((await viewer.get(`/files/${id}/content`)).statusCode).toBe(404);
  expect(await files.timers[0]!.run(ctx)).toBe(1);
  expect((await viewer.get(`/files/${kept.id}/content`)).statusCode).toBe(200);
}); // prettier-ignore

test("hostile files: programs, pages in disguise, too much, nowhere, nothing", async () => {
  const { ctx, data, as } = await served();
  const bo = await meet(ctx, "bo");
  const ref = { object: "contact", record_id: bo.id };
  const agent = await as("agent");
  for (const [name, bytes] of [["setup.pdf", "MZ\x90\0"], ["invoice.pdf.exe", "hello"], ["a", "\x7fELF"], ["run.txt", "#!/bin/sh\n"]] as const)
    expect((await agent.add(ref, name, bytes)).json()).toMatchObject({ status: 422, code: "file.program" }); // prettier-ignore
  for (const [name, bytes] of [["photo.png", "<html><script>alert(1)</script>"], ["logo.svg", "<svg onload=alert(1)>"]] as const) {
    const { id } = (await agent.add(ref, name, bytes)).json<{ id: string }>();
    const { headers } = await agent.get(`/files/${id}/content?inline=1`);
    expect(headers).toMatchObject({ "content-type": "application/octet-stream" });
    expect(headers["content-disposition"]).toMatch(/^attachment/);
  }
  expect((await agent.add(ref, "big.bin", Buffer.alloc(1024 * 1024 + 1))).json()).toMatchObject({ code: "file.too-large" });
  expect((await agent.add({ ...ref, record_id: newId() }, "a.png", png)).statusCode).toBe(404);
  expect((await agent.add({ ...ref, object: "unicorn" }, "a.png", png)).statusCode).toBe(422);
  expect((await agent.add({ object: "contact", record_id: "' or 1=1" }, "a.png", png)).statusCode).toBe(422);
  // Fresh ones are a person's, for an object with a field that holds a file, and for whoever may save such a record.
  const [mira, reader] = [await as("agent", undefined, "person"), await as("viewer", undefined, "person")];
  const fresh = { object: "contact" };
  expect((await mira.add(fresh, "a.png", png)).json()).toMatchObject({ status: 422, errors: [{ field: "record_id" }] });
  await defineField(ctx, { object: "contact", label: "Photo", type: "file" });
  const answers = [await agent.add(fresh, "a.png", png), await reader.add(fresh, "a.png", png), await mira.add(fresh, "setup.exe", "MZ"), await mira.add({ object: "unicorn" }, "a.png", png)];
  expect(answers.map((answer) => answer.statusCode)).toEqual([422, 403, 422, 422]);
  const { id: photo } = (await mira.add(fresh, "a.png", png)).json<{ id: string }>();
  expect([(await mira.get(`/files/${photo}/content?inline=1`)).statusCode, (await reader.get(`/files/${photo}/content`)).statusCode]).toEqual([200, 404]);
  expect((await agent.add(ref, "empty.txt", "")).json()).toMatchObject({ bytes: 0 });
  expect((await agent.get("/files/nonsense/content")).statusCode).toBe(404);
  expect(await readdir(join(data, "uploads"))).toEqual([]);
}); // prettier-ignore

test("what a dying process left behind, what lay in the trash for a month and what belongs to the forgotten is swept with its bytes", async () => {
  const { ctx, as } = await served();
  const [bo, ana] = [await meet(ctx, "bo"), await meet(ctx, "ana")];
  const agent = await as("agent");
  const idOf = async (person: { id: string }) => (await agent.add({ object: "contact", record_id: person.id }, "a.png", png)).json<{ id: string }>().id; // prettier-ignore
  const [kept, old, half, forgotten] = [await idOf(bo), await idOf(bo), await idOf(bo), await idOf(ana)];
  await sql`update files set deleted_at = now() - interval '31 days' where id = ${old}`.execute(ctx.db);
  await sql`update files set kept_at = null, created_at = now() - interval '25 hours' where id = ${half}`.execute(
    ctx.db,
  );
  await inTransaction(ctx, (tx) => forgetHistoryOf(tx, [ana.id]));
  const [timer] = files.timers;
  expect((await timer!.nextAt(ctx))!.getTime()).toBeLessThan(Date.now());
  expect(await timer!.run(ctx)).toBe(3);
  const has = (id: string) => ctx.outside.files.open(`${ctx.workspace.schema}/${id}`).then((s) => (s.destroy(), true), () => false); // prettier-ignore
  expect(await Promise.all([kept, old, half, forgotten].map(has))).toEqual([true, false, false, false]);
  expect(await timer!.nextAt(ctx)).toBeNull();
});

test("a bucket keeps files whole and signed, gives them back, and is said to be away when it is", async () => {
  const bucket = new Map<string, Buffer>();
  const asked: { method: string; headers: IncomingHttpHeaders }[] = [];
  let broken: number | null = null;
  const stub = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on("data", (part: Buffer) => parts.push(part));
    request.on("end", () => {
      const [method, url] = [request.method ?? "", request.url ?? ""];
      asked.push({ method, headers: request.headers });
      if (broken) return response.writeHead(broken, broken === 307 ? { location: "http://127.0.0.1:1/" } : {}).end();
      const body = Buffer.concat(parts);
      const whole = createHash("sha256").update(body).digest("hex") === request.headers["x-amz-content-sha256"];
      if (method === "PUT" && !whole) return response.writeHead(400).end();
      if (method === "PUT") bucket.set(url, body);
      if (method === "DELETE") bucket.delete(url);
      const found = bucket.get(url);
      return response.writeHead(method === "GET" && !found ? 404 : 200).end(method === "GET" ? found : undefined);
    });
  });
  await new Promise<void>((done) => stub.listen(0, "127.0.0.1", done));
  onTestFinished(() => void stub.close());
  const { port } = stub.address() as AddressInfo;
  const env = { S3_ENDPOINT: `http://127.0.0.1:${port}/`, S3_BUCKET: "northwind", S3_ACCESS_KEY_ID: "k", S3_SECRET_ACCESS_KEY: "s", S3_PREFIX: "rondo/" }; // prettier-ignore
  const { ctx, data, as } = await served(env);
  const bo = await meet(ctx, "bo");
  const agent = await as("agent");
  const { id } = (await agent.add({ object: "contact", record_id: bo.id }, "lid.png", png)).json<{ id: string }>();
  expect([...bucket.keys()]).toEqual([`/northwind/rondo/${ctx.workspace.schema}/${id}`]);
  expect(asked[0]!.headers.authorization).toMatch(/^AWS4-HMAC-SHA256 Credential=k\//);
  expect(asked[0]!.headers["content-length"]).toBe(String(png.length));
  expect((await agent.get(`/files/${id}/content`)).rawPayload.equals(png)).toBe(true);
  broken = 307;
  expect((await agent.get(`/files/${id}/content`)).json()).toMatchObject({ status: 503, code: "files.away" });
  broken = 403;
  expect((await agent.add({ object: "contact", record_id: bo.id }, "b.png", png)).statusCode).toBe(503);
  broken = null;
  expect((await agent.get(`/files?object=contact&record_id=${bo.id}`)).json<{ items: unknown[] }>().items).toHaveLength(1); // prettier-ignore
  expect(await readdir(join(data, "uploads"))).toEqual([]);
  expect(() => readConfig({ S3_BUCKET: "x" })).toThrow("S3_ENDPOINT");
});

test("a disk store keeps to its folder, and the type is what the bytes say", async () => {
  const { dataDir, files: store } = await databaseForTest();
  await expect(store.open("../../etc/passwd")).rejects.toThrow(TypeError);
  const path = join(tmpdir(), newId());
  await writeFile(path, "Lids, 500 ml");
  const key = `w_000000000001/${newId()}`;
  await store.keep(key, path);
  expect(await text(await storeOf({ dataDir, s3: null }).open(key))).toBe("Lids, 500 ml");
  await store.remove(key);
  await expect(store.open(key)).rejects.toMatchObject({ kind: "not-found" });
  expect(sniff(Buffer.from("name;price\nÄpfel;3"), "a.csv")).toBe("text/csv");
  expect(sniff(Buffer.from([0, 1, 2, 3]), "a.png")).toBe("application/octet-stream");
  expect(sniff(Buffer.from("PK\x03\x04zzz"), "b.docx")).toContain("wordprocessingml");
});
