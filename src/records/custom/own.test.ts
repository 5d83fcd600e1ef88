import { expect, test } from "vitest";
import { contactType } from "#customers";
import type { Ctx } from "#platform/context";
import { workOnce } from "#platform/jobs";
import { createLog } from "#platform/log";
import { mayWith } from "#platform/auth";
import { newId } from "#kernel/id";
import { inTransaction } from "#platform/context";
import { pino } from "pino";
import { colleague, roleWith } from "../../../test/access-world.ts";
import { databaseForTest } from "../../../test/database.ts";
import { startBulk } from "../bulk/bulk.ts";
import { typeFor } from "../history/may.ts";
import { importersFor } from "../import/generic/importer.ts";
import type { Staged } from "../import/importer.ts";
import { bulkApi, bulkJob, createRecord, historyApi, listRecords, searchRecords, undoChangeSet } from "../index.ts";
import { changeOwnRole } from "../access/roles.ts";
import { describedFor } from "./described.ts";
import { defineField } from "./fields.ts";
import { changeObject, defineObject, findOwn } from "./objects.ts";
import { ownApi } from "./own-api.ts";

interface Told { id: string; version: number; name: string; custom: Record<string, unknown>; custom_links: Record<string, unknown> } // prettier-ignore
const told = async <T = Told>(asked: unknown): Promise<T> => JSON.parse(((await asked) as { json: string }).json) as T;
const make = (ctx: Ctx, body: object) =>
  told(ownApi.create.run(ctx, ownApi.create.input.parse({ object: "vehicles", ...body })));
const words = { label: "Vehicle", label_plural: "Vehicles", title_label: "Number plate" };

test("an object of one's own is made, filled, found, filtered both ways, changed, trashed and told in its history", async () => {
  const ctx = (await databaseForTest()).ctx();
  await defineObject(ctx, words);
  await defineField(ctx, { object: "custom/vehicles", label: "Seats", type: "number", required: true });
  await defineField(ctx, { object: "custom/vehicles", label: "Driver", type: "relation", to_object: "contact" });
  await defineField(ctx, { object: "contact", label: "Favourite", type: "relation", to_object: "custom/vehicles" });
  const bo = await createRecord(ctx, contactType, { name: "Bo Lind" });
  await expect(make(ctx, { name: "B-XY 12" })).rejects.toMatchObject({ issues: [{ path: ["custom", "seats"] }] });
  await expect(make(ctx, { name: "", custom: { seats: 1 } })).rejects.toMatchObject({ issues: [{ path: ["name"] }] });
  const van = await make(ctx, { name: "B-XY 12", custom: { seats: 9, driver: bo.id } });
  expect(van.custom_links).toEqual({ driver: { id: bo.id, title: "Bo Lind" } });
  const other = await make(ctx, { name: "ع 77", custom: { seats: 2 } });
  await createRecord(ctx, contactType, { name: "Ana Ruiz", custom: { favourite: van.id } });

  const contact = await describedFor(ctx, contactType.object);
  const related = contact.related.find((r) => r.object === "custom/vehicles")!;
  expect(related).toMatchObject({ by: "custom.driver", label: "Vehicles · Driver" });
  const names = async (asked: unknown) => (await told<{ items: Told[] }>(asked)).items.map((i) => i.name);
  const list = (input: object) => ownApi.list.run(ctx, ownApi.list.input.parse({ object: "vehicles", ...input }));
  expect(await names(list({ filter: JSON.stringify({ field: "custom.driver.name", op: "is", value: "bo lind" }) }))).toEqual(["B-XY 12"]);
  expect(await names(list({ sort: "custom.seats" }))).toEqual(["ع 77", "B-XY 12"]);
  expect(await names(listRecords(ctx, contact, { limit: 5, filter: { related: related.name, has: "some" } }))).toEqual(["Bo Lind"]);
  expect(await names(listRecords(ctx, contact, { limit: 5, filter: { field: "custom.favourite.custom.seats", op: "gte", value: 9 } }))).toEqual(["Ana Ruiz"]);
  expect((await searchRecords(ctx, "xy 12", () => true)).items).toEqual([expect.objectContaining({ object: "custom/vehicles", id: van.id, title: "B-XY 12" })]);

  const change = ownApi.update.input.parse({ object: "vehicles", id: van.id, version: 1, custom: { seats: 8 } });
  await ownApi.update.run(ctx, change);
  await expect(ownApi.update.run(ctx, change)).rejects.toMatchObject({ kind: "stale" });
  const of = ownApi.trash.input.parse({ object: "vehicles", id: other.id });
  await ownApi.trash.run(ctx, of);
  expect(await names(list({ trash: "true" }))).toEqual(["ع 77"]);
  await ownApi.restore.run(ctx, of);
  const { items } = await ownApi.history.run(ctx, { object: "vehicles", id: van.id });
  expect(items.map((i) => i.fields?.["custom.seats"])).toEqual([[9, 8], [null, 9]]);
  const batch = ownApi.batch.input.parse({ object: "vehicles", items: [{ external_id: { system: "erp", id: "7" }, values: { name: "M-A 7", custom: { seats: 4 } } }, { values: { name: "M-A 8" } }] });
  expect((await ownApi.batch.run(ctx, batch)).items.map((i) => i.outcome)).toEqual(["created", "refused"]);
}); // prettier-ignore

