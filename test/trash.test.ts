import { sql } from "kysely";
import { expect, test } from "vitest";
import { contactType } from "#customers";
import {
  createRecord,
  findRecord,
  heldOf,
  purgedObjects,
  tagRecord,
  tied,
  trashRecord,
  updateRecord,
  restoreRecord,
} from "#records";
import { taskType, writeNote } from "#convert/activities";
import { inTransaction, type Ctx } from "#platform/context";
import { workOnce } from "#platform/jobs";
import { createLog } from "#platform/log";
import "../src/app/modules.ts";
import { sampleForTest } from "../src/app/demo/sample-for-tests.ts";
import { defineField } from "../src/records/custom/fields.ts";
import { defineObject } from "../src/records/custom/objects.ts";
import { ownApi } from "../src/records/custom/own-api.ts";
import { besideTables } from "../src/records/forget.ts";
import { lookIntoTrash, purgeAt, purgeByHand, purgeJob } from "../src/records/trash/job.ts";
import { changeTrash, trashSettings } from "../src/records/trash/settings.ts";
import { databaseForTest } from "./database.ts";
import { meet, meetWithPast } from "./world.ts";

const days = (n: number): Date => new Date(Date.UTC(2026, 2, 1 + n));
const log = createLog("silent");
const work = async (ctx: Ctx): Promise<void> => {
  while (await workOnce(ctx, [purgeJob], log));
};
const rows = async <R>(ctx: Ctx, query: ReturnType<typeof sql<R>>): Promise<R[]> => (await query.execute(ctx.db)).rows;

test("every column that names a record says what becomes of it when the record leaves the trash for good", async () => {
  const ctx = (await databaseForTest()).ctx();
  const purged = await purgedObjects(ctx);
  const also = tied().flatMap((t) => (t.end === "goes" && t.as && t.as !== "same" ? [t.as] : []));
  const names = [...new Set([...purged.map((o) => o.name), ...also])];
  const tables = [...new Set([...purged.map((o) => o.table), ...also.map((name) => `${name}s`)])];
  // The database itself says so where it clears the column, or deletes parts that are no records.
  const found = await rows(ctx, sql<{ at: string }>`
    select c.relname || '.' || a.attname as at
      from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
      left join pg_constraint f on f.conrelid = c.oid and f.contype = 'f' and a.attnum = any(f.conkey)
      left join pg_class t on t.oid = f.confrelid
     where c.relnamespace = current_schema()::regnamespace and c.relkind = 'r' and a.atttypid in ('uuid'::regtype, 'text'::regtype)
       and case when t.relname = any(${tables}) then f.confdeltype = 'a' or (f.confdeltype = 'c' and exists (select from pg_attribute d where d.attrelid = c.oid and d.attname = 'deleted_at' and c.relname <> 'tagged'))
                when f.oid is not null then false
                else a.attname in ('record_id', 'subject_id', 'source_id', 'winner_id', 'loser_id') or a.attname = any(${names.map((name) => `${name}_id`)}) end
     order by 1`); // prettier-ignore
  const said = new Set([...tied().map((t) => `${t.table}.${t.column}`), ...["changes", "files", ...besideTables].map((t) => `${t}.record_id`)]); // prettier-ignore
  // Notes and calls of a person go with them by the database; they are no records of their own.
  for (const table of ["notes", "calls"]) said.add(`${table}.contact_id`);
  expect(found.length).toBeGreaterThan(40);
  expect(found.map((r) => r.at).filter((at) => !said.has(at)), "say in the module's purge.ts what becomes of it").toEqual([]); // prettier-ignore
  // What goes along asks nobody what holds it.
  expect(tied().filter((t) => t.end === "holds" && also.includes(String(t.of)))).toEqual([]);
});

