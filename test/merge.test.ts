import fc from "fast-check";
import { sql } from "kysely";
import { expect, test } from "vitest";
import { accountType, contact, contactType, consentOf, giveConsent, identify, withdrawConsent } from "#customers";
import {
  createRecord,
  declared,
  findRecord,
  mergeRecords,
  restoreRecord,
  typeNamed,
  undoMerge,
  updateRecord,
  type Row,
} from "#records";
import { taskType, writeNote } from "#convert/activities";
import { inTransaction, type Ctx } from "#platform/context";
import { consumeOnce, record } from "#timeline";
import { newId } from "#kernel/id";
import { defineObject } from "../src/records/custom/objects.ts";
import { changeField, defineField, retireField } from "../src/records/custom/fields.ts";
import { followConsumer } from "../src/records/merge/follow.ts";
import "../src/app/modules.ts";
import { databaseForTest } from "./database.ts";
import { meet, meetWithPast } from "./world.ts";

const person = (ctx: Ctx, name: string, more: object = {}): Promise<Row> =>
  createRecord(ctx, contactType, { name, ...more });
const json = async (ctx: Ctx, id: string): Promise<Record<string, unknown>> =>
  JSON.parse((await findRecord(ctx, contact, id)).json) as Record<string, unknown>;
const one = async <R>(ctx: Ctx, query: ReturnType<typeof sql<R>>): Promise<R> => (await query.execute(ctx.db)).rows[0]!;

const codeOf = (id: string): string =>
  Array.from(id.replaceAll("-", "").slice(-10), (digit) => "abcdefghijkmnpqr"[Number.parseInt(digit, 16)]).join("");

test("every column that points to a contact or an account is carried over, settled, or left with a reason", async () => {
  const ctx = (await databaseForTest()).ctx();
  const { rows } = await sql<{ table: string; column: string; key: string[] }>`
    select c.relname as "table", a.attname as "column",
           array(select k.attname::text from pg_constraint p join pg_attribute k on k.attrelid = c.oid and k.attnum = any(p.conkey)
                  where p.conrelid = c.oid and p.contype = 'p' order by 1) as key
      from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
     where c.relnamespace = current_schema()::regnamespace and c.relkind = 'r'
       and (a.attname ~ '(^|_)(contact|account)_id$' or a.attname in ('record_id', 'subject_id', 'about_id', 'winner_id', 'loser_id')
            or exists (select from pg_constraint f where f.conrelid = c.oid and f.contype = 'f' and a.attnum = any(f.conkey)
                          and f.confrelid in ('contacts'::regclass, 'accounts'::regclass)))
     order by 1, 2`.execute(ctx.db);
  const { pointers, unmoved, settled } = declared();
  const said = new Set([
    ...[...pointers, ...unmoved].map((p) => `${p.table}.${p.column}`),
    ...settled.flatMap((s) => s.tables.flatMap((t) => (t.column ? [`${t.table}.${t.column}`] : []))),
  ]);
  expect(rows.length).toBeGreaterThan(60);
  expect(
    rows.map((r) => `${r.table}.${r.column}`).filter((c) => !said.has(c)),
    "say in the module's merge.ts what a merge does with it",
  ).toEqual([]);
  // Every key declared is the table's primary key without the column itself.
  for (const p of pointers) {
    const found = rows.find((r) => r.table === p.table && r.column === p.column);
    if (found && found.key.length > 0)
      // one without says itself what tells its rows apart
      expect([...(p.key ?? ["id"])].sort(), `${p.table}.${p.column}`).toEqual(found.key.filter((k) => k !== p.column));
  }
});

