import { expect, test } from "vitest";
import { company } from "./company.ts";

test("a manager draws an insight from a theme, plans an improvement, sees what it takes, and starts it", { timeout: 300_000 }, async () => {
  const { page, url, accessible, complaints, leave } = await company();
  try {
    await page.goto(`${url}/themes`);
    await page.getByRole("link", { name: "Slow answers" }).click();
    await page.getByText("per 100 orders").first().waitFor();
    await accessible("a theme");
    await page.getByRole("link", { name: "Make an insight" }).click();
    await page.getByRole("textbox", { name: "Insight" }).fill("We answer too slowly");
    await page.getByRole("button", { name: "Note the insight" }).click();
    await page.getByRole("heading", { level: 1, name: "We answer too slowly" }).waitFor();
    await page.getByText("raised it").first().waitFor();
    await accessible("an insight");
    await page.getByRole("link", { name: "Make an improvement" }).click();
    await page.getByRole("textbox", { name: "Improvement", exact: true }).fill("Two more people on Mondays");
    await page.getByText("at the present inflow").waitFor();
    await accessible("the form of an improvement");
    await page.getByRole("button", { name: "Save the draft" }).click();
    await page.getByRole("button", { name: "Start…" }).click();
    await page.getByRole("dialog").getByText("at the present inflow").waitFor();
    await accessible("the start");
    await page.getByRole("dialog").getByRole("button", { name: "Start", exact: true }).click();
    await page.getByText("Design, frozen at the start").waitFor();
    await page.getByText("Nobody's days are over yet on both sides.").waitFor();

    await page.goto(`${url}/my-day?stage=learn`);
    await page.getByText("Review is due: “Delivery text message”").first().waitFor();
    await page.goto(`${url}/improvements`);
    await page.getByText(/^1 of \d proved an effect$/).waitFor();
    // With the rule it was reached by.
    for (const [name, verdict, rule] of [
      ["Asking on the day after delivery", "Worse", /lies wholly on one side of zero/],
      ["A reminder after four weeks", "Too early", /Nothing can be said yet/],
    ] as const) {
      await page.getByRole("link", { name }).click();
      await page.getByRole("heading", { level: 1, name }).waitFor();
      await page.locator(".chip", { hasText: verdict }).first().waitFor();
      await page.getByText(rule).first().waitFor();
      await page.goBack();
    }
    await page.getByRole("link", { name: "Delivery text message" }).click();
    await page.getByText(/lies wholly on one side of zero/).first().waitFor();
    await accessible("an improvement that worked");
    await page.getByRole("button", { name: "Decide" }).click();
    await page.getByRole("menuitem", { name: "Keep it, for everybody" }).click();
    await page.getByText("Decided: keep it").waitFor();
    await page.getByRole("button", { name: "Tell those who raised it" }).click();
    await page.getByRole("button", { name: /^Tell \d+ customers$/ }).waitFor();
    await accessible("word to those who asked");
    expect(complaints).toEqual([]);
  } finally {
    await leave();
  }
}); // prettier-ignore