test("records of one's own are grouped, explained, changed in cells and in bulk, taken back, and told as of a day", async () => {
  const ctx = (await databaseForTest()).ctx();
  await defineObject(ctx, words);
  await defineField(ctx, { object: "custom/vehicles", label: "Seats", type: "number" });
  await defineField(ctx, { object: "custom/vehicles", label: "Kind", type: "choice", choices: ["Van", "Car"].map((label) => ({ value: label.toLowerCase(), label })) });
  const [van, car] = [await make(ctx, { name: "B-XY 12", custom: { seats: 9, kind: "van" } }), await make(ctx, { name: "M-A 7", custom: { seats: 4, kind: "car" } })];
  await make(ctx, { name: "M-A 8", custom: { seats: 5, kind: "car" } });
  const groups = await ownApi.groups.run(ctx, ownApi.groups.input.parse({ object: "vehicles", by: "custom.kind", sums: "custom.seats" }));
  expect(groups.groups.map((g) => [g.key, g.count, Object.values(g.sums["custom.seats"]!)])).toEqual(expect.arrayContaining([["van", 1, [9]], ["car", 2, [9]]]));
  const why = await ownApi.why.run(ctx, ownApi.why.input.parse({ object: "vehicles", id: car.id, filter: JSON.stringify({ field: "custom.seats", op: "gte", value: 5 }) }));
  expect(why).toMatchObject({ in: false, tree: { truth: false } });
  const may = () => true;
  const bulk = bulkApi(may);
  const cells = await bulk.cells.run(ctx, bulk.cells.input.parse({ object: "custom/vehicles", rows: [{ id: van.id, version: 1, values: { custom: { seats: 8 } } }] }));
  expect(cells.rows).toMatchObject([{ outcome: "changed" }]);
  await bulk.start.run(ctx, bulk.start.input.parse({ object: "custom/vehicles", act: { kind: "set", values: { custom: { kind: "van" } } }, whom: { filter: { field: "custom.kind", op: "is", value: "car" } } }));
  await workOnce(ctx, [bulkJob], createLog("silent"));
  const kinds = async () => (await told<{ items: Told[] }>(ownApi.list.run(ctx, ownApi.list.input.parse({ object: "vehicles", sort: "name" })))).items.map((i) => [i.custom.kind, i.custom.seats]);
  expect(await kinds()).toEqual([["van", 8], ["van", 4], ["van", 5]]);
  await undoChangeSet(ctx, cells.set_id!);
  expect(await kinds()).toEqual([["van", 9], ["van", 4], ["van", 5]]);
  const { items } = await ownApi.history.run(ctx, { object: "vehicles", id: van.id });
  expect(items).toHaveLength(3);
  const then = await historyApi(may).asOf.run(ctx, { object: "custom/vehicles", id: van.id, at: new Date(Date.now() + 60_000).toISOString() });
  expect(then).toMatchObject({ existed: true, values: { name: "B-XY 12" } });
}); // prettier-ignore

