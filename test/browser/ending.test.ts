import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { ask } from "./company.ts";
import { visit } from "./rondo.ts";

/*
 * The end of things: every record tells its history at the side; what was trashed says until when it stays, comes back many at a
 * time, and goes for good when its number is typed.
 */
const shots = process.env["SHOTS"];
const shot = async (page: Page, name: string): Promise<void> => {
  if (!shots) return;
  for (const scheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: "reduce" });
    await page.screenshot({ path: `${shots}/ending-${name}-${scheme}.png` });
  }
  await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
};
const owner = { name: "Mira Okafor", email: "mira@northwind.example", password: "seven blue kettles", company: "Northwind Goods", currency: "EUR", time_zone: "Europe/Berlin", lens: "seven_stages" }; // prettier-ignore

test("history at the side, many back from the trash at once, and gone for good by typing the number", { timeout: 240_000 }, async () => {
  const { page, url, complaints, accessible } = await visit();
  await page.goto(url);
  await ask(page, "POST /session/first-run", owner);
  for (const n of [1, 2, 3]) await ask(page, "POST /contacts", { given_name: "Person", family_name: `No. ${n}` });
  await ask(page, "POST /contacts", { given_name: "Ada", family_name: "Quill" });
  // Every record tells its history at the side.
  const { id: survey } = await ask<{ id: string }>(page, "POST /surveys", { name: "How was it?", kind: "nps", trigger: "order.delivered" });
  await page.goto(`${url}/surveys/${survey}`);
  await page.getByRole("heading", { level: 1, name: "How was it?" }).waitFor();
  await page.keyboard.press("Shift+H");
  const side = page.getByRole("complementary", { name: "History" });
  await side.getByText("Mira Okafor").first().waitFor();
  await accessible("the history at the side");
  await shot(page, "history");

  // The trash: until when, many back at once, gone for good by typing the number.
  const { items } = await ask<{ items: { id: string }[] }>(page, "GET /contacts");
  for (const { id } of items) await page.evaluate((of) => fetch(`/api/v1/contacts/${of}`, { method: "DELETE" }), id);
  await page.goto(`${url}/contacts/trash`);
  await page.getByText(/stays until/).first().waitFor();
  await page.getByLabel("Select Ada Quill").check();
  await page.getByRole("button", { name: "Restore selected" }).click();
  await page.getByText("1 record is back").waitFor();
  await page.getByLabel("All shown here").check();
  await accessible("the trash");
  await shot(page, "trash");
  // By keyboard alone: Esc leaves it where one was, a wrong number is said, the right one and Enter do it.
  const purge = page.getByRole("button", { name: "Delete for good…" });
  const sure = page.getByRole("dialog", { name: "Delete for good" });
  const number = sure.getByLabel(/How many records/);
  const isAt = (where: typeof purge) => expect.poll(() => where.evaluate((e) => e === document.activeElement), { timeout: 15_000 }).toBe(true);
  await purge.press("Enter");
  await isAt(number);
  await page.keyboard.press("Escape");
  await isAt(purge);
  await page.keyboard.press("Enter");
  await isAt(number);
  await page.keyboard.type("2");
  await page.keyboard.press("Enter");
  await sure.getByText("Type 3 to go on.").waitFor();
  await accessible("deleting for good");
  await shot(page, "purge");
  await number.press("Control+a");
  await page.keyboard.type("3");
  await page.keyboard.press("Enter");
  await sure.waitFor({ state: "detached" });
  await expect.poll(async () => (await ask<{ items: unknown[] }>(page, "GET /contacts?trash=true")).items.length, { timeout: 30_000 }).toBe(0);
  await page.goto(`${url}/settings/trash`);
  await page.getByLabel("Days in the trash").fill("60");
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByText("The trash keeps things for 60 days").waitFor();
  await accessible("the settings of the trash");
  await shot(page, "settings");
  await page.setViewportSize({ width: 360, height: 740 });
  await page.goto(`${url}/contacts/trash`);
  await page.getByRole("heading", { level: 1, name: "Trash" }).waitFor();
  await shot(page, "trash-narrow");
  expect(complaints).toEqual([]);
}); // prettier-ignore
