import { sql } from "kysely";
import { expect, test } from "vitest";
import type { Ctx } from "#platform/context";
import { accountType, contactType } from "#customers";
import { databaseForTest, templateWorkspaceId, type TestDatabase } from "../../../test/database.ts";
import { createRecord, historyOf } from "../index.ts";
import { viewsApi } from "./api.ts";
import { changeView, chooseDefault, pinViews, restoreView, saveView, trashView } from "./commands.ts";
import { viewOf, viewsOf } from "./queries.ts";
import { shareView, viewShares } from "./shares.ts";
import type { ViewValues } from "./view.ts";

const german: ViewValues = {
  name: "Germans",
  kind: "table",
  query: { filter: { field: "country", op: "in", value: ["DE"] }, sort: "-created_at" },
  columns: ["email", "lifecycle_stage"],
  group: "lifecycle_stage",
  options: {},
  visibility: "private",
};
const people = {
  mira: { id: "01900000-0000-7000-8000-0000000000aa", name: "Mira Okafor" },
  tom: { id: "01900000-0000-7000-8000-0000000000bb", name: "Tom Weber" },
} as const;
const as = (t: TestDatabase, who: keyof typeof people, role: Ctx["role"]): Ctx => t.ctx(role, { actor: people[who] });
const namesOf = async (ctx: Ctx): Promise<string[]> => (await viewsOf(ctx, "contact")).items.map((view) => view.name);

test("a private view is only its owner's; a shared one is everybody's to see and its owner's to change", async () => {
  const t = await databaseForTest();
  await sql`insert into rondo.users (id, name, email) values (${people.mira.id}, ${people.mira.name}, 'mira@northwind.example')`.execute(t.database.control); // prettier-ignore
  const [mira, tom, boss] = [as(t, "mira", "agent"), as(t, "tom", "agent"), as(t, "tom", "manager")];
  const id = await saveView(mira, "contact", german);
  expect(await viewOf(mira, id)).toMatchObject({ ...german, owner: people.mira, changeable: true, problems: [], version: 1 }); // prettier-ignore
  expect(await namesOf(tom)).toEqual([]);
  // Not even a manager finds it, and the answer is the same as for one that never was.
  for (const attempt of [() => viewOf(boss, id), () => changeView(boss, id, 1, { name: "Mine" }), () => trashView(tom, id), () => chooseDefault(tom, "contact", id, "me"), () => pinViews(tom, "contact", [id], { whose: "me", seen: [] })])
    await expect(attempt()).rejects.toMatchObject({ code: "view.not-found" }); // prettier-ignore

  await changeView(mira, id, 1, { visibility: "shared" });
  expect(await namesOf(tom)).toEqual(["Germans"]);
  await expect(changeView(tom, id, 2, { name: "Mine" })).rejects.toMatchObject({ code: "view.not-yours" });
  await changeView(boss, id, 2, { name: "From Germany" });
  await expect(changeView(mira, id, 2, { name: "Late" })).rejects.toMatchObject({ kind: "stale" });
  expect(await viewOf(mira, id)).toMatchObject({ name: "From Germany", version: 3 });
  expect((await historyOf(mira, "view", id)).map((entry) => entry.fields)).toMatchObject([
    { name: ["Germans", "From Germany"] },
    { visibility: ["private", "shared"] },
    { name: [null, "Germans"] },
  ]);
});

test("a list opens with one's own default, else with everybody's; tabs keep their order; what is removed comes back whole", async () => {
  const t = await databaseForTest();
  const [mira, boss] = [as(t, "mira", "agent"), as(t, "tom", "manager")];
  const a = await saveView(mira, "contact", { ...german, name: "A", visibility: "shared" });
  const b = await saveView(mira, "contact", { ...german, name: "B" });
  const c = await saveView(boss, "contact", { ...german, name: "C", visibility: "shared" });
  await expect(chooseDefault(mira, "contact", a, "everybody")).rejects.toMatchObject({ code: "view.not-manager" });
  await chooseDefault(boss, "contact", a, "everybody");
  expect((await viewsOf(mira, "contact")).default_id).toBe(a);
  await Promise.all([chooseDefault(mira, "contact", c, "me"), chooseDefault(mira, "contact", b, "me")]);
  await chooseDefault(mira, "contact", b, "me");
  expect(await viewsOf(mira, "contact")).toMatchObject({ default_id: b, company_default_id: a });
  expect((await viewsOf(boss, "contact")).default_id).toBe(a);
  await pinViews(boss, "contact", [c], { whose: "everybody", seen: [] });
  await pinViews(mira, "contact", [b, a], { whose: "me", seen: [] });
  expect((await viewsOf(mira, "contact")).items.map((v) => [v.name, v.pinned])).toEqual([["C", "everybody"], ["B", "me"], ["A", "me"]]); // prettier-ignore
  await trashView(mira, b);
  expect(await viewsOf(mira, "contact")).toMatchObject({ default_id: a, items: [{ name: "C" }, { name: "A" }] });
  await restoreView(mira, b);
  expect(await viewsOf(mira, "contact")).toMatchObject({ default_id: b, items: [{ name: "C" }, { name: "B" }, { name: "A" }] }); // prettier-ignore
  // Taken back from everybody, it opens nobody's list any more.
  await changeView(mira, a, 1, { visibility: "private" });
  expect((await viewsOf(boss, "contact")).default_id).toBeNull();
  await expect(pinViews(boss, "account", [c], { whose: "me", seen: [] })).rejects.toMatchObject({
    code: "view.other-list",
  });
});

