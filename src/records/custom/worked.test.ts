import fc from "fast-check";
import { pino } from "pino";
import { expect, test } from "vitest";
import { holds, type Condition } from "#kernel/condition";
import { accountType, contactType } from "#customers";
import type { Ctx } from "#platform/context";
import { workOnce } from "#platform/jobs";
import { colleague, roleWith } from "../../../test/access-world.ts";
import { databaseForTest } from "../../../test/database.ts";
import {
  createRecord,
  findRecord,
  listRecords,
  loadSubjects,
  objectsFor,
  trashRecord,
  updateRecord,
} from "../index.ts";
import { openExport } from "../export/export.ts";
import { groupsOf } from "../groups/groups.ts";
import { changeField, defineField, findField, restoreField, retireField } from "./fields.ts";
import { describedFor } from "./described.ts";
import { indexJob } from "./indexes.ts";
import { changeObject, defineObject } from "./objects.ts";

const [contact, account] = [contactType.object, accountType.object];
type Told = { id: string; name: string; custom: Record<string, unknown> };
const told = async <T = Told>(asked: Promise<{ json: string }>): Promise<T> => JSON.parse((await asked).json) as T;
const runOf = (ctx: Ctx) => async (text: string, params: unknown[]) => (await ctx.db.executeQuery<Record<string, unknown>>({ sql: text, parameters: params, query: { kind: "RawNode" } } as never)).rows; // prettier-ignore
const build = async (ctx: Ctx): Promise<void> => {
  while (await workOnce(ctx, [indexJob], pino({ level: "silent" })));
};
const items = async (ctx: Ctx, object: typeof contact, query: object = {}): Promise<Told[]> =>
  (await told<{ items: Told[] }>(listRecords(ctx, object, { limit: 50, sort: "name", ...query }))).items;
const formula = (ctx: Ctx, label: string, text: string, more: object = {}): Promise<string> =>
  defineField(ctx, { object: "contact", label, type: "formula", formula: text, ...more });

async function seats(at?: Date): Promise<Ctx> {
  const ctx = (await databaseForTest()).ctx("owner", at ? { at } : {});
  const choices = [{ value: "gold", label: "Gold" }, { value: "silver", label: "Silver" }]; // prettier-ignore
  await defineField(ctx, { object: "contact", label: "Seats", type: "number" });
  await defineField(ctx, { object: "contact", label: "Price", type: "money" });
  await defineField(ctx, { object: "contact", label: "Since", type: "date" });
  await defineField(ctx, { object: "contact", label: "Tier", type: "choice", choices });
  await createRecord(ctx, contactType, { name: "Ana Ruiz", custom: { seats: 4, price: 1250, since: "2026-01-31", tier: "gold" } }); // prettier-ignore
  await createRecord(ctx, contactType, { name: "Bo Lind", custom: { seats: 0, price: 990, since: "2025-12-31", tier: "silver" } }); // prettier-ignore
  await createRecord(ctx, contactType, { name: "Čeněk O'Neil" });
  return ctx;
}

