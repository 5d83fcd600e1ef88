import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { ask } from "./company.ts";
import { visit } from "./rondo.ts";

/*
 * Something new from anywhere: C makes any object, a form out of a form or of a page loses nothing, a draft outlives a reload; tags
 * stand in a column and are put on all that a filter shows.
 */
const shots = process.env["SHOTS"];
const shot = async (page: Page, name: string): Promise<void> => {
  if (!shots) return;
  for (const scheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: "reduce" });
    await page.screenshot({ path: `${shots}/making-${name}-${scheme}.png` });
  }
  await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
};
const owner = { name: "Mira Okafor", email: "mira@northwind.example", password: "seven blue kettles", company: "Northwind Goods", currency: "EUR", time_zone: "Europe/Berlin", lens: "seven_stages" }; // prettier-ignore

test("new things from anywhere, forms that lose nothing, and tags on all that a filter shows", { timeout: 240_000 }, async () => {
  const { page, url, complaints, accessible } = await visit();
  await page.goto(url);
  await ask(page, "POST /session/first-run", owner);
  await page.goto(`${url}/my-day`);
  await page.getByRole("heading", { level: 1, name: "My day" }).waitFor();

  // C where nothing else is made: the box offers every object one may make.
  const makeContact = async (): Promise<void> => {
    await page.keyboard.press("c");
    await page.getByRole("dialog").getByRole("textbox", { name: "What is new?" }).waitFor();
    await shot(page, "what");
    await page.keyboard.type("contact");
    await page.getByRole("dialog").getByText("New contact", { exact: true }).waitFor();
    await page.keyboard.press("Enter");
  };
  await makeContact();
  const form = page.getByRole("dialog", { name: "New contact" });
  await form.getByLabel("Given name").fill("Ada");
  await form.getByLabel("Family name").fill("Quill");
  await form.getByLabel("E-mail").fill("ada@quill.example");
  await form.getByLabel("Account", { exact: true }).fill("Vertex");
  await page.getByRole("option", { name: "New account: Vertex" }).click();
  const nested = page.getByRole("dialog", { name: "New account" });
  await shot(page, "nested");
  await nested.getByRole("textbox", { name: /^Name/ }).waitFor();
  expect(await nested.getByRole("textbox", { name: /^Name/ }).inputValue()).toBe("Vertex");
  await accessible("a form out of a form");
  // Esc leaves the inner one only.
  await page.keyboard.press("Escape");
  await nested.waitFor({ state: "detached" });
  expect(await form.getByLabel("Given name").inputValue()).toBe("Ada");
  await form.getByLabel("Account", { exact: true }).fill("Vertex");
  await page.getByRole("option", { name: "New account: Vertex" }).click();
  await nested.getByRole("button", { name: "Add", exact: true }).click();
  await nested.waitFor({ state: "detached" });
  expect(await form.getByLabel("Account", { exact: true }).inputValue()).toBe("Vertex");

  // A reload loses nothing of it, not even what the chosen account is called.
  await page.reload();
  await page.getByRole("heading", { level: 1, name: "My day" }).waitFor();
  await makeContact();
  await form.getByLabel("Given name").waitFor();
  expect(await form.getByLabel("Given name").inputValue()).toBe("Ada");
  expect(await form.getByLabel("Account", { exact: true }).inputValue()).toBe("Vertex");
  await form.getByRole("button", { name: "Add", exact: true }).click();
  await form.waitFor({ state: "detached" });
  const { items: [ada] } = await ask<{ items: { id: string; account: { title: string } }[] }>(page, "GET /contacts"); // prettier-ignore
  expect(ada!.account.title).toBe("Vertex");

  // Out of an order: somebody who is there already is taken, the goods are made, and a reload loses nothing.
  await page.goto(`${url}/orders/new`);
  const who = page.getByRole("combobox", { name: "Contact", exact: true });
  const goods = page.getByRole("combobox", { name: "Product", exact: true });
  await who.fill("Ada Quil");
  await page.getByRole("option", { name: "New contact: Ada Quil" }).click();
  await form.getByLabel("E-mail").fill("ADA@quill.example");
  await form.getByRole("button", { name: "Take Ada Quill" }).click();
  await form.waitFor({ state: "detached" });
  expect(await who.inputValue()).toBe("Ada Quill");
  await goods.fill("Wonder jar");
  await page.getByRole("option", { name: "New product: Wonder jar" }).click();
  const jar = page.getByRole("dialog", { name: "New product" });
  await jar.getByLabel("Price", { exact: true }).fill("12.5");
  await accessible("a form out of a page");
  await shot(page, "order");
  await jar.getByRole("button", { name: "Add", exact: true }).click();
  await jar.waitFor({ state: "detached" });
  await page.getByText("€12.50").first().waitFor();
  await page.reload();
  await expect.poll(() => goods.inputValue(), { timeout: 15_000 }).toBe("Wonder jar");
  expect(await who.inputValue()).toBe("Ada Quill");
  await page.getByRole("button", { name: "Place the order" }).click();
  await page.getByRole("heading", { name: "Order 1001" }).waitFor();

  // A quote being changed outlives a reload, and somebody else's change of it: both are shown, and mine goes over theirs.
  const quote = await ask<{ id: string; version: number }>(page, "POST /quotes", { contact_id: ada!.id, subject: "Jars", lines: [{ description: "Jar", quantity: "2", unit_price: "3" }] }); // prettier-ignore
  await page.goto(`${url}/quotes/${quote.id}/edit`);
  const about = page.getByLabel("About");
  await about.fill("Jars for Ada");
  await page.reload();
  await expect.poll(() => about.inputValue(), { timeout: 15_000 }).toBe("Jars for Ada");
  await page.evaluate(({ id, version }) => fetch(`/api/v1/quotes/${id}`, { method: "PATCH", headers: { "content-type": "application/json", "if-match": `"${version}"` }, body: JSON.stringify({ subject: "Lids", terms: "At once" }) }), quote); // prettier-ignore
  await page.getByRole("button", { name: "Save", exact: true }).click();
  const clash = page.getByRole("alert", { name: "Two people changed this" });
  await clash.getByText("Lids", { exact: true }).waitFor();
  await clash.getByText("At once").waitFor();
  await accessible("a quote that two people changed");
  await shot(page, "clash");
  await clash.getByRole("button", { name: "Keep mine" }).press("Enter");
  await page.waitForURL(new RegExp(`/quotes/${quote.id}$`));
  expect(await ask(page, `GET /quotes/${quote.id}`)).toMatchObject({ subject: "Jars for Ada", terms: "At once" });
  // What was before mine is theirs, not what I began from.
  await page.locator(".a-note", { hasText: "QU-1001 changed" }).getByRole("button", { name: "Undo" }).click();
  await expect.poll(async () => (await ask<{ subject: string }>(page, `GET /quotes/${quote.id}`)).subject, { timeout: 15_000 }).toBe("Lids"); // prettier-ignore

  // Tags: on all that the view shows, as a job, and in a column.
  for (const n of [1, 2, 3]) await ask(page, "POST /contacts", { given_name: "Person", family_name: `No. ${n}` });
  await page.goto(`${url}/contacts?cols=["tags"]`);
  await page.getByText("Person No. 3").waitFor();
  await page.keyboard.press("x");
  await page.getByRole("button", { name: "Select all 4 of this view" }).click();
  await page.getByRole("button", { name: "Tag…" }).click();
  await page.getByRole("combobox", { name: "Add a tag" }).or(page.getByRole("textbox", { name: "Add a tag" })).first().fill("Fair");
  await page.keyboard.press("Enter");
  await page.getByText("4 records tagged Fair").waitFor();
  await expect.poll(() => page.locator(".row .chip", { hasText: "Fair" }).count()).toBe(4);
  await accessible("a column of tags");
  await shot(page, "tags");
  expect(complaints.filter((said) => !said.includes("412"))).toEqual([]);
}); // prettier-ignore