test("a view is shared with single people and teams, to see or to change; taken back, it is on no tab of theirs", async () => {
  const t = await databaseForTest();
  for (const { id, name } of Object.values(people)) {
    await sql`insert into rondo.users (id, name, email) values (${id}, ${name}, ${`${name}@northwind.example`})`.execute(t.database.control);
    await sql`insert into rondo.members (workspace_id, user_id, role) values (${templateWorkspaceId}, ${id}, 'agent')`.execute(t.database.control);
  }
  const team = "01900000-0000-7000-8000-0000000000cc";
  const [mira, tom] = [as(t, "mira", "agent"), as(t, "tom", "agent")];
  await sql`insert into teams (id, name, created_at) values (${team}, 'North', now())`.execute(mira.db);
  const inTeam: Ctx = { ...tom, access: { person: people.tom.id, teams: [team], colleagues: [], below: [], grants: null, fields: {}, territories: [], guarded: new Set(), shared: new Set() } };
  const id = await saveView(mira, "contact", german);
  await shareView(mira, id, (await viewShares(mira, id)).version, [{ user_id: people.tom.id, can_edit: false }]);
  expect(await viewOf(tom, id)).toMatchObject({ changeable: false, visibility: "private", shared_with: 1 });
  await expect(changeView(tom, id, 1, { name: "Mine" })).rejects.toMatchObject({ code: "view.not-yours" });
  await expect(shareView(tom, id, 0, [])).rejects.toMatchObject({ code: "view.not-yours" });
  await pinViews(tom, "contact", [id], { whose: "me", seen: [] });
  await chooseDefault(tom, "contact", id, "me");
  await shareView(mira, id, (await viewShares(mira, id)).version, [{ team_id: team, can_edit: true }]);
  expect(await namesOf(tom)).toEqual([]);
  expect((await sql`select from view_pins`.execute(mira.db)).rows).toEqual([]);
  await changeView(inTeam, id, 1, { name: "From Germany" });
  expect(await viewOf(inTeam, id)).toMatchObject({ name: "From Germany", changeable: true });
  expect((await viewShares(inTeam, id)).shares).toMatchObject([{ name: "North", can_edit: true }]);
  await expect(shareView(mira, id, (await viewShares(mira, id)).version, [{ user_id: team, can_edit: true }])).rejects.toMatchObject({ fields: [{ field: "shares" }] });
  await shareView(mira, id, (await viewShares(mira, id)).version, []);
  await expect(viewOf(inTeam, id)).rejects.toMatchObject({ code: "view.not-found" });
  expect((await historyOf(mira, "view", id))[0]).toMatchObject({ fields: { shares: [["North"], []] } });
}); // prettier-ignore

test("a filter is told by the names of what it points to", async () => {
  const ctx = (await databaseForTest()).ctx();
  const vertex = await createRecord(ctx, accountType, { name: "Vertex GmbH" });
  await saveView(ctx, "contact", { ...german, query: { filter: { field: "account_id", op: "is", value: vertex.id } } });
  expect((await viewsOf(ctx, "contact")).titles).toEqual({ [vertex.id]: "Vertex GmbH" });
});

test("a hostile or broken view is refused and named; one whose field was retired says so instead of failing", async () => {
  const t = await databaseForTest();
  const ctx = t.ctx();
  for (const [change, at] of [
    [{ query: { filter: { field: "shoe_size", op: "is_set" } } }, "query.filter.field"],
    [{ query: { filter: { all: [{ field: "name", op: "within_last", value: { n: 1, unit: "day" } }] } } }, "query.filter.all.0.value"],
    [{ query: { sort: "shoe_size" } }, "query.sort"],
    [{ columns: ["email", "shoe_size"] }, "columns.1"],
    [{ group: "email" }, "group"],
    [{ kind: "board" }, "options.field"],
    [{ kind: "calendar", options: { field: "lifecycle_stage" } }, "options.field"],
  ] as const)
    await expect(saveView(ctx, "contact", { ...german, ...(change as Partial<ViewValues>) })).rejects.toMatchObject({ fields: [{ field: at }] }); // prettier-ignore
  let deep: object = { field: "name", op: "is_set" };
  for (let n = 0; n < 40; n++) deep = { not: deep };
  for (const bad of [{ name: " \u200b" }, { name: "x".repeat(101) }, { object: "contacts; drop table" }, { kind: "list" }, { query: { filter: deep } }, { query: { q: "x".repeat(201) } }, { columns: ["a b"] }, { owner_id: people.tom.id }])
    expect(viewsApi.create.input.safeParse({ object: "contact", name: "A", ...bad }).success, JSON.stringify(bad)).toBe(false); // prettier-ignore
  await expect(viewsOf(ctx, "unicorn")).rejects.toMatchObject({ kind: "not-found" });

  const id = await saveView(ctx, "contact", german);
  const fields = contactType.object.fields as unknown as { name: string }[];
  const country = fields.findIndex((field) => field.name === "country");
  const [retired] = fields.splice(country, 1);
  try {
    expect((await viewOf(ctx, id)).problems).toEqual([{ at: "query.filter.field", message: 'There is no field "country" here.' }]); // prettier-ignore
    await changeView(ctx, id, 1, { name: "Renamed all the same" });
    await expect(changeView(ctx, id, 2, { columns: ["email"] })).rejects.toMatchObject({ code: "view.problems" });
    await changeView(ctx, id, 2, { query: {} });
  } finally {
    fields.splice(country, 0, retired!);
  }
  expect((await viewOf(ctx, id)).problems).toEqual([]);
}); // prettier-ignore
