import { sql } from "kysely";
import { expect, test } from "vitest";
import { newId } from "#kernel/id";
import {
  conditionSql,
  createRecord,
  historyOf,
  loadSubjects,
  objectNamed,
  objectsFor,
  recordType,
  startBulk,
  startTakingBack,
  bulkJob,
  takeBackJob,
  type BulkAct,
  trashRecord,
  undoChangeSet,
} from "#records";
import { contactType } from "#customers";
import { timelineOf } from "#timeline";
import { fold, holds, type Condition } from "#kernel/condition";
import { CompiledQuery } from "kysely";
import { tagsApi } from "../src/records/tags/api.ts";
import { favouritesApi } from "../src/records/favourites/api.ts";
import { newChanges } from "../src/records/presence/changed.ts";
import { bePresent, changedPresence, leavePage } from "../src/records/presence/presence.ts";
import { workOnce } from "#platform/jobs";
import { createLog } from "#platform/log";
import { defineObject } from "../src/records/custom/objects.ts";
import { ownApi } from "../src/records/custom/own-api.ts";
import { asNow, colleague, roleWith } from "./access-world.ts";
import { databaseForTest } from "./database.ts";
import { meet } from "./world.ts";

const put = (ctx: Parameters<typeof tagsApi.tag.run>[0], record_id: string, change: { add?: string[]; remove?: string[] }, object = "contact") =>
  Promise.resolve(tagsApi.tag.run(ctx, tagsApi.tag.input.parse({ object, record_id, ...change }))).then((a) => a.items); // prettier-ignore

test("a tag is one word whatever its case, script or who types it first, and stands on the timeline", async () => {
  const t = await databaseForTest();
  const ctx = t.ctx();
  const [bo, ana] = [await meet(ctx, "bo"), await meet(ctx, "ana")];
  const words = ["VIP", "مهم", "Großkunde", "👩‍👩‍👧 family", "e\u0301te\u0301"];
  await Promise.all([put(ctx, bo.id, { add: words }), put(ctx, ana.id, { add: words.map((w) => w.toLowerCase()) })]);
  const { items } = await tagsApi.find.run(ctx, { q: "", limit: 50 });
  expect(items.map((tag) => fold(tag.name)).toSorted()).toEqual(words.map((w) => fold(w.normalize("NFC"))).toSorted());
  expect(items.every((tag) => tag.uses === 2)).toBe(true);
  expect((await tagsApi.find.run(ctx, { q: "vi", limit: 5 })).items.map((tag) => tag.name.toLowerCase())).toEqual(["vip"]); // prettier-ignore
  const told = (await timelineOf(ctx, { contact_id: bo.id }, { names: ["customer.tagged"] })).items;
  expect(told).toHaveLength(1);
  for (const bad of ["", " \u200b ", "x".repeat(61), "\u0000"])
    expect(tagsApi.tag.input.safeParse({ object: "contact", record_id: bo.id, add: [bad] }).success).toBe(false);
  expect(tagsApi.tag.input.safeParse({ object: "contact", record_id: bo.id, add: ["x".repeat(1024 * 1024)] }).success).toBe(false); // prettier-ignore
  await expect(put(t.ctx("viewer"), bo.id, { add: ["x"] })).rejects.toMatchObject({ kind: "forbidden" });
  await expect(put(ctx, newId(), { add: ["x"] })).rejects.toMatchObject({ kind: "not-found" });
});

