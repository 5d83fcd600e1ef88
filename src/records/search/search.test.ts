import fc from "fast-check";
import { sql } from "kysely";
import { expect, test } from "vitest";
import { contactType, accountType } from "#customers";
import { createRecord, trashRecord, restoreRecord, updateRecord, searchFold, searchRecords, type Row } from "#records";
import { notesApi } from "../../cycle/convert/activities/api.ts";
import "../../cycle/convert/activities/module.ts";
import { taskType } from "#convert/activities";
import type { Ctx } from "#platform/context";
import { databaseForTest } from "../../../test/database.ts";
import { defineField } from "../custom/fields.ts";
import { meet } from "../../../test/world.ts";
import { asNow, colleague, roleWith } from "../../../test/access-world.ts";
import { share, sharesVersion } from "../access/shares.ts";
import { objectNamed, recordTypes } from "../registry.ts";
import { noteVisit } from "./visits.ts";
import { nearKeys, readWords, slips } from "./words.ts";

const all = (): boolean => true;
const titles = async (ctx: Ctx, q: string, may: (plural: string) => boolean = all): Promise<string[]> =>
  (await searchRecords(ctx, q, may)).items.map((h) => h.title);
const person = (ctx: Ctx, name: string, more: object = {}): Promise<Row> =>
  createRecord(ctx, contactType, { name, ...more });

test("words are found at their beginnings, in any order, without case and accents; letters of other scripts, too", async () => {
  const ctx = (await databaseForTest()).ctx();
  await person(ctx, "Zoë Müller", { email: "zoe.m@vertex.example" });
  await person(ctx, "Łukasz Großmann");
  await person(ctx, "Лена Иванова");
  await createRecord(ctx, accountType, { name: "Müller & Söhne", domain: "mueller.example" });
  expect(await titles(ctx, "zoe mul")).toEqual(["Zoë Müller"]);
  expect(await titles(ctx, "MULLER zo")).toEqual(["Zoë Müller"]);
  expect(await titles(ctx, "lukasz gross")).toEqual(["Łukasz Großmann"]);
  expect(await titles(ctx, "ива")).toEqual(["Лена Иванова"]);
  expect(await titles(ctx, "zoe.m@vertex")).toEqual(["Zoë Müller"]);
  expect((await titles(ctx, "müll")).sort()).toEqual(["Müller & Söhne", "Zoë Müller"]);
  expect(await titles(ctx, "z")).toEqual([]);
  expect(await titles(ctx, "%_ \\")).toEqual([]);
});

test("a phone is found however it is written, a task by its words, a note leads to its customer, a number with its sign", async () => {
  const ctx = (await databaseForTest()).ctx();
  const bo = await meet(ctx, "bo");
  for (const written of ["030 5550142", "+49 30 555-0142", "0049 30 5550142", "(030) 555 01", "3055501"])
    expect(await titles(ctx, written), written).toContain("Bo Lind");
  await createRecord(ctx, taskType, { title: "Call about #1001", contact_id: bo.id });
  expect(await titles(ctx, "#1001")).toEqual(["Call about #1001"]);
  await notesApi.write.run(
    ctx,
    notesApi.write.input.parse({ contact_id: bo.id, text: "Prefers the café delivery on Tuesdays" }),
  );
  expect(await searchRecords(ctx, "cafe deliv", all)).toMatchObject({
    items: [{ object: "contact", id: bo.id, title: "Bo Lind", subtitle: expect.stringContaining("café") as string }],
  });
  expect(await titles(ctx, "cafe deliv", (plural) => plural !== "notes")).toEqual([]);
});

test("a word typed wrong is found by what was meant, after those typed right", async () => {
  const ctx = (await databaseForTest()).ctx();
  await person(ctx, "Marta Kowalczyk");
  await person(ctx, "Ana Ruiz");
  await person(ctx, "Joana Fernandes");
  while (await readWords(ctx));
  for (const typed of ["kowlaczyk", "kovalczyk", "kowalczk", "marta kowalcyk", "kowalczyyk", "mrata"])
    expect(await searchRecords(ctx, typed, all), typed).toMatchObject({
      items: [{ title: "Marta Kowalczyk", match: "like" }],
    });
  expect(await titles(ctx, "ruis")).toEqual(["Ana Ruiz"]);
  expect(await titles(ctx, "qzxwvk")).toEqual([]);
});