test("the trash keeps things for its days, and then all that is theirs goes; what accounting needs stays and is said", async () => {
  const t = await databaseForTest();
  const ctx = t.ctx("owner", { at: days(0) });
  const buyer = await meetWithPast(ctx, "ana");
  const bo = await meet(ctx, "bo");
  await sql`insert into orders (id, number, contact_id, currency, placed_at) values (gen_random_uuid(), 'O-1', ${buyer.id}, 'EUR', now())`.execute(
    ctx.db,
  );
  await inTransaction(ctx, (tx) => writeNote(tx, { contact_id: bo.id, text: "Likes it early" }));
  const task = await createRecord(ctx, taskType, { title: "Call", contact_id: bo.id });
  await inTransaction(ctx, (tx) =>
    tagRecord(tx, { object: "contact", record_id: bo.id }, { add: ["Hot"], remove: [] }),
  );
  for (const { id } of [buyer, bo]) await trashRecord(ctx, contactType, id);
  const late = await createRecord(ctx, contactType, { name: "Cy" });
  await trashRecord(t.ctx("owner", { at: days(20) }), contactType, late.id);
  expect(await trashSettings(ctx)).toMatchObject({ keep_days: 30 });

  const before = t.ctx("owner", { at: days(29) });
  await lookIntoTrash(before);
  expect(await rows(ctx, sql`select from jobs where kind = 'trash.purge'`)).toEqual([]);
  expect(await purgeAt(ctx)).toEqual(days(30));
  const after = t.ctx("owner", { at: days(31) });
  await lookIntoTrash(after);
  expect(await rows(ctx, sql`select title, total from jobs where kind = 'trash.purge'`)).toEqual([{ title: "Delete for good what was in the trash for 30 days", total: 1 }]); // prettier-ignore
  await work(after);
  expect((await rows(ctx, sql<{ id: string }>`select id from contacts order by name`)).map((r) => r.id)).toEqual([buyer.id, late.id]); // prettier-ignore
  expect(await heldOf(ctx, "contact", [buyer.id, late.id])).toEqual([{ id: buyer.id, by: "order", count: 1 }]);
  const left = await rows(ctx, sql<{ n: number }>`
    select (select count(*) from tasks where id = ${task.id})::int + (select count(*) from notes where contact_id = ${bo.id})::int + (select count(*) from tagged where record_id = ${bo.id})::int
         + (select count(*) from facts where contact_id = ${bo.id})::int + (select count(*) from changes where record_id = any(${[bo.id, task.id]}::uuid[]))::int as n`); // prettier-ignore
  expect(left).toEqual([{ n: 0 }]);
  // Gone through again it does nothing: no job for what is held.
  await lookIntoTrash(after);
  expect(await rows(ctx, sql`select from jobs where kind = 'trash.purge'`)).toHaveLength(1);

  const { version } = await trashSettings(ctx);
  expect(await changeTrash(ctx, version, 5)).toMatchObject({ keep_days: 5, version: version + 1 });
  await expect(changeTrash(ctx, version, 7)).rejects.toMatchObject({ code: "trash.stale" });
  await lookIntoTrash(after);
  await work(after);
  expect(await rows(ctx, sql`select id from contacts where id = ${late.id}`)).toEqual([]);
});

test("deleting for good by hand asks for the number, leaves what was restored, and goes on after a stop", async () => {
  const t = await databaseForTest();
  const ctx = t.ctx("owner");
  const ids: string[] = [];
  for (let i = 0; i < 120; i++) ids.push((await createRecord(ctx, contactType, { name: `Person ${i}` })).id);
  await sql`update contacts set deleted_at = now()`.execute(ctx.db);
  const [objects] = (await purgedObjects(ctx)).filter((o) => o.name === "contact");
  await expect(purgeByHand(ctx, objects!, undefined, 119)).rejects.toMatchObject({ fields: [{ field: "confirm" }] });
  const job = await purgeByHand(ctx, objects!, undefined, 120);
  await restoreRecord(ctx, contactType, ids[0]!);
  await updateRecord(ctx, contactType, ids[0]!, undefined, { city: "Bonn" });
  // The worker dies after the first batch.
  const stopping = new AbortController();
  await workOnce(ctx, [{ ...purgeJob, run: (c, j, control) => purgeJob.run(c, j, {
    advance: async (tx, step) => (stopping.signal.aborted ? Promise.reject(new Error("killed")) : (await control.advance(tx, step), stopping.abort())),
  }) }], log); // prettier-ignore
  expect(await rows(ctx, sql`select count(*)::int as n from contacts`)).toEqual([{ n: 70 }]);
  await sql`update jobs set due_at = null`.execute(ctx.db); // after a fault it waits
  await work(ctx);
  expect(await rows(ctx, sql`select id from contacts`)).toEqual([{ id: ids[0] }]);
  expect(await rows(ctx, sql`select state, done, total, result from jobs where id = ${job}`)).toEqual([{ state: "done", done: 119, total: 120, result: { purged: 119, object: "contact", held: 1 } }]); // prettier-ignore
});

