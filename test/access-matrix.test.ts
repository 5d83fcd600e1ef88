import { createHmac } from "node:crypto";
import { sql } from "kysely";
import pino from "pino";
import { expect, onTestFinished, test } from "vitest";
import { newId } from "#kernel/id";
import { contactType } from "#customers";
import { createApiKey, loadSecret } from "#platform/auth";
import { readConfig } from "#platform/config";
import { inTransaction, type Ctx } from "#platform/context";
import { enqueue, workOnce } from "#platform/jobs";
import { createRecord, recordTypes, updateRecord } from "#records";
import { record } from "#timeline";
import { asStarter } from "../src/app/as-starter.ts";
import { modules } from "../src/app/modules.ts";
import { createApp } from "../src/app/server.ts";
import { changeOwnRole, ownRole, type NewRole } from "../src/records/access/roles.ts";
import { isSomebodys } from "../src/records/access/scope.ts";
import { bePresent } from "../src/records/presence/presence.ts";
import { asNow, colleague, roleWith } from "./access-world.ts";
import { databaseForTest, templateWorkspaceId } from "./database.ts";

/*
 * One world, every surface. Mira may do everything with what is hers and nothing with what is not; of contacts she reads no phone. Zed
 * Quagga is Tom's, with a task, deal, lead, case, order and quote. No route may tell her of any of them, whatever it is for: routes are
 * taken from the server, so that a new one is asked tomorrow, too.
 */
type Json = Record<string, unknown>;
interface Answer {
  status: number;
  text: string;
  json: Json;
}
type Send = (method: string, path: string, body?: unknown) => Promise<Answer>;

// Plain routes that the server's table of endpoints does not have; each stands here with what holds it.
const ownRoutes = {
  files: "uploads and downloads ask for the record they lie beside (src/records/files)",
  imports:
    "an upload has no record yet; the job asks of each record, or refuses whoever does not reach all (src/records/import/job.ts)",
  campaigns: "a preview is filled with an invented reader",
  feedback: "a preview is filled with an invented reader",
  whole: "a whole workspace leaves and comes back by its owners alone, whom no role limits",
} as const;

async function company() {
  const t = await databaseForTest();
  const boss = t.ctx();
  const config = readConfig({ RONDO_DATA: "/nonexistent" });
  const app = await createApp({ database: t.database, config, log: pino({ level: "silent" }), web: null });
  onTestFinished(() => app.close());
  const grants = Object.fromEntries(recordTypes().map(({ object: o }) => {
    const scope = isSomebodys(o) ? ("own" as const) : ("all" as const);
    return [o.plural, { create: "all" as const, read: scope, update: scope, delete: scope, export: scope }];
  })); // prettier-ignore
  const fields = Object.fromEntries(contactType.object.fields.filter((f) => f.name !== "phone").map((f) => [f.name, "edit" as const])); // prettier-ignore
  const role = await roleWith(boss, "What is mine", grants, { contacts: fields });
  const [mira, tom] = [await colleague(t, "Mira Okafor", role), await colleague(t, "Tom Weber", "agent")];
  const { key } = await createApiKey(t.database, { workspace: templateWorkspaceId, name: "all", role: "admin" });
  const secret = await loadSecret(t.database.control, config);
  const sessionOf = async (who: Ctx): Promise<Record<string, string>> => {
    const token = newId();
    await sql`insert into rondo.sessions (id, user_id, token, expires_at) values (${newId()}, ${who.actor.id}, ${token}, now() + interval '20 days')`.execute(boss.db); // prettier-ignore
    const signed = `${token}.${createHmac("sha256", secret).update(token).digest("base64")}`;
    return { cookie: `rondo_session=${encodeURIComponent(signed)}`, "x-rondo": "1", "sec-fetch-site": "same-origin" };
  };
  let asked = 0;
  const sender =
    (headers: Record<string, string>): Send =>
    async (method, path, body) => {
      // Each from elsewhere: a thousand questions within seconds are refused for that alone.
      const remoteAddress = `198.51.${(asked += 1) >> 8}.${asked & 255}`;
      const a = await app.http.inject({ method: method as "GET", url: `/api/v1${path}`, headers, remoteAddress, ...(body === undefined ? {} : { payload: body as object }) }); // prettier-ignore
      const isJson = String(a.headers["content-type"]).includes("json") && a.body !== "";
      return { status: a.statusCode, text: a.body, json: isJson ? (JSON.parse(a.body) as Json) : {} };
    };
  const all = sender({ authorization: `Bearer ${key}` });
  const hers = sender(await sessionOf(mira));
  const made = async (path: string, body: object): Promise<string> => {
    const answer = await all("POST", path, body);
    if (answer.status >= 300) throw new Error(`${path}: ${answer.text}`);
    return String(answer.json.id);
  };
  const her = await createRecord(boss, contactType, { name: "Ana Ruiz", owner_id: mira.actor.id, phone: "+49 30 5550142" }); // prettier-ignore
  const account = await made("/accounts", { name: "Quagga Works", owner_id: tom.actor.id });
  const zed = await made("/contacts", { name: "Zed Quagga", email: "zed@quagga.example", owner_id: tom.actor.id, account_id: account }); // prettier-ignore
  const of = { contact_id: zed };
  const foreign: Record<string, string> = { contacts: zed, accounts: account };
  foreign.tasks = await made("/tasks", { title: "Call Quagga", owner_id: tom.actor.id, ...of });
  foreign.opportunities = await made("/opportunities", { name: "Quagga deal", owner_id: tom.actor.id, account_id: account, ...of }); // prettier-ignore
  foreign.leads = await made("/leads", { source: "by hand", owner_id: tom.actor.id, ...of });
  foreign.cases = await made("/cases", { subject: "Quagga lid", owner_id: tom.actor.id, ...of });
  const product = await made("/products", { name: "Jar", price: 4900, currency: "EUR" });
  foreign.orders = await made("/orders", { ...of, lines: [{ product_id: product, quantity: "1" }] });
  return { t, app, boss, mira, tom, role, all, hers, her, foreign, sender, sessionOf };
}

