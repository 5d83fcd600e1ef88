import { sql } from "kysely";
import { expect, test } from "vitest";
import { createApiKey } from "../index.ts";
import { joined, owner, settledHouse } from "../../../../test/house.ts";

const day = 24 * 3600_000;
const bearer = (key: string): Record<string, string> => ({ authorization: `Bearer ${key}` });

test("a key is shown once, works with its role, and ends when it is revoked", async () => {
  const h = await settledHouse();
  const made = await h.mira.send("POST /api-keys", { name: "shop", role: "agent" });
  expect(made.statusCode).toBe(201);
  const { key, id } = made.json();
  expect(key).toMatch(/^rondo_[\w-]{43}$/);
  const shop = h.browser();
  expect((await shop.send("GET /session", undefined, bearer(key))).json()).toMatchObject({
    person: null,
    role: "agent",
  });
  expect((await shop.send("GET /invitations", undefined, bearer(key))).statusCode).toBe(403);
  const listed = await h.mira.send("GET /api-keys");
  expect(listed.body).not.toContain(key);
  expect(listed.json().items[0]).toMatchObject({
    name: "shop",
    hint: key.slice(-4),
    state: "active",
    created_by: owner.name,
  });
  expect(listed.json().items[0].last_used_at).not.toBeNull();
  const { rows } = await sql<{ text: string }>`select api_keys::text as text from api_keys`.execute(h.database.control);
  expect(rows[0]?.text).not.toContain(key);
  expect((await h.mira.send(`DELETE /api-keys/${id}`)).statusCode).toBe(204);
  expect((await shop.send("GET /session", undefined, bearer(key))).json().person).toBeNull();
  expect((await shop.send("GET /workspace", undefined, bearer(key))).statusCode).toBe(401);
});

test("a key ends when it says", async () => {
  const h = await settledHouse();
  const { key } = (
    await h.mira.send("POST /api-keys", {
      name: "trial",
      role: "viewer",
      expires_at: new Date(Date.now() + day).toISOString(),
    })
  ).json();
  expect((await h.browser().send("GET /workspace", undefined, bearer(key))).statusCode).toBe(200);
  h.pass(day);
  expect((await h.browser().send("GET /workspace", undefined, bearer(key))).statusCode).toBe(401);
  expect(
    (await h.mira.send("POST /api-keys", { name: "late", role: "viewer", expires_at: new Date().toISOString() }))
      .statusCode,
  ).toBe(422);
});

test("a key makes no keys, and nobody makes one stronger than themselves", async () => {
  const h = await settledHouse();
  const { key } = (await h.mira.send("POST /api-keys", { name: "root", role: "admin" })).json();
  expect((await h.browser().send("POST /api-keys", { name: "child", role: "viewer" }, bearer(key))).json().code).toBe(
    "keys.need-person",
  );
  expect((await h.mira.send("POST /api-keys", { name: "crown", role: "owner" })).statusCode).toBe(422);
  const admin = await joined(h, "ada@northwind.example", "admin");
  expect((await admin.send("POST /api-keys", { name: "mine", role: "admin" })).statusCode).toBe(201);
});

test("the answer with a key is not kept for an Idempotency-Key", async () => {
  const h = await settledHouse();
  await h.mira.send("POST /api-keys", { name: "shop", role: "agent" }, { "idempotency-key": "once" });
  const { rows } = await sql`select 1 from idempotency_keys`.execute(h.database.control);
  expect(rows).toEqual([]);
});

test("wrong keys are counted, and then refused", async () => {
  const h = await settledHouse();
  const guess = (n: number): Promise<{ statusCode: number }> =>
    h.browser().send("GET /workspace", undefined, bearer(`rondo_${String(n).padStart(43, "x")}`));
  const answers: number[] = [];
  for (let n = 0; n < 62; n++) answers.push((await guess(n)).statusCode);
  expect(answers.slice(0, 60)).toEqual(Array.from({ length: 60 }, () => 401));
  expect(answers.at(-1)).toBe(429);
  expect((await h.mira.send("GET /workspace")).statusCode).toBe(200);
});

test("the command line makes a key for a company", async () => {
  const h = await settledHouse();
  const { id } = (await h.mira.send("GET /workspace")).json();
  const made = await createApiKey(h.database, { name: "ci", role: "admin", workspace: id });
  expect((await h.browser().send("GET /workspace", undefined, bearer(made.key))).json().name).toBe(owner.company);
  expect((await h.browser().send("GET /invitations", undefined, bearer(made.key))).statusCode).toBe(200);
  const { items } = (await h.mira.send("GET /audit?limit=1")).json();
  expect(items[0]).toMatchObject({ act: "key.created", actor: { name: "Command line" } });
});
