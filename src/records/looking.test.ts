import fc from "fast-check";
import { sql } from "kysely";
import { beforeAll, afterAll, expect, test } from "vitest";
import type { Ctx } from "#platform/context";
import { testDatabase, type TestDatabase } from "../../test/database.ts";
import { describeObject } from "./object.ts";
import {
  countRecords,
  createRecord,
  groupsOf,
  registerRecordType,
  trashRecord,
  whyOf,
  type RecordType,
} from "./index.ts";

// A small object of this test's own: trips of boats, with fares in two currencies.
const trip: RecordType = registerRecordType({
  object: describeObject({
    name: "trip", plural: "trips", label: "Trip", label_plural: "Trips", table: "trips", title: "name", related: [], search: ["name"],
    default_sort: "name", creatable: true, custom: false,
    fields: [
      { name: "name", label: "Name", type: "text", required: true },
      { name: "kind", label: "Kind", type: "choice", choices: [{ value: "day", label: "Day trip" }, { value: "night", label: "By night" }] },
      { name: "harbour_id", label: "From", type: "relation", to: "trip" },
      { name: "full", label: "Full", type: "boolean" },
      { name: "sails_on", label: "Sails on", type: "date" },
      { name: "booked_at", label: "Booked", type: "datetime" },
      { name: "guests", label: "Guests", type: "integer" },
      { name: "fare", label: "Fare", type: "money", currency_field: "currency" },
      { name: "currency", label: "Currency", type: "currency" },
    ],
  }), // prettier-ignore
  tell: () => null,
});

let database: TestDatabase;
let ctx: Ctx;
const rows: { id: string; guests: number | null; fare: number | null; currency: string | null }[] = [];

beforeAll(async () => {
  database = await testDatabase();
  ctx = database.ctx();
  await sql`create table trips (id uuid primary key, name text, kind text, harbour_id uuid, "full" boolean, sails_on date, booked_at timestamptz, guests int, fare bigint, currency text,
    version int not null default 1, created_at timestamptz not null, updated_at timestamptz not null, deleted_at timestamptz)`.execute(
    ctx.db,
  );
  // Around midnight and the ends of months, in a zone that changes its clocks: where a day begins must be the company's.
  const arbitrary = fc.record({
    kind: fc.constantFrom(null, "day", "night"),
    full: fc.constantFrom(null, true, false),
    sails_on: fc.constantFrom(null, "2026-01-31", "2026-02-01", "2026-02-28", "2026-03-01"),
    booked_at: fc.constantFrom(null, "2026-03-28T22:59:59.999Z", "2026-03-28T23:00:00Z", "2026-03-29T21:59:59Z", "2026-03-29T22:00:00Z", "2026-03-31T22:00:00Z"),
    guests: fc.option(fc.integer({ min: 0, max: 40 })),
    fare: fc.option(fc.integer({ min: 0, max: 90_000 })),
    currency: fc.constantFrom("EUR", "USD"),
  }); // prettier-ignore
  for (const [i, values] of fc.sample(arbitrary, { numRuns: 90, seed: 7 }).entries()) {
    const id = await createRecord(ctx, trip, { ...values, name: `Trip ${i}`, ...(i > 20 && i % 3 > 0 ? { harbour_id: rows[i % 4]!.id } : {}) }).then((row) => row.id); // prettier-ignore
    if (i % 17 === 16) await trashRecord(ctx, trip, id);
    else rows.push({ id, guests: values.guests, fare: values.fare, currency: values.currency });
  }
});
afterAll(() => database.close());

test("groups add up to the list: each counts what its own filter counts, in whatever way and under whatever filter", async () => {
  const filters = fc.constantFrom(
    undefined,
    { field: "guests", op: "gte", value: 10 } as const,
    {
      any: [
        { field: "kind", op: "in", value: ["night"] },
        { field: "full", op: "is", value: true },
      ],
    } as const,
    { not: { field: "sails_on", op: "is_empty" } } as const,
  );
  const by = fc.constantFrom("kind", "full", "harbour_id", "currency", "sails_on:day", "sails_on:month", "booked_at:day", "booked_at:month"); // prettier-ignore
  await fc.assert(
    fc.asyncProperty(filters, by, async (filter, how) => {
      const given = filter ? { filter: structuredClone(filter) as never } : {};
      const found = await groupsOf(ctx, trip.object, { by: how, sums: ["guests", "fare"], ...given });
      const all = await countRecords(ctx, trip.object, { ...given, count: "exact" });
      expect(found.count).toBe(all.count);
      expect(found.group_count).toBe(found.groups.length);
      expect(found.groups.reduce((n, group) => n + group.count, 0)).toBe(all.count);
      for (const group of found.groups) {
        const both = filter ? { all: [structuredClone(filter) as never, group.filter] } : group.filter;
        expect(await countRecords(ctx, trip.object, { filter: both, count: "exact" }), JSON.stringify(group.filter)).toEqual({ count: group.count, exact: true }); // prettier-ignore
      }
    }),
    { numRuns: 32 },
  );
});