test("a retired object is gone for everybody with its records, and back with them; keys and names are given once", async () => {
  const ctx = (await databaseForTest()).ctx();
  const id = await defineObject(ctx, words);
  await make(ctx, { name: "B-XY 12" });
  await changeObject(ctx, id, undefined, { retired: true });
  await expect(make(ctx, { name: "B-XY 13" })).rejects.toMatchObject({ kind: "not-found" });
  const again = await defineObject(ctx, words);
  expect((await findOwn(ctx, again)).key).toBe("vehicles2");
  await expect(changeObject(ctx, id, undefined, { retired: false })).rejects.toMatchObject({ code: "custom-object.label-taken" });
  await changeObject(ctx, id, undefined, { retired: false, label_plural: "Old vehicles" });
  expect((await told<{ items: Told[] }>(ownApi.list.run(ctx, ownApi.list.input.parse({ object: "vehicles" })))).items).toHaveLength(1);
  await expect(defineObject(ctx, { ...words, label_plural: "Contacts" })).rejects.toMatchObject({ code: "custom-object.label-taken" });
  const race = await Promise.allSettled([1, 2].map(() => defineObject(ctx, { ...words, label_plural: "عربات" })));
  expect(race.map((r) => r.status).sort()).toEqual(["fulfilled", "rejected"]);
}); // prettier-ignore

test("a role made here reaches each object of one's own as it says: not by accounts, not by default, and field by field", async () => {
  const t = await databaseForTest();
  const boss = t.ctx();
  const id = await defineObject(boss, words);
  await defineObject(boss, { label: "Course", label_plural: "Courses", title_label: "Title" });
  await defineField(boss, { object: "custom/vehicles", label: "Seats", type: "number" });
  await defineField(boss, { object: "custom/vehicles", label: "Purchase price", type: "money" });
  const fields = { name: "read", owner_id: "read", "custom.seats": "edit" } as const;
  const grants = { accounts: { read: "all", create: "all" }, "custom/vehicles": { read: "own", update: "own", create: "all" } } as const;
  const role = await roleWith(boss, "Fleet", grants, { "custom/vehicles": fields });
  const mira = await colleague(t, "Mira Okafor", role);
  await make(boss, { name: "B-XY 12", custom: { seats: 9, purchase_price: 900_00 } });
  const hers = await make(boss, { name: "B-XY 13", owner_id: mira.actor.id, custom: { seats: 2, purchase_price: 700_00 } });
  await ownApi.update.run(boss, ownApi.update.input.parse({ object: "vehicles", id: hers.id, version: 1, custom: { purchase_price: 650_00, seats: 3 } }));
  const seen = await told<{ items: Told[] }>(ownApi.list.run(mira, ownApi.list.input.parse({ object: "vehicles" })));
  expect(seen.items.map((v) => [v.name, v.custom])).toEqual([["B-XY 13", { seats: 3 }]]);
  const { items } = await ownApi.history.run(mira, { object: "vehicles", id: hers.id });
  expect(JSON.stringify(items)).not.toMatch(/purchase_price|65000|70000/);
  const change = (custom: object) => ownApi.update.run(mira, ownApi.update.input.parse({ object: "vehicles", id: hers.id, version: 2, custom }));
  await expect(change({ purchase_price: 1 })).rejects.toMatchObject({ code: "field.not-yours" });
  await change({ seats: 4 });
  await expect(ownApi.trash.run(mira, ownApi.trash.input.parse({ object: "vehicles", id: hers.id }))).rejects.toMatchObject({ kind: "forbidden" });
  await expect(Promise.resolve(ownApi.list.run(mira, ownApi.list.input.parse({ object: "courses" })))).rejects.toMatchObject({ kind: "not-found" });
  const may = mayWith({ "custom.read": ["agent"], "custom.delete": ["agent"], "accounts.read": ["agent"] });
  expect(["custom.read", "custom.delete", "custom/vehicles.read", "custom/courses.read", "custom/new.read"].map((p) => may(mira, p))).toEqual([true, false, true, false, false]);
  expect((await searchRecords(mira, "xy", (plural) => may(mira, `${plural}.read`))).items.map((i) => i.title)).toEqual(["B-XY 13"]);
  // What is granted waits for a retired object's return.
  await changeObject(boss, id, undefined, { retired: true });
  await changeOwnRole(boss, role.id, 1, { name: "Fleet", base: "agent", grants, fields: { "custom/vehicles": fields } });
  await expect(changeOwnRole(boss, role.id, 2, { name: "Fleet", base: "agent", grants: { "custom/planets": { read: "all" } }, fields: {} })).rejects.toMatchObject({ fields: [{ field: "grants.custom/planets" }] });
}); // prettier-ignore