test("what somebody touched lately comes first, the exact one before it; others' visits change nothing", async () => {
  const t = await databaseForTest();
  const ctx = t.ctx();
  const ids = [];
  for (const name of ["Ana", "Ana Ruiz", "Ana Bell", "Ana Costa"]) ids.push((await person(ctx, name)).id);
  expect((await titles(ctx, "ana")).slice(0, 2)).toEqual(["Ana", "Ana Costa"]);
  await noteVisit(ctx, objectNamed("contact"), ids[1]!);
  await noteVisit(ctx, objectNamed("contact"), ids[2]!);
  expect((await titles(ctx, "ana")).slice(0, 3)).toEqual(["Ana", "Ana Bell", "Ana Ruiz"]);
  const tom = t.ctx("manager", { actor: { id: "01900000-0000-7000-8000-0000000000bb" } });
  expect((await titles(tom, "ana")).slice(0, 2)).toEqual(["Ana", "Ana Costa"]);
});

test("of more than are ranked the exact one and the known one are still shown; visits are bounded", async () => {
  const ctx = (await databaseForTest()).ctx();
  await sql`insert into contacts (id, name) select gen_random_uuid(), 'Anabel ' || n from generate_series(1, 400) n`.execute(
    ctx.db,
  );
  const late = await person(ctx, "Anabel Zimmer");
  const whole = await person(ctx, "Ana Vogel");
  await noteVisit(ctx, objectNamed("contact"), late.id);
  expect((await titles(ctx, "anab"))[0]).toBe("Anabel Zimmer");
  await sql`insert into contacts (id, name) select gen_random_uuid(), 'Vogeler ' || n from generate_series(1, 100) n`.execute(
    ctx.db,
  );
  expect(await titles(ctx, "vogel")).toContain("Ana Vogel");
  await sql`insert into record_visits select ${ctx.actor.id}::uuid, 'contact', id, now() - interval '1 day', 1 from contacts on conflict do nothing`.execute(
    ctx.db,
  );
  await noteVisit(ctx, objectNamed("contact"), whole.id);
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from record_visits`.execute(ctx.db);
  expect(rows[0]!.n).toBeLessThanOrEqual(200);
});

test("what is in the trash is not found, and is again when it comes back; a new name is found at once", async () => {
  const ctx = (await databaseForTest()).ctx();
  const ana = await person(ctx, "Ana Ruiz");
  await trashRecord(ctx, contactType, ana.id);
  expect(await titles(ctx, "ruiz")).toEqual([]);
  await restoreRecord(ctx, contactType, ana.id);
  await updateRecord(ctx, contactType, ana.id, undefined, { name: "Ana van der Berg" });
  expect(await titles(ctx, "ruiz")).toEqual([]);
  expect(await titles(ctx, "berg van")).toEqual(["Ana van der Berg"]);
});

test("every searched object's rows are watched, whoever writes them: added, changed, given away, moved to the trash, deleted", async () => {
  const { db } = (await databaseForTest()).ctx();
  const { rows } = await sql<{ table: string }>`
    select t.tgrelid::regclass::text as "table" from pg_trigger t
     where t.tgname like 'search%' and t.tgrelid in (select oid from pg_class where relnamespace = current_schema()::regnamespace) group by 1`.execute(
    db,
  );
  const watched = new Set(rows.map((r) => r.table));
  const searched = recordTypes().filter((t) => t.object.search.length > 0).map((t) => t.object.table.replace(/_told$/, "")); // prettier-ignore
  expect(searched.filter((table) => !watched.has(table))).toEqual([]);
  const count = async (): Promise<number[]> =>
    (await sql<{ n: number }>`select count(*)::int as n from search_entries where object = 'contact' group by record_id order by 1`.execute(db)).rows.map((r) => r.n); // prettier-ignore
  await sql`insert into contacts (id, name, email, phone_e164) values ('01900000-0000-7000-8000-000000000001', 'Ana Maria Ruiz', 'ana.r@vertex.example', '+49305550142'), ('01900000-0000-7000-8000-000000000002', 'Bo', null, null)`.execute(db); // prettier-ignore
  expect(await count()).toEqual([1, 11]);
  await sql`update contacts set name = 'Bo Lind', owner_id = gen_random_uuid() where name = 'Bo'`.execute(db);
  expect(await count()).toEqual([2, 11]);
  const { rows: owned } = await sql`select from search_entries where owner_id is not null`.execute(db);
  expect(owned.length).toBe(2);
  await sql`update contacts set deleted_at = now() where name = 'Bo Lind'`.execute(db);
  expect(await count()).toEqual([11]);
  await sql`delete from contacts where name like 'Ana%'`.execute(db);
  expect(await count()).toEqual([]);
});

test("who sees only their own finds those among many of others, what was shared with them, and nobody else's", async () => {
  const t = await databaseForTest();
  const owner = t.ctx();
  const role = await roleWith(owner, "Own", { contacts: { read: "own" }, opportunities: { read: "own" } });
  const rep = await colleague(t, "Rep", role);
  await sql`insert into contacts (id, name) select gen_random_uuid(), 'Anabel ' || n from generate_series(1, 900) n`.execute(owner.db); // prettier-ignore
  const mine = await person(owner, "Anabel Zuse", { owner_id: rep.actor.id });
  const given = await person(owner, "Anabel Young");
  const other = await person(owner, "Anabel Xu");
  await share(owner, { object: "contact", id: given.id, private: false, version: await sharesVersion(owner, given.id), shares: [{ user_id: rep.actor.id, can_edit: false }] }); // prettier-ignore
  const now = await asNow(rep);
  for (const typed of ["anab", "anabel", "z anabel", "an"]) expect(await titles(now, typed), typed).toContain("Anabel Zuse"); // prettier-ignore
  expect((await titles(now, "anab")).sort()).toEqual(["Anabel Young", "Anabel Zuse"]);
  expect(await titles(now, "anabel xu")).toEqual([]);
  expect(await titles(owner, "xu anabel")).toEqual(["Anabel Xu"]);
  expect([mine, given, other].length).toBe(3);
});

test("words that many have are found together, wherever they stand", async () => {
  const ctx = (await databaseForTest()).ctx();
  await sql`insert into contacts (id, name, email) select gen_random_uuid(), case when n % 2 = 0 then 'Ana Ruiz ' else 'Bo Lind ' end || n, case when n % 2 = 0 then 'a' else 'b' end || n || '@vertex.example' from generate_series(1, 400) n`.execute(ctx.db); // prettier-ignore
  const one = await person(ctx, "Bo van Ruiz Lind", { email: "one@vertex.example" });
  expect((await searchRecords(ctx, "bo ruiz", all)).items.map((h) => h.id)).toEqual([one.id]);
  expect((await titles(ctx, "vertex ruiz")).length).toBe(8);
  expect((await titles(ctx, "ruiz 398"))[0]).toBe("Ana Ruiz 398");
});

test("the search text of PostgreSQL is that of TypeScript", async () => {
  const { db } = (await databaseForTest()).ctx();
  const letters = fc.constantFrom(
    ...Array.from("aÀÉßØłÐİıŧçñüΣσάЖй字カｱﬁ½Å™٣ .,;:@-_/\\()+#\"'&|%!?*=<>[]{}~$·–—\u0301🙂"),
  );
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.oneof(letters, fc.string({ unit: "grapheme-ascii", maxLength: 1 })), { maxLength: 30 }),
      async (parts) => {
        const text = parts.join("").replaceAll("\0", "").toWellFormed();
        const { rows } = await sql<{ folded: string }>`select search_text(${text}::text, null, null) as folded`.execute(
          db,
        );
        expect(rows[0]!.folded.trimEnd()).toBe(searchFold(text).trimEnd());
      },
    ),
    { numRuns: 300 },
  );
});

test("two words one slip apart have a key in common", () => {
  fc.assert(
    fc.property(
      fc.stringMatching(/^[a-f]{5,12}$/),
      fc.nat(4),
      fc.constantFrom("less", "swap", "wrong", "more"),
      (word, at, kind) => {
        const l = Array.from(word);
        if (kind === "less") l.splice(at, 1);
        if (kind === "more") l.splice(at, 0, "z");
        if (kind === "wrong") l[at] = "z";
        if (kind === "swap" && at + 1 < l.length) [l[at], l[at + 1]] = [l[at + 1]!, l[at]!];
        const typed = l.join("");
        expect(slips(typed, word)).toBeLessThanOrEqual(1);
        if (typed.length < 5) return;
        const start = typed.slice(0, 7);
        const asked = [start, ...Array.from(start).map((_, i) => start.slice(0, i) + start.slice(i + 1))];
        expect(nearKeys(word).some((k) => asked.includes(k))).toBe(true);
      },
    ),
  );
});

test("a record is found by the beginning of a text in a field of one's own, by whoever may read that field", async () => {
  const t = await databaseForTest();
  const boss = t.ctx();
  await defineField(boss, { object: "contact", label: "Contract", type: "text" });
  await defineField(boss, { object: "contact", label: "Seats", type: "number" });
  await person(boss, "Ana Ruiz", { custom: { contract: "KV-2041/b", seats: 2041 } });
  await person(boss, "Bo Lind", { custom: { contract: "XX kv-2041" } });
  expect((await searchRecords(boss, "kv-20", all)).items).toMatchObject([{ title: "Ana Ruiz", subtitle: "KV-2041/b" }]);
  const role = await roleWith(boss, "Seller", { contacts: { read: "all" } }, { contacts: { name: "read", "custom.seats": "read" } });
  expect(await titles(await colleague(t, "Tom Weber", role), "kv-20")).toEqual([]);
}); // prettier-ignore
