import { beforeAll, afterAll, expect, test } from "vitest";
import { ask, company, type Company } from "./company.ts";

let rondo: Company;
beforeAll(async () => void (rondo = await company()), 600_000);
afterAll(() => rondo.leave());

// Where to put pictures, when somebody wants to look.
const pictures = process.env.RONDO_PICTURES;
const picture = async (name: string): Promise<void> => {
  if (pictures) await rondo.page.screenshot({ path: `${pictures}/${name}.png` });
};

test(
  "a marketer writes a campaign, is told what is wrong, sends it and reads what became of it",
  { timeout: 120_000 },
  async () => {
    const { page, url, accessible, complaints } = rondo;
    await page.goto(`${url}/campaigns`);
    await page.getByText("Pantry reset").first().waitFor();
    await accessible("the campaigns");
    await picture("campaigns");
    await page.keyboard.press("c");
    await page.getByRole("textbox", { name: "Name" }).fill("A word before winter");
    await page.getByRole("dialog").getByLabel("Segment", { exact: true }).first().fill("Newsletter");
    await page.getByRole("option", { name: "Newsletter readers", exact: true }).click();
    await page.getByRole("button", { name: "Begin" }).click();
    const source = page.getByRole("textbox", { name: "The mail (MJML)" });
    await source.waitFor();
    const frame = page.frameLocator("iframe");
    await frame.getByText("Hello there,").waitFor();
    const body = await source.inputValue();
    await source.fill(body.replace("{{ contact.given_name", "{{ contact.shoe_size"));
    await page.getByText("There is no field").waitFor();
    await page.getByText("The mail shows here as soon as").waitFor();
    await accessible("the editor with a problem");
    await source.fill(body);
    await frame.getByText("Hello there,").waitFor();
    await picture("campaign-edit");
    await page.setViewportSize({ width: 360, height: 740 });
    await accessible("the editor on a phone");
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
    await picture("campaign-edit-phone");
    await page.setViewportSize({ width: 1280, height: 800 });
    await page.getByRole("button", { name: "Send", exact: true }).click();
    await page.getByRole("button", { name: /^Send to \d/ }).click();
    await page.getByRole("region", { name: "Progress" }).waitFor();
    expect(complaints).toEqual([]);
  },
);

test("every number of a report opens the people behind it", { timeout: 60_000 }, async () => {
  const { page, url, accessible } = rondo;
  const { items } = await ask<{ items: { id: string; name: string }[] }>(page, "GET /campaigns?q=Harvest&limit=1");
  await page.goto(`${url}/campaigns/${items[0]!.id}`);
  const row = page.getByRole("row", { name: /Clicked by a person/ });
  await row.waitFor();
  await accessible("the report");
  await picture("campaign-report");
  const n = Number((await row.getByRole("button").textContent())!.replaceAll(",", ""));
  await row.getByRole("button").click();
  const people = page.getByRole("dialog").getByRole("listitem");
  await people.first().waitFor();
  await picture("campaign-behind");
  expect(await people.count()).toBe(Math.min(n, 50));
  await page.keyboard.press("Escape");
});

test(
  "an administrator sets sender and budget, and takes an address off and on again",
  { timeout: 60_000 },
  async () => {
    const { page, url, accessible } = rondo;
    await page.goto(`${url}/settings/mail`);
    await page.getByRole("textbox", { name: "Sender's address" }).fill("hello@gmail.com");
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByText("free mailbox").waitFor();
    await page.getByRole("textbox", { name: "Sender's address" }).fill("hello@northwind.example");
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByText("Mail settings changed").waitFor();
    await page.getByRole("button", { name: "Add" }).click();
    await page.getByRole("textbox", { name: "Address", exact: true }).fill("No.More@Vertex.example");
    await page.getByRole("textbox", { name: "Why" }).fill("asked us on the phone");
    await page.getByRole("dialog").getByRole("button", { name: "Add" }).click();
    await page.getByText("no.more@vertex.example", { exact: true }).waitFor();
    await accessible("mail and budget");
    await picture("mail-settings");
    await page.getByRole("button", { name: "Release" }).click();
    await page.getByText("no.more@vertex.example", { exact: true }).waitFor({ state: "detached" });
  },
);