const told = /quagga/i;

test("no route tells of a record out of reach: every one the server has is asked", async () => {
  const { all, hers, foreign, her } = await company();
  const ids = Object.values(foreign);
  const routes = Object.values((await hers("GET", "/boot")).json.routes as Record<string, string>);
  expect(routes.length).toBeGreaterThan(250);
  const plurals = new Map(recordTypes().map((t) => [t.object.plural.replaceAll("_", "-"), t.object]));
  const leaks: string[] = [];
  let [byPath, lists] = [0, 0];
  for (const route of routes) {
    const [method, path] = route.split(" ") as [string, string];
    // Open to anybody, so that they know of nobody; live has a test of its own.
    if (["/live", "/boot", "/openapi.json"].includes(path) || path.startsWith("/session")) continue;
    const [, segment = "", next] = path.split("/");
    const object = plurals.get(segment);
    const zed = object && next === "{id}" ? foreign[object.plural] : undefined;
    const url = path
      .replace("{id}", zed ?? newId())
      .replace("{object}", "contact")
      .replaceAll(/\{\w+\}/g, newId());
    const body = method === "GET" || method === "DELETE" ? undefined : {};
    const answer = await hers(method, url, body);
    if (answer.status >= 500 && (await all(method, url, body)).status < 500) leaks.push(`${route}: fails with ${answer.status}`); // prettier-ignore
    if (told.test(answer.text) || ids.some((id) => !url.includes(id) && answer.text.includes(id))) leaks.push(`${route}: ${answer.text.slice(0, 300)}`); // prettier-ignore
    if (answer.text.includes("5550142")) leaks.push(`${route}: the hidden phone`);
    if (zed) {
      byPath++;
      if (answer.status !== 404 && answer.status !== 403) leaks.push(`${route}: answers ${answer.status}`);
    }
    // The record named beside its kind, and one customer named to ask about: both as if they were not there.
    if (path.includes("{object}/{id}")) {
      const named = await hers(method, path.replace("{object}", "contact").replace("{id}", foreign.contacts!), body);
      if (named.status !== 404 && named.status !== 403) leaks.push(`${route}: answers ${named.status}`);
    }
    if (method === "GET" && next === undefined) {
      lists++;
      const about = await hers("GET", `${url}?contact_id=${foreign.contacts}`);
      if (about.status < 400) leaks.push(`${route}: answers ${about.status} about a contact out of reach`);
    }
    if (method === "POST" && !zed) {
      const about = await hers("POST", url, { contact_id: foreign.contacts });
      if (about.status < 400) leaks.push(`${route}: takes a contact out of reach`);
    }
  }
  expect(leaks).toEqual([]);
  expect(byPath).toBeGreaterThan(60);
  expect(lists).toBeGreaterThan(30);
  expect((await hers("GET", `/contacts/${her.id}`)).json).toMatchObject({ name: "Ana Ruiz" });
  expect(
    modules
      .filter((m) => m.routes)
      .map((m) => m.name)
      .toSorted(),
  ).toEqual(Object.keys(ownRoutes).toSorted());
}, 120_000);