test("a merge keeps what was chosen, fills what was empty, and carries orders, notes, tasks, ids and facts", async () => {
  const ctx = (await databaseForTest()).ctx();
  const ana = await meetWithPast(ctx, "ana");
  const double = await person(ctx, "Anna Ruiz", {
    email: "anna@home.example",
    phone: "+49 30 555 0199",
    city: "Bonn",
    external_ids: { shop: "7" },
    custom: { tier: "gold" },
  });
  await inTransaction(ctx, (tx) => writeNote(tx, { contact_id: double.id, text: "Likes it early" }));
  const task = await createRecord(ctx, taskType, { title: "Call", contact_id: double.id });
  await inTransaction(ctx, (tx) =>
    record(tx, { name: "page.visited", contact_id: double.id, payload: { title: "Prices" } }),
  );
  const before = await json(ctx, ana.id);
  const merge = await mergeRecords(ctx, "contact", ana.id, { losers: [double.id], choices: { city: double.id } });
  const after = await json(ctx, ana.id);
  expect(after).toMatchObject({
    name: before.name,
    email: before.email,
    city: "Bonn",
    phone: before.phone,
    custom: { tier: "gold" },
    external_ids: { shop: "7" },
  });
  expect(await one(ctx, sql`select contact_id from tasks where id = ${task.id}`)).toEqual({ contact_id: ana.id });
  expect(
    await one(
      ctx,
      sql`select (select count(*)::int from notes where contact_id = ${ana.id}) as notes, (select count(*)::int from facts where contact_id = ${ana.id} and name = 'page.visited') as visits, (select count(*)::int from facts where contact_id = ${ana.id} and name = 'contact.merged') as told`,
    ),
  ).toEqual({ notes: 1, visits: 1, told: 1 });
  // The old link, id and address lead to her.
  expect(await json(ctx, double.id)).toMatchObject({ merged_into: ana.id });
  expect(await identify(ctx, { external: { system: "shop", id: "7" } })).toBe(ana.id);
  expect(await identify(ctx, { email: "anna@home.example" })).toBe(ana.id);
  await expect(restoreRecord(ctx, contactType, double.id)).rejects.toMatchObject({ code: "record.merged" });
  expect(await undoMerge(ctx, "contact", merge.winner_id, merge.id)).toMatchObject({ kept: [] });
  expect(await json(ctx, ana.id)).toMatchObject({
    city: before.city,
    custom: before.custom,
    external_ids: {},
  });
  expect(await identify(ctx, { email: "anna@home.example" })).toBe(double.id);
  await expect(undoMerge(ctx, "contact", merge.winner_id, merge.id)).rejects.toMatchObject({ code: "merge.undone" });
});

test("what changed since a merge stays with the winner, and the undo says so", async () => {
  const ctx = (await databaseForTest()).ctx();
  const tier = await defineField(ctx, { object: "contact", label: "Tier", type: "text" });
  const [a, b] = [await person(ctx, "Bo Lind"), await person(ctx, "Bo Lindt", { city: "Bonn", job_title: "Buyer", custom: { tier: "gold" } })]; // prettier-ignore
  const task = await createRecord(ctx, taskType, { title: "Call", contact_id: b.id });
  const merge = await mergeRecords(ctx, "contact", a.id, { losers: [b.id] });
  await updateRecord(ctx, contactType, a.id, undefined, { city: "Kiel" });
  await updateRecord(ctx, taskType, task.id, undefined, { contact_id: null });
  // What may not be empty any more stays filled.
  await changeField(ctx, tier, undefined, { required: true });
  expect((await undoMerge(ctx, "contact", merge.winner_id, merge.id)).kept.sort()).toEqual(["1 tasks", "city", "custom.tier"]); // prettier-ignore
  expect(await json(ctx, a.id)).toMatchObject({ city: "Kiel", job_title: null, custom: { tier: "gold" } });
});

