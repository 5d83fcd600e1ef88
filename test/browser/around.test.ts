import { afterAll, beforeAll, expect, test } from "vitest";
import { ask, company, type Company } from "./company.ts";

let rondo: Company;
beforeAll(async () => void (rondo = await company()), 600_000);
afterAll(() => rondo.leave());

test("a stranger follows one customer around the whole ring by clicking only", { timeout: 180_000 }, async () => {
  const { page, url, accessible, complaints } = rondo;
  await page.goto(url);
  const chain = page.getByRole("region", { name: "How it came and what came of it" });
  /** Clicks on in the chain of the record on screen, and waits for the record it leads to. */
  const on = async (words: RegExp, to: RegExp): Promise<void> => {
    await chain.getByRole("link", { name: words }).first().click();
    await page.waitForURL(to);
  };
  const timeline = async (words: RegExp, to: RegExp): Promise<void> => {
    const entry = page.locator(".timeline").getByRole("link", { name: words }).first();
    await entry.click();
    await page.waitForURL(to);
  };

  // Home's ring, those who moved on to the stage in the quarter, who of them paid most, the one we follow.
  await page.getByText("people in the cycle").waitFor();
  const onward = page.getByRole("link", { name: /from Onboarding to Engagement/ }).first();
  const inYear = await onward.getAttribute("aria-label");
  await page.locator("label").filter({ hasText: "90 days" }).click();
  // The ring keeps the year until the quarter is there.
  await page.waitForFunction((said) => !document.querySelector(`[aria-label="${said}"]`), inYear);
  await onward.click();
  await page.waitForURL(/\/contacts\?/);
  await page.getByRole("columnheader", { name: "Paid" }).click();
  await page.getByRole("gridcell").filter({ hasText: "Sam Moreau" }).first().dblclick();
  await page.waitForURL(/\/contacts\/[0-9a-f-]+/);
  const sam = new URL(page.url()).pathname;

  // Attract and convert: the invitation, the form, the lead, the deal, the quote.
  await page.getByRole("button", { name: /^Campaigns/ }).click();
  await timeline(/^Sent the form/, /\/forms\//);
  await chain.getByText(/^Recommended us to Sam Moreau/).waitFor();
  await accessible("a form on one customer's way");
  await on(/^Became a lead/, /\/leads\//);
  await on(/^Opportunity “Jars for the canteen”/, /\/opportunities\//);
  await on(/^Got quote/, /\/quotes\//);
  await on(/^Ordered 2 lines/, /\/orders\//);

  // Deliver: the parcel, the invoice; each leads back to its order.
  await on(/sent with/, /\/shipments\//);
  await on(/delivered/, /\/orders\//);
  await on(/^Invoice/, /\/invoices\//);
  await on(/^Ordered 2 lines/, /\/orders\//);
  await accessible("an order on its way");

  // Engage: the first steps, and the case about the lid.
  await on(/^Started “Trade account/, /\/onboardings\//);
  await on(/delivered/, /\/orders\//);
  await on(/^Opened case C-7050/, /\/cases\//);

  // Learn: what was made of it, and that he heard of it; what he answered, and where that went.
  await on(/^Added to the insight/, /\/insights\//);
  await accessible("an insight on his way");
  await on(/^Heard that we improved/, /\/improvements\//);
  await on(/^The whole timeline/, new RegExp(sam));
  await timeline(/^Answered “How likely/, /\/surveys\//);
  await on(/delivered/, /\/orders\//);

  // Grow: his points came of the paid order, and whoever recommended us was thanked with some.
  await chain.getByText(/^Earned \d+ points/).waitFor();
  await on(/^The whole timeline/, new RegExp(sam));
  await page.getByRole("region", { name: "Who it is" }).getByRole("link", { name: /points$/ }).click();
  await page.waitForURL(/\/members\//);
  await page.goBack();
  await page.getByRole("region", { name: "People around" }).getByRole("link", { name: /Priya Kim/ }).click();
  await page.waitForURL((to) => to.pathname.startsWith("/contacts/") && to.pathname !== sam);
  await page.getByRole("region", { name: "Recommendations" }).getByRole("link", { name: /Sam Moreau/ }).click();
  await page.waitForURL(/\/referrals\//);
  await chain.getByText(/^Recommended us to Sam Moreau/).waitFor();

  // And back to the ring.
  await page.getByRole("link", { name: "Home", exact: true }).click();
  await page.getByText("people in the cycle").waitFor();
  expect(complaints).toEqual([]);
}); // prettier-ignore

test("from the ring to the flow: the ways sideways as a picture and as a table, and by the keyboard to the people in a band", { timeout: 120_000 }, async () => {
  const { page, url, accessible, complaints } = rondo;
  await page.goto(url);
  await page.getByRole("link", { name: "See flow" }).click();
  await page.waitForURL(/\/flow/);
  const band = page.getByRole("link", { name: /from Active to At risk$/ });
  await band.waitFor();
  await accessible("the flow as a picture");
  const people = Number((await band.getAttribute("aria-label"))!.split(" ")[0]!.replace(",", ""));
  expect(people).toBeGreaterThan(0);
  await page.getByText("Table", { exact: true }).click();
  await page.getByRole("table").getByRole("link", { name: /from Active to At risk$/ }).waitFor();
  await accessible("the flow as a table");
  await page.getByText("Picture", { exact: true }).click();
  await band.focus();
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/contacts\?/);
  await page.getByText(/went from Active to At risk/).first().waitFor();
  expect(await ask<{ total: { count: number } }>(page, `GET /contacts?limit=1&moved=${encodeURIComponent(new URL(page.url()).searchParams.get("moved") ?? "")}`)).toMatchObject({ total: { count: people } });
  expect(complaints).toEqual([]);
}); // prettier-ignore

test("a country written in a file's own words stays in the form's picker", async () => {
  const { page, url } = rondo;
  const { items } = await ask<{ items: { id: string; country: string }[] }>(page, "GET /contacts?q=Bo%20Lind&limit=1");
  await page.goto(`${url}/contacts/${items[0]!.id}`);
  await page.getByText("What happens next").first().waitFor();
  await page.keyboard.press("e");
  await expect
    .poll(() => page.getByRole("dialog").getByLabel("Country").inputValue(), { timeout: 15_000 })
    .toBe(items[0]!.country);
  expect(items[0]!.country).toBe("Germany");
});