test("the same cases on every surface of records: list, count, search, one, history, timeline, export, bulk, import", async () => {
  const { t, boss, hers, her, foreign, mira } = await company();
  const [mine, zed] = [her.id, foreign.contacts!];
  const list = (await hers("GET", "/contacts?count=exact")).json as { items: Json[]; total: Json };
  expect(list.items.map((i) => i.id)).toEqual([mine]);
  expect(list.total).toEqual({ count: 1, exact: true });
  expect((await hers("GET", `/contacts?filter=${encodeURIComponent('{"field":"phone","op":"contains","value":"555"}')}`)).status).toBe(422); // prettier-ignore
  expect((await hers("GET", "/contacts?sort=phone")).status).toBe(422);
  expect((await hers("GET", "/contacts/groups?by=phone")).status).toBe(422);
  expect(((await hers("GET", "/search?q=quagga")).json.items as Json[]).length).toBe(0);
  expect(((await hers("GET", "/search?q=5550142")).json.items as Json[]).length).toBe(0);
  expect(((await hers("GET", "/search?q=ana%20ruiz")).json.items as Json[]).length).toBe(1);
  const file = await hers("GET", "/contacts/export");
  expect(file.status).toBe(200);
  expect(file.text).toContain("Ana Ruiz");
  expect(file.text).not.toMatch(/quagga|5550142/i);
  for (const of of ["", "/history", "/timeline", "/timeline/counts", "/lifecycle", "/open"]) {
    expect([of, (await hers("GET", `/contacts/${mine}${of}`)).status]).toEqual([of, 200]);
    expect([of, (await hers("GET", `/contacts/${zed}${of}`)).status]).toEqual([of, 404]);
  }
  expect((await hers("GET", `/contacts/${mine}/history`)).text).not.toContain("5550142");
  const patch = (id: string, values: object): Promise<Answer> =>
    hers("PATCH", `/contacts/${id}`, { version: 1, ...values });
  expect((await patch(zed, { city: "Kiel" })).status).toBe(404);
  expect((await patch(mine, { phone: "+49 30 1" })).status).toBe(422);
  // A bulk act by filter or by hand goes as far as its starter, in the job, too.
  const bulk = await hers("POST", "/records/bulk", { object: "contact", act: { kind: "set", values: { city: "Kiel" } }, whom: { ids: [mine, zed] } }); // prettier-ignore
  expect(bulk.status).toBeLessThan(300);
  const jobs = modules.flatMap((m) => m.jobs ?? []).map(asStarter);
  while (
    await workOnce({ ...boss, actor: { kind: "system", id: null, name: "Rondo" } }, jobs, pino({ level: "silent" }))
  );
  const { rows } = await sql<{ id: string; city: string | null }>`select id, city from contacts`.execute(boss.db);
  expect(new Map(rows.map((r) => [r.id, r.city]))).toEqual(new Map([[mine, "Kiel"], [zed, null]])); // prettier-ignore
  expect((await hers("GET", "/imports")).text).not.toMatch(told);
  expect(mira.access).not.toBe("above");
  expect(t.mails.length).toBe(0);
}, 60_000);