test("the stricter consent wins, orders are told as one story, and both come back", async () => {
  const ctx = (await databaseForTest()).ctx();
  const [a, b] = [await meet(ctx, "ana"), await meet(ctx, "bo")];
  const said = { purpose: "newsletter" as const, basis: "consent" as const, source: "a form" };
  await inTransaction(ctx, async (tx) => {
    await giveConsent(tx, { ...said, contact_id: a.id });
    await withdrawConsent(tx, { ...said, contact_id: b.id });
    for (const id of [a.id, b.id])
      await record(tx, {
        name: "order.placed",
        contact_id: id,
        occurred_at: new Date("2026-11-01"),
        payload: { order_id: newId(), number: "1", lines: 1, amount: 1000, currency: "EUR", base_amount: 1000 },
      });
  });
  const merge = await mergeRecords(ctx, "contact", a.id, { losers: [b.id] });
  expect((await consentOf(ctx, [a.id], "newsletter")).get(a.id)).toBe("withdrawn");
  expect(await json(ctx, a.id)).toMatchObject({ order_count: 2 });
  await undoMerge(ctx, "contact", merge.winner_id, merge.id);
  expect((await consentOf(ctx, [a.id], "newsletter")).get(a.id)).toBe("given");
  expect(await json(ctx, a.id)).toMatchObject({ order_count: 1 });
  expect(await json(ctx, b.id)).toMatchObject({ order_count: 1 });
});

test("accounts merge with their people; chains lead on and are undone from their end; two people merge the same pair once", async () => {
  const t = await databaseForTest();
  const ctx = t.ctx();
  const make = (name: string): Promise<Row> => createRecord(ctx, accountType, { name });
  const [a, b, c] = [await make("Vertex"), await make("Vertex GmbH"), await make("Vertex AG")];
  const bo = await person(ctx, "Bo", { account_id: c.id });
  const first = await mergeRecords(ctx, "account", b.id, { losers: [c.id] });
  const second = await mergeRecords(ctx, "account", a.id, { losers: [b.id] });
  expect(await json(ctx, bo.id)).toMatchObject({ account_id: a.id });
  await expect(undoMerge(ctx, "account", first.winner_id, first.id)).rejects.toMatchObject({
    code: "merge.merged-since",
  });
  await undoMerge(ctx, "account", second.winner_id, second.id);
  await undoMerge(ctx, "account", first.winner_id, first.id);
  expect(await json(ctx, bo.id)).toMatchObject({ account_id: c.id });
  const race = await Promise.allSettled([
    mergeRecords(ctx, "account", a.id, { losers: [b.id] }),
    mergeRecords(ctx, "account", b.id, { losers: [a.id] }),
  ]);
  expect(race.map((r) => r.status).sort()).toEqual(["fulfilled", "rejected"]);
  await expect(mergeRecords(ctx, "account", a.id, { losers: [a.id] })).rejects.toMatchObject({
    fields: [{ field: "losers" }],
  });
});

test("what was written for a record while it was merged follows it, and is given back by the undo", async () => {
  const ctx = (await databaseForTest()).ctx();
  const [a, b] = [await person(ctx, "Bo Lind"), await person(ctx, "Bo Lindt")];
  const merge = await mergeRecords(ctx, "contact", a.id, { losers: [b.id] });
  const task = newId();
  await sql`insert into tasks (id, title, contact_id) values (${task}, 'Late', ${b.id})`.execute(ctx.db);
  await inTransaction(ctx, (tx) =>
    record(tx, { name: "page.visited", contact_id: b.id, payload: { title: "Prices" } }),
  );
  while ((await consumeOnce(ctx, followConsumer)) > 0);
  const whose = () =>
    one(
      ctx,
      sql`select contact_id, (select contact_id from facts where name = 'page.visited') as visited from tasks where id = ${task}`,
    );
  expect(await whose()).toEqual({ contact_id: a.id, visited: a.id });
  expect((await undoMerge(ctx, "contact", a.id, merge.id)).kept).toEqual([]);
  expect(await whose()).toEqual({ contact_id: b.id, visited: b.id });
});

