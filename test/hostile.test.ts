import { sql } from "kysely";
import pino from "pino";
import { expect, onTestFinished, test } from "vitest";
import { createApiKey } from "#platform/auth";
import { readConfig } from "#platform/config";
import { createApp } from "../src/app/server.ts";
import { databaseForTest, templateWorkspaceId, type TestDatabase } from "./database.ts";

type Json = Record<string, unknown>;
interface Product {
  t: TestDatabase;
  send: (
    method: string,
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ) => Promise<{ status: number; json: Json; text: string }>;
}

/** The whole product, asked from outside with an API key. */
async function product(env: Record<string, string> = {}): Promise<Product> {
  const t = await databaseForTest();
  const app = await createApp({
    database: t.database,
    config: readConfig({ RONDO_DATA: "/nonexistent", ...env }),
    log: pino({ level: "silent" }),
    web: null,
  });
  onTestFinished(() => app.close());
  const { key } = await createApiKey(t.database, { workspace: templateWorkspaceId, name: "test", role: "admin" });
  return {
    t,
    async send(method, path, body, headers = {}) {
      const answer = await app.http.inject({
        method: method as "GET",
        url: path.startsWith("/metrics") ? path : `/api/v1${path}`,
        headers: {
          authorization: `Bearer ${key}`,
          ...(typeof body === "string" ? { "content-type": "application/json" } : {}),
          ...headers,
        },
        ...(body === undefined ? {} : { payload: body as object }),
      });
      const isJson = String(answer.headers["content-type"]).includes("json") && answer.body !== "";
      return { status: answer.statusCode, json: isJson ? (JSON.parse(answer.body) as Json) : {}, text: answer.body };
    },
  };
}
const cursor = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString("base64url");

test("whatever is sent, the answer is a refusal in words and never a fault of ours", async () => {
  const { send } = await product();
  const ana = String((await send("POST", "/contacts", { name: "Ana Ruiz" })).json.id);
  const asked: [string, string, unknown?, Record<string, string>?][] = [
    ["POST", "/contacts", { name: "A", custom: { note: "\ud800" } }],
    ["POST", "/contacts", { name: "\u0000", email: "a@x.example" }],
    ["POST", "/contacts", '{"name":"A","__proto__":{"role":"owner"}}'],
    ["POST", "/contacts", '{"name":"A","custom":{"constructor":{"prototype":{"x":1}}}}'],
    ["POST", "/contacts/batch", { items: [{ external_id: { system: "a\u0000b", id: "1" }, values: { name: "A" } }] }],
    ["POST", "/contacts/batch", { items: [{ external_id: { system: "__proto__", id: "1" }, values: { name: "A" } }] }],
    ["POST", `/contacts/${ana}/move`, { to: "loyal", reason: "because \u0000 of this" }],
    ["POST", `/contacts/${ana}/move`, { to: "loyal", reason: "half a letter \ud83d" }],
    ["GET", `/contacts/${ana}/timeline?cursor=${cursor(["1", ana])}`],
    ["GET", `/contacts/${ana}/timeline?cursor=${cursor([{ a: 1 }, ana])}`],
    ["GET", `/contacts/${ana}/timeline?cursor=${cursor(["2026-01-01T00:00:00Z", "------------------------------------"])}`],
    ["GET", `/contacts?cursor=${cursor(["not a time", ana])}`],
    ["GET", `/contacts?cursor=${cursor(["2026-13-45", ana])}`],
    ["GET", "/contacts?q=%00"],
    ["GET", "/search?q=a%00b"],
    ["GET", `/contacts?filter=${encodeURIComponent('{"field":"custom.__proto__.x","op":"is","value":"1"}')}`],
    ["GET", `/contacts?filter=${encodeURIComponent('{"field":"email","op":"contains","value":"\\u0000"}')}`],
    ["GET", `/contacts?filter=${encodeURIComponent('{"field":"order_count","op":"gt","value":1e308}')}`],
    ["GET", `/contacts?filter=${encodeURIComponent('{"field":"created_at","op":"is","value":"0000-01-01"}')}`],
    ["GET", `/contacts?filter=${encodeURIComponent('{"field":"created_at","op":"within_last","value":{"n":36500,"unit":"year"}}')}`],
    ["GET", `/contacts?filter=${encodeURIComponent(`${'{"not":'.repeat(600)}1${"}".repeat(600)}`)}`],
    ["GET", "/ring?from=0000-01-01T00:00:00Z&until=9999-12-31T23:59:59Z"],
    ["GET", "/ring?from=2026-01-01T00:00:00Z&until=2020-01-01T00:00:00Z"],
    ["GET", "/ring?lens=__proto__"],
    ["POST", "/orders", { contact_id: ana, placed_at: "0000-01-01T00:00:00Z", lines: [{ description: "x", quantity: "1", unit_price: "1" }] }],
    ["POST", "/orders", { contact_id: ana, currency: "USD", rate: 1e9, lines: [{ description: "x", quantity: "1000000000", unit_price: "9000" }] }],
    ["POST", "/orders", { contact_id: ana, currency: "USD", rate: "9999999999", lines: [{ description: "x", quantity: "1", unit_price: "1" }] }],
    ["POST", "/orders", { contact_id: ana, lines: [{ description: "x\ud800", quantity: "1", unit_price: "1" }] }],
    ["POST", "/products", { name: "x", price: 1e15, currency: "JPY" }],
    ["PATCH", `/contacts/${ana}`, { job_title: "x" }, { "if-match": '"99999999999999999999"' }],
    ["GET", "/audit?cursor=x"],
    ["PUT", "/lenses/__proto__", {}],
    ["POST", "/lifecycle/preview", { rules: [] }],
    ["GET", "/lifecycle/rules?version=99999999999999"],
    ["POST", "/imports/preview", {}],
    ["DELETE", "/imports/constructor"],
  ]; // prettier-ignore
  for (const [method, path, body, headers] of asked) {
    const { status, text } = await send(method, path, body, headers);
    expect(status, `${method} ${path} ${JSON.stringify(body)} answered ${text}`).toBeLessThan(500);
  }
});