test("live: nothing of what is out of reach, and what a role gains or loses holds at once on an open connection", async () => {
  const { app, boss, role, her, foreign, t, tom, mira, all, hers } = await company();
  const address = await app.http.listen({ port: 0, host: "127.0.0.1" });
  const { rows } = await sql<{ token: string }>`select token from rondo.sessions`.execute(boss.db);
  const secret = await loadSecret(t.database.control, readConfig({ RONDO_DATA: "/nonexistent" }));
  const cookie = `rondo_session=${encodeURIComponent(`${rows[0]!.token}.${createHmac("sha256", secret).update(rows[0]!.token).digest("base64")}`)}`; // prettier-ignore
  const leave = new AbortController();
  onTestFinished(() => leave.abort());
  const stream = await fetch(`${address}/api/v1/live`, { headers: { cookie }, signal: leave.signal });
  let heard = "";
  const listening = (async () => {
    for await (const part of stream.body!) heard += new TextDecoder().decode(part as Uint8Array);
  })().catch(() => undefined);
  const happens = (contact_id: string, title: string): Promise<unknown> =>
    inTransaction(boss, (tx) => record(tx, { name: "page.visited", payload: { title }, contact_id }));
  const hear = async (title: string): Promise<void> => {
    while (!heard.includes(title)) await new Promise((done) => setTimeout(done, 20));
  };
  await new Promise((done) => setTimeout(done, 600));
  await happens(foreign.contacts!, "Secret one");
  await happens(her.id, "Open one");
  await hear("Open one");
  expect(heard).not.toContain("Secret one");
  const change = async (read: "own" | "all"): Promise<void> => {
    const { version, name, base, grants, fields } = await ownRole(boss, role.id);
    const contacts = { ...grants.contacts, read };
    const accounts = { ...grants.accounts, read };
    await changeOwnRole(boss, role.id, version, {
      name,
      base,
      fields,
      grants: { ...grants, contacts, accounts },
    } as NewRole);
  };
  expect(heard).not.toContain("event: access");
  await change("all");
  await hear("event: access");
  await happens(foreign.contacts!, "Secret two");
  await hear("Secret two");
  await change("own");
  await happens(foreign.contacts!, "Secret three");
  await happens(her.id, "Open two");
  await hear("Open two");
  expect(heard).not.toContain("Secret three");

  // A job's title and counts tell of whatever it goes through: of others' jobs she hears nothing, of her own all.
  const [byTom, byMira] = [tom, mira].map((who) => inTransaction(who, (tx) => enqueue(tx, { kind: "letters", title: `Write to ${who.actor.name}'s Quaggas`, total: 7 }))); // prettier-ignore
  const [hidden, open] = [await byTom!, await byMira!];
  await hear(open);
  expect(heard).not.toContain(hidden);
  expect((await all("GET", "/jobs")).text).toContain(hidden);
  const jobs = await hers("GET", "/jobs");
  expect(jobs.text).toContain(open);
  expect(jobs.text).not.toContain(hidden);
  for (const path of ["", "/left-out", "/left-out.csv"]) expect((await hers("GET", `/jobs/${hidden}${path}`)).status).toBe(404); // prettier-ignore
  expect((await hers("POST", `/jobs/${hidden}/cancel`)).status).toBe(404);

  const since = heard.length;
  // Presence is for those who may see the record; what changed is told by the fields of the role.
  const there = (who: Ctx, id: string): Promise<unknown> => bePresent(who, { object: "contact", record_id: id }, { page_id: newId(), editing: false }); // prettier-ignore
  await there(tom, foreign.contacts!);
  await expect(there(await asNow(mira), foreign.contacts!)).rejects.toMatchObject({ code: "contact.not-found" });
  await sql`insert into presence (page_id, user_id, object, record_id, editing, seen_at) values (${newId()}, ${mira.actor.id}, 'contact', ${foreign.contacts}, false, now())`.execute(boss.db); // prettier-ignore
  await there(tom, her.id);
  await there(await asNow(mira), her.id);
  await updateRecord(boss, contactType, her.id, undefined, { phone: "+49 30 5550199", city: "Bonn" });
  await hear(`"fields":["city"]`);
  await hear(`event: presence\ndata: {"record_id":"${her.id}"`);
  expect(heard.slice(since)).not.toContain(foreign.contacts);
  leave.abort();
  await listening;
}, 60_000);

