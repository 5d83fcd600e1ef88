import { expect, test } from "vitest";
import { sql } from "kysely";
import { inTransaction, type Ctx } from "#platform/context";
import { createRecord, trashRecord, updateRecord } from "#records";
import { databaseForTest } from "../../../test/database.ts";
import { contactType } from "../contact.ts";
import { homeCountry, phoneE164 } from "../phone.ts";
import { identify, meetContacts, type Person } from "./contacts.ts";

const meet = (ctx: Ctx, people: Person[]) =>
  inTransaction(ctx, (tx) => meetContacts(tx, people, { source: "the shop" }));
const shop = (id: string) => ({ system: "shop", id });
const countOf = async (ctx: Ctx, table: string): Promise<number> =>
  (await sql<{ n: number }>`select count(*) as n from ${sql.table(table)}`.execute(ctx.db)).rows[0]!.n;

test("the same people twice change nothing", async () => {
  const ctx = (await databaseForTest()).ctx();
  const people: Person[] = [
    { key: "1", external: shop("17850"), country: "United Kingdom", first_seen_at: new Date("2025-01-01T10:00:00Z") },
    { key: "2", external: shop("13047"), name: "Ruiz, Ana", email: "Ana@Vertex.example ", account_name: "Vertex GmbH" },
    { key: "3", phone: "030 555 0142" },
    { key: "4", name: "Cleo Okafor", account_name: "vertex gmbh" },
    { key: "5" },
  ];
  const first = await meet(ctx, people);
  expect([...first.values()].map((m) => m.created)).toEqual([true, true, true, true]);
  expect(first.get("2")!.account_id).toBe(first.get("4")!.account_id);
  const tables = ["contacts", "accounts", "facts", "changes", "external_ids"];
  const before = await Promise.all(tables.map((t) => countOf(ctx, t)));
  const again = await meet(ctx, people);
  expect([...again].map(([key, m]) => [key, m.id, m.account_id, m.created])).toEqual(
    [...first].map(([key, m]) => [key, m.id, m.account_id, false]),
  );
  expect(await Promise.all(tables.map((t) => countOf(ctx, t)))).toEqual(before);
  const { rows } = await sql<{
    name: string;
    phone_e164: string | null;
  }>`select name, phone_e164 from contacts order by name`.execute(ctx.db);
  expect(rows).toEqual([
    { name: "030 555 0142", phone_e164: "+49305550142" },
    { name: "Ana Ruiz", phone_e164: null },
    { name: "Cleo Okafor", phone_e164: null },
    { name: "Customer 17850", phone_e164: null },
  ]);
});

test("a known person's empty fields are filled and nothing is overwritten", async () => {
  const ctx = (await databaseForTest()).ctx();
  const ana = await createRecord(ctx, contactType, { name: "Ana Ruiz", email: "ana@vertex.example", city: "Berlin" });
  const met = await meet(ctx, [
    {
      key: "a",
      external: shop("7"),
      email: "ANA@vertex.example",
      city: "Bonn",
      job_title: "Buyer",
      custom: { tier: "gold" },
    },
  ]);
  expect(met.get("a")).toEqual({ id: ana.id, account_id: null, created: false });
  const { rows } = await sql`select city, job_title, custom from contacts`.execute(ctx.db);
  expect(rows).toEqual([{ city: "Berlin", job_title: "Buyer", custom: { tier: "gold" } }]);
  expect(await identify(ctx, { external: shop("7") })).toBe(ana.id);
});

test("an e-mail is never taken from somebody else, and a shared phone is not a person", async () => {
  const ctx = (await databaseForTest()).ctx();
  const met = await meet(ctx, [
    { key: "a", external: shop("1"), email: "ana@vertex.example", phone: "+49 30 5550142" },
    { key: "b", external: shop("2"), email: "bo@vertex.example", phone: "+49 30 5550142" },
    { key: "c", external: shop("1"), email: "bo@vertex.example" },
  ]);
  expect(met.get("c")!.id).toBe(met.get("a")!.id);
  expect(met.get("b")!.id).not.toBe(met.get("a")!.id);
  const again = await meet(ctx, [{ key: "d", external: shop("2"), email: "ana@vertex.example" }]);
  expect(again.get("d")!.id).toBe(met.get("b")!.id);
  const { rows } = await sql<{ email: string }>`select email from contacts order by email`.execute(ctx.db);
  expect(rows.map((r) => r.email)).toEqual(["ana@vertex.example", "bo@vertex.example"]);
});

test("two imports at once meet nobody twice", async () => {
  const t = await databaseForTest();
  const ctx = t.ctx();
  const people = Array.from({ length: 300 }, (_, n) => ({
    key: String(n),
    ...(n % 3 === 0 ? { external: shop(String(n)) } : {}),
    ...(n % 3 === 1 ? { email: `p${n}@x.example` } : {}),
    ...(n % 3 === 2 ? { phone: `+49 30 555${1000 + n}` } : {}),
  }));
  await Promise.all([meet(ctx, people), meet(ctx, people.toReversed()), meet(ctx, people)]);
  expect(await countOf(ctx, "contacts")).toBe(300);
});

test("somebody in the trash is nobody", async () => {
  const ctx = (await databaseForTest()).ctx();
  const met = await meet(ctx, [{ key: "a", external: shop("1"), email: "ana@vertex.example" }]);
  await trashRecord(ctx, contactType, met.get("a")!.id);
  expect(await identify(ctx, { external: shop("1"), email: "ana@vertex.example" })).toBeNull();
  const again = await meet(ctx, [{ key: "a", external: shop("1"), email: "ana@vertex.example" }]);
  expect(again.get("a")!.created).toBe(true);
  expect(await identify(ctx, { external: shop("1") })).toBe(again.get("a")!.id);
});

test("a name is completed from its parts, parts from a name, and a taken e-mail names its owner", async () => {
  const ctx = (await databaseForTest()).ctx();
  const ana = await createRecord(ctx, contactType, {
    given_name: "Ana",
    family_name: "Ruiz",
    email: "Ana@vertex.example",
  });
  expect([ana.name, ana.email]).toEqual(["Ana Ruiz", "ana@vertex.example"]);
  const renamed = await updateRecord(ctx, contactType, ana.id, 1, { name: "Ana van der Berg" });
  expect([renamed.given_name, renamed.family_name]).toEqual(["Ana", "van der Berg"]);
  await expect(createRecord(ctx, contactType, { name: "Bo", email: "ANA@VERTEX.example" })).rejects.toMatchObject({
    fields: [{ field: "email" }],
    detail: { contact_id: ana.id },
  });
  await expect(createRecord(ctx, contactType, { city: "Bonn" })).rejects.toMatchObject({ fields: [{ field: "name" }] });
});

test("phones are normalised from the contact's country, else the workspace's", () => {
  const berlin = { locale: "en", time_zone: "Europe/Berlin" };
  expect(homeCountry(berlin)).toBe("DE");
  expect(phoneE164("030 5550142", null, berlin)).toBe("+49305550142");
  expect(phoneE164("020 7946 0000", "United Kingdom", berlin)).toBe("+442079460000");
  expect(phoneE164("call me", null, berlin)).toBeNull();
});
