import { expect, onTestFinished, test } from "vitest";
import type { Api } from "#kernel/endpoint";
import { mayWith } from "#platform/auth";
import { createServer, mount, openApi } from "#platform/http";
import { createLog } from "#platform/log";
import { workOnce } from "#platform/jobs";
import type { Ctx, Role } from "#platform/context";
import { consumeAll } from "#timeline";
import { databaseForTest } from "../../test/database.ts";
import { meetWithPast, people, type Who } from "../../test/world.ts";
import customers from "./module.ts";
import { defaultRules } from "./lifecycle/default-rules.ts";
import { lifecycleConsumer } from "./lifecycle/consumer.ts";
import { lifecycleJobs } from "./lifecycle/rebuild.ts";
import type { Rule } from "./lifecycle/rule.ts";

const today = new Date("2026-03-01T12:00:00Z");

interface Desk {
  ctx: Ctx;
  ids: Record<Who, string>;
  send: (route: string, body?: object) => Promise<{ status: number; body: Record<string, unknown> }>;
  work: () => Promise<void>;
}

/** The cast in a workspace, and a desk at which somebody of that role asks the API. */
async function deskOf(role: Role = "owner"): Promise<Desk> {
  const t = await databaseForTest();
  const ctx = t.ctx("owner", { at: today });
  await customers.onStart(ctx);
  const ids = {} as Record<Who, string>;
  for (const who of Object.keys(people) as Who[]) ids[who] = (await meetWithPast(ctx, who)).id;
  await consumeAll(ctx, lifecycleConsumer);
  const app = await createServer({ trustProxy: false, maxUploadBytes: 1_000_000, web: null });
  const may = mayWith({ ...customers.permissions, "timeline.read": ["admin", "manager", "agent", "viewer"] });
  mount(app, { apis: customers.apis, identify: async () => ({ ...ctx, role }), may, anonymous: () => ({}) });
  onTestFinished(() => app.close());
  return {
    ctx,
    ids,
    async send(route, body) {
      const [method, path] = route.split(" ") as ["GET", string];
      const headers = {
        "sec-fetch-site": "same-origin",
        ...(body && "version" in body ? { "if-match": `"${String(body.version)}"` } : {}),
      };
      const answer = await app.inject({ method, url: `/api/v1${path}`, headers, ...(body ? { payload: body } : {}) });
      return {
        status: answer.statusCode,
        body: answer.body ? (JSON.parse(answer.body) as Record<string, unknown>) : {},
      };
    },
    async work() {
      while (await workOnce(ctx, lifecycleJobs, createLog("silent")));
    },
  };
}

test("Bo's page says why he is at risk, with the orders it rests on", async () => {
  const { send, ids } = await deskOf("viewer");
  const { body } = await send(`GET /contacts/${ids.bo}/timeline?stage=grow&limit=1`);
  expect(body.items).toMatchObject([
    {
      name: "customer.stage-changed",
      sentence: "became at risk",
      why: {
        rule: "twice-the-usual-gap",
        version: 1,
        by_time: true,
        reason: "no order for 56 days, and the usual gap is 28",
      },
    },
  ]);
  const [item] = body.items as { why: { evidence: { sentence: string }[] } }[];
  expect(item!.why.evidence).toHaveLength(12);
  expect(item!.why.evidence[0]!.sentence).toContain("BO-12");
  const told = await send(`GET /contacts/${ids.bo}/lifecycle`);
  expect(told.body).toMatchObject({
    stage: "at_risk",
    moves: [{ to: "at_risk" }, { to: "loyal" }, { to: "active" }, { to: "customer" }, { from: null }],
  });
  const rules = told.body.rules as { key: string; holds: boolean; tree: { text: string } }[];
  expect(rules.map((r) => [r.key, r.holds])).toEqual([
    ["ordered-while-at-risk", false],
    ["four-times-the-usual-gap", false],
  ]);
  expect(
    (await send(`GET /contacts/${ids.bo.replace(/.$/, (last) => (last === "0" ? "1" : "0"))}/lifecycle`)).status,
  ).toBeGreaterThanOrEqual(404);
});

