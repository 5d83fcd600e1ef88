import { expect, test } from "vitest";
import { databaseForTest } from "../../../../test/database.ts";
import { uploaded } from "../../../records/import/importing-for-tests.ts";
import { lookAt } from "../../../records/import/look.ts";
import "./module.ts";

const files: [string, string, Record<string, string>, string][] = [
  [
    "Shopify",
    "Name,Email,Financial Status,Created at,Lineitem quantity,Lineitem name,Lineitem price,Lineitem sku,Currency,Total,Billing Country\n#1001,ana@vertex.example,paid,2026-01-13 09:30:00 +0100,1,Lantern,7.00,L1,EUR,7.00,DE\n",
    { Email: "email", "Created at": "placed_at", "Lineitem quantity": "quantity", "Lineitem name": "description", "Lineitem price": "unit_price", "Lineitem sku": "sku", Currency: "currency", "Billing Country": "country", Name: "number" },
    "number",
  ],
  [
    "a German shop",
    "Bestellnummer;Bestelldatum;Kundennummer;Artikel;Menge;Einzelpreis;Land\nB-1;13.01.2026;4711;Laterne;2;1.234,50;DE\n",
    { Bestellnummer: "number", Bestelldatum: "placed_at", Kundennummer: "customer_id", Artikel: "description", Menge: "quantity", Einzelpreis: "unit_price", Land: "country" },
    "number",
  ],
  [
    "the full Online Retail, with slips of the pen",
    "InvoiceNo,StockCode,Description,Quantitiy,InvoiceDate,UnitPrice,CustomerID,Country\n536365,85123A,LANTERN,6,12/13/2010 8:26,2.55,17850,United Kingdom\n",
    { InvoiceNo: "number", StockCode: "sku", Description: "description", Quantitiy: "quantity", InvoiceDate: "placed_at", UnitPrice: "unit_price", CustomerID: "customer_id", Country: "country" },
    "number",
  ],
  [
    "one amount per order",
    "order_id\tcustomer\torder_date\tamount\n1\tAna Ruiz\t2026-01-13\t12.50\n",
    { order_id: "number", customer: "customer_id", order_date: "placed_at", amount: "total" },
    "number",
  ],
]; // prettier-ignore

test.each(files)("the columns of %s are recognised", async (_, content, mapping, group_by) => {
  const ctx = (await databaseForTest()).ctx();
  const look = await lookAt(ctx, await uploaded(ctx, "orders", content));
  expect(Object.fromEntries(Object.entries(look.mapping).map(([column, to]) => [column, to.field]))).toEqual(mapping);
  expect([look.options.group_by, look.problems]).toEqual([group_by, []]);
});
