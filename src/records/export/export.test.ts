import { buffer, text } from "node:stream/consumers";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { tmpdir } from "node:os";
import fc from "fast-check";
import { CompiledQuery, sql } from "kysely";
import { expect, test } from "vitest";
import type { Ctx } from "#platform/context";
import { findJob, workOnce } from "#platform/jobs";
import { createLog } from "#platform/log";
import { databaseForTest } from "../../../test/database.ts";
import { createRecord } from "../write.ts";
import { describeObject } from "../object.ts";
import { registerRecordType } from "../registry.ts";
import { imported } from "../import/importing-for-tests.ts";
import { registerImporter } from "../import/importer.ts";
import { recordOptions, stageRecords, valuesIn } from "../import/single.ts";
import { detectTable, readRows } from "../import/read/index.ts";
import { exportAsk, openExport, streamOf } from "./export.ts";
import exporting from "./module.ts";
import { exportedFile, exportJob, startExport, sweepExports } from "./job.ts";
import { tagRecord } from "../tags/tagging.ts";
import { neutral, unneutral } from "./neutral.ts";

// A harbour and its boats: text, number, money, day, instant, choice, relation.
registerRecordType({
  object: describeObject({
    name: "quay", plural: "quays", label: "Quay", label_plural: "Quays", table: "quays", title: "name", related: [], search: [], default_sort: "name",
    creatable: true, custom: false, fields: [{ name: "name", label: "Name", type: "text", required: true }],
  }),
  tell: () => null,
}); // prettier-ignore
const yacht = registerRecordType({
  object: describeObject({
    name: "yacht", plural: "yachts", label: "Yacht", label_plural: "Yachts", table: "yachts", title: "name", related: [], search: ["name"], default_sort: "name",
    creatable: true, custom: true,
    fields: [
      { name: "name", label: "Name", type: "text", required: true },
      { name: "length", label: "Length", type: "number" },
      { name: "price", label: "Price", type: "money", currency_field: "currency" },
      { name: "currency", label: "Currency", type: "currency" },
      { name: "built", label: "Built", type: "date" },
      { name: "seen_at", label: "Seen", type: "datetime" },
      { name: "sails", label: "Sails", type: "boolean" },
      { name: "colour", label: "Colour", type: "choice", choices: [{ value: "red", label: "Ruby red" }] },
      { name: "quay_id", label: "Quay", type: "relation", to: "quay" },
      { name: "note", label: "Note", type: "long_text" },
    ],
  }),
  tell: () => null,
}); // prettier-ignore

async function harbour(ctx: Ctx): Promise<void> {
  await sql`create table quays (id uuid primary key, version int not null default 1, created_at timestamptz, updated_at timestamptz, deleted_at timestamptz, name text)`.execute(ctx.db); // prettier-ignore
  await sql`create table yachts (id uuid primary key, version int not null default 1, created_at timestamptz, updated_at timestamptz, deleted_at timestamptz, custom jsonb not null default '{}',
    name text, length numeric, price bigint, currency text, built date, seen_at timestamptz, sails boolean, colour text, quay_id uuid, note text)`.execute(
    ctx.db,
  );
}

const fields = ["name", "length", "price", "built", "seen_at", "sails", "colour", "quay_id", "note", "custom.berth"];
const asked = (more: object = {}) => exportAsk.parse({ fields, ...more });
// As bytes: reading a stream as text takes the byte order mark away.
const csvOf = async (ctx: Ctx, more: object = {}): Promise<string> =>
  (await buffer(streamOf(await openExport(ctx, yacht.object, asked(more))))).toString();

