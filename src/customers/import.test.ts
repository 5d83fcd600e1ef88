import { expect, test } from "vitest";
import { sql } from "kysely";
import type { Ctx } from "#platform/context";
import { databaseForTest } from "../../test/database.ts";
import { imported, uploaded } from "../records/import/importing-for-tests.ts";
import { lookAt } from "../records/import/look.ts";
import "./import.ts";

const people = `Kundennummer;Vorname;Nachname;E-Mail;Telefon;Firma;Land;Kunde seit;Vertragsart
17850;Ana;Ruiz;Ana@Vertex.example;030 555 0142;Vertex GmbH;DE;31.12.2024;gold
13047;Bo;Lind;bo@initech.example;;Initech;SE;01.02.2025;
17850;Ana;Again;ana2@vertex.example;;;;;
4711;Cleo;Okafor;cleo.example;;;;;
;;;;;;;01.02.2025;
`;
const rowsOf = async (ctx: Ctx) =>
  (
    await sql`select c.name, c.email, c.phone_e164, a.name as account, c.city, c.custom from contacts c left join accounts a on a.id = c.account_id order by c.name`.execute(
      ctx.db,
    )
  ).rows;

test("a German file of contacts, with a column of its own", async () => {
  const ctx = (await databaseForTest()).ctx();
  const file = await uploaded(ctx, "contacts", people);
  const look = await lookAt(ctx, file);
  expect(look.problems).toEqual([]);
  expect(Object.fromEntries(Object.entries(look.mapping).map(([c, to]) => [c, to.field]))).toEqual({
    Kundennummer: "id", Vorname: "given_name", Nachname: "family_name", "E-Mail": "email", Telefon: "phone", Firma: "account_name", Land: "country", "Kunde seit": "since",
  }); // prettier-ignore
  const { counts, failures, job } = await imported(ctx, "contacts", file, {
    mapping: { ...look.mapping, Vertragsart: { field: "custom.contract_type" } },
  });
  expect(job.reason).toBeNull();
  expect(counts).toEqual({ created: 2, known: 0, updated: 0 });
  expect(failures).toEqual([
    "row 4, column Kundennummer: '17850' already stands in row 2",
    "row 5, column E-Mail: 'cleo.example' is not an e-mail address",
    "row 6: there is no id, e-mail, phone or name",
  ]);
  expect(await rowsOf(ctx)).toEqual([
    {
      name: "Ana Ruiz",
      email: "ana@vertex.example",
      phone_e164: "+49305550142",
      account: "Vertex GmbH",
      city: null,
      custom: { contract_type: "gold" },
    },
    { name: "Bo Lind", email: "bo@initech.example", phone_e164: null, account: "Initech", city: null, custom: {} },
  ]);
});

test("known contacts keep what they have, unless the file is to replace it", async () => {
  const ctx = (await databaseForTest()).ctx();
  await imported(
    ctx,
    "contacts",
    "id,name,email,city\n1,Ana Ruiz,ana@vertex.example,\n2,Bo Lind,bo@initech.example,Bonn\n",
  );
  const news = "id,name,email,city\n1,Ana Ruiz-Lind,ana@vertex.example,Berlin\n2,Bo Lind,ana@vertex.example,Bonn\n";
  expect((await imported(ctx, "contacts", news)).counts).toEqual({ created: 0, known: 2, updated: 0 });
  expect(await rowsOf(ctx)).toMatchObject([
    { name: "Ana Ruiz", city: "Berlin" },
    { name: "Bo Lind", email: "bo@initech.example" },
  ]);
  const second = await imported(ctx, "contacts", news, { options: { update: true } });
  expect(second.failures).toEqual(["row 3, column email: another contact has the e-mail address 'ana@vertex.example'"]);
  expect(second.counts.updated).toBe(1);
  expect(await rowsOf(ctx)).toMatchObject([{ name: "Ana Ruiz-Lind", city: "Berlin" }, { name: "Bo Lind" }]);
  expect((await imported(ctx, "contacts", news, { options: { update: true } })).counts.updated).toBe(0);
  const { rows } =
    await sql`select c.fields from changes c join change_sets s on s.id = c.set_id where c.fields ? 'name' and s.job_id is not null`.execute(
      ctx.db,
    );
  expect(rows).toMatchObject([{ fields: { name: ["Ana Ruiz", "Ana Ruiz-Lind"] } }]);
});

test("a file of accounts", async () => {
  const ctx = (await databaseForTest()).ctx();
  const file =
    "Company,Website,Domain,Industry,Supplier\nVertex GmbH,vertex.example,https://www.vertex.example/,Lamps,no\nInitech,,initech.example,,yes\n,,x.example,,no\n";
  const { counts, failures } = await imported(ctx, "accounts", file);
  expect([counts, failures]).toEqual([
    { created: 2, known: 0, updated: 0 },
    ["row 4, column Company: there is no name"],
  ]);
  expect(
    (await imported(ctx, "accounts", file.replace("Lamps", "Lights"), { options: { update: true } })).counts,
  ).toEqual({ created: 0, known: 2, updated: 1 });
  const { rows } = await sql`select name, domain, website, industry, is_vendor from accounts order by name`.execute(
    ctx.db,
  );
  expect(rows).toEqual([
    { name: "Initech", domain: "initech.example", website: null, industry: null, is_vendor: true },
    {
      name: "Vertex GmbH",
      domain: "vertex.example",
      website: "https://vertex.example",
      industry: "Lights",
      is_vendor: false,
    },
  ]);
});
