import pino from "pino";
import { expect, onTestFinished, test } from "vitest";
import { createApiKey } from "#platform/auth";
import { readConfig } from "#platform/config";
import { recordTypes } from "#records";
import { createApp } from "../src/app/server.ts";
import { databaseForTest, templateWorkspaceId } from "./database.ts";
import { colleague } from "./access-world.ts";

/*
 * Two people read, both write, the second is refused and nothing of the first is lost. Routes are taken from the server: one that
 * changes what another may have changed meanwhile, and does not stand here, fails tomorrow.
 */
type Json = Record<string, unknown>;
interface Answer {
  status: number;
  json: Json;
}
type Send = (route: string, body?: object) => Promise<Answer>;
type Who = "Mira" | "Tom";

interface Walk {
  /** Makes what is changed; answers what stands in the route's {names} and beside it. */
  make?: (send: Send) => Promise<Record<string, string>>;
  /** What a person sees before they change it. */
  read: (send: Send, at: Record<string, string>) => Promise<Json>;
  /** What they send then. */
  write: (seen: Json, who: Who, at: Record<string, string>) => object;
  /** What tells of a stale write, `version` unless said. */
  by?: "version" | "expected_version" | "seen";
}

const ok = async (asked: Promise<Answer>): Promise<Json> => {
  const { status, json } = await asked;
  if (status >= 300) throw new Error(JSON.stringify(json));
  return json;
};
const without = (told: Json, ...names: string[]): Json =>
  Object.fromEntries(Object.entries(told).filter(([name]) => !names.includes(name)));
const itemsOf = (told: Json): Json[] => told.items as Json[];
const itemWith = async (asked: Promise<Answer>, field: string, value: unknown): Promise<Json> =>
  itemsOf(await ok(asked)).find((item) => item[field] === value)!;
const made = async (send: Send, route: string, body: object): Promise<Record<string, string>> => ({
  id: String((await ok(send(route, body))).id),
});
const germany = { field: "country", op: "is", value: "DE" };

const record = (path: string, values: object, field: string): Walk => ({
  make: (send) => made(send, `POST ${path}`, values),
  read: (send, at) => ok(send(`GET ${path}/${at.id}`)),
  write: ({ version }, who) => ({ version, [field]: `By ${who}` }),
});
const duplicateRule = (path: string): Walk => ({
  make: async (send) => ({ rule: String(((await ok(send(`GET ${path}/duplicates`))).rules as Json[])[0]!.rule) }),
  read: async (send, { rule }) =>
    ((await ok(send(`GET ${path}/duplicates`))).rules as Json[]).find((r) => r.rule === rule)!,
  write: ({ version }, who) => ({ version, active: true, threshold: who === "Mira" ? 0.7 : 0.9 }),
});
const settings = (path: string, write: (seen: Json, who: Who) => object): Walk => ({
  read: (send) => ok(send(`GET ${path}`)),
  write,
});
const aContact = (send: Send) => made(send, "POST /contacts", { name: "Ana Ruiz" });
const twoReasons = async (send: Send): Promise<Record<string, string>> => {
  const group = await made(send, "POST /reasons", { label: "Of glass", applies_to: ["case"] });
  const one = await made(send, "POST /reasons", { label: "A chipped lid", applies_to: ["case"], parent_id: group.id });
  const two = await made(send, "POST /reasons", { label: "A chipped jar", applies_to: ["case"], parent_id: group.id });
  return { one: one.id!, two: two.id! };
};