test("a view leaves as CSV and as a workbook: related titles, money in major units, local times, and no formula", async () => {
  const ctx = (await databaseForTest()).ctx();
  await harbour(ctx);
  const quay = "01900000-0000-7000-8000-000000000901";
  await sql`insert into quays (id, name) values (${quay}, 'Old; "Quay"')`.execute(ctx.db);
  await createRecord(ctx, yacht, { name: "Ána \u202bעברית\u202c 🛥", length: 12.5, price: 123_456, currency: "JPY", built: "1999-12-31", seen_at: "2026-07-01T10:00:00Z", sails: true, colour: "red", quay_id: quay, note: "=cmd|' /C calc'!A0", custom: { berth: "@A1" } }); // prettier-ignore
  await createRecord(ctx, yacht, { name: "-12", price: -5, note: "two\nlines" });
  await createRecord(ctx, yacht, { name: "Zed", sails: false });
  await sql`update yachts set note = ${"a\u200bb\u0007"} where name = 'Zed'`.execute(ctx.db);
  expect(await csvOf(ctx, { filter: { any: [{ field: "price", op: "gt", value: -10 }] } })).toBe(
    "\ufeffName,Length,Price,Currency,Built,Seen,Sails,Colour,Quay,Note,berth\r\n" +
      '-12,,-0.05,,,,,,,"two\nlines",\r\n' +
      `Ána \u202bעברית\u202c 🛥,12.5,123456,JPY,1999-12-31,2026-07-01 12:00:00,true,Ruby red,"Old; ""Quay""",'=cmd|' /C calc'!A0,'@A1\r\n`,
  );
  expect(await csvOf(ctx, { q: "zed", separator: "semicolon", bom: false, fields: ["name", "note", "price"] })).toBe("Name;Note;Price;Currency\r\nZed;ab;;\r\n"); // prettier-ignore
  expect(await csvOf(ctx, { sort: "-name", fields: ["name"], separator: "tab", bom: false })).toMatch(/^Name\r\nZed\r\nÁna/); // prettier-ignore

  const { id } = await createRecord(ctx, yacht, { name: "Ada" });
  await tagRecord(ctx, { object: "yacht", record_id: id }, { add: ["Fast", "älter"], remove: [] });
  expect(await csvOf(ctx, { q: "ada", bom: false, fields: ["name", "tags"] })).toBe("Name,Tags\r\nAda,Fast; älter\r\n");
  await sql`delete from yachts where id = ${id}`.execute(ctx.db);

  const book = await buffer(streamOf(await openExport(ctx, yacht.object, asked({ format: "xlsx" }))));
  const path = join(tmpdir(), `rondo-${Date.now()}.xlsx`);
  await writeFile(path, book);
  const { format } = await detectTable(path);
  const rows: string[][] = [];
  for await (const batch of readRows(path, format)) rows.push(...batch.map((r) => [...r.cells]));
  expect(format.columns.slice(0, 4)).toEqual(["Name", "Length", "Price", "Currency"]);
  expect(rows[1]).toEqual(["Ána \u202bעברית\u202c 🛥", "12.5", "123456", "JPY", "1999-12-31", "2026-07-01 12:00:00", "true", "Ruby red", 'Old; "Quay"', "=cmd|' /C calc'!A0", "@A1"]); // prettier-ignore
});

