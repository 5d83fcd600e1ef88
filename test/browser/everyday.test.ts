import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ask, begun } from "./company.ts";
import type { Visit } from "./rondo.ts";

/*
 * Two colleagues at one record: each sees that the other is there, a mention rings the other's bell, files are dropped and looked at,
 * a change appears without reload and is marked, an edit over a newer one is refused with both values, of a setting, too.
 */
let rondo: Visit;
let leave = async (): Promise<void> => undefined;
let tom: Page;
const png = Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==", "base64"); // prettier-ignore

const shot = async (page: Page, name: string): Promise<void> => {
  if (!process.env["SHOTS"]) return;
  for (const scheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: "reduce" });
    await page.screenshot({ path: `${process.env["SHOTS"]}/${name}-${scheme}.png` });
  }
  await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
};

beforeAll(async () => {
  rondo = await begun((end) => (leave = end));
  const { page, url } = rondo;
  const { url: link } = await ask<{ url?: string; link?: string }>(page, "POST /invitations", { email: "tom@northwind.example", role: "manager" }).then((a) => ({ url: a.url ?? a.link ?? "" })); // prettier-ignore
  tom = await (await page.context().browser()!.newContext({ viewport: { width: 1280, height: 800 }, reducedMotion: "reduce" })).newPage(); // prettier-ignore
  tom.on("pageerror", (e) => rondo.complaints.push(e.message));
  await tom.goto(url);
  await ask(tom, "POST /session/accept-invitation", { token: new URL(link).searchParams.get("token"), name: "Tom Weber", password: "nine green lamps" }); // prettier-ignore
}, 120_000);
afterAll(() => leave(), 60_000);

test("two colleagues at one record", async () => {
  const { page, url, complaints, accessible } = rondo;
  const vertex = await ask<{ id: string }>(page, "POST /products", { name: "Jar, 500 ml" });
  await page.goto(`${url}/products/${vertex.id}`);
  await tom.goto(`${url}/products/${vertex.id}`);
  await tom.getByRole("list", { name: "Also here" }).getByLabel("Mira Okafor is looking").waitFor();
  await page.getByRole("list", { name: "Also here" }).getByLabel("Tom Weber is looking").waitFor();

  await page.keyboard.press("Shift+K");
  const editor = page.getByRole("textbox", { name: "Comment" });
  await editor.click();
  await page.keyboard.type("Can you look at the lid, @tom");
  await page.getByRole("option", { name: "Tom Weber" }).waitFor();
  await accessible("mentioning");
  await shot(page, "everyday-mention");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Control+Enter");
  await page.locator(".comment").getByText("Can you look at the lid,").waitFor();
  await tom.locator(".nav-item", { hasText: "Notifications" }).locator(".nav-count", { hasText: "1" }).waitFor();
  await tom.keyboard.press("g");
  await tom.keyboard.press("9");
  const line = tom.locator(".notification");
  await line.getByText("Mira Okafor mentioned you on").waitFor();
  await shot(tom, "everyday-bell");
  await line.getByRole("link").click();
  await tom.locator(".comment").getByText("Can you look at the lid,").waitFor();
  await expect.poll(() => tom.locator(".nav-count.unread").count()).toBe(0);
  await tom.getByRole("list", { name: "Also here" }).waitFor();

  // A picture is dropped on the page and looked at; Esc goes back to the list.
  const files = await page.evaluateHandle((bytes) => {
    const data = new DataTransfer();
    data.items.add(new File([new Uint8Array(bytes)], "lid.png", { type: "image/png" }));
    return data;
  }, [...png]);
  await page.dispatchEvent("main", "drop", { dataTransfer: files });
  await page.getByRole("button", { name: "lid.png", exact: true }).click();
  const picture = page.getByRole("dialog", { name: "lid.png" }).getByRole("img", { name: "lid.png" });
  await expect.poll(() => picture.evaluate((img: HTMLImageElement) => img.naturalWidth)).toBe(1);
  await accessible("lightbox");
  await page.keyboard.press("Escape");
  await picture.waitFor({ state: "detached" });
  await shot(page, "everyday-files");
  await page.locator("input[type=file]").setInputFiles({ name: "setup.exe", mimeType: "application/pdf", buffer: Buffer.from("MZ") });
  await page.getByText("Programs are not kept here").waitFor();
  await accessible("files");

  await page.keyboard.press("Shift+T");
  await page.getByLabel("Add a tag").fill("Fragile");
  await page.keyboard.press("Enter");
  await page.getByRole("link", { name: "Fragile" }).waitFor();
  await accessible("tags");
  await shot(page, "everyday-tags");
  await page.getByRole("button", { name: "Favourite" }).click();
  await page.getByRole("region", { name: "Favourites" }).getByText("Jar, 500 ml").waitFor();

  // Tom's change reaches Mira without a reload, marked with his name.
  await ask(tom, `GET /products/${vertex.id}`);
  const version = (await ask<{ version: number }>(tom, `GET /products/${vertex.id}`)).version;
  await page.keyboard.press("Escape");
  await page.keyboard.press("e");
  const form = page.getByRole("dialog");
  await form.getByLabel("Name").fill("Jar, 500 ml, lid");
  await tom.getByLabel("Mira Okafor is editing").waitFor();
  await tom.evaluate(async ([id, seen]) => {
    const answer = await fetch(`/api/v1/products/${id}`, { method: "PATCH", headers: { "content-type": "application/json", "if-match": `"${seen}"` }, body: JSON.stringify({ name: "Jar, half a litre" }) });
    if (!answer.ok) throw new Error(await answer.text());
  }, [vertex.id, version] as const);
  await page.locator(".bar-title", { hasText: "Jar, half a litre" }).waitFor();
  await page.getByText("Tom Weber changed Name").waitFor();
  await form.getByRole("button", { name: "Save" }).click();
  await form.getByText("Somebody else changed this while you were editing").waitFor();
  await form.getByText("Jar, half a litre").waitFor();
  await accessible("conflict");
  await shot(page, "everyday-conflict");
  expect(complaints.filter((said) => !said.includes("412") && !said.includes("422"))).toEqual([]);
}, 120_000); // prettier-ignore

