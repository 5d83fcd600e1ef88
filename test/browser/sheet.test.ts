import { afterAll, beforeAll, expect, test } from "vitest";
import type { Page } from "playwright-core";
import { ask, begun } from "./company.ts";
import type { Visit } from "./rondo.ts";

/*
 * A table is a sheet: cells edited by keyboard, a block pasted, a conflict with somebody else, all of a view changed by a job, and
 * everything taken back.
 */
let rondo: Visit;
let page: Page;
let leave = async (): Promise<void> => undefined;
const cities = ["Austin", "Berlin", "Leeds", "Waco"];

beforeAll(async () => {
  rondo = await begun((end) => (leave = end));
  page = rondo.page;
  for (const city of cities) await ask(page, "POST /contacts", { name: `${city} Person`, city });
  await page.goto(
    `${rondo.url}/contacts?sort=name&cols=${encodeURIComponent(JSON.stringify(["city", "job_title", "lifecycle_stage"]))}`,
  );
  await cell(0, 2).getByText("Austin").waitFor();
}, 120_000);
afterAll(() => leave(), 60_000);

const soon = <T>(what: () => T | Promise<T>) => expect.poll(what, { timeout: 15_000 });
const cell = (row: number, col: number) => page.locator(`.row[data-i='${row}'] [aria-colindex='${col + 1}']`);
const press = async (...keys: string[]): Promise<void> => {
  for (const key of keys) await page.keyboard.press(key);
};
const texts = (col: number): Promise<string[]> =>
  Promise.all(cities.map(async (_city, row) => (await cell(row, col).textContent()) ?? ""));
const pasteText = (text: string): Promise<void> =>
  page.locator(".grid").evaluate((grid, sent) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", sent);
    grid.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
  }, text);

test("cells are edited by keyboard, a refusal stays in its cell, and Ctrl Z takes an act back", async () => {
  await page.locator(".grid").focus();
  await press("Home", "ArrowRight", "ArrowRight");
  await page.waitForTimeout(1000); // the editors are fetched when the table has the focus
  await press("F2");
  await page.locator(".cell-editor input").fill("Dallas");
  await press("Enter");
  await cell(0, 2).getByText("Dallas").waitFor();
  await page.keyboard.type("Munich");
  await press("Tab");
  await page.keyboard.type("Boss");
  await press("Enter");
  await cell(1, 3).getByText("Boss").waitFor();
  expect((await texts(2)).slice(0, 2)).toEqual(["Dallas", "Munich"]);
  await page.getByText("1 row changed").first().waitFor();
  await rondo.accessible("a sheet");

  await press("ArrowRight", "x");
  await page.getByText("is worked out by Rondo").waitFor();
  await press("Escape", "Control+z");
  await soon(() => cell(1, 3).textContent()).toBe("");
  const kept = await ask<{ items: { city: string; job_title: string | null }[] }>(page, "GET /contacts?sort=name");
  expect(kept.items.map((one) => [one.city, one.job_title])).toEqual([["Dallas", null], ["Munich", null], ["Leeds", null], ["Waco", null]]); // prettier-ignore
}, 60_000);

test("a block is pasted as one act, filled down, copied, and taken back", async () => {
  await cell(0, 2).click();
  await page.keyboard.press("Escape");
  await page.locator(".grid").focus();
  await pasteText('Porto\t"Head of ""all"""\r\nLima\tBuyer\r\n');
  await cell(1, 3).getByText("Buyer").waitFor();
  await soon(() => texts(2)).toEqual(["Porto", "Lima", "Leeds", "Waco"]);
  await press("Shift+ArrowDown", "Shift+ArrowDown", "Shift+ArrowDown", "Control+d");
  await soon(() => texts(2)).toEqual(["Porto", "Porto", "Porto", "Porto"]);
  expect(await page.locator(".cell[aria-selected=true]").count()).toBe(4);
  const copied = await page.locator(".grid").evaluate((grid) => {
    const clipboardData = new DataTransfer();
    grid.dispatchEvent(new ClipboardEvent("copy", { clipboardData, bubbles: true, cancelable: true }));
    return clipboardData.getData("text/plain");
  });
  expect(copied).toBe("Porto\nPorto\nPorto\nPorto");
  await press("Control+z");
  await soon(() => texts(2)).toEqual(["Porto", "Lima", "Leeds", "Waco"]);
  await press("Control+z");
  await soon(() => texts(2)).toEqual(["Dallas", "Munich", "Leeds", "Waco"]);
}, 60_000);

test("two people change one cell: both values are shown, and one is chosen", async () => {
  const found = await ask<{ items: { id: string }[] }>(page, "GET /contacts?sort=name");
  await page.locator(".grid").focus();
  await press("Escape", "Escape", "Control+Home", "ArrowRight", "ArrowRight", "F2");
  await page.locator(".cell-editor input").fill("Mine");
  // Whoever answers for another browser is a second session of the same person: what counts is the version that was seen.
  await page.evaluate(async (id) => {
    const now = await (await fetch(`/api/v1/contacts/${id}`)).json();
    await fetch(`/api/v1/contacts/${id}`, { method: "PATCH", headers: { "content-type": "application/json", "x-rondo": "1", "if-match": `"${now.version}"` }, body: JSON.stringify({ city: "Theirs" }) });
  }, found.items[0]!.id); // prettier-ignore
  await press("Enter");
  await press("ArrowUp");
  const note = page.locator(".cell-note");
  await note.getByText("Theirs").first().waitFor();
  expect(await note.textContent()).toContain("Mine");
  await rondo.accessible("a conflict in a cell");
  await press("F2", "Enter");
  await expect
    .poll(async () => (await ask<{ items: { city: string }[] }>(page, "GET /contacts?sort=name")).items[0]?.city)
    .toBe("Mine");
}, 60_000);

test("all of a view is changed by a job and taken back, from the note and from each record's history", async () => {
  await press("Escape", "Escape");
  await cell(0, 0).click();
  await page.getByRole("button", { name: "Select all 4 of this view" }).click();
  await page.getByRole("button", { name: "Change…" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("combobox", { name: "Field" }).click();
  await page.getByRole("option", { name: "City" }).click();
  await dialog.getByRole("textbox", { name: "New value" }).fill("Everywhere");
  await rondo.accessible("a bulk edit");
  await dialog.getByRole("button", { name: "Change", exact: true }).click();
  await page.getByText("4 records changed").waitFor();
  await soon(() => texts(2)).toEqual(cities.map(() => "Everywhere"));
  await page.locator(".a-note", { hasText: "4 records changed" }).getByRole("button", { name: "Undo" }).click();
  await page.getByText("4 records are as before").waitFor();
  await soon(() => texts(2)).toEqual(["Mine", "Munich", "Leeds", "Waco"]);

  await cell(1, 1).getByRole("link").click();
  await page.getByRole("tab", { name: "History" }).click();
  await page.getByText("took back a change").first().waitFor();
  await rondo.accessible("a history");
  expect(rondo.complaints).toEqual([]);
}, 60_000);
