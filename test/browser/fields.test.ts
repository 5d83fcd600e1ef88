import { afterAll, beforeAll, expect, test } from "vitest";
import { ask, begun } from "./company.ts";
import type { Visit } from "./rondo.ts";

const shots = process.env["SHOTS"];
let leave = async (): Promise<void> => undefined;
let rondo: Visit;

beforeAll(async () => {
  rondo = await begun((end) => (leave = end));
});
afterAll(() => leave());

const shot = async (name: string): Promise<void> => {
  if (!shots) return;
  for (const [width, colorScheme] of [[1280, "light"], [360, "dark"]] as const) {
    await rondo.page.setViewportSize({ width, height: 800 });
    await rondo.page.emulateMedia({ colorScheme });
    await rondo.page.screenshot({ path: `${shots}/${name}-${width}.png` });
  }
  await rondo.page.setViewportSize({ width: 1280, height: 800 });
  await rondo.page.emulateMedia({ colorScheme: "light" });
}; // prettier-ignore

test("an administrator adds fields, and they stand in the form, the table, the filter and the sort like any other", async () => {
  const { page, url, accessible, complaints } = rondo;
  for (const [name, seats] of [["Ana Ruiz", 9], ["Bo Lind", 12]]) await ask(page, "POST /contacts", { name, custom: { seats } });
  await page.goto(`${url}/settings/fields`);
  await page.getByText("No field of your own here yet.").waitFor();
  await page.getByRole("button", { name: "New field" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Name").fill("Tier");
  await dialog.getByLabel("Type").selectOption("choice");
  for (const label of ["Gold", "Silver"]) {
    await dialog.getByRole("button", { name: "Add a choice" }).click();
    await dialog.getByLabel(/^Choice \d/).last().fill(label);
  }
  await shot("field-dialog");
  await accessible("the dialog of a new field");
  await dialog.getByRole("button", { name: "Add", exact: true }).click();
  await dialog.waitFor({ state: "hidden" });
  await page.keyboard.press("c");
  await dialog.getByLabel("Name").fill("Seats");
  await dialog.getByLabel("Type").selectOption("number");
  await dialog.getByLabel("Fast to filter and sort").check();
  await dialog.getByRole("button", { name: "Add", exact: true }).click();
  await page.getByText("Number · fast · custom.seats").waitFor({ timeout: 15_000 });
  await shot("fields");
  await accessible("the fields");

  await page.goto(`${url}/contacts?cols=${encodeURIComponent(JSON.stringify(["custom.tier", "custom.seats"]))}`);
  await page.getByRole("button", { name: "New contact" }).first().click();
  const form = page.getByRole("dialog");
  await form.locator('input[name="name"]').fill("Cleo Okafor");
  await form.getByLabel("Tier").click();
  await page.getByRole("option", { name: "Gold" }).click();
  await form.getByLabel("Seats").fill("3");
  await shot("form");
  await form.getByRole("button", { name: /Add|Save/ }).last().click();
  await page.getByRole("gridcell", { name: "Gold" }).waitFor();
  const seats = async () => (await page.locator('[role="row"] [role="gridcell"]:last-child').allTextContents()).filter((t) => /^\d+$/.test(t));
  await page.getByRole("columnheader", { name: /Seats/ }).click();
  await expect.poll(seats, { timeout: 15_000 }).toEqual(["12", "9", "3"]);
  await shot("table");
  await page.goto(`${url}/contacts?cols=${encodeURIComponent(JSON.stringify(["custom.seats"]))}&filter=${encodeURIComponent(JSON.stringify({ field: "custom.seats", op: "gte", value: 9 }))}&sort=custom.seats`);
  await expect.poll(seats, { timeout: 15_000 }).toEqual(["9", "12"]);
  await page.getByText(/Seats/).first().waitFor();

  await page.goto(`${url}/settings/fields`);
  await page.getByRole("button", { name: "New field" }).click();
  await dialog.getByLabel("Name").fill("Bill");
  await dialog.getByLabel("Type").selectOption("formula");
  await dialog.getByRole("textbox", { name: "Formula" }).fill("custom.seats * custom.prise");
  await dialog.getByText("Contacts have no field “custom.prise”.").waitFor();
  await dialog.getByRole("textbox", { name: "Formula" }).fill("custom.seats * 2.5 + ");
  await dialog.getByLabel("Insert a field").selectOption("custom.seats");
  await dialog.getByText("It gives: Number. On the records that changed last:").waitFor();
  const found = () => dialog.locator(".trial dd").allTextContents();
  await expect.poll(async () => (await found()).toSorted(), { timeout: 15_000 }).toEqual(["10.5", "31.5", "42"]);
  await shot("formula");
  await accessible("the dialog of a formula");
  await dialog.getByRole("button", { name: "Add", exact: true }).click();
  await page.getByText("Formula · custom.bill").waitFor();
  await page.getByRole("button", { name: "Move Bill up" }).press("Enter");
  const order = () => page.locator(".rows strong").allTextContents();
  await expect.poll(order, { timeout: 15_000 }).toEqual(["Tier", "Bill", "Seats"]);
  await page.locator(".rows li", { hasText: "Number · fast · custom.seats" }).dragTo(page.locator(".rows li", { hasText: "custom.tier" }));
  await expect.poll(order, { timeout: 15_000 }).toEqual(["Seats", "Tier", "Bill"]);
  await page.getByRole("button", { name: "Edit Tier" }).click();
  await dialog.getByRole("button", { name: "Retire choice 1, which 1 records hold" }).click();
  await dialog.getByText("1 records keep it").waitFor();
  await shot("choices");
  await accessible("choices with how many hold them");
  await dialog.getByRole("button", { name: "Save" }).click();
  await dialog.waitFor({ state: "hidden" });
  await page.goto(`${url}/contacts?cols=${encodeURIComponent(JSON.stringify(["custom.bill", "custom.tier"]))}&sort=-custom.bill`);
  await page.getByRole("gridcell", { name: "42", exact: true }).waitFor();
  await page.getByRole("gridcell", { name: "Gold" }).waitFor();
  // On the record's page by their labels, as in the table.
  await page.getByRole("link", { name: "Cleo Okafor" }).click();
  await page.getByRole("region", { name: "Who it is" }).locator("div", { has: page.getByText("Tier", { exact: true }) }).getByText("Gold").first().waitFor();

  await page.goto(`${url}/settings/fields?of=account`);
  await page.getByRole("button", { name: "New field" }).click();
  await dialog.getByLabel("Name").fill("Seats of all");
  await dialog.getByLabel("Type").selectOption("rollup");
  await dialog.getByLabel("Of which records").selectOption("contacts");
  await dialog.getByLabel("Figure").selectOption("sum");
  await dialog.getByLabel("Field", { exact: true }).selectOption("custom.seats");
  await dialog.getByLabel("Only some of them").check();
  await dialog.getByLabel("Whose records count").selectOption("company");
  await dialog.getByText("Everybody sees the same figure, also of records that they may not open.").waitFor();
  await shot("rollup");
  await accessible("the dialog of a rollup");
  await dialog.getByLabel("Only some of them").uncheck();
  await dialog.getByRole("button", { name: "Add", exact: true }).click();
  await page.getByText("Rollup of related records · custom.seats_of_all").waitFor();

  await page.goto(`${url}/settings/fields`);
  await page.getByRole("button", { name: "New object" }).click();
  await dialog.getByLabel("One of them").fill("Vehicle");
  await dialog.getByLabel("Many of them").fill("Vehicles");
  await dialog.getByRole("button", { name: "Add", exact: true }).click();
  await expect.poll(() => page.getByLabel("Fields of").inputValue(), { timeout: 15_000 }).toBe("custom/vehicles");
  await page.getByRole("button", { name: "New field" }).click();
  await dialog.getByLabel("Name").fill("Seats");
  await dialog.getByLabel("Type").selectOption("number");
  await dialog.getByRole("button", { name: "Add", exact: true }).click();
  await page.getByText("custom.seats").waitFor();
  await shot("objects");
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Vehicles" }).click();
  await page.getByRole("button", { name: "New vehicle" }).first().click();
  await form.locator('input[name="name"]').fill("B-XY 12");
  await form.getByLabel("Seats").fill("9");
  await form.getByRole("button", { name: /Add|Save/ }).last().click();
  await page.getByRole("link", { name: "B-XY 12" }).click();
  await page.getByRole("heading", { name: "B-XY 12" }).waitFor();
  await page.getByRole("heading", { name: "History" }).waitFor();
  await shot("vehicle");
  await accessible("a record of an object of one's own");
  // What lies beside it, as beside any record; its tags in the table and in the filter.
  await page.keyboard.press("Shift+K");
  await page.getByRole("textbox", { name: "Comment" }).click();
  await page.keyboard.type("In the garage till Friday");
  await page.keyboard.press("Control+Enter");
  await page.locator(".comment").getByText("In the garage till Friday").waitFor();
  await page.keyboard.press("Shift+F");
  await page.locator("input[type=file]").setInputFiles({ name: "papers.txt", mimeType: "text/plain", buffer: Buffer.from("Papers") });
  await page.locator(".file-line", { hasText: "papers.txt" }).waitFor();
  await page.keyboard.press("Shift+T");
  await page.getByLabel("Add a tag").fill("Electric");
  await page.keyboard.press("Enter");
  await accessible("what lies beside a record of an object of one's own");
  await shot("vehicle-beside");
  await page.getByRole("link", { name: "Electric" }).click();
  await page.waitForURL(/custom\/vehicles\?/);
  await page.getByRole("link", { name: "B-XY 12" }).waitFor();
  await page.goto(`${url}/custom/vehicles?cols=${encodeURIComponent(JSON.stringify(["tags", "custom.seats"]))}`);
  await page.locator(".row .chip", { hasText: "Electric" }).waitFor();
  await shot("vehicles");

  // A field that holds a file: chosen with the keyboard before the record is saved, shown by its name, asked for as there or not.
  await page.goto(`${url}/settings/fields?of=${encodeURIComponent("custom/vehicles")}`);
  await page.getByRole("button", { name: "New field" }).click();
  await dialog.getByLabel("Name").fill("Licence");
  await dialog.getByLabel("Type").selectOption("file");
  expect(await dialog.getByLabel("Fast to filter and sort").count()).toBe(0);
  await dialog.getByRole("button", { name: "Add", exact: true }).click();
  await page.getByText("File · custom.licence").waitFor();
  const withLicence = `${url}/custom/vehicles?cols=${encodeURIComponent(JSON.stringify(["custom.licence"]))}`;
  await page.goto(withLicence);
  await page.getByRole("button", { name: "New vehicle" }).first().click();
  await form.locator('input[name="name"]').fill("M-A 7");
  const choosing = page.waitForEvent("filechooser");
  await form.getByRole("button", { name: "Choose a file for Licence" }).press("Enter");
  await (await choosing).setFiles({ name: "licence.pdf", mimeType: "application/pdf", buffer: Buffer.from("%PDF-1.4") });
  await form.getByRole("link", { name: "licence.pdf" }).waitFor();
  await accessible("a form with a file");
  await shot("file-input");
  // What is not saved is given up: another file instead of it, and then the form.
  const givenUp = () => page.waitForResponse((r) => r.request().method() === "DELETE" && r.url().includes("/files/fresh/") && r.status() === 204);
  for (const press of ["Empty Licence", "Discard"]) {
    const given = givenUp();
    await form.getByRole("button", { name: press }).click();
    await given;
    if (press === "Discard") {
      await page.getByRole("button", { name: "New vehicle" }).first().click();
      await form.locator('input[name="name"]').fill("M-A 7");
    }
    await form.locator("input[type=file]").setInputFiles({ name: "licence.pdf", mimeType: "application/pdf", buffer: Buffer.from("%PDF-1.4") });
    await form.getByRole("link", { name: "licence.pdf" }).waitFor();
  }
  await form.getByRole("button", { name: "Add", exact: true }).click();
  await page.getByRole("gridcell", { name: "licence.pdf" }).getByRole("link").waitFor();
  await shot("file-column");
  await page.goto(`${withLicence}&filter=${encodeURIComponent(JSON.stringify({ field: "custom.licence", op: "is_empty" }))}`);
  await page.getByRole("link", { name: "B-XY 12" }).waitFor();
  expect(await page.getByRole("link", { name: "M-A 7" }).count()).toBe(0);

  // On what is agreed and paid they are notes of one's own, edited where the rest stands.
  for (const object of ["order", "payment", "quote", "campaign"]) await ask(page, "POST /custom-fields", { object, label: "Docket", type: "text" });
  const lines = [{ description: "Lid", quantity: "2", unit_price: "5" }];
  const sold = await ask<{ id: string }>(page, "POST /orders", { lines, custom: { docket: "D-1" } });
  const payment = await ask<{ id: string }>(page, `POST /orders/${sold.id}/payments`, { amount: 1000 });
  const quote = await ask<{ id: string }>(page, "POST /quotes", { lines });
  const campaign = await ask<{ id: string }>(page, "POST /campaigns", { name: "Harvest" });
  for (const [path, { id }] of [["orders", sold], ["payments", payment], ["quotes", quote], ["campaigns", campaign]] as const) {
    await page.goto(`${url}/${path}/${id}`);
    await page.getByRole("button", { name: "Edit fields of your own" }).click();
    await form.getByLabel("Docket").fill(`Of ${path}`);
    await form.getByRole("button", { name: "Save" }).click();
    await page.locator(".own-facts").getByText(`Of ${path}`).waitFor();
    if (path === "payments") await accessible("a payment with fields of one's own");
    await shot(`own-${path}`);
  }
  await page.goto(`${url}/payments?cols=${encodeURIComponent(JSON.stringify(["custom.docket"]))}`);
  await page.getByRole("gridcell", { name: "Of payments" }).waitFor();
  await page.goto(`${url}/orders/new`);
  await page.getByLabel("Docket").waitFor();
  await shot("own-order-new");
  // A formula that makes no sense is refused while it is written.
  expect(complaints.filter((complaint) => !complaint.includes("422"))).toEqual([]);
}, 240_000); // prettier-ignore
