import { expect, test } from "vitest";
import { begun } from "./company.ts";

test(
  "a segment is made with a live count, fills itself, and says why somebody is in it",
  { timeout: 240_000 },
  async () => {
    const { page, url, complaints, accessible } = await begun();
    // People made here, so that the page has somebody to count.
    const create = (route: string, body: object) =>
    page.evaluate(async ([to, json]) => (await fetch(`/api/v1${to}`, { method: "POST", headers: { "Content-Type": "application/json", "X-Rondo": "1" }, body: json! })).status, [route, JSON.stringify(body)]); // prettier-ignore
    for (const name of ["Ana Ruiz", "Bo Lind", "Cleo Okafor"])
      expect(await create("/contacts", { name, country: name === "Bo Lind" ? "US" : "DE" })).toBe(201);

    await page.goto(`${url}/segments`);
    await page.getByRole("button", { name: "New segment" }).first().click();
    const form = page.getByRole("dialog");
    await form.getByLabel("Name").fill("Never ordered");
    await form.getByLabel("How often").selectOption("exactly");
    await form.getByLabel("Times", { exact: true }).fill("0");
    await form.getByText("3 contacts").waitFor();
    await accessible("segment form");
    await page.screenshot({ path: `${process.env["SHOTS"] ?? "/tmp"}/segment-form.png` });
    await form.getByRole("button", { name: "Add", exact: true }).click();
    await page.getByText("3 members").waitFor({ timeout: 20_000 });
    await page.getByRole("gridcell").filter({ hasText: "Ana Ruiz" }).first().click();
    await page.keyboard.press("Space");
    await page.getByText("In the segment since").waitFor();
    await page.getByText(/never/).first().waitFor();
    await accessible("segment, why");
    await page.screenshot({ path: `${process.env["SHOTS"] ?? "/tmp"}/segment-why.png` });

    // By hand: two selected contacts become a new segment.
    await page.goto(`${url}/contacts`);
    await page.getByRole("gridcell").filter({ hasText: "Cleo Okafor" }).first().click();
    await page.keyboard.press("x");
    await page.getByRole("button", { name: "Add to segment…" }).click();
    const add = page.getByRole("dialog");
    await add.getByLabel("Name").fill("Trade fair 2026");
    await accessible("add to segment");
    await add.getByRole("button", { name: "Add", exact: true }).click();
    await page.getByText("1 contact added to Trade fair 2026").waitFor();
    await page.goto(`${url}/segments`);
    await page.getByText("Trade fair 2026").first().waitFor();
    await accessible("segments");
    await page.screenshot({ path: `${process.env["SHOTS"] ?? "/tmp"}/segments.png` });
    await page.getByText("Never ordered").first().click();
    await page.keyboard.press("Enter");
    await page.getByText("3 members").waitFor();
    await page.emulateMedia({ colorScheme: "dark" });
    await page.setViewportSize({ width: 360, height: 780 });
    await page.reload();
    await page.getByText("3 members").waitFor();
    await accessible("segment, dark, 360 px");
    await page.screenshot({ path: `${process.env["SHOTS"] ?? "/tmp"}/segment-dark.png` });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
    expect(complaints).toEqual([]);
  },
);
