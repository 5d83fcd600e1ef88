import type { Page } from "playwright-core";

/*
 * The company opens: everybody sets up on screen what is theirs to set up. Each act ends with what the screen says when it is done.
 */
const open = async (page: Page, path: string, ready: string): Promise<void> => {
  await page.goto(new URL(path, page.url()).href);
  await page.getByText(ready).first().waitFor();
};
const choose = async (page: Page, label: string, option: string): Promise<void> => {
  await page.getByRole("dialog").getByLabel(label).first().click();
  await page.getByRole("option", { name: option }).click();
};
/** The side panel of a list's "new": pressed, filled, added. */
const add = async (page: Page, fill: () => Promise<void>): Promise<void> => {
  await page.keyboard.press("c");
  await page.getByRole("dialog").getByLabel("Name", { exact: false }).first().waitFor();
  await fill();
  await page.getByRole("dialog").getByRole("button", { name: "Add", exact: true }).click();
  await page.getByRole("dialog").waitFor({ state: "hidden" });
};
const named = (page: Page, name: string): Promise<void> =>
  page.getByRole("dialog").getByLabel("Name", { exact: false }).first().fill(name);

/** The owner: who the company is on paper, who takes leads, what a new customer does first. */
export async function settle(page: Page): Promise<void> {
  await open(page, "/settings/letterhead", "Tax rates");
  await page.getByLabel("Address", { exact: true }).fill("Harbour 1\n20457 Hamburg");
  await page.getByRole("button", { name: "Another rate" }).click();
  await page.getByLabel("Name of rate 1").fill("VAT 19 %");
  await page.getByLabel("Percent of rate 1").fill("19");
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByText("Letterhead changed").first().waitFor();
  await open(page, "/settings/leads", "Who takes turns");
  await page.getByLabel("Every agent and manager, whoever comes").uncheck();
  for (const other of ["Jonas Falk", "Tom Weber"]) await page.getByLabel(other).uncheck();
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByText("Changed how leads are worked").first().waitFor();
  await open(page, "/plans", "New plan");
  await page.keyboard.press("c");
  await page.getByLabel("Name").first().fill("First jars");
  await page.getByLabel("Step 1", { exact: true }).fill("Tell us of your kitchen");
  await page.getByLabel("Who does it").selectOption("customer");
  await page.getByLabel("Done by").selectOption("answer");
  await page.getByLabel("Question").fill("How many hobs?");
  await page.getByLabel("Brings the first value").check();
  await page.keyboard.press("Control+s");
  await page.getByText("Version 1.").waitFor();
}

/** The salesperson: what there is to sell. */
export async function stock(page: Page): Promise<void> {
  await open(page, "/products", "New product");
  await add(page, async () => {
    await named(page, "Starter kit");
    await page.getByRole("dialog").getByLabel("Price", { exact: false }).first().fill("249");
  });
  await page.getByText("Starter kit").first().waitFor();
}

/** The manager: what is asked, what is done for those who go quiet, how loyalty and recommendations are thanked. */
export async function promise(page: Page): Promise<void> {
  await open(page, "/surveys", "New survey");
  await add(page, async () => {
    await named(page, "Recommendation");
    await choose(page, "Kind", "NPS");
    await choose(page, "Asked after", "A delivery");
  });
  await page.getByText("Recommendation").first().waitFor();
  await open(page, "/plays", "New play");
  await add(page, async () => {
    await named(page, "Before they go");
    await choose(page, "When a customer becomes", "At risk");
    await page.getByRole("dialog").getByLabel("What to do").fill("Call {name} before they go");
    await page.getByRole("dialog").getByLabel("Left alone, in percent").fill("0");
  });
  await page.getByText("Before they go").first().waitFor();
  await open(page, "/loyalty", "Start a programme");
  await page.getByRole("button", { name: "Start a programme" }).first().click();
  await named(page, "Jar Points");
  await page.getByRole("dialog").getByRole("button", { name: "Start" }).click();
  await page.getByText("Jar Points has begun").first().waitFor();
  await open(page, "/settings/referrals", "Headline of the invitation");
  await page.getByLabel("Friends can be brought").check({ force: true });
  await page.getByLabel("Headline of the invitation").fill("Jars that close");
  await page.getByLabel("Your words to the friend").fill("Come in.");
  await page.getByLabel("First order from").fill("20");
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByText("Referral programme saved").first().waitFor();
}

/** The marketer: a form, whose address is answered. */
export async function publish(page: Page, name: string, more: { asks?: string; reads?: true }): Promise<string> {
  await open(page, "/forms", "New form");
  await page.keyboard.press("c");
  await page.getByLabel("Name", { exact: false }).first().fill(name);
  if (more.asks) {
    await page.getByRole("button", { name: "A question of your own" }).click();
    await page.keyboard.type(more.asks);
  }
  if (more.reads) {
    await page.getByRole("button", { name: "Ask for consent" }).click();
    await page.getByLabel("Open a lead", { exact: false }).uncheck();
  }
  await page.keyboard.press("Control+s");
  await page.getByText("Nobody has sent it yet").waitFor();
  return new URL((await page.getByLabel("Address", { exact: true }).textContent()) ?? "").pathname;
} // prettier-ignore

/** The marketer: a segment of those who read, and a letter to it whose button leads to `href`; sent. */
export async function write(page: Page, { href, reader }: { href: string; reader: string }): Promise<void> {
  await open(page, "/contacts", reader);
  await page.getByRole("gridcell").filter({ hasText: reader }).first().click();
  await page.keyboard.press("x");
  await page.getByRole("button", { name: "Add to segment…" }).click();
  await named(page, "Readers");
  await page.getByRole("dialog").getByRole("button", { name: "Add", exact: true }).click();
  await page.getByText("1 contact added to Readers").first().waitFor();
  await open(page, "/campaigns", "New campaign");
  await page.keyboard.press("c");
  await page.getByRole("dialog").getByRole("textbox", { name: "Name" }).fill("Before the cherries");
  await page.getByRole("dialog").getByLabel("Segment", { exact: true }).first().fill("Readers");
  await page.getByRole("option", { name: "Readers", exact: true }).click();
  await page.getByRole("button", { name: "Begin" }).click();
  const source = page.getByRole("textbox", { name: "The mail (MJML)" });
  await source.waitFor();
  await source.fill((await source.inputValue()).replaceAll(/https:\/\/www\.example\.com\/\w*/g, href));
  await page.getByRole("textbox", { name: "Subject", exact: true }).fill("Before the cherries come");
  // Sending takes what is saved, and says how many agreed; both are seen in its dialog.
  await page.getByRole("button", { name: "Send", exact: true }).click();
  await page.getByRole("button", { name: "Send to 1", exact: true }).click();
  await page.getByRole("region", { name: "Progress" }).waitFor();
}
