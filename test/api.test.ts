import { Validator } from "@seriousme/openapi-schema-validator";
import pino from "pino";
import { expect, onTestFinished, test } from "vitest";
import { readConfig } from "#platform/config";
import { createApiKey } from "#platform/auth";
import { createApp, permissions, type App } from "../src/app/server.ts";
import { databaseForTest, templateWorkspaceId } from "./database.ts";

type Json = Record<string, unknown>;
interface Client {
  app: App;
  send: (
    method: string,
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ) => Promise<{ status: number; json: Json; headers: Record<string, unknown>; text: string }>;
}

/** The whole product without pages, asked with an API key of that role. */
async function product(role: "admin" | "manager" | "agent" | "viewer" = "admin"): Promise<Client> {
  const t = await databaseForTest();
  const app = await createApp({
    database: t.database,
    config: readConfig({ RONDO_DATA: "/nonexistent" }),
    log: pino({ level: "silent" }),
    web: null,
  });
  onTestFinished(() => app.close());
  const { key } = await createApiKey(t.database, { workspace: templateWorkspaceId, name: "test", role });
  return {
    app,
    send: async (method, path, body, headers = {}) => {
      const answer = await app.http.inject({
        method: method as "GET",
        url: `/api/v1${path}`,
        headers: { authorization: `Bearer ${key}`, ...headers },
        ...(body === undefined ? {} : { payload: body as object }),
      });
      const isJson = String(answer.headers["content-type"]).includes("json") && answer.body !== "";
      return {
        status: answer.statusCode,
        json: isJson ? (JSON.parse(answer.body) as Json) : {},
        headers: answer.headers,
        text: answer.body,
      };
    },
  };
}

test("the API document is valid OpenAPI 3.1 and names every public route", async () => {
  const { send } = await product();
  const { json } = await send("GET", "/openapi.json");
  const result = await new Validator().validate(structuredClone(json));
  expect(result).toMatchObject({ valid: true });
  const paths = Object.keys(json.paths as Json);
  for (const path of [
    "/api/v1/contacts",
    "/api/v1/contacts/{id}",
    "/api/v1/contacts/{id}/timeline",
    "/api/v1/orders",
    "/api/v1/products",
    "/api/v1/accounts",
    "/api/v1/jobs/{id}",
    "/api/v1/ring",
  ])
    expect(paths).toContain(path);
  const ids = Object.values(json.paths as Record<string, Record<string, { operationId: string }>>).flatMap((p) =>
    Object.values(p).map((o) => o.operationId),
  );
  expect(new Set(ids).size).toBe(ids.length);
});

test("the API document of a company has its own fields and objects, with what is worked out read only", async () => {
  const { send, app } = await product();
  await send("POST", "/custom-objects", { label: "Vehicle", label_plural: "Vehicles", title_label: "Plate" });
  const choices = [{ value: "gold", label: "Gold" }];
  for (const field of [
    { object: "contact", label: "Tier", type: "choice", choices, required: true },
    { object: "contact", label: "Letters", type: "formula", formula: "len(name)" },
    { object: "custom/vehicles", label: "Seats", type: "number" },
  ])
    expect((await send("POST", "/custom-fields", field)).status).toBe(201);
  const tried = await send("POST", "/custom-fields/try", { object: "contact", formula: "len(name) * 2" });
  expect(tried).toMatchObject({ status: 200, json: { type: "number", samples: [] } });
  const { json } = await send("GET", "/openapi.json");
  expect(await new Validator().validate(structuredClone(json))).toMatchObject({ valid: true });
  const { schemas } = json.components as { schemas: Record<string, { properties: Json }> };
  expect(schemas["contact_custom"]!.properties).toMatchObject({
    tier: { type: "string", enum: ["gold"], title: "Tier" },
    letters: { readOnly: true, description: "Worked out: len(name)" },
  });
  const paths = json.paths as Record<string, Record<string, Json>>;
  expect(JSON.stringify(paths["/api/v1/contacts"]!["post"])).toContain("#/components/schemas/contact_custom");
  expect(Object.keys(paths["/api/v1/custom/vehicles"]!).toSorted()).toEqual(["get", "post"]);
  expect(schemas["custom_vehicles"]!.properties).toMatchObject({ name: { title: "Plate" }, custom: { properties: { seats: { title: "Seats" } } } }); // prettier-ignore
  // What the document says is so.
  const van = await send("POST", "/custom/vehicles", { name: "B-XY 12", custom: { seats: 9 } });
  expect(van).toMatchObject({ status: 201, json: { name: "B-XY 12", custom: { seats: 9 } } });
  const contact = await send("POST", "/contacts", { name: "Ana Ruiz", custom: { tier: "gold", letters: 4 } });
  expect(contact).toMatchObject({ status: 422, json: { errors: [{ field: "custom.letters" }] } });
  const stranger = await app.http.inject({ method: "GET", url: "/api/v1/openapi.json" });
  expect(stranger.body).not.toMatch(/vehicles|contact_custom/);
});

