import fc from "fast-check";
import { sql } from "kysely";
import { beforeAll, expect, test } from "vitest";
import type { Ctx } from "#platform/context";
import { databaseForTest, testDatabase, type TestDatabase } from "../../test/database.ts";
import { recordEndpoints, creatingEndpoints } from "./endpoints.ts";
import {
  createRecord,
  describeObject,
  historyOf,
  listRecords,
  registerRecordType,
  restoreRecord,
  trashRecord,
  updateRecord,
  valuesSchema,
  type ListQuery,
  type Page,
  type RecordType,
} from "./index.ts";

// A small object of this test's own: boats, with a home harbour.
const harbour = registerRecordType({
  object: describeObject({
    name: "harbour", plural: "harbours", label: "Harbour", label_plural: "Harbours", table: "harbours", title: "name", related: [], search: ["name"],
    default_sort: "name", creatable: true, custom: false, fields: [{ name: "name", label: "Name", type: "text", required: true }],
  }), // prettier-ignore
  tell: () => null,
});
const boat: RecordType = registerRecordType({
  object: describeObject({
    name: "boat", plural: "boats", label: "Boat", label_plural: "Boats", table: "boats", title: "name", related: [], search: ["name"],
    default_sort: "-created_at", creatable: true, custom: true,
    fields: [
      { name: "name", label: "Name", type: "text", required: true, max: 60 },
      { name: "built", label: "Built", type: "date" },
      { name: "length", label: "Length", type: "integer" },
      { name: "harbour_id", label: "Harbour", type: "relation", to: "harbour" },
      { name: "colour", label: "Colour", type: "choice", choices: [{ value: "red", label: "Red" }, { value: "blue", label: "Blue" }] },
      { name: "crew", label: "Crew", type: "integer", computed: true },
    ],
  }), // prettier-ignore
  tell: (act, row) =>
    act === "created" ? { name: "page.visited", payload: { title: `boat ${String(row.name)}` } } : null,
});

async function shipyard(t: TestDatabase): Promise<Ctx> {
  const ctx = t.ctx();
  const common = sql`custom jsonb not null default '{}', version int not null default 1, created_at timestamptz not null, updated_at timestamptz not null, deleted_at timestamptz`;
  await sql`create table harbours (id uuid primary key, name text not null, ${common})`.execute(ctx.db);
  await sql`create table boats (id uuid primary key, name text not null, built date, length int, harbour_id uuid, colour text, crew int, ${common})`.execute(
    ctx.db,
  );
  return ctx;
}

const page = async (ctx: Ctx, query: Partial<ListQuery>): Promise<Page> =>
  JSON.parse((await listRecords(ctx, boat.object, { limit: 50, ...query })).json) as Page;
const names = (p: Page): unknown[] => p.items.map((b) => b.name);

test("a record is created with its history and its fact in one transaction", async () => {
  const ctx = await shipyard(await databaseForTest());
  const row = await createRecord(ctx, boat, {
    name: "Ida",
    length: 9,
    custom: { sail: "gaff" },
    external_ids: { registry: "B-1" },
  });
  expect(row).toMatchObject({ name: "Ida", length: 9, version: 1, custom: { sail: "gaff" } });
  const [entry] = await historyOf(ctx, "boat", row.id);
  expect(entry).toMatchObject({
    action: "created",
    actor: { name: "Mira Okafor" },
    fields: { name: [null, "Ida"], length: [null, 9] },
  });
  const { rows } = await sql<{ title: string }>`select payload->>'title' as title from facts`.execute(ctx.db);
  expect(rows).toEqual([{ title: "boat Ida" }]);
  await expect(createRecord(ctx, boat, { name: "Ida II", external_ids: { registry: "B-1" } })).rejects.toMatchObject({
    fields: [{ field: "external_ids.registry" }],
  });
  expect(names(await page(ctx, {}))).toEqual(["Ida"]);
});