test("a formula is worked out wherever the record is told, filtered, sorted, grouped and exported, and nobody sets it", async () => {
  const ctx = await seats(new Date("2026-02-10T08:00:00Z"));
  await formula(ctx, "Total", "custom.seats * custom.price * 1.1");
  await formula(ctx, "Per seat", "custom.total / custom.seats");
  await formula(ctx, "Size", 'if(custom.seats >= 4 and custom.tier = "GOLD", "large", "small")');
  await formula(ctx, "Days", "days(custom.since, today())");
  await formula(ctx, "Due", "custom.since + 30");
  await formula(ctx, "Line", 'concat(upper(name), ": ", custom.seats, "/", custom.since)');
  await formula(ctx, "Ends", 'not empty(custom.since) and custom.due < date("2026-02-01")');
  const all = await items(ctx, contact);
  expect(all.map((c) => c.custom["total"])).toEqual([5500, 0, undefined]);
  expect(all.map((c) => c.custom["per_seat"])).toEqual([1375, undefined, undefined]);
  expect(all.map((c) => c.custom["size"])).toEqual(["large", "small", "small"]);
  expect(all.map((c) => c.custom["days"])).toEqual([10, 41, undefined]);
  expect(all.map((c) => c.custom["due"])).toEqual(["2026-03-02", "2026-01-30", undefined]);
  expect(all.map((c) => c.custom["line"])).toEqual(["ANA RUIZ: 4/2026-01-31", "BO LIND: 0/2025-12-31", "ČENĚK O'NEIL: /"]);
  expect(all.map((c) => c.custom["ends"])).toEqual([false, true, false]);
  expect((await told(findRecord(ctx, contact, all[0]!.id))).custom["total"]).toBe(5500);

  const names = async (query: object) => (await items(ctx, contact, query)).map((c) => c.name);
  expect(await names({ filter: { field: "custom.total", op: "gt", value: 5000 } })).toEqual(["Ana Ruiz"]);
  expect(await names({ filter: { field: "custom.due", op: "lt", value: "2026-02-01" } })).toEqual(["Bo Lind"]);
  expect(await names({ filter: { field: "custom.days", op: "is_empty" } })).toEqual(["Čeněk O'Neil"]);
  expect(await names({ sort: "-custom.days" })).toEqual(["Bo Lind", "Ana Ruiz", "Čeněk O'Neil"]);
  const { groups } = await groupsOf(ctx, contact, { by: "custom.ends", sums: ["custom.total"] });
  expect(groups.map((g) => [g.key, g.count, g.sums["custom.total"]])).toEqual([["false", 2, { "": 5500 }], ["true", 1, { "": 0 }]]);
  const file = await openExport(ctx, contact, { format: "csv", fields: ["name", "custom.total", "custom.due"], sort: "custom.total", separator: "comma" } as never);
  const pieces = [];
  for await (const piece of file.pieces()) pieces.push(piece);
  expect(Buffer.concat(pieces.map((p) => Buffer.from(p as Uint8Array))).toString()).toMatch(/Bo Lind,0.00,2026-01-30\r?\nAna Ruiz,55.00,2026-03-02/);
  await expect(updateRecord(ctx, contactType, all[0]!.id, undefined, { custom: { total: 1 } })).rejects.toMatchObject({ fields: [{ field: "custom.total" }] });
}); // prettier-ignore

test("a formula that makes no sense is refused in words that say what and where, and one that never ends names its way", async () => {
  const ctx = await seats();
  const refused = (text: string, words: RegExp) =>
    expect(formula(ctx, "Wrong", text), text).rejects.toMatchObject({
      message: expect.stringMatching(words),
      fields: [{ field: "formula" }],
    });
  await refused("custom.seats +", /missing at the end/);
  await refused("custom.seats $ 2", /“\$” means nothing here. \(at character 14\)/);
  await refused("seats * 2", /no field “seats”; write custom.seats/);
  await refused("name * 2", /takes two numbers, not a text and a number/);
  await refused('custom.tier = "bronze"', /no choice “bronze”. It has “gold”, “silver”/);
  await refused("custom.price * custom.price", /multiplied by an amount/);
  await refused("1 < 2 < 3", /Join two comparisons/);
  await refused("launch(1)", /There is no “launch”/);
  await refused("constructor(1)", /There is no “constructor”/);
  await refused("negative()", /There is no “negative”/);
  await refused("owner_id", /cannot stand in a formula/);
  await refused("(".repeat(60) + "1" + ")".repeat(60), /at most 40 deep/);
  await refused(Array(150).fill("1").join("+"), /at most 200 parts/);
  await refused('date("2026-02-30")', /A day is written/);

  const a = await formula(ctx, "Half", "custom.seats / 2");
  const b = await formula(ctx, "Quarter", "custom.half / 2");
  await expect(changeField(ctx, a, undefined, { formula: "custom.quarter * 2" })).rejects.toThrow("It never ends: “Half” → “Quarter” → “Half”.");
  await expect(changeField(ctx, a, undefined, { formula: "custom.half" })).rejects.toThrow("It never ends: “Half” → “Half”.");
  await expect(changeField(ctx, a, undefined, { formula: "name" })).rejects.toMatchObject({ code: "custom-field.spoken-of", message: expect.stringContaining("“Quarter”") });
  await expect(retireField(ctx, a)).rejects.toMatchObject({ code: "custom-field.spoken-of" });
  await retireField(ctx, b);
  await retireField(ctx, a);
  await expect(restoreField(ctx, b)).rejects.toMatchObject({ fields: [{ field: "formula" }] });
  // Each doubles the one before: what is written small would be endless when read.
  let last = "custom.seats";
  const doubled = (async () => {
    for (let i = 0; i < 12; i++) {
      await formula(ctx, `Step ${i}`, `${last} + ${last}`);
      last = `custom.step_${i}`;
    }
  })();
  await expect(doubled).rejects.toThrow(/more than 500 parts/);
}); // prettier-ignore

