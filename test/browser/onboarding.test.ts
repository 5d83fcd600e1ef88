import { afterAll, beforeAll, expect, test } from "vitest";
import { company, type Company } from "./company.ts";

let rondo: Company;
beforeAll(async () => void (rondo = await company()), 600_000);
afterAll(() => rondo?.leave(), 60_000);

const shot = async (name: string): Promise<void> => {
  if (process.env["SHOTS"]) await rondo.page.screenshot({ path: `${process.env["SHOTS"]}/${name}.png` });
};

test("a plan is written by keyboard, begun with Priya, done by both sides, and a slip is undone", async () => {
  const { page, url, complaints, accessible } = rondo;
  await page.goto(`${url}/plans`);
  await page.getByRole("heading", { name: "Onboarding plans" }).waitFor();
  await page.keyboard.press("c");
  await page.getByLabel("Name").fill("A shelf of one's own");
  await page.getByLabel("Step 1", { exact: true }).fill("Show us the shelf");
  await page.getByRole("button", { name: "A step" }).click();
  await page.getByLabel("Step 2", { exact: true }).fill("Welcome call");
  await page.getByLabel("Who does it").nth(1).selectOption("us");
  await page.getByLabel("Step 2", { exact: true }).press("Alt+ArrowUp");
  await expect.poll(() => page.getByLabel("Step 1", { exact: true }).inputValue()).toBe("Welcome call");
  await page.getByLabel("Brings the first value").nth(1).check();
  await accessible("new plan");
  await shot("plan-new");
  await page.keyboard.press("Control+s");
  await page.getByText("Version 1.").waitFor();
  await page.goto(`${url}/onboardings`);
  await page.getByRole("button", { name: "Start" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Customer").fill("Priya");
  await page.getByRole("option", { name: /^Priya/ }).first().click();
  await dialog.getByLabel("Plan").fill("A shelf");
  await page.getByRole("option", { name: "A shelf of one's own" }).click();
  await accessible("start dialog");
  await dialog.getByRole("button", { name: "Start" }).click();
  await page.getByRole("heading", { name: /^Priya .* · A shelf of one's own$/ }).waitFor();
  await page.getByRole("button", { name: "Done: Welcome call" }).click();
  await page.getByText("50 % done").waitFor();
  await page.keyboard.press("Control+z");
  await page.getByText("0 % done", { exact: true }).waitFor();
  await page.getByRole("button", { name: "Done: Welcome call" }).click();
  await page.getByText("50 % done").waitFor();
  await accessible("onboarding");
  const link = await page.getByRole("link", { name: "What the customer sees" }).getAttribute("href");
  const theirs = await page.context().newPage();
  await theirs.goto(new URL(new URL(link!).pathname, url).href);
  await theirs.getByRole("button", { name: "Mark as done" }).click();
  await theirs.getByText("All done. Thank you!").waitFor();
  if (process.env["SHOTS"]) await theirs.screenshot({ path: `${process.env["SHOTS"]}/start-public.png` });
  await theirs.close();
  await page.getByText("100 % done").waitFor();
  await shot("onboarding-done");
  expect(complaints).toEqual([]);
}, 120_000); // prettier-ignore