test("two people change one record: the second is told and nothing is overwritten", async () => {
  const ctx = await shipyard(await databaseForTest());
  const { id } = await createRecord(ctx, boat, { name: "Ida", length: 9 });
  const answers = await Promise.allSettled([
    updateRecord(ctx, boat, id, 1, { name: "Ida Marie" }),
    updateRecord(ctx, boat, id, 1, { length: 10 }),
  ]);
  expect(answers.map((a) => a.status).toSorted()).toEqual(["fulfilled", "rejected"]);
  const refused = answers.find((a) => a.status === "rejected")!;
  expect(refused.reason).toMatchObject({ kind: "stale", detail: { current: { version: 2 } } });
  const [entry] = await historyOf(ctx, "boat", id);
  expect(Object.keys(entry!.fields!)).toHaveLength(1);
});

test("a change that changes nothing leaves version and history alone; custom fields are merged", async () => {
  const ctx = await shipyard(await databaseForTest());
  const { id } = await createRecord(ctx, boat, { name: "Ida", custom: { sail: "gaff", mast: 1 } });
  expect(await updateRecord(ctx, boat, id, 1, { name: "Ida" })).toMatchObject({ version: 1 });
  expect(await updateRecord(ctx, boat, id, 1, { custom: { mast: 2, sail: null } })).toMatchObject({
    version: 2,
    custom: { mast: 2 },
  });
  expect(await historyOf(ctx, "boat", id)).toHaveLength(2);
});

test("the trash keeps a record, hides it from the list, and gives it back", async () => {
  const ctx = await shipyard(await databaseForTest());
  const { id } = await createRecord(ctx, boat, { name: "Ida" });
  await trashRecord(ctx, boat, id);
  expect(names(await page(ctx, {}))).toEqual([]);
  expect(names(await page(ctx, { trash: true }))).toEqual(["Ida"]);
  await expect(trashRecord(ctx, boat, id)).rejects.toMatchObject({ kind: "not-found" });
  await expect(updateRecord(ctx, boat, id, undefined, { name: "x" })).rejects.toMatchObject({
    kind: "conflict",
    code: "record.trashed",
  });
  await restoreRecord(ctx, boat, id);
  expect(names(await page(ctx, {}))).toEqual(["Ida"]);
  expect((await historyOf(ctx, "boat", id)).map((e) => e.action)).toEqual(["restored", "trashed", "created"]);
});

test("a relation shows its title, and one to a record that is not there is refused by its field", async () => {
  const ctx = await shipyard(await databaseForTest());
  const home = await createRecord(ctx, harbour, { name: "Kiel" });
  await createRecord(ctx, boat, { name: "Ida", harbour_id: home.id });
  expect((await page(ctx, {})).items[0]).toMatchObject({
    harbour_id: home.id,
    harbour: { id: home.id, title: "Kiel" },
  });
  await trashRecord(ctx, harbour, home.id);
  await expect(createRecord(ctx, boat, { name: "Bo", harbour_id: home.id })).rejects.toMatchObject({
    fields: [{ field: "harbour_id" }],
  });
});

test("input is typed, bounded and cleaned; what Rondo computes cannot be set", () => {
  const schema = valuesSchema(boat.object, "create");
  expect(schema.parse({ name: "  I\u200bda\u0000  \n Marie " })).toEqual({ name: "Ida Marie" });
  const wrong: [Record<string, unknown>, string][] = [
    [{}, "name"], [{ name: " " }, "name"], [{ name: "x".repeat(61) }, "name"], [{ name: "a", built: "31.12.2020" }, "built"],
    [{ name: "a", length: 1.5 }, "length"], [{ name: "a", colour: "green" }, "colour"], [{ name: "a", harbour_id: "1; drop" }, "harbour_id"],
    [{ name: "a", custom: { "Bad Key": 1 } }, "custom.Bad Key"],
  ]; // prettier-ignore
  for (const [input, field] of wrong)
    expect(schema.safeParse(input).error?.issues.map((i) => i.path.join("."))).toContain(field);
  // A megabyte in a field is refused by its name, before it comes near the database.
  expect(schema.safeParse({ name: "x".repeat(1024 * 1024) }).error!.issues[0]!.path).toEqual(["name"]);
  for (const key of ["crew", "id", "deleted_at", "version"])
    expect(schema.safeParse({ name: "a", [key]: 3 }).error?.issues[0]).toMatchObject({
      code: "unrecognized_keys",
      keys: [key],
    });
});