test("an owner is somebody of this company", async () => {
  const { t, send } = await product();
  const stranger = "01900000-0000-7000-8000-0000000000ee";
  await sql`insert into users (id, name, email, email_verified) values (${stranger}, 'Somebody Elsewhere', 'elsewhere@other.example', true)`.execute(
    t.database.control,
  );
  expect(await send("POST", "/contacts", { name: "Ana Ruiz", owner_id: stranger })).toMatchObject({
    status: 422,
    json: { errors: [{ field: "owner_id" }] },
  });
  const made = await send("POST", "/contacts", { name: "Ana Ruiz" });
  expect(
    await send("PATCH", `/contacts/${String(made.json.id)}`, { owner_id: stranger }, { "if-match": '"1"' }),
  ).toMatchObject({ status: 422 });
});

test("a contact does not come out of the trash onto somebody's e-mail address", async () => {
  const { send } = await product();
  const first = await send("POST", "/contacts", { name: "Ana Ruiz", email: "ana@vertex.example" });
  await send("DELETE", `/contacts/${String(first.json.id)}`);
  expect((await send("POST", "/contacts", { name: "Ana the Second", email: "ana@vertex.example" })).status).toBe(201);
  const back = await send("POST", `/contacts/${String(first.json.id)}/restore`);
  expect(back).toMatchObject({
    status: 409,
    json: { errors: [{ field: "email", message: "Another contact has this e-mail address." }] },
  });
});

test("a program that sends somebody who lies in the trash is told so", async () => {
  const { send } = await product();
  const item = { external_id: { system: "shop", id: "42" }, values: { name: "Ana Ruiz" } };
  const { json } = await send("POST", "/contacts/batch", { items: [item] });
  await send("DELETE", `/contacts/${String((json.items as Json[])[0]!.id)}`);
  const again = await send("POST", "/contacts/batch", { items: [item] });
  expect(again.json.items).toMatchObject([{ outcome: "refused", problem: { code: "record.trashed", status: 409 } }]);
});

test("a key whose first request never ended says so, and is not run a second time", async () => {
  const { t, send } = await product();
  const key = { "idempotency-key": "order-1" };
  expect((await send("POST", "/contacts", { name: "Ana Ruiz" }, key)).status).toBe(201);
  await sql`update idempotency_keys set status = null, answer = null`.execute(t.database.control);
  expect(await send("POST", "/contacts", { name: "Ana Ruiz" }, key)).toMatchObject({
    status: 409,
    json: { code: "idempotency-key.running" },
  });
  await sql`update idempotency_keys set created_at = now() - interval '1 hour'`.execute(t.database.control);
  expect(await send("POST", "/contacts", { name: "Ana Ruiz" }, key)).toMatchObject({
    status: 409,
    json: { code: "idempotency-key.lost" },
  });
  expect((await send("GET", "/contacts")).json.items).toHaveLength(1);
});

test("metrics are for this machine alone, whatever a request claims about where it comes from", async () => {
  const { send } = await product({ TRUST_PROXY: "1" });
  expect((await send("GET", "/metrics")).status).toBe(200);
  // What the visitor wrote stands before what our proxy added; neither opens the page.
  expect((await send("GET", "/metrics", undefined, { "x-forwarded-for": "127.0.0.1, 203.0.113.9" })).status).toBe(404);
  expect((await send("GET", "/metrics", undefined, { "x-forwarded-for": "127.0.0.1" })).status).toBe(404);
  const plain = await product();
  expect((await plain.send("GET", "/metrics", undefined, { "x-forwarded-for": "203.0.113.9" })).status).toBe(404);
});