test("a formula can be fast when it stands still, and its index is built anew when what it speaks of changes", async () => {
  const ctx = await seats();
  const half = await formula(ctx, "Half", "custom.seats / 2");
  const rest = await formula(ctx, "Rest", `concat(custom.half, " it's \\\\ ", custom.tier)`, { fast: true });
  await build(ctx);
  expect((await findField(ctx, rest)).fast).toBe("ready");
  const indexes = async () => (await runOf(ctx)("select indexname, indexdef from pg_indexes where indexname like 'cf_%' and schemaname = current_schema() order by 1", [])).map((r) => String(r["indexdef"]));
  const before = await indexes();
  expect(before).toHaveLength(2);
  expect((await items(ctx, contact, { sort: "custom.rest" })).map((c) => c.custom["rest"])).toEqual([" it's \\ ", "0 it's \\ silver", "2 it's \\ gold"]);
  await changeField(ctx, half, undefined, { formula: "custom.seats / 4" });
  expect((await findField(ctx, rest)).fast).toBe("building");
  await build(ctx);
  expect((await findField(ctx, rest)).fast).toBe("ready");
  expect((await indexes()).filter((i) => before.includes(i))).toEqual([]);
  expect((await items(ctx, contact, { filter: { field: "custom.rest", op: "starts_with", value: "1 IT" } })).map((c) => c.name)).toEqual(["Ana Ruiz"]);
  await expect(formula(ctx, "Age", "days(custom.since, today())", { fast: true })).rejects.toMatchObject({ fields: [{ field: "fast" }] });
}); // prettier-ignore