test("a task reminds whoever it is for wherever they are, and leads to it", async () => {
  const { page, url } = rondo;
  await page.goto(`${url}/notifications`);
  await page.locator("h1").waitFor();
  const { person } = await ask<{ person: { id: string } }>(page, "GET /session");
  const remind_at = new Date(Date.now() + 1000).toISOString();
  const task = await ask<{ id: string }>(page, "POST /tasks", {
    title: "Send the lids",
    owner_id: person.id,
    remind_at,
  });
  await page.locator(".a-note").getByText("Your task Send the lids reminds you").waitFor();
  await page.locator(".a-note").getByRole("button", { name: "Open" }).press("Enter");
  await page.waitForURL(`**/tasks/${task.id}`);
}, 60_000);

test("a setting that two people change shows both values, on a page and in a dialog", async () => {
  const { page, url, accessible } = rondo;
  const other = (method: string, path: string, version: number, body: object): Promise<boolean> =>
    page.evaluate(async ([how, at, seen, sent]) => (await fetch(`/api/v1${at}`, { method: how, headers: { "content-type": "application/json", "if-match": `"${seen}"` }, body: JSON.stringify(sent) })).ok, [method, path, version, body] as const);
  const clash = page.getByRole("alert", { name: "Two people changed this" });
  await page.goto(`${url}/settings/company`);
  await page.getByLabel("Company", { exact: true }).fill("Northwind of Mira");
  const { version } = await ask<{ version: number }>(page, "GET /workspace");
  expect(await other("PATCH", "/workspace", version, { name: "Northwind of Tom", time_zone: "Europe/Paris" })).toBe(true);
  await page.getByRole("button", { name: "Save" }).press("Enter");
  for (const words of ["Northwind of Mira", "Northwind of Tom", "Europe/Paris"]) await clash.getByText(words, { exact: true }).waitFor();
  await accessible("a setting that two people changed");
  await shot(page, "everyday-setting");
  await clash.getByRole("button", { name: "Keep mine" }).press("Enter");
  await page.getByText("Settings of the company changed").waitFor();
  expect(await ask(page, "GET /workspace")).toMatchObject({ name: "Northwind of Mira", time_zone: "Europe/Paris" });

  const team = await ask<{ id: string }>(page, "POST /teams", { name: "North", people: [] });
  await page.goto(`${url}/settings/teams`);
  await page.getByRole("button", { name: "Edit North" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Name").fill("North of Mira");
  expect(await other("PUT", `/teams/${team.id}`, 1, { version: 1, name: "North of Tom", people: [] })).toBe(true);
  await dialog.getByRole("button", { name: "Save" }).click();
  await clash.getByText("North of Tom", { exact: true }).waitFor();
  await accessible("a dialog that two people changed");
  await clash.getByRole("button", { name: "Take theirs" }).press("Enter");
  expect(await dialog.getByLabel("Name").inputValue()).toBe("North of Tom");
}, 60_000); // prettier-ignore

test("the new screens are whole, wide and narrow, light and dark", async () => {
  const { page, url, accessible } = rondo;
  await page.keyboard.press("Escape");
  for (const path of ["/notifications", "/settings/notifications", "/settings/tags"]) {
    await page.goto(`${url}${path}`);
    await page.locator("h1").waitFor();
    await page.waitForLoadState("networkidle");
    await page.setViewportSize({ width: 360, height: 740 });
    await accessible(`${path}, narrow`);
    await shot(page, `everyday${path.replaceAll("/", "-")}-360`);
    await page.setViewportSize({ width: 1280, height: 800 });
    await shot(page, `everyday${path.replaceAll("/", "-")}`);
  }
}, 60_000);