test("a link of the ring is a list: filtered, searched, sorted and paged like any other, and refused by name", async () => {
  const { send } = await deskOf("viewer");
  const asked = (more: Record<string, unknown>) =>
    new URLSearchParams(Object.entries(more).map(([k, v]) => [k, typeof v === "string" ? v : JSON.stringify(v)]));
  const list = (more: Record<string, unknown>) => send(`GET /contacts?${asked(more)}`);
  const named = (body: Record<string, unknown>) => (body.items as { name: string }[]).map((one) => one.name);
  const period = { from: new Date(today.getTime() - 500 * 86_400_000).toISOString(), until: today.toISOString() };
  const ring = await send(`GET /ring?${asked({ lens: "three_components", ...period })}`);
  const link = (ring.body.links as { key: string; moved: number; list: { moved: Record<string, string> } }[])[1]!;
  expect(link).toMatchObject({ key: "enriching>improving", moved: 2 });
  const { moved } = link.list;
  const all = await list({ moved, sort: "name" });
  expect([all.body.total, named(all.body)]).toEqual([{ count: 2, exact: true }, ["Ana Ruiz", "Sam Moreau"]]);
  const first = await list({ moved, sort: "-name", limit: 1 });
  const second = await list({ moved, sort: "-name", limit: 1, cursor: first.body.next });
  expect([named(first.body), named(second.body)]).toEqual([["Sam Moreau"], ["Ana Ruiz"]]);
  expect(named((await list({ moved, q: "ana" })).body)).toEqual(["Ana Ruiz"]);
  const filter = { field: "country", op: "is", value: "United States" };
  expect((await list({ moved, filter })).body.total).toMatchObject({ count: 1 });
  for (const [change, field, code] of [
    [{ lens: "none" }, "moved.lens", "lens.unknown"],
    [{ from: "x'y" }, "moved.from", "lens.unknown-step"],
    [{ to: "understanding" }, "moved.to", "lens.unknown-link"],
    [{ until: period.from }, "moved.until", "period.empty"],
  ] as const)
    expect(await list({ moved: { ...moved, ...change } })).toMatchObject({
      status: 422,
      body: { code, errors: [{ field }] },
    });
  for (const broken of ["{", "[]", { ...moved, since: "yesterday" }, { ...moved, step: 1 }])
    expect((await list({ moved: broken })).status).toBe(422);
});

test("a person moves Bo by hand with a reason; the rules speak again with his next order", async () => {
  const { send, ids } = await deskOf("agent");
  const refused = await send(`POST /contacts/${ids.bo}/move`, { to: "active", reason: " " });
  expect([refused.status, refused.body.errors]).toMatchObject([422, [{ field: "reason" }]]);
  const moved = await send(`POST /contacts/${ids.bo}/move`, {
    to: "active",
    reason: "He called: the new kitchen opens in May",
  });
  expect(moved.body).toMatchObject({
    stage: "active",
    moves: [{ by_hand: true, reason: "He called: the new kitchen opens in May" }, {}, {}, {}, {}, {}],
  });
  expect((await send(`POST /contacts/${ids.bo}/move`, { to: "active", reason: "again" })).status).toBe(422);
  const ninetyDaysOn = new Date(today.getTime() + 90 * 86_400_000).toISOString();
  expect(moved.body.next_at).toBe(ninetyDaysOn);
});