// Whatever of the tables that stand one row a customer the two have: nothing of it is lost, and undoing gives all of it back.
test("merge and undo leave everything as it was, and a merge loses no row and no point", async () => {
  const t = await databaseForTest();
  const ctx = t.ctx();
  const programme = newId();
  await sql`insert into segments (id, name, kind) values (${programme}, 'By hand', 'static')`.execute(ctx.db);
  const product = newId();
  await sql`insert into products (id, name) values (${product}, 'Lid')`.execute(ctx.db);
  const world = fc.record({
    points: fc.option(fc.nat(500)),
    lead: fc.boolean(),
    member: fc.boolean(),
    unwanted: fc.boolean(),
    budget: fc.boolean(),
    code: fc.boolean(),
    tasks: fc.nat(3),
  });
  let n = 0;
  const give = async (id: string, w: typeof world extends fc.Arbitrary<infer W> ? W : never): Promise<void> => {
    const now = new Date();
    if (w.points !== null) {
      const [member, lot] = [newId(), newId()];
      await sql`insert into loyalty_members (id, contact_id, issued, available, joined_at, moved_at) values (${member}, ${id}, ${w.points}, ${w.points}, ${now}, ${now})`.execute(
        ctx.db,
      );
      await sql`insert into loyalty_entries (id, member_id, kind, key, at, recorded_at, issued, available) values (${newId()}, ${member}, 'earned', ${lot}, ${now}, ${now}, ${w.points}, ${w.points})`.execute(
        ctx.db,
      );
    }
    if (w.lead)
      await sql`insert into leads (id, contact_id, name, source, asked_at, opened_fact) values (${newId()}, ${id}, 'Lead', 'fair', ${now}, ${newId()})`.execute(
        ctx.db,
      );
    if (w.member) await sql`insert into segment_members values (${programme}, ${id}, ${now})`.execute(ctx.db);
    if (w.unwanted)
      await sql`insert into unwanted_recommendations (contact_id, product_id, at) values (${id}, ${product}, ${now})`.execute(
        ctx.db,
      );
    if (w.budget) await sql`insert into contact_budgets values (${id}, array[${now}::timestamptz])`.execute(ctx.db);
    if (w.code)
      await sql`insert into referral_codes (id, contact_id, code) values (${newId()}, ${id}, ${codeOf(id)})`.execute(
        ctx.db,
      );
    for (let i = 0; i < w.tasks; i++) await createRecord(ctx, taskType, { title: `Task ${i}`, contact_id: id });
  };
  const tables = [
    "loyalty_members",
    "loyalty_entries",
    "leads",
    "segment_members",
    "unwanted_recommendations",
    "contact_budgets",
    "referral_codes",
    "tasks",
    "external_ids",
    "consents",
    "merged_records",
  ];
  const look = async (): Promise<string> => {
    const rows: unknown[] = [];
    for (const table of tables)
      rows.push(
        (await sql`select to_jsonb(x) as row from ${sql.table(table)} x order by to_jsonb(x)::text`.execute(ctx.db))
          .rows,
      );
    rows.push(
      (
        await sql`select id, name, email, phone, city, custom, deleted_at, order_count, lifecycle_stage from contacts order by id`.execute(
          ctx.db,
        )
      ).rows,
    );
    return JSON.stringify(rows, null, 1);
  };
  const sums = () =>
    one(
      ctx,
      sql`select (select sum(available) from loyalty_members)::int as points, (select count(*) from leads)::int as leads, (select count(*) from tasks t join contacts c on c.id = t.contact_id and c.deleted_at is null)::int as tasks, (select count(*) from loyalty_entries e join loyalty_members m on m.id = e.member_id join contacts c on c.id = m.contact_id and c.deleted_at is null)::int as entries`,
    );
  await fc.assert(
    fc.asyncProperty(world, world, fc.boolean(), async (left, right, choose) => {
      n += 1;
      const a = await person(ctx, `Ana ${n}`, { email: `a${n}@x.example` });
      const b = await person(ctx, `Anna ${n}`, {
        email: `b${n}@x.example`,
        city: "Bonn",
        external_ids: { shop: `${n}` },
      });
      await give(a.id, left);
      await give(b.id, right);
      const [before, had] = [await look(), await sums()];
      const merge = await mergeRecords(ctx, "contact", a.id, {
        losers: [b.id],
        choices: choose ? { email: b.id } : {},
      });
      expect(await sums()).toEqual(had);
      expect((await undoMerge(ctx, "contact", merge.winner_id, merge.id)).kept).toEqual([]);
      expect(await look()).toBe(before);
    }),
    { numRuns: 15 },
  );
});

