import { Readable } from "node:stream";
import { sql } from "kysely";
import { expect, test } from "vitest";
import { taskType } from "#convert/activities";
import { contactType } from "#customers";
import { contactsApi } from "../src/customers/api.ts";
import { newId } from "#kernel/id";
import { inTransaction, type Ctx } from "#platform/context";
import { storeUpload } from "#platform/files";
import {
  createRecord,
  factReader,
  findRecord,
  historyOf,
  listRecords,
  mergeRecords,
  trashRecord,
  undoMerge,
  updateRecord,
  type Row,
} from "#records";
import { placeOrder } from "#deliver/orders";
import { timelineOf } from "#timeline";
import { changeField, defineField, restoreField, retireField } from "../src/records/custom/fields.ts";
import { besideOf } from "../src/records/comments/summary.ts";
import { exportAsk, openExport, streamOf } from "../src/records/export/export.ts";
import { addFile, restoreFile, trashFile } from "../src/records/files/add.ts";
import { filesApi } from "../src/records/files/api.ts";
import { filesOf } from "../src/records/files/file.ts";
import { sweepFiles } from "../src/records/files/sweep.ts";
import { imported, uploaded } from "../src/records/import/importing-for-tests.ts";
import { lookAt } from "../src/records/import/look.ts";
import { purgeRecords } from "../src/records/trash/purge.ts";
import { colleague, roleWith } from "./access-world.ts";
import { databaseForTest, type TestDatabase } from "./database.ts";

/* A field of one's own that holds a file of its record. */
interface World { t: TestDatabase; mira: Ctx; tom: Ctx; send: (as: Ctx, name: string, more?: { object?: string; record_id?: string }) => Promise<string>; person: (contract?: string, name?: string) => Promise<Row>; held: (id: string) => Promise<unknown> } // prettier-ignore

async function world(): Promise<World> {
  const t = await databaseForTest();
  const [mira, tom] = [await colleague(t, "Mira Okafor", "admin"), await colleague(t, "Tom Weber", "admin")];
  const send: World["send"] = async (as, name, more = {}) => {
    const stored = await storeUpload(t.dataDir, Readable.from([Buffer.from(name)]), 1000);
    return (await addFile(as, stored, { object: "contact", ...more, name, type: "text/plain" })).id;
  };
  const person: World["person"] = (contract, name = "Bo Lind") =>
    createRecord(mira, contactType, { name, custom: contract ? { contract } : {} });
  const held: World["held"] = async (id) => {
    const { custom, custom_links } = JSON.parse((await findRecord(mira, contactType.object, id)).json) as Record<string, Record<string, unknown>>; // prettier-ignore
    return [custom?.["contract"], (custom_links?.["contract"] as { title: string } | null)?.title];
  };
  await defineField(mira, { object: "contact", label: "Contract", type: "file" });
  return { t, mira, tom, send, person, held };
}

const fieldId = async (as: Ctx): Promise<string> =>
  (await sql<{ id: string }>`select id from custom_fields where key = 'contract'`.execute(as.db)).rows[0]!.id;

/** Changes the field. */
const change = async (as: Ctx, to: Parameters<typeof changeField>[3]): Promise<unknown> =>
  changeField(as, await fieldId(as), undefined, to);