test("records of one's own objects come from files and go into files, are changed many at once, and all of it is taken back", async () => {
  const t = await databaseForTest();
  const ctx = t.ctx();
  await defineObject(ctx, words);
  await defineField(ctx, { object: "custom/vehicles", label: "Seats", type: "number" });
  await defineField(ctx, { object: "custom/vehicles", label: "Driver", type: "relation", to_object: "contact" });
  await defineField(ctx, { object: "custom/vehicles", label: "Per door", type: "formula", formula: "custom.seats / 4" });
  await createRecord(ctx, contactType, { name: "Bo Lind", email: "bo@example.com" });
  const importer = (await importersFor(ctx)).find((i) => i.object === "custom/vehicles")!;
  expect(importer.fields.map((f) => f.name)).toEqual(expect.arrayContaining(["name", "custom.seats", "custom.driver"]));
  expect(importer.fields.map((f) => f.name)).not.toContain("custom.per_door");
  const given = { import_id: newId(), file: "fleet.csv", options: importer.options.parse({}), workspace: ctx.workspace };
  const columns = importer.fields.filter((f) => ["name", "custom.seats", "custom.driver"].includes(f.name)).map((field, at) => ({ column: field.label, at, field, decimals: ".", dates: "iso" }) as never);
  const plan = { ...given, columns };
  expect(importer.check(plan)).toEqual([]);
  const stager = importer.stage(plan, null);
  const rows = [{ name: "B-XY 12", "custom.seats": "8", "custom.driver": "bo@example.com" }, { name: "B-XY 13", "custom.seats": "4" }]
    .map((values, i) => ({ ...(stager.take(values, i + 1) as Staged), row: i + 1 }));
  const written = await inTransaction(ctx, (tx) => importer.write(tx, plan, rows, false));
  expect(written).toMatchObject({ counts: { created: 2 }, failures: [] });
  const all = () => told<{ items: Told[] }>(ownApi.list.run(ctx, ownApi.list.input.parse({ object: "vehicles", sort: "name" }))).then((l) => l.items);
  const [van] = await all();
  expect(van).toMatchObject({ custom: { seats: 8, per_door: 2 }, custom_links: { driver: { title: "Bo Lind" } } });

  const file = (await ownApi.export.run(ctx, ownApi.export.input.parse({ object: "vehicles", fields: "name,custom.seats,custom.per_door,custom.driver", sort: "name" }))) as { file: AsyncIterable<Buffer> };
  const pieces = [];
  for await (const piece of file.file) pieces.push(Buffer.from(piece));
  expect(Buffer.concat(pieces).toString().replace("\ufeff", "").split(/\r?\n/).slice(1, 3)).toEqual(["B-XY 12,8,2,Bo Lind", "B-XY 13,4,1,"]);

  const type = await typeFor(ctx, () => true, "custom/vehicles", "update");
  await startBulk(ctx, type, { kind: "set", values: { custom: { seats: 6 } } }, { filter: { field: "custom.per_door", op: "gte", value: 1 } }, "Seats");
  await workOnce(ctx, [bulkJob], pino({ level: "silent" }));
  expect((await all()).map((v) => v.custom["seats"])).toEqual([6, 6]);
  const [last] = (await ownApi.history.run(ctx, { object: "vehicles", id: van!.id })).items;
  await undoChangeSet(ctx, last!.set_id);
  expect((await all()).map((v) => v.custom["seats"])).toEqual([8, 4]);
  const made = (await ownApi.history.run(ctx, { object: "vehicles", id: van!.id })).items.at(-1)!;
  await expect(undoChangeSet(ctx, made.set_id, { record_id: van!.id })).rejects.toMatchObject({ code: "record.changed-since" });
}); // prettier-ignore