// What formulas mean, said a second time in TypeScript, for numbers that both hold exactly.
type Value = number | string | boolean | null;
type Tree = { say: string; value: (row: Row) => Value };
interface Row { n: number | null; m: number | null; t: string | null; b: boolean | null } // prettier-ignore
const num = (x: Value) => x as number | null;
const both = (a: Value, b: Value, f: (x: number, y: number) => number | null): Value => (a === null || b === null ? null : f(num(a)!, num(b)!)); // prettier-ignore
const made = (say: string, value: Tree["value"]): Tree => ({ say, value });
const { numeric, question } = fc.letrec<{ numeric: Tree; question: Tree; words: Tree }>((tie) => ({
  numeric: fc.oneof(
    { maxDepth: 4, depthIdentifier: "deep" },
    fc.constantFrom(made("custom.n", (r) => r.n), made("custom.m", (r) => r.m)),
    fc.integer({ min: 0, max: 12 }).map((n) => made(String(n), () => n)),
    fc.tuple(tie("numeric"), tie("numeric")).map(([a, b]) => made(`(${a.say} + ${b.say})`, (r) => both(a.value(r), b.value(r), (x, y) => x + y))),
    fc.tuple(tie("numeric"), tie("numeric")).map(([a, b]) => made(`(${a.say} - ${b.say})`, (r) => both(a.value(r), b.value(r), (x, y) => x - y))),
    tie("numeric").map((a) => made(`-${a.say} / 4`, (r) => both(a.value(r), 4, (x, y) => -x / y))),
    fc.tuple(tie("numeric"), fc.constantFrom(0, 2)).map(([a, n]) => made(`(${a.say} / ${n})`, (r) => both(a.value(r), n, (x, y) => (y === 0 ? null : x / y)))),
    fc.tuple(tie("question"), tie("numeric"), tie("numeric")).map(([q, a, b]) => made(`if(${q.say}, ${a.say}, ${b.say})`, (r) => (q.value(r) ? a.value(r) : b.value(r)))),
    fc.tuple(tie("numeric"), tie("numeric")).map(([a, b]) => made(`min(${a.say}, ${b.say})`, (r) => { const all = [a.value(r), b.value(r)].filter((x) => x !== null) as number[]; return all.length ? Math.min(...all) : null; })),
    fc.tuple(tie("numeric"), tie("numeric")).map(([a, b]) => made(`ifempty(${a.say}, ${b.say})`, (r) => a.value(r) ?? b.value(r))),
    tie("words").map((a) => made(`len(${a.say})`, (r) => Array.from(String(a.value(r) ?? "")).length)),
    tie("numeric").map((a) => made(`floor(${a.say})`, (r) => (a.value(r) === null ? null : Math.floor(num(a.value(r))!)))),
  ),
  question: fc.oneof(
    { maxDepth: 4, depthIdentifier: "deep" },
    fc.constant(made("custom.b", (r) => r.b)),
    fc.tuple(tie("numeric"), fc.constantFrom("<", "<=", ">", ">="), tie("numeric")).map(([a, sign, b]) => made(`(${a.say} ${sign} ${b.say})`, (r) => { const [x, y] = [num(a.value(r)), num(b.value(r))]; return x !== null && y !== null && (sign === "<" ? x < y : sign === "<=" ? x <= y : sign === ">" ? x > y : x >= y); })),
    fc.tuple(tie("numeric"), tie("numeric")).map(([a, b]) => made(`(${a.say} = ${b.say})`, (r) => a.value(r) === b.value(r))),
    fc.tuple(tie("words"), tie("words")).map(([a, b]) => made(`(${a.say} != ${b.say})`, (r) => String(a.value(r) ?? "").toLowerCase() !== String(b.value(r) ?? "").toLowerCase())),
    fc.tuple(tie("question"), tie("question")).map(([a, b]) => made(`(${a.say} and ${b.say})`, (r) => !!a.value(r) && !!b.value(r))),
    fc.tuple(tie("question"), tie("question")).map(([a, b]) => made(`(${a.say} or ${b.say})`, (r) => !!a.value(r) || !!b.value(r))),
    tie("question").map((a) => made(`(not ${a.say})`, (r) => !a.value(r))),
    tie("numeric").map((a) => made(`empty(${a.say})`, (r) => a.value(r) === null)),
  ),
  words: fc.oneof(
    { maxDepth: 4, depthIdentifier: "deep" },
    fc.constant(made("custom.t", (r) => r.t)),
    fc.constantFrom("a", "B", "'", '"', "\\", "$1", "é").map((t) => made(`"${t.replaceAll(/["\\]/g, "\\$&")}"`, () => t)),
    fc.tuple(tie("words"), tie("words")).map(([a, b]) => made(`concat(${a.say}, ${b.say})`, (r) => `${a.value(r) ?? ""}${b.value(r) ?? ""}` || null)),
    fc.tuple(tie("question"), tie("words")).map(([q, a]) => made(`if(${q.say}, ${a.say})`, (r) => (q.value(r) ? a.value(r) : null))),
    tie("words").map((a) => made(`upper(${a.say})`, (r) => (a.value(r) === null ? null : String(a.value(r)).toUpperCase()))),
  ),
})); // prettier-ignore