test("what is sent for a record that is not saved yet is its sender's alone, and becomes the record's with it", async () => {
  const { t, mira, tom, send, person, held } = await world();
  for (const [wrong, at] of [[{ fast: true }, "fast"], [{ unique: true }, "unique"], [{ preset: newId() }, "preset"]] as const)
    await expect(defineField(mira, { object: "contact", label: "Paper", type: "file", ...wrong })).rejects.toMatchObject({ fields: [{ field: at }] }); // prettier-ignore
  const first = await send(mira, "contract.txt");
  expect(await filesApi.get.run(mira, { id: first })).toMatchObject({ name: "contract.txt", record_id: null });
  await expect(Promise.resolve(filesApi.get.run(tom, { id: first }))).rejects.toMatchObject({ kind: "not-found" });
  await expect(Promise.resolve(filesApi.trash.run(tom, { id: first }))).rejects.toMatchObject({ kind: "not-found" });
  const steals = createRecord(tom, contactType, { name: "Ed", custom: { contract: first } });
  await expect(steals).rejects.toMatchObject({ code: "file.elsewhere", fields: [{ field: "custom.contract" }] });
  const bo = await person(first);
  expect(await held(bo.id)).toEqual([first, "contract.txt"]);
  expect((await filesOf(tom, { object: "contact", record_id: bo.id })).map((f) => f.id)).toEqual([first]);
  expect((await timelineOf(mira, { contact_id: bo.id }, { names: ["file.added"] })).items.map((i) => i.sentence)).toEqual(["file contract.txt"]); // prettier-ignore
  // Of another record, of nobody, no id at all.
  const other = await person(undefined, "Cleo");
  for (const wrong of [first, newId(), "contract.txt", 7, [first]])
    await expect(updateRecord(mira, contactType, other.id, undefined, { custom: { contract: wrong } })).rejects.toThrow(); // prettier-ignore
  // One of its own files, sent beside it by somebody else.
  const beside = await send(tom, "beside.txt", { record_id: other.id });
  await updateRecord(mira, contactType, other.id, undefined, { custom: { contract: beside } });
  expect(await held(other.id)).toEqual([beside, "beside.txt"]);
  // What nobody saved is swept after a day, and not taken any more before that.
  const late = { ...mira, clock: () => new Date(Date.now() + 13 * 3_600_000) };
  const unsaved = await send(mira, "unsaved.txt");
  await expect(createRecord(late, contactType, { name: "Ed", custom: { contract: unsaved } })).rejects.toMatchObject({ code: "file.elsewhere" }); // prettier-ignore
  expect(await sweepFiles({ ...mira, clock: () => new Date(Date.now() + 25 * 3_600_000) })).toBe(1);
  await expect(Promise.resolve(filesApi.get.run(mira, { id: unsaved }))).rejects.toMatchObject({ kind: "not-found" });
  await sql`insert into files (id, object, name, type, bytes, sha256, by_id, by_name, created_at, kept_at) select gen_random_uuid(), 'contact', 'x', 'x', 0, '', ${mira.actor.id}, 'x', now(), now() from generate_series(1, 50)`.execute(mira.db); // prettier-ignore
  await expect(send(mira, "more.txt")).rejects.toMatchObject({ code: "files.fresh" });
  // Only those that may still be used stand in the way, and what one gives up oneself does not.
  const { rows } = await sql<{ id: string }>`select id from files where name = 'x' limit 1`.execute(mira.db);
  const given = rows[0]!.id;
  await filesApi.giveUp.run(tom, { id: given });
  await expect(send(mira, "more.txt")).rejects.toMatchObject({ code: "files.fresh" });
  await filesApi.giveUp.run(mira, { id: given });
  await expect(Promise.resolve(filesApi.get.run(mira, { id: given }))).rejects.toMatchObject({ kind: "not-found" });
  await send(mira, "more.txt");
  await expect(send(mira, "most.txt")).rejects.toMatchObject({ code: "files.fresh" });
  await send(late, "later.txt");
  expect(await sweepFiles(mira)).toBe(1);
  // One that is a record's by now is not given up.
  await filesApi.giveUp.run(mira, { id: first });
  expect(await held(bo.id)).toEqual([first, "contract.txt"]);
  // An order is placed with one.
  await defineField(mira, { object: "order", label: "Letter", type: "file" });
  const letter = await send(tom, "letter.txt", { object: "order" });
  const order = await placeOrder(tom, { lines: [{ description: "Jar", quantity: "1", unit_price: "5" }], custom: { letter } }); // prettier-ignore
  expect((await filesOf(t.ctx(), { object: "order", record_id: order })).map((f) => f.name)).toEqual(["letter.txt"]);
});

