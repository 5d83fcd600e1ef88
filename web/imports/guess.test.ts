import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { firstLineOf, guessObject } from "./guess.ts";

const all = ["orders", "contacts", "accounts", "products"];

test("a header line says what the file is about", () => {
  expect(guessObject("InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country", all)).toBe(
    "orders",
  );
  expect(guessObject("First Name;Last Name;E-Mail;Phone", all)).toBe("contacts");
  expect(guessObject("Company,Domain,Industry", all)).toBe("accounts");
  expect(guessObject("sku,title,category,price", all)).toBe("products");
  const more = [...all, "prices", "quotes", "segment_members"];
  expect(guessObject("SKU,Price,Currency,Valid from", more)).toBe("prices");
  expect(guessObject("Quote number,Customer,SKU,Quantity,Unit price", more)).toBe("quotes");
  expect(guessObject("Order ID,Date,SKU,Quantity,Price,Discount,Tax", more)).toBe("orders");
  expect(guessObject("sku,title,category,price", more)).toBe("products");
});

test("a workbook's header cannot be read here: its name says what it holds, but never against a header", async () => {
  const workbook = await firstLineOf(new Blob(["PK\u0003\u0004 price quantity date"]));
  expect(workbook).toBe("");
  expect(guessObject(workbook, all, "Products 2026.xlsx")).toBe("products");
  expect(guessObject(workbook, all, "export.xlsx")).toBe("orders");
  expect(guessObject("First Name;Last Name;E-Mail", all, "orders.csv")).toBe("contacts");
});

test("what cannot be imported here is never guessed, and a line without names is of orders", () => {
  expect(guessObject("email,first_name", ["orders"])).toBe("orders");
  expect(guessObject("00004 19970101 2 29.33", ["products", ...all])).toBe("orders");
  expect(guessObject("a,b", [])).toBeUndefined();
});

test("the first line of a plain and of a gzipped file is read here", async () => {
  const text = "Order,Date,Price\n1,2026-01-01,2\n";
  expect(await firstLineOf(new Blob([text]))).toBe("Order,Date,Price");
  expect(await firstLineOf(new Blob([gzipSync(text)]))).toBe("Order,Date,Price");
  const long = gzipSync(`Order,Date\n${Array.from({ length: 90_000 }, (_x, i) => `${Math.sin(i)},x`).join("\n")}`);
  expect(long.length).toBeGreaterThan(65_536);
  expect(await firstLineOf(new Blob([long]))).toBe("Order,Date");
});