test("custom relations, one and many, also of own objects and retired fields, name the winner after a merge and the loser after its undoing", async () => {
  const ctx = (await databaseForTest()).ctx();
  const one = await defineField(ctx, { object: "contact", label: "Agency", type: "relation", to_object: "account" });
  await defineField(ctx, { object: "contact", label: "Partners", type: "relations", to_object: "account" });
  await defineField(ctx, { object: "account", label: "About", type: "relation", to_object: "account" });
  const make = (name: string): Promise<Row> => createRecord(ctx, accountType, { name });
  const [a, b, c, d] = [
    await make("Vertex"),
    await make("Vertex GmbH"),
    await make("Vertex AG"),
    await make("Initech"),
  ];
  const bo = await person(ctx, "Bo", { custom: { agency: b.id, partners: [d.id, b.id, a.id] } });
  const cleo = await person(ctx, "Cleo", { custom: { agency: d.id, partners: [c.id, d.id] } });
  const dora = await person(ctx, "Dora", { custom: { agency: c.id } });
  await updateRecord(ctx, accountType, d.id, undefined, { custom: { about: b.id } });
  await retireField(ctx, one);
  // An object of one's own that points to people, one and many.
  await defineObject(ctx, { label: "Vehicle", label_plural: "Vehicles", title_label: "Plate" });
  await defineField(ctx, { object: "custom/vehicles", label: "Driver", type: "relation", to_object: "contact" });
  await defineField(ctx, { object: "custom/vehicles", label: "Riders", type: "relations", to_object: "contact" });
  const vehicle = (await typeNamed(ctx, "custom/vehicles"))!;
  const van = await createRecord(ctx, vehicle, { name: "B-XY 12", custom: { driver: dora.id, riders: [bo.id, dora.id, cleo.id] } }); // prettier-ignore
  const car = await createRecord(ctx, vehicle, { name: "M-A 7", custom: { driver: bo.id, riders: [dora.id] } });
  const fleet = async (): Promise<unknown> => (await sql`select id, custom from own_vehicles order by name`.execute(ctx.db)).rows; // prettier-ignore
  const drove = await fleet();
  const people = await mergeRecords(ctx, "contact", bo.id, { losers: [dora.id] });
  expect(await fleet()).toEqual([
    { id: van.id, custom: { driver: bo.id, riders: [bo.id, cleo.id] } },
    { id: car.id, custom: { driver: bo.id, riders: [bo.id] } },
  ]);
  expect(await undoMerge(ctx, "contact", bo.id, people.id)).toMatchObject({ kept: [] });
  expect(await fleet()).toEqual(drove);
  const look = async (): Promise<unknown> => (await sql`select id, custom from contacts union all select id, custom from accounts where id = ${d.id} order by 1`.execute(ctx.db)).rows; // prettier-ignore
  const before = await look();
  const merge = await mergeRecords(ctx, "account", a.id, { losers: [b.id, c.id] });
  expect(await look()).toEqual([
    { id: bo.id, custom: { agency: a.id, partners: [d.id, a.id] } },
    { id: cleo.id, custom: { agency: d.id, partners: [a.id, d.id] } },
    { id: dora.id, custom: { agency: a.id } },
    { id: d.id, custom: { about: a.id } },
  ].toSorted((x, y) => (x.id < y.id ? -1 : 1))); // prettier-ignore
  expect(await undoMerge(ctx, "account", a.id, merge.id)).toMatchObject({ kept: [] });
  expect(await look()).toEqual(before);
  // What somebody changed since stays, and is said.
  const again = await mergeRecords(ctx, "account", a.id, { losers: [b.id, c.id] });
  await updateRecord(ctx, contactType, cleo.id, undefined, { custom: { partners: [d.id] } });
  expect((await undoMerge(ctx, "account", a.id, again.id)).kept).toEqual(["1 contacts"]);
});