test("a file that is said to be old is not swept while its bytes are kept; one that was swept meanwhile is refused", async () => {
  const { t, mira, person } = await world();
  const ref = { object: "contact", record_id: (await person()).id };
  const sweptAt = (now: Ctx): Ctx => {
    const { files } = mira.outside;
    const keep: typeof files.keep = async (key, path) => (await files.keep(key, path), void (await sweepFiles(now)));
    return { ...mira, outside: { ...mira.outside, files: { ...files, keep } } };
  };
  const add = async (as: Ctx, more: { at?: Date }) =>
    addFile(as, await storeUpload(t.dataDir, Readable.from(["old"]), 1000), { ...ref, ...more, name: "old.txt", type: "text/plain" }); // prettier-ignore
  const at = new Date("2025-03-01T09:00:00Z");
  await add(sweptAt(mira), { at });
  expect(await filesOf(mira, ref)).toMatchObject([{ name: "old.txt", created_at: at }]);
  expect((await timelineOf(mira, { contact_id: ref.record_id }, { names: ["file.added"] })).items.map((i) => i.occurred_at)).toEqual([at]); // prettier-ignore
  const late = { ...mira, clock: () => new Date(Date.now() + 25 * 3_600_000) };
  await expect(add(sweptAt(late), {})).rejects.toMatchObject({ code: "file.swept" });
  expect(await filesOf(mira, ref)).toHaveLength(1);
});

test("a program adds records where a person must bring a file", async () => {
  const { t, mira, send } = await world();
  await change(mira, { required: true });
  const { create } = contactsApi;
  const key = t.ctx("admin", { actor: { kind: "key", id: newId(), name: "Shop" } });
  const missing = { issues: [{ path: ["custom", "contract"] }] };
  await expect(Promise.resolve().then(() => create.run(mira, { name: "Ed" }))).rejects.toMatchObject(missing);
  const made = JSON.parse((await create.run(key, { name: "Ed" })).json) as { id: string };
  // It brings the file to the record that is there now, and cannot empty the field again.
  const contract = await send(key, "contract.txt", { record_id: made.id });
  await updateRecord(key, contactType, made.id, undefined, { custom: { contract } });
  await expect(updateRecord(key, contactType, made.id, undefined, { custom: { contract: null } })).rejects.toMatchObject(missing); // prettier-ignore
});

test("a file that is replaced stays beside its record, one that is taken away leaves the field and comes back to it", async () => {
  const { mira, send, person, held } = await world();
  const [one, two] = [await send(mira, "one.txt"), await send(mira, "two.txt")];
  const bo = await person(one);
  await updateRecord(mira, contactType, bo.id, undefined, { custom: { contract: two } });
  expect((await filesOf(mira, { object: "contact", record_id: bo.id })).map((f) => f.name)).toEqual(["two.txt", "one.txt"]); // prettier-ignore
  await trashFile(mira, two);
  expect(await held(bo.id)).toEqual([undefined, undefined]);
  expect((await historyOf(mira, "contact", bo.id)).map((h) => h.fields?.["custom.contract"])).toEqual([[two, null], [one, two], [null, one]]); // prettier-ignore
  await restoreFile(mira, two);
  expect(await held(bo.id)).toEqual([two, "two.txt"]);
  await trashFile(mira, two);
  await updateRecord(mira, contactType, bo.id, undefined, { custom: { contract: one } });
  await restoreFile(mira, two);
  expect(await held(bo.id)).toEqual([one, "one.txt"]);
  // What somebody emptied themselves stays so; only what the trashing did is undone.
  await updateRecord(mira, contactType, bo.id, undefined, { custom: { contract: null } });
  await trashFile(mira, one);
  await restoreFile(mira, one);
  expect(await held(bo.id)).toEqual([undefined, undefined]);
  await updateRecord(mira, contactType, bo.id, undefined, { custom: { contract: one } });
  // A retired field lets go of its file, too, and has it back.
  const kept = async () => (await sql`select custom ->> 'contract' as id from contacts where id = ${bo.id}`.execute(mira.db)).rows; // prettier-ignore
  await retireField(mira, await fieldId(mira));
  await trashFile(mira, one);
  expect(await kept()).toEqual([{ id: null }]);
  await restoreFile(mira, one);
  expect(await kept()).toEqual([{ id: one }]);
  await restoreField(mira, await fieldId(mira));
  expect(await held(bo.id)).toEqual([one, "one.txt"]);
  // What must stand there is not taken away.
  await change(mira, { required: true });
  await expect(trashFile(mira, one)).rejects.toMatchObject({ issues: [{ path: ["custom", "contract"] }] });
  await trashFile(mira, two);
  await trashRecord(mira, contactType, bo.id);
  await inTransaction(mira, (tx) => purgeRecords(tx, contactType.object, [bo.id]));
  expect(await sweepFiles(mira)).toBe(2);
});

