import fc from "fast-check";
import { sql } from "kysely";
import { pino } from "pino";
import { expect, test } from "vitest";
import { holds, type Condition } from "#kernel/condition";
import { accountType, contactType } from "#customers";
import type { Ctx } from "#platform/context";
import { workOnce } from "#platform/jobs";
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
import { changeField, defineField, findField, retireField } from "./fields.ts";
import { describedFor } from "./described.ts";
import { indexJob } from "./indexes.ts";

const contact = contactType.object;
type Told = { id: string; custom: Record<string, unknown>; custom_links?: Record<string, unknown> };
const told = async <T = Told>(asked: Promise<{ json: string }>): Promise<T> => JSON.parse((await asked).json) as T;
const build = async (ctx: Ctx): Promise<void> => {
  while (await workOnce(ctx, [indexJob], pino({ level: "silent" })));
};
const refusedAt = (path: string) => ({
  issues: expect.arrayContaining([
    expect.objectContaining({ path: path.split(".").map((p) => (/^\d+$/.test(p) ? Number(p) : p)) }),
  ]),
});

test("lists, addresses, instants and links are kept in one form and told with what they point to", async () => {
  const ctx = (await databaseForTest()).ctx();
  const choices = [{ value: "tea", label: "Tea" }, { value: "jam", label: "Jam" }]; // prettier-ignore
  for (const more of [{ label: "Likes", type: "choices", choices }, { label: "Home", type: "address" }, { label: "Met", type: "datetime" }, { label: "Partners", type: "relations", to_object: "account" }] as const)
    await defineField(ctx, { object: "contact", ...more, choices: "choices" in more ? [...choices] : null });
  const [a, b] = [await createRecord(ctx, accountType, { name: "Kim & Daughters" }), await createRecord(ctx, accountType, { name: "شركة" })];
  const custom = { likes: ["jam", "tea", "jam"], home: { city: " Leeds\u200b ", line1: "", country: "UK" }, met: "2026-01-31T23:30:00+01:00", partners: [b.id.toUpperCase(), a.id] };
  const { id } = await createRecord(ctx, contactType, { name: "Priya Kim", custom });
  const kept = await told(findRecord(ctx, contact, id));
  expect(kept.custom).toEqual({ likes: ["jam", "tea"], home: { city: "Leeds", country: "UK" }, met: "2026-01-31T22:30:00.000Z", partners: [b.id, a.id] });
  expect(kept.custom_links).toEqual({ partners: [{ id: b.id, title: "شركة" }, { id: a.id, title: "Kim & Daughters" }] });
  const wrong: [Record<string, unknown>, string][] = [
    [{ likes: "tea" }, "custom.likes"], [{ likes: ["coffee"] }, "custom.likes.0"], [{ home: { street: "x" } }, "custom.home"], [{ met: "yesterday" }, "custom.met"], [{ met: "0900-01-01T00:00:00Z" }, "custom.met"],
  ];
  for (const [change, path] of wrong) await expect(updateRecord(ctx, contactType, id, undefined, { custom: change }), path).rejects.toMatchObject(refusedAt(path));
  await trashRecord(ctx, accountType, a.id);
  await expect(updateRecord(ctx, contactType, id, undefined, { custom: { partners: [a.id, b.id] } })).rejects.toThrow("There is no such account.");
  const items = async (filter: Condition) => (await told<{ items: Told[] }>(listRecords(ctx, contact, { limit: 5, filter }))).items.length;
  expect(await items({ field: "custom.likes", op: "in", value: ["TEA"] })).toBe(1);
  expect(await items({ field: "custom.partners", op: "is", value: b.id })).toBe(1);
  expect(await items({ field: "custom.home.city", op: "is", value: "leeds" })).toBe(1);
}); // prettier-ignore

test("a choice that is removed while used stays readable and may stay, and nobody can choose it any more", async () => {
  const ctx = (await databaseForTest()).ctx();
  const choices = [{ value: "a", label: "A" }, { value: "b", label: "B" }]; // prettier-ignore
  const field = await defineField(ctx, { object: "contact", label: "Tier", type: "choices", choices });
  const ana = await createRecord(ctx, contactType, { name: "Ana", custom: { tier: ["a"] } });
  const bo = await createRecord(ctx, contactType, { name: "Bo", custom: { tier: ["b"] } });
  await changeField(ctx, field, undefined, { choices: [{ value: "b", label: "Bee" }] });
  const described = (await describedFor(ctx, contact)).fields.at(-1)!;
  expect(described.choices).toEqual([{ value: "b", label: "Bee" }, { value: "a", label: "A", removed: true }]); // prettier-ignore
  await updateRecord(ctx, contactType, ana.id, undefined, { custom: { tier: ["a", "b"] } });
  await expect(updateRecord(ctx, contactType, bo.id, undefined, { custom: { tier: ["a"] } })).rejects.toMatchObject(refusedAt("custom.tier.0")); // prettier-ignore
});