test("money is added up per currency, never over currencies", async () => {
  const found = await groupsOf(ctx, trip.object, { by: "kind", sums: ["fare", "guests"] });
  const sumOf = (of: "fare" | "guests", currency: string): number => rows.filter((row) => row.currency === currency).reduce((sum, row) => sum + (row[of] ?? 0), 0); // prettier-ignore
  for (const currency of ["EUR", "USD"])
    expect(found.groups.reduce((sum, group) => sum + (group.sums["fare"]?.[currency] ?? 0), 0)).toBe(sumOf("fare", currency)); // prettier-ignore
  const guests = found.groups.flatMap((group) => Object.values(group.sums["guests"] ?? {}));
  expect(guests.reduce((sum, n) => sum + n, 0)).toBe(sumOf("guests", "EUR") + sumOf("guests", "USD"));
  const titles = (await groupsOf(ctx, trip.object, { by: "harbour_id" })).groups.map((group) => group.title);
  expect(titles.filter((title) => title?.startsWith("Trip "))).toHaveLength(4);
});

test("what takes too long to add up is told from a sample, and says so; a table too small for one is refused", async () => {
  const slow = { by: "created_at:month", only: () => "pg_sleep(0.05) is not null" };
  await expect(groupsOf(ctx, trip.object, slow, 20)).rejects.toMatchObject({ code: "groups.too-many" });
  await sql`create table ferries (like trips including defaults)`.execute(ctx.db);
  await sql`insert into ferries (id, name, kind, guests, created_at, updated_at) select gen_random_uuid(), 'F', 'day', n % 100, timestamptz '2026-01-15' + n % 4 * interval '31 days', now() from generate_series(1, 300000) n`.execute(ctx.db); // prettier-ignore
  await sql`analyze ferries`.execute(ctx.db);
  const ferry = { ...trip.object, name: "ferry", plural: "ferries", table: "ferries" };
  const query = { by: "created_at:month", sums: ["guests"] };
  const exact = await groupsOf(ctx, ferry, query, 60_000);
  expect(exact).toMatchObject({ exact: true, count: 300_000 });
  const about = await groupsOf(ctx, ferry, query, 1);
  expect(about.exact).toBe(false);
  for (const [i, group] of about.groups.entries()) {
    expect(group.key).toBe(exact.groups[i]!.key);
    expect(Math.abs(group.count / exact.groups[i]!.count - 1)).toBeLessThan(0.1);
    expect(group.filter).toEqual(exact.groups[i]!.filter);
  }
});

test("what cannot be grouped or added up is refused and named", async () => {
  for (const [query, field] of [
    [{ by: "name" }, "by"],
    [{ by: "sails_on" }, "by"],
    [{ by: "kind:day" }, "by"],
    [{ by: "unicorns" }, "by"],
    [{ by: "kind", sums: ["name"] }, "sums"],
    [{ by: "kind", sums: Array.from({ length: 9 }, () => "guests") }, "sums"],
  ] as const)
    await expect(groupsOf(ctx, trip.object, query)).rejects.toMatchObject({ fields: [{ field }] });
});

test("a record says why it is in a list, in words, or which line failed; one in the trash says so", async () => {
  const of = await createRecord(ctx, trip, { name: "Moonlight", kind: "night", guests: 12, harbour_id: rows[0]!.id });
  const filter = { all: [{ field: "kind", op: "in", value: ["night"] }, { any: [{ field: "guests", op: "gte", value: 20 }, { field: "harbour_id", op: "is", value: rows[1]!.id }] }] } as never; // prettier-ignore
  const why = await whyOf(ctx, trip.object, of.id, filter);
  expect(why).toMatchObject({
    in: false,
    tree: {
      truth: false,
      children: [
        { text: "Kind is one of By night: yes (By night)", truth: true },
        { truth: false, children: [{ text: "Guests is at least 20: no (12)" }, { text: "From is Trip 1: no (Trip 0)" }] },
      ],
    },
  }); // prettier-ignore
  await trashRecord(ctx, trip, of.id);
  expect(await whyOf(ctx, trip.object, of.id, { field: "guests", op: "is_set" })).toMatchObject({ in: false, trashed: true, tree: { truth: true } }); // prettier-ignore
  await expect(whyOf(ctx, trip.object, "01900000-0000-7000-8000-00000000ffff", { field: "guests", op: "is_set" })).rejects.toMatchObject({ kind: "not-found" }); // prettier-ignore
  await expect(whyOf(ctx, trip.object, of.id, { field: "sail", op: "is_set" })).rejects.toMatchObject({ kind: "invalid" }); // prettier-ignore
});