test("many rows come in order and in pieces; whoever leaves early ends the query; what is wrong is said before a byte", async () => {
  const ctx = (await databaseForTest()).ctx();
  await harbour(ctx);
  await sql`insert into yachts (id, name) select gen_random_uuid(), 'Boat ' || to_char(n, 'FM000000') from generate_series(1, 5001) n`.execute(ctx.db); // prettier-ignore
  const all = (await csvOf(ctx, { fields: ["name"], bom: false })).split("\r\n");
  expect(all).toHaveLength(5003);
  expect(all[5001]).toBe("Boat 005001");
  const stream = streamOf(await openExport(ctx, yacht.object, asked({ fields: ["name", "note"] })));
  for await (const _ of stream) break;
  const open = async (): Promise<number> => (await ctx.db.executeQuery<{ n: number }>(CompiledQuery.raw("select count(*) as n from pg_stat_activity where state like 'idle in transaction%' and datname = current_database()"))).rows[0]!.n; // prettier-ignore
  expect(await open()).toBe(0);
  const wrong = (more: object) => expect(openExport(ctx, yacht.object, asked(more))).rejects;
  await wrong({ fields: ["nonsense"] }).toThrow(/no field "nonsense"/);
  await wrong({ sort: "nonsense" }).toThrow(/sorted/);
  await wrong({ format: "doc" }).toThrow(/cannot be exported as "doc"/);
  await wrong({ filter: { field: "nothing", op: "is", value: "x" } }).toThrow();
  // A few slow readers do not use up the connections.
  const opened = await openExport(ctx, yacht.object, asked({ fields: ["name"] }));
  const slow = Array.from({ length: 4 }, () => streamOf(opened));
  await Promise.all(slow.map((s) => new Promise((seen) => s.once("readable", () => seen(s.read(1))))));
  expect(() => streamOf(opened)).toThrow(/try again in a moment/);
  for (const s of slow) s.destroy();
  await Promise.all(slow.map((s) => new Promise((closed) => s.once("close", closed))));
});

test("a large export is a job whose file only who asked gets, for a day", async () => {
  const t = await databaseForTest();
  const at = new Date();
  const ctx = t.ctx("agent", { at });
  await harbour(ctx);
  await sql`insert into yachts (id, name) select gen_random_uuid(), 'Boat ' || n from generate_series(1, 50) n`.execute(ctx.db); // prettier-ignore
  const { job_id } = await startExport(ctx, yacht.object, asked({ fields: ["name"] }));
  while (await workOnce(ctx, [exportJob], createLog("silent")));
  expect(await findJob(ctx, job_id)).toMatchObject({ state: "done", done: 50, total: 50, result: { rows: 50 } });
  const { file, name } = await exportedFile(ctx, job_id);
  expect([name, (await text(file)).split("\r\n").length]).toEqual([`Yachts ${at.toISOString().slice(0, 10)}.csv`, 52]);
  const other = t.ctx("admin", { actor: { id: "01900000-0000-7000-8000-0000000000bb" } });
  await expect(exportedFile(other, job_id)).rejects.toThrow("Only whoever asked");
  const later = t.ctx("owner", { at: new Date(at.getTime() + 25 * 3_600_000) });
  expect([await sweepExports(ctx), await sweepExports(later)]).toEqual([0, 1]);
  await expect(exportedFile(ctx, job_id)).rejects.toThrow();
  expect(exporting.jobs).toEqual([exportJob]);
});

// The smallest importer: what a cell says once it is read back.
const read: string[] = [];
registerImporter({
  object: "words", label: "Words", custom: false, options: recordOptions, check: () => [], tables: [],
  fields: [{ name: "word", label: "Word", type: "text", required: true, synonyms: ["word"], max: 2000 }],
  stage: stageRecords((v) => `word ${String(v.word)}`),
  write: async (_tx, _plan, rows) => (read.push(...rows.map((r) => String(valuesIn(r).word))), { counts: {}, failures: [] }),
  preview: () => ({ items: [], counts: {} }), result: () => [], created: () => 0,
}); // prettier-ignore

test("a cell is never a formula, and reading it back gives the text", async () => {
  const anything = fc.string({ unit: "grapheme", maxLength: 40 });
  const risky = fc.tuple(fc.constantFrom("=", "+", "-", "@", "'", "\t=", " =", ""), anything).map((t) => t.join(""));
  fc.assert(
    fc.property(risky, (word) => {
      const cell = neutral(word);
      expect(/^\s*[=@]/.test(cell)).toBe(false);
      if (!word.startsWith("'")) expect(unneutral(cell)).toBe(word);
    }),
  );
  const ctx = (await databaseForTest()).ctx();
  await imported(ctx, "words", `Word\n'=1+1\n'plain\n-5\n'+49 30 1\n`);
  expect(read.toSorted()).toEqual(["'plain", "+49 30 1", "-5", "=1+1"]);
});