test("renamed, merged, deleted, and each of it taken back with the records it had", async () => {
  const ctx = (await databaseForTest()).ctx();
  const [bo, ana] = [await meet(ctx, "bo"), await meet(ctx, "ana")];
  const [key, vip] = [(await put(ctx, bo.id, { add: ["Key account"] }))[0]!, (await put(ctx, ana.id, { add: ["VIP"] }))[0]!]; // prettier-ignore
  await put(ctx, ana.id, { add: ["key ACCOUNT"] });
  await expect(tagsApi.change.run(ctx, { id: vip.id, version: 1, name: "key account" })).rejects.toMatchObject({ code: "tag.taken" }); // prettier-ignore
  await tagsApi.change.run(ctx, { id: vip.id, version: 1, name: "Very important" });
  await expect(tagsApi.change.run(ctx, { id: vip.id, version: 1, tone: "red" })).rejects.toMatchObject({ kind: "stale" }); // prettier-ignore
  const names = async (id: string) => (await tagsApi.of.run(ctx, { object: "contact", record_id: id })).items.map((tag) => tag.name); // prettier-ignore
  await tagsApi.merge.run(ctx, { id: key.id, into: vip.id });
  expect([await names(bo.id), await names(ana.id)]).toEqual([["Very important"], ["Very important"]]);
  await tagsApi.restore.run(ctx, { id: key.id });
  expect([await names(bo.id), await names(ana.id)]).toEqual([["Key account"], ["Key account", "Very important"]]);
  await tagsApi.remove.run(ctx, { id: key.id });
  expect(await names(bo.id)).toEqual([]);
  await put(ctx, bo.id, { add: ["Key account"] });
  await expect(tagsApi.restore.run(ctx, { id: key.id })).rejects.toMatchObject({ code: "tag.taken" });
  await expect(tagsApi.merge.run(ctx, { id: vip.id, into: vip.id })).rejects.toMatchObject({ kind: "invalid" });
});

test("the history takes a tagging back, and leaves what others did since", async () => {
  const ctx = (await databaseForTest()).ctx();
  const bo = await meet(ctx, "bo");
  await put(ctx, bo.id, { add: ["VIP", "Lids"] });
  const first = (await historyOf(ctx, "contact", bo.id))[0]!.set_id;
  const [, lids] = await put(ctx, bo.id, { add: ["Late"] });
  await put(ctx, bo.id, { remove: [lids!.id] });
  const names = async () => (await tagsApi.of.run(ctx, { object: "contact", record_id: bo.id })).items.map((tag) => tag.name); // prettier-ignore
  const left = await names();
  await undoChangeSet(ctx, first);
  expect(await names()).toEqual(left.filter((name) => name !== "VIP" && name !== "Lids"));
});

test("10,000 tags: one more is refused, a record takes 100, and finding and asking stay quick", async () => {
  const ctx = (await databaseForTest()).ctx();
  const bo = await meet(ctx, "bo");
  await sql`insert into tags (id, name, created_at, updated_at) select gen_random_uuid(), 'Tag ' || n, now(), now() from generate_series(1, 9999) n`.execute(ctx.db); // prettier-ignore
  const both = await Promise.allSettled([put(ctx, bo.id, { add: ["One more"] }), put(ctx, bo.id, { add: ["And one"] })]); // prettier-ignore
  expect(both.map((one) => one.status).toSorted()).toEqual(["fulfilled", "rejected"]);
  const { items } = await tagsApi.find.run(ctx, { q: "tag 999", limit: 20 });
  expect(items[0]?.name).toBe("Tag 999");
  const many = Array.from({ length: 100 }, (_, i) => `tag ${i + 1}`);
  await expect(put(ctx, bo.id, { add: many })).rejects.toMatchObject({ code: "tags.many-on-record" });
  expect(await put(ctx, bo.id, { add: many.slice(1) })).toHaveLength(100);
});