test("what points to a record that was deleted for good is read, changed and saved all the same", async () => {
  const t = await databaseForTest();
  const ctx = t.ctx();
  await defineObject(ctx, { label: "Vehicle", label_plural: "Vehicles", title_label: "Plate" });
  await defineField(ctx, { object: "contact", label: "Favourite", type: "relation", to_object: "custom/vehicles" });
  const make = ownApi.create.input.parse({ object: "vehicles", name: "B-XY 12" });
  const van = JSON.parse(((await ownApi.create.run(ctx, make)) as { json: string }).json) as { id: string };
  const bo = await createRecord(ctx, contactType, { name: "Bo Lind", custom: { favourite: van.id } });
  await inTransaction(ctx, (tx) => tagRecord(tx, { object: "custom/vehicles", record_id: van.id }, { add: ["Pool"], remove: [] })); // prettier-ignore
  await ownApi.trash.run(ctx, ownApi.trash.input.parse({ object: "vehicles", id: van.id }));
  await expect(updateRecord(ctx, contactType, bo.id, undefined, { custom: { favourite: van.id } })).resolves.toMatchObject({ version: 1 }); // prettier-ignore
  await expect(createRecord(ctx, contactType, { name: "Cy", custom: { favourite: van.id } })).rejects.toMatchObject({ fields: [{ field: "custom.favourite" }] }); // prettier-ignore
  const vehicles = (await purgedObjects(ctx)).find((o) => o.name === "custom/vehicles")!;
  await purgeByHand(ctx, vehicles, [van.id], 1);
  await work(ctx);
  expect(await rows(ctx, sql`select from own_vehicles`)).toEqual([]);
  expect(await rows(ctx, sql`select from tagged where record_id = ${van.id}`)).toEqual([]);
  expect(await updateRecord(ctx, contactType, bo.id, undefined, { city: "Bonn" })).toMatchObject({ city: "Bonn" });
  const read = JSON.parse((await findRecord(ctx, contactType.object, bo.id)).json) as { custom_links: object };
  expect(Object.values(read.custom_links)).toEqual([null]);
});

test(
  "of the whole sample in the trash only what is held stays, and nothing names what is gone",
  { timeout: 300_000 },
  async () => {
    const t = await sampleForTest();
    const ctx = t.ctx("owner");
    const objects = await purgedObjects(ctx);
    const all = async (): Promise<Set<string>> => {
      const ids = new Set<string>();
      for (const o of objects) for (const { id } of await rows(ctx, sql<{ id: string }>`select id from ${sql.table(o.table)}`)) ids.add(id); // prettier-ignore
      return ids;
    };
    const had = await all();
    // Of the people one in eight, which is all kinds of them.
    const some = (o: { name: string }) => (o.name === "contact" ? sql`where id::text ~ '[07]$'` : sql``);
    for (const o of objects) await sql`update ${sql.table(o.table)} set deleted_at = '2026-01-01' ${some(o)}`.execute(ctx.db); // prettier-ignore
    await lookIntoTrash(ctx);
    await work(ctx);
    expect(await rows(ctx, sql`select state, reason from jobs where kind = 'trash.purge'`)).toEqual([{ state: "done", reason: null }]); // prettier-ignore
    const left = await all();
    const gone = [...had].filter((id) => !left.has(id));
    expect(gone.length).toBeGreaterThan(300);
    for (const o of objects) {
      const ids = (
        await rows(ctx, sql<{ id: string }>`select id from ${sql.table(o.table)} where deleted_at is not null`)
      ).map((r) => r.id);
      const held = new Set((await heldOf(ctx, o.name, ids)).map((h) => h.id));
      expect(ids.filter((id) => !held.has(id)), o.plural).toEqual([]); // prettier-ignore
    }
    const stays = new Set(tied().flatMap((x) => (x.end === "stays" ? [`${x.table}.${x.column}`] : [])));
    const columns = await rows(ctx, sql<{ table: string; column: string }>`
    select c.table_name as "table", c.column_name as "column" from information_schema.columns c join information_schema.tables t using (table_schema, table_name)
     where c.table_schema = current_schema() and t.table_type = 'BASE TABLE' and c.data_type = 'uuid'`); // prettier-ignore
    const naming: string[] = [];
    for (const { table, column } of columns) {
      if (stays.has(`${table}.${column}`) || table === "files") continue;
      const [n] = await rows(ctx, sql<{ n: number }>`select count(*)::int as n from ${sql.table(table)} where ${sql.ref(column)} = any(${gone}::uuid[])`); // prettier-ignore
      if (n!.n > 0) naming.push(`${table}.${column}`);
    }
    expect(naming).toEqual([]);
  },
);