test("it is asked for as there or not, goes into files by its name, comes out of none, and follows a merge and its undoing", async () => {
  const { mira, send, person, held } = await world();
  const contract = await send(mira, "contract.txt");
  const [bo, cleo] = [await person(undefined, "Bo Lind"), await person(contract, "Cleo")];
  const list = async (filter: object, sort?: string): Promise<string[]> => {
    const asked = { limit: 5, filter: { field: "custom.contract", ...filter } as never, sort };
    return (JSON.parse((await listRecords(mira, contactType.object, asked)).json) as { items: { name: string }[] }).items.map((i) => i.name); // prettier-ignore
  };
  expect([await list({ op: "is_set" }), await list({ op: "is_empty" })]).toEqual([["Cleo"], ["Bo Lind"]]);
  await expect(list({ op: "is_set" }, "custom.contract")).rejects.toMatchObject({ fields: [{ field: "sort" }] });
  const ask = exportAsk.parse({ fields: ["name", "custom.contract"], sort: "name" });
  const pieces: Buffer[] = [];
  for await (const piece of streamOf(await openExport(mira, contactType.object, ask))) pieces.push(Buffer.from(piece as Buffer)); // prettier-ignore
  expect(Buffer.concat(pieces).toString().replace("\ufeff", "").trim().split(/\r?\n/)).toEqual(["Name,Contract", "Bo Lind,", "Cleo,contract.txt"]); // prettier-ignore

  await change(mira, { required: true });
  const found = await uploaded(mira, "contacts", "Name,E-mail,Contract\nEd,ed@x.example,a.pdf\n");
  const look = await lookAt(mira, found);
  expect(look.mapping).not.toHaveProperty("Contract");
  const mapping = { ...look.mapping, Contract: { field: "custom.contract" } };
  const said = { message: '"Contract" holds a file, which no cell can bring: add it on the record.' };
  await expect(imported(mira, "contacts", found, { mapping })).rejects.toMatchObject({ fields: [said] });
  // What must hold a file is not asked of the rows of a table.
  await defineField(mira, { object: "task", label: "Plan", type: "file", required: true });
  await defineField(mira, { object: "task", label: "Floor", type: "number", required: true });
  const tasks = await imported(mira, "tasks", "Title,Floor\nCall Ed,2\nCall Bo,\n");
  expect([tasks.failures, tasks.counts]).toMatchObject([["row 3, column Floor: This is required."], { created: 1 }]);

  await change(mira, { required: false });
  const merge = await mergeRecords(mira, "contact", bo.id, { losers: [cleo.id] });
  expect(await held(bo.id)).toEqual([contract, "contract.txt"]);
  expect((await filesOf(mira, { object: "contact", record_id: bo.id })).map((f) => f.id)).toEqual([contract]);
  await undoMerge(mira, "contact", bo.id, merge.id);
  expect([await held(bo.id), await held(cleo.id)]).toEqual([
    [undefined, undefined],
    [contract, "contract.txt"],
  ]);
});

