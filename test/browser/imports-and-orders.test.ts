import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { workbook } from "../../src/records/import/read/xlsx/book-for-tests.ts";
import { ask, begun } from "./company.ts";
import type { Visit } from "./rondo.ts";

const shots = process.env["SHOTS"];
const files = mkdtempSync(join(tmpdir(), "rondo-files-"));
let leave = async (): Promise<void> => undefined;
let rondo: Visit;

beforeAll(async () => {
  rondo = await begun((end) => (leave = end));
});
afterAll(async () => {
  await leave();
  rmSync(files, { recursive: true });
});

const shot = async (name: string): Promise<void> =>
  void (shots && (await rondo.page.screenshot({ path: `${shots}/${name}.png`, fullPage: true })));
const keep = (name: string, data: string | Buffer): string => {
  const path = join(files, name);
  writeFileSync(path, data);
  return path;
};

const row = (...cells: (string | number)[]): string =>
  `<row>${cells.map((cell) => (typeof cell === "string" ? `<c t="inlineStr"><is><t>${cell}</t></is></c>` : `<c><v>${cell}</v></c>`)).join("")}</row>`;
const days = Math.floor(Date.now() / 86_400_000) + 25_569; // Excel counts days from 1899-12-30
/** Three orders of two customers on the second sheet, behind a cover; one more has no date. */
const book = workbook({
  sheets: [
    { name: "Cover", rows: row("Northwind Goods", "Autumn") + row("made by", "the shop") },
    {
      name: "Orders",
      rows: [
        row("Order", "Customer name", "E-mail", "Date", "Item", "Quantity", "Price"),
        row("A-1", "Ana Ruiz", "ana@vertex.example", days - 40, "Jar", 3, 3.9),
        row("A-1", "Ana Ruiz", "ana@vertex.example", days - 40, "Shelf", 1, 1204),
        row("A-2", "Ana Ruiz", "ana@vertex.example", days - 9, "Jar", 2, 3.9),
        row("A-3", "Bo Li", "bo@li.example", days - 5, "Jar", 1, 3.9),
        row("A-4", "Cy Onu", "cy@onu.example", "", "Jar", 1, 3.9),
      ]
        .join("")
        .replace(/<c>(<v>\d{5}<\/v>)/g, '<c s="1">$1'),
    },
  ],
  styles: [0, 14],
});

test("a workbook's second sheet becomes customers and orders, and says which row did not", async () => {
  const { page, url, accessible } = rondo;
  await page.goto(`${url}/import`);
  await page.locator("input[type=file]").setInputFiles(keep("autumn.xlsx", book));
  await page.getByText("Which column is what").waitFor();
  await shot("xlsx-cover");
  await page.getByText("The columns above look wrong?").click();
  await page.getByLabel("Sheet").selectOption("Orders");
  await page.getByText("€1,204.00").first().waitFor();
  await accessible("a workbook's columns");
  await shot("xlsx-mapping");
  await page.getByRole("button", { name: /^Import/ }).click();
  await page.getByText("3 orders worth €1,227.40, and 2 new customers").waitFor({ timeout: 30_000 });
  await page.getByText("1 row was not imported").waitFor();
  await accessible("a workbook's result");
  await shot("xlsx-result");
  await page.getByRole("link", { name: "Open the list" }).click();
  await page.getByRole("heading", { level: 1, name: "Orders" }).waitFor();
  await page.getByRole("gridcell", { name: "Bo Li" }).first().waitFor();
});