test("of many who save the same unique value at once one wins, and the index is refused while values repeat", async () => {
  const ctx = (await databaseForTest()).ctx();
  const field = await defineField(ctx, { object: "contact", label: "Badge", type: "text", unique: true });
  await build(ctx);
  expect(await findField(ctx, field)).toMatchObject({ uniqueness: "ready", failure: null });
  const race = await Promise.allSettled(
    Array.from({ length: 8 }, (_, i) => createRecord(ctx, contactType, { name: `P ${i}`, custom: { badge: i % 2 ? "B-7" : "b-7" } })),
  );
  expect(race.filter((r) => r.status === "fulfilled")).toHaveLength(1);
  for (const r of race) if (r.status === "rejected") expect(r.reason).toMatchObject({ code: "custom-field.taken", fields: [{ field: "custom.badge" }] });

  const other = await defineField(ctx, { object: "contact", label: "Locker", type: "number" });
  for (const name of ["Ana", "Bo"]) await createRecord(ctx, contactType, { name, custom: { locker: 3 } });
  await changeField(ctx, other, undefined, { unique: true });
  await build(ctx);
  expect(await findField(ctx, other)).toMatchObject({ uniqueness: "failed", failure: expect.stringContaining("1 values") });
  await retireField(ctx, field);
  await build(ctx);
  const { rows } = await sql`select 1 from pg_indexes where indexname like 'cf_%' and schemaname = current_schema()`.execute(ctx.db);
  expect(rows).toEqual([]);
}); // prettier-ignore

const columns = { note: "text", rank: "number", born: "date", met: "datetime", on: "boolean", tier: "choice" } as const;
const values = {
  note: fc.constantFrom("b", "B", "a", "á", "Z", "ß", "عميل", "😀", "a b", "10", "9"), rank: fc.constantFrom(-2.5, 0, 3, 10, 1e15), born: fc.constantFrom("1000-01-01", "2026-02-28", "2024-02-29", "2999-12-31"),
  met: fc.constantFrom("2026-01-01T00:00:00.000Z", "2026-01-01T00:00:00.001Z", "1999-12-31T23:59:59.999Z"), on: fc.boolean(), tier: fc.constantFrom("a", "b"),
}; // prettier-ignore

test("whatever the values: filter equals TypeScript's, and the pages sorted by a fast field together are the whole list in order", async () => {
  const ctx = (await databaseForTest()).ctx();
  const choices = [{ value: "a", label: "A" }, { value: "b", label: "B" }]; // prettier-ignore
  for (const [label, type] of Object.entries(columns)) await defineField(ctx, { object: "contact", label, type, choices, fast: true });
  await build(ctx);
  const drawn = fc.sample(fc.record(values, { requiredKeys: [] }), 40);
  for (const [i, custom] of drawn.entries()) await createRecord(ctx, contactType, { name: `P ${i}`, custom });
  const described = await describedFor(ctx, contact);
  const objects = await objectsFor(ctx);
  const run = async (text: string, params: unknown[]) => (await ctx.db.executeQuery<Record<string, unknown>>({ sql: text, parameters: params, query: { kind: "RawNode" } } as never)).rows;
  const ids = (await run("select id from contacts", [])).map((r) => String(r["id"]));
  const key = fc.constantFrom(...(Object.keys(columns) as (keyof typeof columns)[]));
  const ordered = fc.constantFrom("lt", "gte", "is", "in", "is_empty", "is_not");
  await fc.assert(
    fc.asyncProperty(key.chain((k) => fc.tuple(fc.constant(k), values[k] as fc.Arbitrary<string | number | boolean>)), ordered, fc.boolean(), async ([k, value], wish, down) => {
      const timed = columns[k] === "number" || columns[k] === "date" || columns[k] === "datetime";
      const op = timed ? wish : wish === "lt" || wish === "gte" ? "is" : wish;
      const filter = { field: `custom.${k}`, op, ...(op === "is_empty" ? {} : { value: op === "in" ? [value] : value }) } as Condition;
      const now = new Date();
      const subjects = await loadSubjects(run, [filter], described, ids, objects);
      const expected = subjects.filter((s) => holds(filter, s, now)).map((s) => s.id);
      const found: Told[] = [];
      let cursor: string | null | undefined;
      do {
        const page: { items: Told[]; next: string | null } = await told(listRecords(ctx, contact, { filter, sort: `${down ? "-" : ""}custom.${k}`, limit: 7, count: "none", cursor: cursor ?? undefined }));
        found.push(...page.items);
        cursor = page.next;
      } while (cursor);
      expect(found.map((f) => f.id).toSorted()).toEqual(expected.toSorted());
      const seen = found.map((f) => f.custom[k]).filter((v) => v !== undefined) as (string | number | boolean)[];
      const compare = new Intl.Collator("und").compare;
      const sorted = seen.toSorted((x, y) => (typeof x === "string" && !timed ? compare(x, String(y)) : x < y ? -1 : x > y ? 1 : 0));
      expect(seen).toEqual(down ? sorted.toReversed() : sorted);
      expect(found.slice(seen.length).every((f) => f.custom[k] === undefined)).toBe(true);
    }),
    { numRuns: 60 },
  );
}); // prettier-ignore

test("a field that is not fast sorts a small table and is refused on a large one, and the fast one is read off its index", async () => {
  const ctx = (await databaseForTest()).ctx();
  await defineField(ctx, { object: "contact", label: "Slow", type: "number" });
  await sql`insert into contacts (id, name, custom, created_at, updated_at) select gen_random_uuid(), 'P ' || i, jsonb_build_object('slow', i, 'quick', i), now(), now() from generate_series(1, 21000) i`.execute(ctx.db);
  await listRecords(ctx, contact, { limit: 1, sort: "custom.slow" });
  await defineField(ctx, { object: "contact", label: "Quick", type: "number", fast: true });
  await build(ctx);
  await expect(listRecords(ctx, contact, { limit: 1, sort: "custom.slow" })).rejects.toMatchObject({ code: "custom-field.slow" });
  const [{ items }] = [await told<{ items: Told[] }>(listRecords(ctx, contact, { limit: 2, sort: "-custom.quick", count: "none" }))];
  expect(items.map((i) => i.custom["quick"])).toEqual([21000, 20999]);
}); // prettier-ignore