test("rules are previewed, applied as a version, and an earlier version is restored", async () => {
  const { send, work, ids } = await deskOf("admin");
  const patient: Rule[] = defaultRules.map((r) =>
    r.key === "twice-the-usual-gap" ? { ...r, when: { quiet: "order.placed", factor: 9, usual_gap_days: 90 } } : r,
  );
  const preview = await send("POST /lifecycle/preview", { rules: patient });
  expect(preview.body).toEqual({ shift: { customers: 5, changed: 1, stages: expect.objectContaining({
    at_risk: { before: 1, after: 0, plus: 0, minus: 1 },
    loyal: { before: 1, after: 2, plus: 1, minus: 0 },
  }) } }); // prettier-ignore
  expect((await send("PUT /lifecycle/rules", { rules: patient, expected_version: 7 })).status).toBe(412);
  expect((await send("PUT /lifecycle/rules", { rules: patient, expected_version: 1, note: "Be patient" })).status).toBe(
    202,
  );
  await work();
  expect((await send(`GET /contacts/${ids.bo}`)).body.lifecycle_stage).toBe("loyal");
  const corrected = await send(`GET /contacts/${ids.bo}/timeline?stage=grow&limit=1`);
  expect(corrected.body.items).toMatchObject([
    { name: "customer.stages-corrected", payload: { withdrawn: 1, added: 0, reason: "rules changed to version 2" } },
  ]);
  const first = await send("GET /lifecycle/rules?version=1");
  await send("PUT /lifecycle/rules", { rules: first.body.rules as object, expected_version: 2 });
  await work();
  expect((await send(`GET /contacts/${ids.bo}`)).body.lifecycle_stage).toBe("at_risk");
  expect((await send("GET /lifecycle/versions")).body.items).toMatchObject([
    { version: 3 },
    { version: 2, note: "Be patient" },
    { version: 1 },
  ]);
});

test("rules that cannot be replayed are refused by rule and leaf", async () => {
  const { send } = await deskOf("admin");
  const put = (rule: Partial<Rule>) =>
    send("PUT /lifecycle/rules", { rules: [{ ...defaultRules[0]!, ...rule }], expected_version: 1 });
  expect((await put({ when: { field: "city", op: "is", value: "Berlin" } })).body).toMatchObject({
    status: 422,
    code: "condition.unknown-field",
  });
  expect((await put({ when: { fact: "no.such" } })).body).toMatchObject({
    status: 422,
    code: "condition.unknown-fact",
  });
  expect((await put({ from: ["active"], to: "active" })).body).toMatchObject({
    code: "rule.circle",
    errors: [{ field: "rules.0.from" }],
  });
  expect((await put({ reason: "" })).status).toBe(422);
});

test("roles decide: a viewer reads, an agent writes, only leaders trash and only admins change rules", async () => {
  const viewer = await deskOf("viewer");
  expect((await viewer.send("GET /contacts")).status).toBe(200);
  expect((await viewer.send("GET /ring")).status).toBe(200);
  expect((await viewer.send("POST /contacts", { name: "Eve" })).status).toBe(403);
  const agent = await deskOf("agent");
  const made = await agent.send("POST /contacts", { name: "Eve Adams", email: "eve@x.example", phone: "030 5550199" });
  expect([made.status, made.body.given_name]).toEqual([201, "Eve"]);
  expect((await agent.send(`DELETE /contacts/${String(made.body.id)}`)).status).toBe(403);
  expect((await agent.send("PUT /lifecycle/rules", { rules: defaultRules, expected_version: 1 })).status).toBe(403);
  const taken = await agent.send("POST /contacts", { name: "Other Eve", email: "EVE@x.example" });
  expect(taken.body).toMatchObject({
    code: "contact.email-taken",
    errors: [{ field: "email" }],
    contact_id: made.body.id,
  });
});

test("the API document describes the customers", () => {
  const document = JSON.stringify(openApi(customers.apis as Record<string, Api>, "0.1.0"));
  for (const path of ["/contacts/{id}/timeline", "/accounts/{id}/move", "/lenses/{key}", "/ring"])
    expect(document).toContain(path);
  const { paths } = openApi(customers.apis as Record<string, Api>, "0.1.0") as {
    paths: Record<string, { get: { parameters: { name: string; schema: object }[] } }>;
  };
  for (const path of ["/api/v1/contacts", "/api/v1/accounts"]) {
    const moved = paths[path]!.get.parameters.find((one) => one.name === "moved");
    // Along a link of a lens, or from one stage to another, as the flow asks.
    const { anyOf } = moved!.schema as { anyOf: { properties: object }[] };
    expect(anyOf.map((one) => Object.keys(one.properties).toSorted())).toContainEqual(["from", "lens", "since", "to", "until"]); // prettier-ignore
  }
});