const walks: Readonly<Record<string, Walk>> = {
  "PATCH /contacts/{id}": record("/contacts", { name: "Ana Ruiz" }, "job_title"),
  "PATCH /accounts/{id}": record("/accounts", { name: "Baltic Fermentery" }, "city"),
  "PATCH /products/{id}": record("/products", { name: "Jar" }, "name"),
  "PATCH /tasks/{id}": record("/tasks", { title: "Call Ana" }, "title"),
  "PUT /contacts/duplicates/rules/{rule}": duplicateRule("/contacts"),
  "PUT /accounts/duplicates/rules/{rule}": duplicateRule("/accounts"),
  "PUT /calendar": settings("/calendar", (seen, who) => ({ ...seen, holidays: [{ first: "2027-05-01", last: "2027-05-01", name: `Day of ${who}` }] })),
  "PATCH /custom-fields/{id}": {
    make: (send) => made(send, "POST /custom-fields", { object: "contact", type: "text", label: "Nickname" }),
    read: (send, { id }) => itemWith(send("GET /custom-fields?object=contact"), "id", id),
    write: ({ version }, who) => ({ version, label: `Name of ${who}` }),
  },
  "PUT /custom-fields/order": {
    make: async (send) => {
      const field = (label: string) => made(send, "POST /custom-fields", { object: "task", type: "text", label });
      return { one: (await field("Where")).id!, two: (await field("Why")).id!, three: (await field("With")).id! };
    },
    read: async (send) => ({ seen: itemsOf(await ok(send("GET /custom-fields?object=task"))).map((f) => f.id) }),
    write: ({ seen }, who, { one, two, three }) => ({ object: "task", ids: who === "Mira" ? [three, two, one] : [two, one], seen }),
    by: "seen",
  },
  "PATCH /custom-objects/{id}": {
    make: (send) => made(send, "POST /custom-objects", { label: "Vehicle", label_plural: "Vehicles" }),
    read: (send, { id }) => itemWith(send("GET /custom-objects"), "id", id),
    write: ({ version }, who) => ({ version, label_plural: `Cars of ${who}` }),
  },
  "PATCH /custom/{object}/{id}": {
    make: async (send) => {
      const { key } = await ok(send("POST /custom-objects", { label: "Boat", label_plural: "Boats" }));
      return { object: String(key), ...(await made(send, `POST /custom/${String(key)}`, { name: "Anna" })) };
    },
    read: (send, { object, id }) => ok(send(`GET /custom/${object}/${id}`)),
    write: ({ version }, who) => ({ version, name: `Boat of ${who}` }),
  },
  "PUT /lead-score": { ...settings("/lead-score", (seen, who) => ({ rules: seen.rules, caps: seen.caps, hot_from: who === "Mira" ? 71 : 72, expected_version: seen.version })), by: "expected_version" },
  "PUT /lead-settings": settings("/lead-settings", (seen, who) => ({ labels: seen.labels, pool: seen.pool, version: seen.version, respond_within: who === "Mira" ? 3600 : 7200 })),
  "PUT /lenses/{key}": {
    make: () => Promise.resolve({ key: "four_stages" }),
    read: (send, { key }) => itemWith(send("GET /lenses"), "key", key),
    write: ({ version, steps }, who) => ({ version, steps, name: `As ${who} draws it` }),
  },
  "PATCH /letterhead": settings("/letterhead", ({ version }, who) => ({ version, footer: `Written by ${who}` })),
  "PUT /lifecycle/rules": { ...settings("/lifecycle/rules", ({ rules, version }, who) => ({ rules, expected_version: version, note: `By ${who}` })), by: "expected_version" },
  "PUT /loop/targets": {
    read: async (send) => ((await ok(send("GET /loop?lens=seven_stages"))).targets as Json[])[0] ?? { version: 0 },
    write: ({ version }, who) => ({ lens: "seven_stages", link: "onboarding>engagement", rate: who === "Mira" ? 0.4 : 0.6, days: null, version }),
  },
  "PATCH /loyalty": {
    make: async (send) => {
      const { zone, rules } = await ok(send("GET /loyalty/usual"));
      await ok(send("POST /loyalty", { name: "Points", zone, rules }));
      return {};
    },
    read: async (send) => (await ok(send("GET /loyalty"))).program as Json,
    write: ({ version }, who) => ({ version, name: `Points of ${who}` }),
  },
  "PATCH /mail/settings": settings("/mail/settings", ({ version }, who) => ({ version, from_name: who })),
  "PUT /opportunities/{id}/lines": {
    make: async (send) => made(send, "POST /opportunities", { name: "Jars", contact_id: (await aContact(send)).id }),
    read: async (send, { id }) => {
      const { version, lines } = await ok(send(`GET /opportunities/${id}`));
      return { version, lines };
    },
    write: ({ version }, who) => ({ version, lines: [{ description: `Of ${who}`, quantity: "1", unit_price: "10" }] }),
  },
  "PATCH /order-terms": settings("/order-terms", ({ version, payment_days }, who) => ({ version, payment_days, return_days: who === "Mira" ? 40 : 50 })),
  "PUT /pipelines/{id}": {
    make: async (send) => ({ id: String(itemsOf(await ok(send("GET /pipelines/stages")))[0]!.id) }),
    read: (send, { id }) => itemWith(send("GET /pipelines/stages"), "id", id),
    write: ({ version, is_default, stages }, who) => ({ version, is_default, name: `Of ${who}`, stages: (stages as Json[]).map((stage) => without(stage, "position", "open", "version", "deleted_at", "pipeline_id")) }),
  },
  "PATCH /reasons/{id}": {
    make: (send) => made(send, "POST /reasons", { label: "Wrong price", applies_to: ["lost"] }),
    read: (send, { id }) => ok(send(`GET /reasons/${id}`)),
    write: ({ version }, who) => ({ version, label: `Wrong, says ${who}` }),
  },
  "PUT /reasons/order": {
    make: twoReasons,
    read: (send) => ok(send("GET /reasons")),
    write: ({ version }, who, { one, two }) => ({ version, ids: who === "Mira" ? [two, one] : [one, two] }),
  },
  "PATCH /referral-program": settings("/referral-program", (seen, who) => ({ ...without(seen, "currency", "friend_promotion"), headline: `Says ${who}` })),
  "PATCH /roles/{id}": {
    make: (send) => made(send, "POST /roles", { name: "Rep", base: "agent", grants: {} }),
    read: (send, { id }) => ok(send(`GET /roles/${id}`)),
    write: ({ version, base, grants, fields }, who) => ({ version, base, grants, fields, name: `Rep of ${who}` }),
  },
  "PUT /sharing/{object}/{id}": {
    make: async (send) => ({ object: "contact", ...(await aContact(send)), team: (await made(send, "POST /teams", { name: "East", people: [] })).id! }),
    read: (send, { object, id }) => ok(send(`GET /sharing/${object}/${id}`)),
    write: ({ version }, who, { team }) => ({ version, private: false, shares: [{ team_id: team, can_edit: who === "Mira" }] }),
  },
  "PUT /service-targets": settings("/service-targets", ({ version, policies }, who) => ({ version, policies, reopen_days: who === "Mira" ? 11 : 12 })),
  "PATCH /tags/{id}": {
    make: async (send) => {
      await ok(send("PUT /record-tags", { object: "contact", record_id: (await aContact(send)).id, add: ["VIP"] }));
      return { id: String((await itemWith(send("GET /tags"), "name", "VIP")).id) };
    },
    read: (send, { id }) => ok(send(`GET /tags/${id}`)),
    write: ({ version }, who) => ({ version, name: `VIP of ${who}` }),
  },
  "PUT /teams/{id}": {
    make: (send) => made(send, "POST /teams", { name: "North", people: [] }),
    read: (send, { id }) => itemWith(send("GET /teams"), "id", id),
    write: ({ version }, who) => ({ version, name: `North of ${who}`, people: [] }),
  },
  "PUT /reporting-lines/{id}": {
    make: async (send) => {
      const people = itemsOf(await ok(send("GET /people")));
      return Object.fromEntries(["Vera Holm", "Bea", "Udo"].map((name) => [name === "Vera Holm" ? "id" : name, String(people.find((p) => p.name === name)!.id)]));
    },
    read: async (send, { id }) => ({ seen: null, ...(await itemWith(send("GET /reporting-lines"), "user_id", id)) }),
    write: ({ seen, manager_id }, who, { Bea, Udo }) => ({ seen: manager_id ?? seen, manager_id: who === "Mira" ? Bea : Udo }),
    by: "seen",
  },
  "PUT /territories/{id}": {
    make: (send) => made(send, "POST /territories", { name: "North", object: "contact", condition: germany, people: [], teams: [] }),
    read: (send, { id }) => itemWith(send("GET /territories"), "id", id),
    write: ({ version, object, condition }, who) => ({ version, object, condition, name: `North of ${who}`, people: [], teams: [] }),
  },
  "PATCH /trash": settings("/trash", ({ version }, who) => ({ version, keep_days: who === "Mira" ? 41 : 42 })),
  "PATCH /views/{id}": {
    make: (send) => made(send, "POST /views", { object: "contact", name: "Germans", visibility: "shared" }),
    read: (send, { id }) => ok(send(`GET /views/${id}`)),
    write: ({ version }, who) => ({ version, name: `Germans of ${who}` }),
  },
  "PUT /views/{id}/shares": {
    make: async (send) => ({ ...(await made(send, "POST /views", { object: "contact", name: "Mine", visibility: "shared" })), team: (await made(send, "POST /teams", { name: "West", people: [] })).id! }),
    read: (send, { id }) => ok(send(`GET /views/${id}/shares`)),
    write: ({ version }, who, { team }) => ({ version, shares: [{ team_id: team, can_edit: who === "Mira" }] }),
  },
  "PUT /views/pins": {
    make: async (send) => {
      const of = (name: string) => made(send, "POST /views", { object: "account", name, visibility: "shared" });
      return { mira: (await of("One")).id!, tom: (await of("Two")).id! };
    },
    read: async (send) => ({ seen: itemsOf(await ok(send("GET /views?object=account"))).filter((v) => v.pinned === "everybody").map((v) => v.id) }),
    write: ({ seen }, who, { mira, tom }) => ({ object: "account", whose: "everybody", ids: [...(seen as string[]), who === "Mira" ? mira : tom], seen }),
    by: "seen",
  },
  "PATCH /workspace": settings("/workspace", ({ version }, who) => ({ version, name: `Goods of ${who}` })),
}; // prettier-ignore