test("leads, cases and tasks take fields of one's own: required by hand, kept, filtered, changed and told", async () => {
  const { send } = await product();
  for (const object of ["lead", "case", "task"])
    expect((await send("POST", "/custom-fields", { object, label: "Region", type: "text", required: true })).status).toBe(201);
  const { json: ana } = await send("POST", "/contacts", { name: "Ana Ruiz" });
  const making: [string, Json][] = [
    ["leads", { contact_id: ana["id"], source: "A fair" }],
    ["cases", { subject: "Where is it?", contact_id: ana["id"] }],
    ["tasks", { title: "Call back", contact_id: ana["id"] }],
  ];
  for (const [plural, values] of making) {
    expect(await send("POST", `/${plural}`, values), plural).toMatchObject({ status: 422, json: { errors: [{ field: "custom.region" }] } });
    const made = await send("POST", `/${plural}`, { ...values, custom: { region: "North" } });
    expect(made.status, plural).toBe(201);
    const filter = encodeURIComponent(JSON.stringify({ field: "custom.region", op: "is", value: "north" }));
    const { items } = (await send("GET", `/${plural}?filter=${filter}`)).json as { items: Json[] };
    expect(items, plural).toMatchObject([{ id: made.json["id"], custom: { region: "North" } }]);
    const changed = await send("PATCH", `/${plural}/${String(made.json["id"])}`, { custom: { region: "South" } }, { "if-match": String(items[0]!["version"]) });
    expect(changed, plural).toMatchObject({ status: 200, json: { custom: { region: "South" } } });
    const { json: told } = await send("GET", `/${plural}/${String(made.json["id"])}/history`);
    expect((told["items"] as Json[])[0], plural).toMatchObject({ fields: { "custom.region": ["North", "South"] } });
  }
}); // prettier-ignore

test("a contact's life over HTTP: create, read, change, conflict, trash, restore, timeline", async () => {
  const { send } = await product();
  const made = await send("POST", "/contacts", {
    given_name: "Ana",
    family_name: "Ruiz",
    email: "Ana@Example.com",
    country: "Germany",
  });
  expect(made).toMatchObject({
    status: 201,
    json: { name: "Ana Ruiz", email: "ana@example.com", version: 1, lifecycle_stage: "identified" },
  });
  const path = `/contacts/${String(made.json.id)}`;
  expect((await send("GET", path)).headers.etag).toBe('"1"');
  const changed = await send("PATCH", path, { job_title: "Buyer" }, { "if-match": '"1"' });
  expect(changed).toMatchObject({ status: 200, json: { version: 2, job_title: "Buyer" } });
  expect(await send("PATCH", path, { job_title: "Owner" }, { "if-match": '"1"' })).toMatchObject({
    status: 412,
    json: { code: "record.stale" },
  });
  expect(await send("PATCH", path, { job_title: "Owner" })).toMatchObject({
    status: 422,
    json: { errors: [{ field: "version" }] },
  });
  expect((await send("DELETE", path)).status).toBe(204);
  expect((await send("GET", "/contacts")).json.items).toEqual([]);
  expect((await send("POST", `${path}/restore`)).status).toBe(200);
  const { json } = await send("GET", `${path}/timeline`);
  expect((json.items as Json[]).map((i) => i.name)).toEqual([
    "contact.restored",
    "contact.trashed",
    "contact.updated",
    "contact.created",
  ]);
});