test("whatever the formula: PostgreSQL works out what it means, and filters by it as TypeScript does", async () => {
  const ctx = (await databaseForTest()).ctx();
  for (const [label, type] of [["N", "number"], ["M", "number"], ["T", "text"], ["B", "boolean"]] as const) await defineField(ctx, { object: "contact", label, type });
  const rows = new Map<string, Row>();
  for (const [n, m, t, b] of [[4, 3, "ab", true], [0, null, null, false], [-2, 12, "Ab'", null], [null, 0, "\\é😀", true]] as const) {
    const { id } = await createRecord(ctx, contactType, { name: "P", custom: { n, m, t, b } });
    rows.set(id, { n, m, t, b });
  }
  const counted = await formula(ctx, "Counted", "1");
  const asked = await formula(ctx, "Asked", "true");
  await fc.assert(
    fc.asyncProperty(numeric, question, async (tree, ask) => {
      // Deep ones have more parts than a formula may have.
      fc.pre(tree.say.length < 900 && ask.say.length < 900);
      await changeField(ctx, counted, undefined, { formula: tree.say });
      await changeField(ctx, asked, undefined, { formula: ask.say });
      const seen = await items(ctx, contact);
      const expected = (of: Tree, id: string): Value => of.value(rows.get(id)!);
      for (const c of seen) {
        const [got, wanted] = [c.custom["counted"] ?? null, expected(tree, c.id)];
        expect(wanted === null ? got : Math.abs(Number(got) - Number(wanted)) < 1e-5, `${tree.say} is ${JSON.stringify(got)}, not ${JSON.stringify(wanted)}`).toBe(wanted === null ? null : true);
        expect(c.custom["asked"] ?? null, ask.say).toBe(expected(ask, c.id));
      }
      const filter: Condition = { any: [{ field: "custom.counted", op: "gte", value: 1 }, { field: "custom.asked", op: "is", value: true }] };
      const subjects = await loadSubjects(runOf(ctx), [filter], await describedFor(ctx, contact), [...rows.keys()], await objectsFor(ctx));
      const held = subjects.filter((s) => holds(filter, s, new Date())).map((s) => s.id);
      expect((await items(ctx, contact, { filter })).map((c) => c.id).toSorted()).toEqual(held.toSorted());
    }),
    { numRuns: 60 },
  );
}, 120_000); // prettier-ignore

test("a rollup counts the related records that whoever looks may see, or all when the administrator says so", async () => {
  const t = await databaseForTest();
  const boss = t.ctx();
  const seller = await colleague(t, "Mira Okafor", await roleWith(boss, "Seller", { contacts: { read: "own" }, accounts: { read: "all" } }));
  await defineField(boss, { object: "contact", label: "Seats", type: "number" });
  await defineField(boss, { object: "contact", label: "Since", type: "date" });
  await defineField(boss, { object: "contact", label: "Double", type: "formula", formula: "custom.seats * 2" });
  const rollup = (label: string, of: object) => defineField(boss, { object: "account", label, type: "rollup", rollup: { related: "contacts", reach: "viewer", ...of } as never });
  await rollup("People", { figure: "count" });
  await rollup("Everybody", { figure: "count", reach: "company" });
  await rollup("Seats", { figure: "sum", field: "custom.double", where: { field: "custom.seats", op: "gt", value: 1 } });
  await rollup("First", { figure: "min", field: "custom.since" });
  await rollup("Newest", { figure: "latest", field: "name", by: "custom.since" });
  const kim = await createRecord(boss, accountType, { name: "Kim & Daughters" });
  await createRecord(boss, accountType, { name: "Vertex" });
  const person = (name: string, custom: object, owner_id?: string) => createRecord(boss, contactType, { name, account_id: kim.id, custom, ...(owner_id ? { owner_id } : {}) });
  await person("Ana", { seats: 4, since: "2026-01-31" }, seller.actor.id!);
  await person("Bo", { seats: 3, since: "2025-06-01" });
  await person("Cleo", { seats: 1, since: "2026-03-01" });
  await trashRecord(boss, contactType, (await person("Gone", { seats: 100, since: "2029-01-01" })).id);
  const seen = async (ctx: Ctx, query: object = {}) => (await items(ctx, account, query)).map((a) => [a.name, a.custom]);
  expect(await seen(boss)).toEqual([
    ["Kim & Daughters", { people: 3, everybody: 3, seats: 14, first: "2025-06-01", newest: "Cleo" }],
    ["Vertex", { people: 0, everybody: 0 }],
  ]);
  expect(await seen(seller)).toEqual([
    ["Kim & Daughters", { people: 1, everybody: 3, seats: 8, first: "2026-01-31", newest: "Ana" }],
    ["Vertex", { people: 0, everybody: 0 }],
  ]);
  const many = { field: "custom.people", op: "gte", value: 2 } as const;
  expect(await seen(seller, { filter: many })).toEqual([]);
  expect((await seen(boss, { filter: many, sort: "-custom.seats" })).map(([name]) => name)).toEqual(["Kim & Daughters"]);
  expect((await seen(seller, { sort: "-custom.people" })).map(([name]) => name)).toEqual(["Kim & Daughters", "Vertex"]);
  expect((await items(boss, contact, { filter: { field: "account.custom.people", op: "is", value: 3 } })).length).toBe(3);
}, 60_000); // prettier-ignore