test("an import that was paused and cancelled goes on to its end when retried", async () => {
  const { page, url, accessible } = rondo;
  const people = 12_000;
  const rows = Array.from({ length: people }, (_, i) => `Person ${i},p${i}@crowd.example,+49301${100_000 + i}`);
  await page.goto(`${url}/import`);
  await page.locator("input[type=file]").setInputFiles(keep("contacts.csv", ["Name,E-mail,Phone", ...rows].join("\n")));
  await page.getByText("Which column is what").waitFor();
  await page.getByRole("button", { name: /^Import/ }).click();
  await page.getByRole("button", { name: "Pause" }).click();
  await page.getByRole("button", { name: "Go on" }).waitFor();
  await shot("paused");
  await page.getByRole("button", { name: "Cancel" }).click();
  await page.getByText("The import was cancelled").waitFor();
  await accessible("a cancelled import");
  await shot("cancelled");
  await page.getByRole("link", { name: "All imports" }).click();
  await page.getByText("contacts.csv").waitFor();
  await shot("imports");
  await page.getByText("contacts.csv").click();
  await page.getByRole("button", { name: "Go on" }).click();
  await page.getByText("12,000 new records").waitFor({ timeout: 60_000 });
  await shot("retried");
  const found = await ask<{ items: unknown[] }>(page, "GET /contacts?q=p11999%40crowd.example");
  expect(found.items).toHaveLength(1);
});

test("the lines of an order change without losing tax and discount; its money and goods come back", async () => {
  const { page, url, complaints, accessible } = rondo;
  const { id: contact_id } = await ask<{ id: string }>(page, "POST /contacts", { name: "Dora Vale" });
  const place = (more: object) =>
    ask<{ id: string }>(page, "POST /orders", {
      contact_id,
      lines: [
        { description: "Gift wrap", quantity: "4", unit_price: "10", discount: 500, tax_rate: "19" },
        { description: "Labels", quantity: "1", unit_price: "18" },
      ],
      ...more,
    });
  const { id } = await place({});
  const dialog = page.getByRole("dialog");
  const line = page.getByRole("row", { name: /Gift wrap/ });

  await page.goto(`${url}/orders/${id}`);
  await page.getByRole("button", { name: "Act", exact: true }).click();
  await shot("acts");
  await page.getByRole("menuitem", { name: "Change the lines" }).click();
  // (4 x 10 - 5) x 1.19 + 18
  await dialog.getByText("€59.65").waitFor();
  await shot("lines");
  await dialog.getByRole("textbox", { name: "Quantity", exact: true }).fill("2");
  await dialog.getByText("€35.85").waitFor();
  await accessible("the lines of an order");
  await shot("lines-changed");
  await dialog.getByRole("button", { name: "Save" }).click();
  await line.getByText("€17.85").waitFor();
  await page.keyboard.press("Control+z");
  await line.getByText("€41.65").waitFor();
  await shot("lines-undone");

  await page.keyboard.press("p");
  await dialog.getByRole("button", { name: "Receive €59.65" }).click();
  await dialog.waitFor({ state: "hidden" });
  await page.getByRole("button", { name: "Act", exact: true }).click();
  expect(await page.getByRole("menuitem", { name: "Change the lines" }).count()).toBe(0);
  await page.getByRole("menuitem", { name: "Take goods back" }).click();
  await dialog.getByLabel("How many of Gift wrap come back").fill("9");
  await shot("return-too-many");
  await dialog.getByRole("button", { name: /^Take back/ }).click();
  await dialog.getByText(/4/).first().waitFor();
  await shot("return-refused");
  await dialog.getByLabel("How many of Gift wrap come back").fill("1");
  await dialog.getByLabel("More about it").fill("Torn");
  await accessible("goods that come back");
  await shot("return");
  await dialog.getByRole("button", { name: /^Take back/ }).click();
  await line.getByText("1 came back").waitFor();

  await page.getByRole("button", { name: "Act", exact: true }).click();
  await page.getByRole("menuitem", { name: "Give money back" }).click();
  await dialog.getByLabel("More about it").fill("For the torn one");
  await accessible("money that goes back");
  await shot("refund");
  await dialog.getByRole("button", { name: "Give back €10.41" }).click();
  await page.getByText("For the torn one").waitFor();
  await shot("order-after");

  // An old address asks for what cannot be done any more.
  await page.goto(`${url}/orders/${id}?act=lines`);
  await line.waitFor();
  expect(await dialog.count()).toBe(0);
  expect(complaints.filter((c) => !c.includes("422"))).toEqual([]);
});
