import { expect, test } from "vitest";
import { sql } from "kysely";
import { databaseForTest } from "../../../../test/database.ts";
import { imported } from "../../../records/import/importing-for-tests.ts";
import "./import.ts";

test("a file of products, with prices as Germans write them", async () => {
  const ctx = (await databaseForTest()).ctx();
  const file =
    "Artikelnummer;Bezeichnung;Preis;Kategorie;Aktiv\nL1;Lantern;1.234,50;Light;ja\nM1;Mug;7,00;;nein\nl1;Lantern again;3,00;;ja\nX1;Broken;-1,00;;ja\n";
  const { counts, failures } = await imported(ctx, "products", file);
  expect(failures).toEqual([
    "row 4, column Artikelnummer: 'l1' already stands in row 2",
    "row 5, column Preis: the price -1.00 is negative",
  ]);
  expect(counts).toEqual({ created: 2 });
  expect((await imported(ctx, "products", file)).counts).toEqual({ unchanged: 2 });
  expect((await imported(ctx, "products", file.replace("7,00", "8,00"), { options: { update: true } })).counts).toEqual(
    { unchanged: 1, updated: 1 },
  );
  const { rows } = await sql`select sku, name, price, currency, category, status from products order by sku`.execute(
    ctx.db,
  );
  expect(rows).toEqual([
    { sku: "L1", name: "Lantern", price: 123450, currency: "EUR", category: "Light", status: "active" },
    { sku: "M1", name: "Mug", price: 800, currency: "EUR", category: null, status: "discontinued" },
  ]);
});