test("a condition asks for tags as for any related record, alike in SQL and in TypeScript", async () => {
  const ctx = (await databaseForTest()).ctx();
  const [bo, ana, cleo] = [await meet(ctx, "bo"), await meet(ctx, "ana"), await meet(ctx, "cleo")];
  const [vip] = await put(ctx, bo.id, { add: ["VIP"] });
  await put(ctx, ana.id, { add: ["VIP", "Lids"] });
  const contact = contactType.object;
  const where: Condition = { field: "tag_id", op: "is", value: vip!.id };
  const named: Condition = { field: "tag.name", op: "is", value: "lids" };
  const asked: [Condition, string[]][] = [
    [{ related: "tags", has: "some", where }, [bo.id, ana.id]],
    [{ related: "tags", has: "none" }, [cleo.id]],
    [{ related: "tags", has: "some", where: named }, [ana.id]],
    [{ related: "tags", has: { op: "at_least", n: 2 } }, [ana.id]],
    [{ not: { related: "tags", has: "some", where } }, [cleo.id]],
  ];
  for (const [condition, expected] of asked) {
    const params: unknown[] = [];
    const now = ctx.clock();
    const test = conditionSql(condition, contact, { objects: objectNamed, now, alias: "t", params });
    const { rows } = await ctx.db.executeQuery<{ id: string }>(CompiledQuery.raw(`select t.id from contacts t where ${test}`, params)); // prettier-ignore
    expect(rows.map((r) => r.id).toSorted()).toEqual(expected.toSorted());
    const run = async (text: string, values: unknown[]) => (await ctx.db.executeQuery<Record<string, unknown>>(CompiledQuery.raw(text, values))).rows; // prettier-ignore
    const subjects = await loadSubjects(run, [condition], contact, [bo.id, ana.id, cleo.id], objectNamed); // prettier-ignore
    expect(subjects.filter((s) => holds(condition, s, now)).map((s) => s.id).toSorted()).toEqual(expected.toSorted()); // prettier-ignore
  }
  const { ids } = await tagsApi.tagMany.run(ctx, {
    object: "contact",
    ids: [bo.id, cleo.id, newId()],
    name: "vip",
    away: false,
  });
  expect(ids).toEqual([cleo.id]);
  const of = await tagsApi.ofMany.run(ctx, { object: "contact", ids: [bo.id, cleo.id] });
  expect(Object.values(of.items).map((tags) => tags.map((tag) => tag.name))).toEqual([["VIP"], ["VIP"]]);
  const away = await tagsApi.tagMany.run(ctx, { object: "contact", ids: [bo.id, cleo.id, ana.id], name: "VIP", away: true }); // prettier-ignore
  expect(away.ids.toSorted()).toEqual([bo.id, cleo.id, ana.id].toSorted());
});

test("stars are a person's own, at most 100, and show only what may still be seen", async () => {
  const t = await databaseForTest();
  const ctx = t.ctx();
  const type = recordType("account");
  const [a, b] = [await createRecord(ctx, type, { name: "Vertex" }), await createRecord(ctx, type, { name: "Initech" })]; // prettier-ignore
  const star = (record_id: string, starred = true, as = ctx) => favouritesApi.star.run(as, { object: "account", record_id, starred }); // prettier-ignore
  await star(a.id);
  expect((await star(b.id)).items.map((f) => f.title).toSorted()).toEqual(["Initech", "Vertex"]);
  expect((await favouritesApi.list.run(t.ctx("agent", { actor: { id: newId() } }), {})).items).toEqual([]);
  await trashRecord(ctx, type, a.id);
  expect((await favouritesApi.list.run(ctx, {})).items).toMatchObject([{ title: "Initech", path: `/accounts/${b.id}` }]); // prettier-ignore
  expect((await star(b.id, false)).items).toEqual([]);
  await expect(star(newId())).rejects.toMatchObject({ kind: "not-found" });
  await sql`insert into favourites (user_id, record_id, object, at) select ${ctx.actor.id}, gen_random_uuid(), 'account', now() from generate_series(1, 99)`.execute(ctx.db); // prettier-ignore
  await expect(star(b.id)).rejects.toMatchObject({ code: "favourites.many" });
});