test("a rollup that never ends, of amounts in many currencies, or of nothing is refused; what it counts cannot be retired below it", async () => {
  const ctx = (await databaseForTest()).ctx();
  const vehicles = await defineObject(ctx, { label: "Vehicle", label_plural: "Vehicles", title_label: "Plate" });
  const driver = await defineField(ctx, { object: "custom/vehicles", label: "Driver", type: "relation", to_object: "contact" });
  await defineField(ctx, { object: "contact", label: "Favourite", type: "relation", to_object: "custom/vehicles" });
  const described = await describedFor(ctx, contact);
  const related = described.related.find((r) => r.object === "custom/vehicles")!.name;
  const back = (await objectsFor(ctx))("custom/vehicles").related.find((r) => r.object === "contact")!.name;
  const count = await defineField(ctx, { object: "contact", label: "Vehicles", type: "rollup", rollup: { related, figure: "count", reach: "viewer" } });
  const sum = await defineField(ctx, { object: "custom/vehicles", label: "Fans' vehicles", type: "rollup", rollup: { related: back, figure: "sum", field: "custom.vehicles", reach: "viewer" } });
  await expect(changeField(ctx, count, undefined, { rollup: { related, figure: "sum", field: "custom.fans_vehicles", reach: "viewer" } })).rejects.toThrow("It never ends: “Vehicles” → “Fans' vehicles” → “Vehicles”.");
  const fails = (rollup: object, words: RegExp) => expect(defineField(ctx, { object: "contact", label: "Wrong", type: "rollup", rollup: { reach: "viewer", ...rollup } as never })).rejects.toMatchObject({ message: expect.stringMatching(words), fields: [{ field: "rollup" }] });
  await fails({ related: "planets", figure: "count" }, /Nothing called “planets”/);
  await fails({ related: "orders", figure: "sum", field: "total" }, /own currency/);
  await fails({ related, figure: "sum", field: "name" }, /cannot be rolled up/);
  await expect(defineField(ctx, { object: "contact", label: "Wrong", type: "rollup", rollup: { related, figure: "count", where: { field: "custom.fans_vehicles", op: "gt", value: 1 }, reach: "viewer" } })).rejects.toMatchObject({ code: "condition.worked-out" });
  await expect(retireField(ctx, driver)).rejects.toMatchObject({ code: "custom-field.spoken-of" });
  await expect(changeObject(ctx, vehicles, undefined, { retired: true })).rejects.toMatchObject({ code: "custom-field.spoken-of" });
  await retireField(ctx, sum);
  await retireField(ctx, count);
  await changeObject(ctx, vehicles, undefined, { retired: true });
}); // prettier-ignore
