import { afterAll, beforeAll, expect, test } from "vitest";
import { ask, company, type Company } from "./company.ts";

let rondo: Company;
beforeAll(async () => void (rondo = await company()), 600_000);
afterAll(() => rondo?.leave(), 60_000);

const shot = async (name: string): Promise<void> => {
  if (process.env["SHOTS"]) await rondo.page.screenshot({ path: `${process.env["SHOTS"]}/${name}.png` });
};

test("an agent opens a case from an order line, answers it, hears the customer, and resolves it", async () => {
  const { page, url, complaints, accessible } = rondo;
  const { items } = await ask<{ items: { id: string }[] }>(page, `GET /orders?limit=1&filter=${encodeURIComponent(JSON.stringify({ field: "contact.email", op: "is_set" }))}`).catch(() => ask<{ items: { id: string }[] }>(page, "GET /orders?limit=1"));
  await page.goto(`${url}/orders/${items[0]!.id}`);
  await page.getByRole("link", { name: /^Open a case about/ }).first().click();
  const form = page.locator("form.new-case");
  await form.getByLabel("Subject").fill("The lid does not close");
  await form.getByLabel("Description").fill("I tried two of them.");
  await form.getByLabel("Reason").click();
  await page.getByRole("option", { name: "Arrived damaged" }).click();
  await accessible("new case");
  await shot("case-new");
  await form.getByRole("button", { name: "Open the case" }).click();
  const box = page.getByLabel(/^Reply to/);
  await box.waitFor();
  await page.keyboard.press("r");
  await page.keyboard.type("Which size is it?");
  await page.keyboard.press("Control+Enter");
  await page.getByText("leaves in a few seconds").waitFor();
  await page.getByText("Waiting for the customer since").waitFor();
  await accessible("case");
  await shot("case-waiting");
  // The customer opens the link of the mail, reads, and answers.
  const link = await page.getByRole("link", { name: "What the customer sees" }).getAttribute("href");
  const theirs = await page.context().newPage();
  await theirs.goto(new URL(new URL(link!).pathname, url).href);
  await theirs.getByText("Which size is it?").waitFor();
  await theirs.getByLabel("Your message").fill("The large one.");
  if (process.env["SHOTS"]) await theirs.screenshot({ path: `${process.env["SHOTS"]}/case-public.png` });
  await theirs.close();
  const answered = await page.request.post(new URL(new URL(link!).pathname, url).href, { form: { body: "The large one.", key: "01900000-0000-7000-8000-000000000001" }, maxRedirects: 0 });
  expect(answered.status()).toBe(303);
  await page.getByText("The large one.").waitFor();
  await page.getByText("Next response").waitFor();
  await page.getByRole("button", { name: "Resolve…" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Resolve", exact: true }).click();
  await page.getByText(/Case \d+ resolved/).waitFor();
  await page.getByRole("button", { name: "Reopen" }).waitFor();
  await page.keyboard.press("Escape");
  await page.keyboard.press("Control+z");
  await page.getByRole("button", { name: "Resolve…" }).waitFor();
  expect(complaints).toEqual([]);
}, 120_000); // prettier-ignore
