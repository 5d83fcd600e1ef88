import { expect, test } from "vitest";
import { ask, begun } from "./company.ts";

const shots = process.env.RONDO_SHOTS;

test("Mira quotes, Ana accepts on her phone without script, and the order is there", async () => {
  const { page, url, complaints, accessible } = await begun();
  const shot = async (name: string) => void (shots && (await page.screenshot({ path: `${shots}/${name}.png`, fullPage: true }))); // prettier-ignore
  const { version } = await ask<{ version: number }>(page, "GET /letterhead");
  await ask(page, "PATCH /letterhead", { version, address: "Harbour 1\n20457 Hamburg", tax_rates: [{ label: "VAT 19 %", percent: "19" }] }); // prettier-ignore
  const ana = await ask<{ id: string }>(page, "POST /contacts", {
    name: "Ana Ruiz",
    email: "ana.ruiz@initech.example",
  });
  await ask(page, "POST /products", { name: "Espresso machine", price: 199_990, currency: "EUR" });

  await page.goto(`${url}/contacts/${ana.id}`);
  await page.getByRole("region", { name: "Quotes" }).getByRole("link", { name: "New" }).click();
  await page.getByLabel("About").fill("Bar in Austin");
  await page.getByRole("textbox", { name: "Words on line 1" }).fill("Espresso machine");
  await page.getByLabel("Quantity").fill("2");
  await page.getByLabel("Price of one").fill("1999.90");
  await page.getByRole("textbox", { name: "Discount", exact: true }).fill("10%");
  await page.getByLabel("Discount on the whole").fill("5%");
  // 3,599.82 less 179.99 is 3,419.83; 19 % of that 649.77.
  await page.getByText("€4,069.60").first().waitFor();
  await shot("new");
  await accessible("a new quote");
  await page.getByRole("button", { name: "Save as draft" }).click();
  await page.getByRole("heading", { name: "Quote QU-1001" }).waitFor();
  await page.keyboard.press("s");
  await page.getByText("As a link to hand over").click();
  await page.getByRole("button", { name: "Make the link" }).click();
  const link = await page.getByRole("link", { name: "Their page" }).getAttribute("href");
  await shot("sent");
  await accessible("a sent quote");

  const path = new URL(link!).pathname;
  const phone = await page.context().browser()!.newContext({ javaScriptEnabled: false, viewport: { width: 360, height: 740 } }); // prettier-ignore
  const hers = await phone.newPage();
  await hers.goto(`${url}${path}`);
  await hers.getByRole("button", { name: "Open the quote" }).click();
  await hers.getByText("€649.77").waitFor();
  expect(await hers.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
  if (shots) await hers.screenshot({ path: `${shots}/phone.png`, fullPage: true });
  await hers.getByLabel("Your name").fill("Ana Ruiz");
  await hers.getByLabel("I accept this quote").check();
  await hers.getByRole("button", { name: "Accept for €4,069.60" }).click();
  await hers.getByRole("heading", { name: "Thank you" }).waitFor();
  await phone.close();

  await page.getByText("Accepted, and ordered:").waitFor();
  await page.getByRole("heading", { name: "Evidence" }).waitFor();
  await shot("accepted");
  await accessible("an accepted quote");
  await page.getByRole("link", { name: "Order 1001" }).click();
  await page.getByText("€4,069.60").first().waitFor();
  await page.goto(`${url}/quotes`);
  await page.getByText("QU-1001").first().waitFor();
  await shot("list");
  await page.goto(`${url}/settings/letterhead`);
  await page.getByLabel("Legal name").waitFor();
  await shot("letterhead");
  await accessible("the letterhead");
  expect(complaints).toEqual([]);
});