test("who is at a record is told until thirty seconds after their last word, and the table stays small", async () => {
  const t = await databaseForTest();
  const { control, workspace } = t.ctx();
  const tom = "01900000-0000-7000-8000-0000000000bb";
  const mira = "01900000-0000-7000-8000-0000000000aa";
  for (const [id, name] of [[mira, "Mira Okafor"], [tom, "Tom Weber"]] as const) {
    await sql`insert into users (id, name, email) values (${id}, ${name}, ${`${id}@northwind.example`}) on conflict do nothing`.execute(control);
    await sql`insert into members (workspace_id, user_id, role) values (${workspace.id}, ${id}, 'agent') on conflict do nothing`.execute(control);
  }
  const start = new Date();
  const as = (id: string, seconds: number) => t.ctx("agent", { at: new Date(start.getTime() + seconds * 1000), actor: { id } });
  const bo = await meet(t.ctx(), "bo");
  const ref = { object: "contact", record_id: bo.id };
  const pages = [newId(), newId(), newId()] as const;
  const changed = changedPresence();
  expect(await bePresent(as(mira, 0), ref, { page_id: pages[0], editing: false })).toEqual([]);
  await bePresent(as(mira, 1), ref, { page_id: pages[1], editing: true });
  expect(await bePresent(as(tom, 2), ref, { page_id: pages[2], editing: false })).toEqual([{ id: mira, name: "Mira Okafor", editing: true }]);
  expect((await changed(as(mira, 3))).map((c) => c.people.map((p) => p.name))).toEqual([["Mira Okafor", "Tom Weber"]]);
  expect(await changed(as(mira, 4))).toEqual([]);
  // Nobody speaks for another's page, and a stranger's record is not told.
  await bePresent(as(tom, 5), ref, { page_id: pages[0], editing: true });
  await leavePage(as(tom, 5), pages[1]);
  expect(await bePresent(as(tom, 20), ref, { page_id: pages[2], editing: false })).toMatchObject([{ id: mira, editing: true }]);
  await expect(bePresent(as(tom, 20), { object: "contact", record_id: newId() }, { page_id: pages[2], editing: false })).rejects.toMatchObject({ kind: "not-found" });
  expect(await bePresent(as(tom, 40), ref, { page_id: pages[2], editing: false })).toEqual([]);
  for (let i = 0; i < 40; i++) await bePresent(as(mira, 41), ref, { page_id: newId(), editing: false });
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from presence`.execute(t.ctx().db);
  expect(rows[0]!.n).toBeLessThanOrEqual(31);
}); // prettier-ignore

test("what somebody changes is told once, act by act, with its fields and never more than fifty ids", async () => {
  const ctx = (await databaseForTest()).ctx();
  const changes = newChanges(new Date(Date.now() - 1000));
  const bo = await meet(ctx, "bo");
  const first = await changes(ctx);
  expect(first.find((c) => c.object === "contact")).toMatchObject({ ids: [bo.id], by: { name: "Mira Okafor" }, many: false });
  await put(ctx, bo.id, { add: ["VIP"] });
  expect(await changes(ctx)).toMatchObject([{ object: "contact", ids: [bo.id], fields: ["tags"] }]);
  expect(await changes(ctx)).toEqual([]);
  await sql`
    with s as (insert into change_sets (id, at, actor_kind, actor_name) values (${newId()}, now(), 'user', 'Tom') returning id)
    insert into changes (set_id, object, record_id, action) select s.id, 'contact', gen_random_uuid(), 'updated' from s, generate_series(1, 1000)`.execute(ctx.db);
  const [many] = await changes(ctx);
  expect([many!.ids.length, many!.many]).toEqual([50, true]);
  // More acts than are told at once: the newest of them are, and the next one is told all the same.
  const acts = (n: number, key: string) => sql`
    with s as (insert into change_sets (id, at, actor_kind, actor_name) select gen_random_uuid(), now(), 'user', ${key} from generate_series(1, ${n}) returning id)
    insert into changes (set_id, object, record_id, action) select s.id, 'contact', gen_random_uuid(), 'updated' from s`.execute(ctx.db);
  await acts(1200, "many");
  expect(await changes(ctx)).toHaveLength(500);
  await acts(1, "last");
  expect((await changes(ctx)).map((c) => c.by.name)).toEqual(["last"]);
}); // prettier-ignore

test("all that a filter shows are tagged as one job and untagged as another; each is taken back, and what others did since stays", async () => {
  const t = await databaseForTest();
  const ctx = t.ctx();
  const [bo, ana] = [await meet(ctx, "bo"), await meet(ctx, "ana")];
  await put(ctx, ana.id, { add: ["Fair"] });
  const jobs = [bulkJob, takeBackJob];
  const run = async (act: BulkAct): Promise<string> => {
    const id = await startBulk(ctx, contactType, act, { filter: { field: "name", op: "is_set" } }, "Tag them");
    while (await workOnce(ctx, jobs, createLog("silent")));
    return id;
  };
  const names = async (id: string) => (await tagsApi.of.run(ctx, { object: "contact", record_id: id })).items.map((tag) => tag.name); // prettier-ignore
  const tagged = await run({ kind: "tag", name: "fair", away: false });
  expect([await names(bo.id), await names(ana.id)]).toEqual([["Fair"], ["Fair"]]);
  await put(ctx, bo.id, { add: ["Later"] });
  await startTakingBack(ctx, tagged);
  while (await workOnce(ctx, jobs, createLog("silent")));
  expect([await names(bo.id), await names(ana.id)]).toEqual([["Later"], ["Fair"]]);
  await run({ kind: "tag", name: "FAIR", away: true });
  expect(await names(ana.id)).toEqual([]);
  const nowhere = await run({ kind: "tag", name: "Nowhere", away: true });
  expect((await sql`select state, failed from jobs where id = ${nowhere}`.execute(ctx.db)).rows).toEqual([{ state: "done", failed: 0 }]); // prettier-ignore
  expect((await sql`select from tags where name = 'Nowhere'`.execute(ctx.db)).rows).toEqual([]);
});

test("records of an object of one's own are tagged, filtered and shown with tags, many at once, by whoever may change them", async () => {
  const t = await databaseForTest();
  const ctx = t.ctx();
  await defineObject(ctx, { label: "Vehicle", label_plural: "Vehicles", title_label: "Plate" });
  const object = "custom/vehicles";
  const role = await roleWith(ctx, "Fleet", { [object]: { read: "own", update: "own" } });
  const other = await roleWith(ctx, "Sales", { contacts: { read: "all", update: "all" } });
  const [mira, tom] = [await colleague(t, "Mira Okafor", role), await colleague(t, "Tom Weber", other)];
  const make = async (name: string, owner_id: string | null): Promise<string> => {
    const made = (await ownApi.create.run(ctx, ownApi.create.input.parse({ object: "vehicles", name, owner_id }))) as { json: string };
    return (JSON.parse(made.json) as { id: string }).id;
  };
  const [van, car] = [await make("B-XY 12", mira.actor.id), await make("M-A 7", null)];
  expect((await put(mira, van, { add: ["Electric", "Pool"] }, object)).map((tag) => tag.name)).toEqual(["Electric", "Pool"]);
  await expect(put(mira, car, { add: ["Electric"] }, object)).rejects.toMatchObject({ kind: "not-found" });
  await expect(put(tom, van, { add: ["x"] }, object)).rejects.toMatchObject({ kind: expect.stringMatching(/forbidden|not-found/) });
  await expect(put(t.ctx("viewer"), van, { add: ["x"] }, object)).rejects.toMatchObject({ kind: "forbidden" });
  await expect(put(ctx, van, { add: ["x"] }, "custom/planets")).rejects.toMatchObject({ fields: [{ field: "object" }] });
  await put(ctx, car, { add: ["Electric"] }, object);
  const [electric] = (await tagsApi.find.run(ctx, { q: "ele", limit: 1 })).items;
  const filter = { related: "tags", has: "some" as const, where: { field: "tag_id", op: "is" as const, value: electric!.id } };
  const found = async (as: typeof ctx) => {
    const told = (await ownApi.list.run(as, ownApi.list.input.parse({ object: "vehicles", sort: "name", filter: JSON.stringify(filter) }))) as { json: string };
    return (JSON.parse(told.json) as { items: { name: string }[] }).items.map((one) => one.name);
  };
  expect([await found(ctx), await found(await asNow(mira))]).toEqual([["B-XY 12", "M-A 7"], ["B-XY 12"]]);
  const shown = (await tagsApi.ofMany.run(mira, { object, ids: [van, car] })).items;
  expect(Object.entries(shown).map(([id, tags]) => [id, tags.map((tag) => tag.name)])).toEqual([[van, ["Electric", "Pool"]]]);
  const type = { object: (await objectsFor(ctx))(object), tell: () => null };
  const job = await startBulk(ctx, type, { kind: "tag", name: "electric", away: true }, { filter }, "Untag");
  while (await workOnce(ctx, [bulkJob, takeBackJob], createLog("silent")));
  expect(await found(ctx)).toEqual([]);
  await startTakingBack(ctx, job);
  while (await workOnce(ctx, [bulkJob, takeBackJob], createLog("silent")));
  expect(await found(ctx)).toEqual(["B-XY 12", "M-A 7"]);
  const { items } = await favouritesApi.star.run(mira, favouritesApi.star.input.parse({ object, record_id: van, starred: true }));
  expect(items).toEqual([{ object, record_id: van, title: "B-XY 12", path: `/custom/vehicles/${van}` }]);
}); // prettier-ignore