test("a role made here goes to API keys and with invitations: they reach as far as it does, and no further", async () => {
  const { t, boss, role, sender, sessionOf, foreign } = await company();
  const admin = sender(await sessionOf(await colleague(t, "Ida Holm", "admin")));
  const bound = sender(await sessionOf(await colleague(t, "Uwe Brandt", role)));
  const made = await admin("POST", "/api-keys", { name: "Partner portal", role: role.id });
  expect(made).toMatchObject({ status: 201, json: { role: "agent", role_id: role.id } });
  const key = sender({ authorization: `Bearer ${String(made.json.key)}` });
  // What the key makes is its maker's, so it finds it again; what is Tom's is not there, and phones are nowhere.
  const ana = await key("POST", "/contacts", { name: "Ana Lopez" });
  expect(ana.status).toBe(201);
  const seen = await key("GET", "/contacts?count=exact");
  expect((seen.json.items as Json[]).map((one) => one.name)).toEqual(["Ana Lopez"]);
  expect(seen.text).not.toMatch(/quagga|phone/i);
  expect((await key("GET", `/contacts/${foreign.contacts}`)).status).toBe(404);
  expect((await key("PATCH", `/contacts/${String(ana.json.id)}`, { version: 1, phone: "+49 30 1" })).status).toBe(422);
  expect((await key("POST", "/records/bulk", { object: "contact", act: { kind: "set", values: { city: "Kiel" } }, whom: { ids: [ana.json.id, foreign.contacts] } })).status).toBeLessThan(300); // prettier-ignore
  const jobs = modules.flatMap((m) => m.jobs ?? []).map(asStarter);
  while (await workOnce({ ...boss, actor: { kind: "system", id: null, name: "Rondo" } }, jobs, pino({ level: "silent" }))); // prettier-ignore
  const { rows } = await sql<{ name: string }>`select name from contacts where city = 'Kiel'`.execute(boss.db);
  expect(rows).toEqual([{ name: "Ana Lopez" }]);
  // Nobody gives what they have not: a role that is not there, or one that sees all by somebody who does not.
  expect((await admin("POST", "/api-keys", { name: "x", role: newId() })).json.errors).toMatchObject([{ field: "role" }]); // prettier-ignore
  await sql`update roles set base = 'admin' where id = ${role.id}`.execute(boss.db);
  await sql`update rondo.members set role = 'admin' where role_id = ${role.id}`.execute(boss.db);
  const { version, name, grants, fields } = await ownRole(boss, role.id);
  await changeOwnRole(boss, role.id, version, { name, base: "admin", grants, fields });
  expect((await bound("POST", "/api-keys", { name: "x", role: "viewer" })).json.errors).toMatchObject([{ field: "role", message: "A key cannot do more than you can." }]); // prettier-ignore
  expect((await bound("POST", "/api-keys", { name: "x", role: role.id })).status).toBe(201);

  const invited = await admin("POST", "/invitations", { email: "noor@northwind.example", role: role.id });
  expect(invited.json.invitation).toMatchObject({ role: "admin", role_id: role.id });
  const again = await admin("POST", `/invitations/${String((invited.json.invitation as Json).id)}/resend`);
  const token = /token=([\w-]+)/.exec(String(again.json.link))![1];
  expect((await admin("DELETE", `/roles/${role.id}`)).status).toBe(409);
  const door = sender({ "sec-fetch-site": "same-origin" });
  expect((await door("POST", "/session/accept-invitation", { token, name: "Noor", password: "nine green lamps" })).status).toBe(201); // prettier-ignore
  const noor = ((await admin("GET", "/people")).json.items as Json[]).find((p) => p.email === "noor@northwind.example");
  expect(noor).toMatchObject({ role: "admin", role_id: role.id });
  const now = (await admin("GET", `/roles/${role.id}`)).json;
  expect(now).toMatchObject({ people: 3, keys: 2, invited: 0 });
}, 60_000);