test("wrong input is refused in problem JSON that names the field, and nothing is written", async () => {
  const { send } = await product();
  const wrong: [unknown, string][] = [
    [{ email: "nobody" }, "email"],
    [{ name: "A", lifecycle_stage: "loyal" }, "lifecycle_stage"],
    [{ name: "A", account_id: "1' or '1'='1" }, "account_id"],
    [{ name: "A", nonsense: 1 }, "nonsense"],
  ];
  for (const [body, field] of wrong) {
    const answer = await send("POST", "/contacts", body);
    expect(answer.status).toBe(422);
    expect(answer.headers["content-type"]).toContain("application/problem+json");
    expect((answer.json.errors as Json[]).map((e) => e.field)).toContain(field);
  }
  expect(await send("POST", "/contacts", [])).toMatchObject({ status: 422 });
  expect((await send("POST", "/contacts", "{", { "content-type": "application/json" })).status).toBe(400);
  expect((await send("GET", "/contacts?filter=%7Bbroken")).status).toBe(422);
  expect((await send("GET", "/contacts?limit=1000000")).status).toBe(422);
  expect((await send("GET", "/contacts/not-an-id")).status).toBe(422);
  expect((await send("GET", "/nothing-here")).status).toBe(404);
  expect((await send("GET", "/contacts")).json.items).toEqual([]);
});

test("the same Idempotency-Key makes one record; another request under it is refused", async () => {
  const { send } = await product();
  const once = { "idempotency-key": "order-form-17" };
  const [a, b] = [
    await send("POST", "/contacts", { name: "Bo Lind" }, once),
    await send("POST", "/contacts", { name: "Bo Lind" }, once),
  ];
  expect(b.status).toBe(201);
  expect(b.json).toEqual(a.json);
  expect(await send("POST", "/contacts", { name: "Someone else" }, once)).toMatchObject({
    status: 409,
    json: { code: "idempotency-key.reused" },
  });
  const many = await Promise.all(
    Array.from({ length: 5 }, () =>
      send("POST", "/contacts", { name: "Cleo Okafor" }, { "idempotency-key": "at-once" }),
    ),
  );
  expect(many.filter((m) => m.status === 201).length).toBeGreaterThan(0);
  const { json } = await send("GET", "/contacts?sort=name");
  expect((json.items as Json[]).map((i) => i.name)).toEqual(["Bo Lind", "Cleo Okafor"]);
});

test("a viewer reads everything and changes nothing; without a key there is nothing to see", async () => {
  const { send, app } = await product("viewer");
  const { json } = await send("GET", "/openapi.json");
  let refused = 0;
  let stranger = 0;
  for (const [path, methods] of Object.entries(json.paths as Record<string, Record<string, Json>>))
    for (const [method, operation] of Object.entries(methods)) {
      const permission = operation["x-permission"] as string | undefined;
      const url = path.replaceAll(/\{\w+\}/g, "01900000-0000-7000-8000-000000000000");
      if (!permission) continue;
      const bare = await app.http.inject({
        method: method.toUpperCase() as "GET",
        url,
        // Each from elsewhere: one who asks for all of them within a second is sent away for that alone.
        remoteAddress: `198.51.${(stranger += 1) >> 8}.${stranger & 255}`,
        ...(method === "get" || method === "delete" ? {} : { payload: {} }),
      });
      expect([path, method, bare.statusCode]).toEqual([path, method, 401]);
      if (permission === "signed-in" || permissions[permission]!.includes("viewer")) continue;
      const answer = await send(
        method.toUpperCase(),
        url.replace("/api/v1", ""),
        method === "get" || method === "delete" ? undefined : {},
      );
      expect([path, method, answer.status]).toEqual([path, method, 403]);
      refused++;
    }
  expect(refused).toBeGreaterThan(20);
});

test("every answer carries the security headers, and errors leak nothing", async () => {
  const { send } = await product();
  const { headers } = await send("GET", "/contacts");
  expect(headers["content-security-policy"]).toContain("default-src 'none'");
  expect(headers["x-content-type-options"]).toBe("nosniff");
  expect(headers["x-frame-options"]).toBe("SAMEORIGIN");
  expect(headers["cache-control"]).toBe("no-store");
  expect(headers["x-powered-by"]).toBeUndefined();
  const { text } = await send("GET", "/contacts/01900000-0000-7000-8000-000000000000");
  expect(text).not.toMatch(/select|postgres|node_modules/i);
});
