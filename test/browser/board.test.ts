import { expect, test } from "vitest";
import { begun } from "./company.ts";

const shots = process.env["SHOTS"] ?? "/tmp";

test(
  "a deal is opened, moved by keys and by hand, asked for what its stage needs, lost with a reason, and taken back",
  { timeout: 240_000 },
  async () => {
    const { page, url, complaints, accessible } = await begun();
    const send = (route: string, body: object) =>
      page.evaluate(async ([to, json]) => (await (await fetch(`/api/v1${to}`, { method: "POST", headers: { "Content-Type": "application/json", "X-Rondo": "1" }, body: json! })).json()) as { id: string }, [route, JSON.stringify(body)]); // prettier-ignore
    const ana = await send("/contacts", { name: "Ana Ruiz" });
    for (let i = 0; i < 30; i++)
      await send("/opportunities", { name: `Deal ${i}`, contact_id: ana.id, amount: 10_000 * (i + 1) });

    await page.goto(`${url}/contacts/${ana.id}`);
    await page.getByLabel("Opportunities", { exact: true }).getByRole("button", { name: "New" }).click();
    const form = page.getByRole("dialog");
    await form.getByLabel("Name").fill("Initech expansion");
    await form.getByLabel("Amount").fill("18400");
    await form.getByRole("button", { name: "Add", exact: true }).click();
    await page.getByText("€18,400.00 · 20%").waitFor();

    await page.goto(`${url}/opportunities`);
    const column = (name: string) => page.locator(".board-column").filter({ has: page.getByRole("heading", { name }) });
    await column("Qualified").getByText("Initech expansion").waitFor();
    await accessible("board");
    const card = page.locator("[data-card] a").filter({ hasText: "Initech expansion" });
    await card.focus();
    await page.keyboard.press("Alt+ArrowRight");
    await column("Meeting").getByText("Initech expansion").waitFor();
    expect(await card.evaluate((one) => one === document.activeElement)).toBe(true);
    await page.getByText("Initech expansion moved to Meeting").first().waitFor();

    // Proposal needs the day it should close.
    await page.keyboard.press("Alt+ArrowRight");
    const asked = page.getByRole("dialog");
    await asked.getByLabel("Expected close").fill("2031-05-01");
    await accessible("what a stage needs");
    await asked.getByRole("button", { name: "Move to Proposal" }).click();
    await column("Proposal").getByText("Initech expansion").waitFor();

    // By mouse, and taken back with Ctrl Z.
    await page.waitForTimeout(300);
    await card.dragTo(column("Negotiation"));
    await column("Negotiation").getByText("Initech expansion").waitFor();
    await page.getByText("Initech expansion moved to Negotiation").first().waitFor();
    await page.screenshot({ path: `${shots}/board.png` });
    await page.keyboard.press("Control+z");
    await column("Proposal").getByText("Initech expansion").waitFor();

    // By the menu of the card: lost, and why.
    await card.focus();
    await page.keyboard.press("v");
    await page.getByRole("dialog").getByRole("button", { name: "Lost" }).click();
    const why = page.getByRole("dialog").filter({ hasText: "Why was" });
    await why.getByPlaceholder("Choose a reason").click();
    await page.getByRole("option", { name: "Chose a competitor" }).click();
    await accessible("why lost");
    await why.getByRole("button", { name: "Move to Lost" }).click();
    await column("Lost").getByText("Initech expansion").waitFor();

    await column("Lost").getByText("Initech expansion").click();
    await page.getByText("Stages so far").waitFor();
    await page.getByText("Chose a competitor").first().waitFor();
    await accessible("opportunity");
    await page.screenshot({ path: `${shots}/opportunity.png` });
    await page.goto(`${url}/opportunities/table`);
    await page.getByText("Initech expansion").first().waitFor();
    await accessible("table");
    await page.goto(`${url}/settings/pipelines`);
    await page.getByLabel("Stage: Meeting").fill("First meeting");
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByText("Pipeline Sales saved").waitFor();
    await accessible("stages");
    await page.screenshot({ path: `${shots}/stages.png` });

    await page.emulateMedia({ colorScheme: "dark" });
    await page.setViewportSize({ width: 360, height: 780 });
    await page.goto(`${url}/opportunities`);
    await page.getByText("First meeting").waitFor();
    await accessible("board, dark, 360 px");
    await page.screenshot({ path: `${shots}/board-dark.png` });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
    expect(complaints.filter((words) => !words.includes("422"))).toEqual([]);
  },
);