/** What takes no version, and why nobody loses anything by it. */
const alone: Readonly<Record<string, string>> = {
  "PATCH /comments/{id}": "only who wrote it changes it, by its version",
  "PATCH /notes/{id}": "only who wrote it changes it, by its version",
  "PATCH /people/{id}": "one choice, their role; nothing but the choice is written over",
  "PUT /followers": "on or off, of one person",
  "PUT /favourites": "on or off, of one's own",
  "PUT /notifications/settings": "one's own",
  "PUT /record-tags": "says what is put on and taken off, not all there is",
  "PUT /views/default": "one choice; nothing but the choice is written over",
  "PATCH /promotions/{id}/codes/{code_id}": "on or off",
  "PATCH /contacts/{id}/referral-code": "on or off",
};

interface Operation {
  parameters: { name: string; required: boolean }[];
  requestBody?: { content: { "application/json": { schema: { required?: string[] } } } };
}

test("two people read, both write: the second is refused on every route, and nothing of the first is lost", async () => {
  const t = await databaseForTest();
  for (const name of ["Vera Holm", "Bea", "Udo"]) await colleague(t, name, "agent");
  const app = await createApp({ database: t.database, config: readConfig({ RONDO_DATA: "/nonexistent" }), log: pino({ level: "silent" }), web: null }); // prettier-ignore
  onTestFinished(() => app.close());
  let asked = 0;
  const sender = async (name: string): Promise<Send> => {
    const { key } = await createApiKey(t.database, { workspace: templateWorkspaceId, name, role: "admin" });
    return async (route, body) => {
      const [method, path] = route.split(" ") as ["GET", string];
      // Each from elsewhere: hundreds of questions within seconds are refused for that alone.
      const remoteAddress = `198.51.${(asked += 1) >> 8}.${asked & 255}`;
      const answer = await app.http.inject({ method, url: `/api/v1${path}`, headers: { authorization: `Bearer ${key}` }, remoteAddress, ...(body ? { payload: body } : {}) }); // prettier-ignore
      return { status: answer.statusCode, json: answer.body === "" ? {} : (JSON.parse(answer.body) as Json) };
    };
  };
  const [mira, tom] = [await sender("Mira"), await sender("Tom")];
  const paths = (await ok(mira("GET /openapi.json"))).paths as Record<string, Record<string, Operation>>;
  const changing = Object.entries(paths).flatMap(([path, methods]) =>
    ["put", "patch"].flatMap((method) => (methods[method] ? [[`${method.toUpperCase()} ${path.replace("/api/v1", "")}`, methods[method]] as const] : [])),
  ); // prettier-ignore
  const known = new Map(changing);
  expect(known.size).toBeGreaterThan(60);
  for (const route of [...Object.keys(walks), ...Object.keys(alone)]) expect([...known.keys()]).toContain(route);

  const records = new Set(recordTypes().map((r) => `PATCH /${r.object.plural.replaceAll("_", "-")}/{id}`));
  const forgot = [...known].filter(([route, operation]) => {
    if (route in walks || route in alone) return false;
    // Records of every kind are written by one function (src/records/write.ts); here they must ask for what it needs.
    return !records.has(route) || !operation.parameters.some((p) => p.name === "If-Match" && p.required);
  });
  expect(forgot.map(([route]) => route)).toEqual([]);

  for (const [route, { make, read, write, by = "version" }] of Object.entries(walks)) {
    const at = (await make?.(mira)) ?? {};
    const to = route.replaceAll(/\{(\w+)\}/g, (_, name: string) => at[name]!);
    const [hers, his] = [await read(mira, at), await read(tom, at)];
    const unseen = await tom(to, without(write(his, "Tom", at) as Json, by));
    expect([route, unseen.status, JSON.stringify(unseen.json)]).toEqual([route, 422, expect.stringContaining(by)]);
    const first = await mira(to, write(hers, "Mira", at));
    expect([route, first.status < 300 || first.json]).toEqual([route, true]);
    const kept = await read(mira, at);
    expect([route, kept]).not.toEqual([route, hers]);
    const second = await tom(to, write(his, "Tom", at));
    expect([route, second.status, second.json.code]).toEqual([route, 412, expect.stringMatching(/\.stale$/)]);
    expect([route, await read(tom, at)]).toEqual([route, kept]);
    // Having looked again, he may.
    const again = await tom(to, write(await read(tom, at), "Tom", at));
    expect([route, again.status < 300 || again.json]).toEqual([route, true]);
  }
}, 60_000); // prettier-ignore
