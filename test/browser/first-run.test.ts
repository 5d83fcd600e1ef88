import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { visit } from "./rondo.ts";

const day = 86_400_000;

/** What a German shop exports: semicolons, decimal commas, days first; 24 customers, every fourth of whom buys six times. */
function shopExport(): { path: string; orders: number; total: number } {
  const rows = ["Bestellnummer;Kunde;E-Mail;Datum;Artikel;Menge;Preis"];
  let [orders, cents] = [0, 0];
  for (let customer = 1; customer <= 24; customer++)
    for (let n = 0; n < (customer % 4 === 0 ? 6 : customer % 4); n++) {
      const date = new Date(Date.now() - (320 - n * 28 - customer) * day)
        .toISOString()
        .slice(0, 10)
        .split("-")
        .toReversed()
        .join(".");
      const quantity = 1 + (customer % 3);
      orders++;
      cents += quantity * 1250 + (n % 2 ? 120_400 : 0);
      const start = `A-${1000 + orders};C${customer};customer${customer}@shop.example;${date}`;
      rows.push(`${start};Glas 500 ml;${quantity};12,50`);
      if (n % 2) rows.push(`${start};Großküchenregal;1;1.204,00`);
    }
  const dir = mkdtempSync(join(tmpdir(), "rondo-shop-"));
  onTestFinished(() => rmSync(dir, { recursive: true }));
  const path = join(dir, "bestellungen.csv");
  writeFileSync(path, Buffer.from(`${rows.join("\r\n")}\r\n`, "latin1"));
  return { path, orders, total: cents };
}

const euros = (cents: number): string =>
  new Intl.NumberFormat("en", { style: "currency", currency: "EUR" }).format(cents / 100);

test("first run, import, ring, customer, why", { timeout: 240_000 }, async () => {
  const { page, url, complaints, accessible } = await visit();
  const shop = shopExport();

  await page.goto(url);
  await page.getByLabel("Company").fill("Northwind Goods");
  await page.getByLabel("Your name").fill("Mira Okafor");
  await page.getByLabel("Your e-mail").fill("mira@northwind.example");
  await page.getByLabel("Password", { exact: true }).fill("seven blue kettles");
  await page.getByLabel("Currency").selectOption("EUR");
  await accessible("first run");
  await page.getByRole("button", { name: "Begin" }).click();
  await page.getByText("Northwind Goods is ready").waitFor();
  await accessible("three doors");
  await page.getByText("Import my customers").click();

  await page.locator("input[type=file]").setInputFiles(shop.path);
  await page.getByText("Which column is what").waitFor();
  // The German headers and numbers were recognised: the shelf is the product, and its price has lost the dot and the comma.
  await page.getByText("Großküchenregal").first().waitFor();
  await page.getByText("€1,204.00").first().waitFor();
  await accessible("import mapping");
  await page.getByRole("button", { name: /^Import \d+/ }).click();
  await page
    .getByText(`${shop.orders} orders worth ${euros(shop.total)}, and 24 new customers`)
    .waitFor({ timeout: 60_000 });
  await accessible("import result");

  await page.getByText("See your customers on the ring").click();
  await page.getByText("people in the cycle").waitFor();
  await page.getByText("24", { exact: true }).first().waitFor();
  await accessible("home");
  // Every number opens the customers behind it.
  const atRisk = page
    .getByRole("link", { name: /Lapsed/ })
    .or(page.getByRole("button", { name: /Lapsed/ }))
    .first();
  const lapsed = Number(/\d+/.exec((await atRisk.innerText()).replace(/\D*/, ""))?.[0]);
  expect(lapsed).toBeGreaterThan(0);
  await atRisk.click();
  const rows = page.getByRole("grid").getByRole("row");
  await expect.poll(async () => (await rows.count()) - 1, { timeout: 10_000 }).toBe(lapsed);
  await accessible("contacts");

  await page
    .getByRole("gridcell")
    .filter({ hasText: /Customer C\d+|customer\d+/i })
    .first()
    .click();
  await page.keyboard.press("Enter");
  await page.getByText("What happens next").waitFor();
  await page
    .getByText(/^Became lapsed/)
    .first()
    .waitFor();
  await page.getByRole("button", { name: "Why?" }).or(page.getByText("Why?")).first().click();
  await page
    .getByText(/no order for \d+ days/i)
    .first()
    .waitFor();
  await accessible("customer");

  await page.emulateMedia({ colorScheme: "dark" });
  await page.setViewportSize({ width: 360, height: 780 });
  await page.reload();
  await page.getByText("What happens next").waitFor();
  await accessible("customer, dark, 360 px");
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
  expect(complaints).toEqual([]);
});