test("undone, a merge leaves no field that names a file of another record, or one in the trash", async () => {
  const { mira, send, person, held } = await world();
  const merged = async () => {
    const contract = await send(mira, "contract.txt");
    const [bo, cleo] = [await person(undefined, "Bo Lind"), await person(contract, "Cleo")];
    const merge = await mergeRecords(mira, "contact", bo.id, { losers: [cleo.id] });
    return { contract, bo, cleo, undo: () => undoMerge(mira, "contact", bo.id, merge.id) };
  };
  const thrown = await merged();
  await trashFile(mira, thrown.contract);
  expect((await thrown.undo()).kept).toEqual(["custom.contract"]);
  expect([await held(thrown.bo.id), await held(thrown.cleo.id)]).toEqual([[undefined, undefined], [undefined, undefined]]); // prettier-ignore
  const [last] = await historyOf(mira, "contact", thrown.cleo.id);
  expect(last?.fields).toEqual({ "custom.contract": [thrown.contract, null] });

  // Required since: the winner's cannot be emptied as it was, and yet the file goes back to whose it is.
  const needed = await merged();
  await change(mira, { required: true });
  expect((await needed.undo()).kept).toEqual(["custom.contract"]);
  expect([await held(needed.bo.id), await held(needed.cleo.id)]).toEqual([[undefined, undefined], [needed.contract, "contract.txt"]]); // prettier-ignore
});

test("whoever may not read the field meets nothing of its file: not in lists, by id, in bytes, nor on the timeline", async () => {
  const { t, mira, send, person } = await world();
  const all = { read: "all", create: "all", update: "all" } as const;
  const pia = await colleague(t, "Pia Lang", await roleWith(t.ctx(), "Without contracts", { contacts: all }, { contacts: { name: "edit" } })); // prettier-ignore
  const contract = await send(mira, "contract.txt");
  const bo = await person(contract);
  const ref = { object: "contact", record_id: bo.id };
  const open = await send(mira, "open.txt", { record_id: bo.id });
  const sees = async (as: Ctx) => ({
    listed: (await filesApi.list.run(as, ref)).items.map((f) => f.name),
    counted: (await besideOf(as, ref)).files,
    told: (await timelineOf(as, { contact_id: bo.id }, { names: ["file.added"], reader: factReader(as) })).items.map((i) => i.sentence), // prettier-ignore
  });
  expect(await sees(mira)).toEqual({ listed: ["open.txt", "contract.txt"], counted: 2, told: ["file open.txt", "file contract.txt"] }); // prettier-ignore
  const hers = { listed: ["open.txt"], counted: 1, told: ["file open.txt"] };
  expect(await sees(pia)).toEqual(hers);
  expect(await filesApi.get.run(pia, { id: open })).toMatchObject({ name: "open.txt" });
  // What she gets by id, and its bytes, which ask the same; nor does she take it away or bring it back.
  for (const ask of [filesApi.get.run, filesApi.trash.run, filesApi.restore.run])
    await expect(Promise.resolve().then(() => ask(pia, { id: contract }))).rejects.toMatchObject({ kind: "not-found" });
  // A retired field keeps what it holds to itself.
  await sql`update custom_fields set retired_at = now()`.execute(mira.db);
  expect(await sees(pia)).toEqual(hers);
  // Nor is she told of what lies beside a record of an object that her role does not name.
  const task = await createRecord(mira, taskType, { title: "Call Bo", contact_id: bo.id });
  await send(mira, "secret.txt", { object: "task", record_id: task.id });
  expect((await sees(mira)).told).toContain("file secret.txt");
  expect((await sees(pia)).told).toEqual(["file open.txt"]);
});