test("a batch upserts by external id, and one refused item leaves the others standing", async () => {
  const ctx = await shipyard(await databaseForTest());
  const { batch } = creatingEndpoints(boat);
  const item = (id: string, values: Record<string, unknown>) => ({ external_id: { system: "shop", id }, values });
  const first = await batch.run(ctx, {
    items: [item("1", { name: "Ida" }), item("2", { name: "" }), item("3", { name: "Bo" })],
  });
  expect(first.items.map((i) => i.outcome)).toEqual(["created", "refused", "created"]);
  const second = await batch.run(ctx, { items: [item("1", { name: "Ida Marie" })] });
  expect(second.items[0]).toMatchObject({ outcome: "updated", id: first.items[0]!.id });
  expect((await page(ctx, { sort: "name" })).total).toEqual({ count: 2, exact: true });
});

test("the filter refuses what the object has not, naming the leaf", async () => {
  const ctx = await shipyard(await databaseForTest());
  const { list } = recordEndpoints(boat);
  const ask = (filter: unknown) => async () => list.run(ctx, list.input.parse({ filter: JSON.stringify(filter) }));
  await expect(ask({ field: "draught", op: "is", value: 3 })()).rejects.toMatchObject({ kind: "invalid" });
  await expect(ask({ fact: "order.placed" })()).rejects.toMatchObject({ kind: "invalid" });
  await expect(ask({ all: [{ field: "length", op: "gte", value: 9 }] })()).resolves.toBeDefined();
  expect(() => list.input.parse({ filter: "{nonsense" })).toThrow(/JSON/);
  await expect(page(ctx, { cursor: "tampered" })).rejects.toMatchObject({ fields: [{ field: "cursor" }] });
  await expect(page(ctx, { sort: "draught" })).rejects.toMatchObject({ fields: [{ field: "sort" }] });
});

let fleet: TestDatabase;
beforeAll(async () => {
  fleet = await testDatabase();
  await shipyard(fleet);
  return () => fleet.close();
});

test("whatever the data, the sort and the page size: the pages together are the whole list in order, each record once", async () => {
  const ctx = fleet.ctx();
  const value = fc.record({
    name: fc.constantFrom("Ida", "ida", "Änne", "Zoë", "zoe", "Bo", "Åse", "", "日本", "a'b\"c\\"),
    length: fc.option(fc.integer({ min: 1, max: 4 })),
    built: fc.option(fc.constantFrom("2020-01-01", "1999-12-31")),
    colour: fc.option(fc.constantFrom("red", "blue")),
  });
  await fc.assert(
    fc.asyncProperty(
      fc.array(value, { maxLength: 23 }),
      fc.constantFrom("name", "-name", "length", "-length", "built", "-colour", "-created_at", "harbour_id"),
      fc.integer({ min: 1, max: 6 }),
      async (boats, sort, limit) => {
        await sql`truncate boats`.execute(ctx.db);
        for (const b of boats) await createRecord(ctx, boat, { ...b, name: b.name || "x" });
        const seen: Record<string, unknown>[] = [];
        let cursor: string | undefined;
        do {
          const p = await page(ctx, { sort, limit, cursor });
          expect(p.total).toEqual({ count: boats.length, exact: true });
          expect(p.items.length).toBeLessThanOrEqual(limit);
          seen.push(...p.items);
          cursor = p.next ?? undefined;
        } while (cursor);
        expect(new Set(seen.map((b) => b.id)).size).toBe(boats.length);
        const column = sort.replace("-", "");
        const { rows } = await sql<{ id: string }>`
        select id from boats order by ${sql.id(column)} is null, ${sql.id(column)} ${sql.raw(column === "name" || column === "colour" ? 'collate "und-x-icu"' : "")}
               ${sql.raw(sort.startsWith("-") ? "desc" : "asc")}, id ${sql.raw(sort.startsWith("-") ? "desc" : "asc")}`.execute(
          ctx.db,
        );
        expect(seen.map((b) => b.id)).toEqual(rows.map((r) => r.id));
      },
    ),
    { numRuns: 40 },
  );
});
