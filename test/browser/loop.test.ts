import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { passing } from "./passing.ts";
import { buttonIn, pathIn, post } from "./post.ts";
import { violations, visit } from "./rondo.ts";
import { hire, listen, signInAgain } from "./team.ts";
import { promise, publish, settle, stock, write } from "./opening.ts";

const shots = process.env["SHOTS"];
// A phone by name: whoever calls itself headless is taken for a machine, and its clicks for nobody's.
const userAgent =
  "Mozilla/5.0 (Linux; Android 16; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36";
const leo = { name: "Leo Marsh", email: "leo@plums.example" };
const ida = { name: "Ida Brandt", email: "ida.brandt@cherries.example" };

test("five people walk a customer once around the ring", { timeout: 600_000 }, async () => {
  const pass = passing();
  const mailbox = await post();
  const rondo = await visit(undefined, { SMTP_URL: mailbox.url, MAIL_FROM: "Northwind Goods <hello@northwind.example>" });
  const { url, complaints } = rondo;
  const { sara, mira, jonas, tom } = await hire(rondo, mailbox);
  const accessible = async (page: Page, where: string): Promise<void> => {
    if (shots) await page.screenshot({ path: `${shots}/${where.replaceAll(/\W+/g, "-")}.png`, fullPage: true });
    expect([where, ...(await violations(page))]).toEqual([where]);
  };
  // The visitor has a phone, no account, and no script; axe needs one, so it looks at the same page over her shoulder.
  const browser = sara.context().browser()!;
  const narrow = { viewport: { width: 360, height: 780 } };
  const phone = await (await browser.newContext({ ...narrow, userAgent, javaScriptEnabled: false })).newPage();
  const shoulder = await (await browser.newContext(narrow)).newPage();
  for (const page of [phone, shoulder]) listen(page, complaints);
  const looks = async (where: string): Promise<void> => {
    await shoulder.goto(phone.url());
    await accessible(shoulder, where);
    expect([where, await shoulder.evaluate(() => document.documentElement.scrollWidth)]).toEqual([where, 360]);
  };
  const opens = async (path: string, where: string): Promise<void> => {
    await phone.goto(`${url}${path}`);
    await looks(where);
  };

  /** What is seen on a page that is asked for again until it is there: what makes it happen is elsewhere, in the worker. */
  const seen = (page: Page, path: string, words: string): Promise<void> =>
    expect.poll(async () => {
      await page.goto(`${url}${path}`);
      await page.getByRole("main").getByRole("heading").first().waitFor();
      return page.getByRole("gridcell").filter({ hasText: words }).first().waitFor({ timeout: 2000 }).then(() => words, () => "not yet");
    }, { timeout: 90_000 }).toBe(words);
  /** Opens somebody's page from the list of contacts. */
  const meet = async (page: Page, name: string): Promise<void> => {
    await page.goto(`${url}/contacts`);
    await page.getByRole("gridcell").filter({ hasText: name }).first().dblclick();
    await page.waitForURL(/\/contacts\/.+/);
    await page.getByText("What happens next").waitFor();
  };
  const dialog = mira.getByRole("dialog");
  /** Leaves for another place: a page that stays open hears of all that others do and draws it, four times over. */
  const rest = (page: Page): Promise<unknown> => page.goto("about:blank");

  // Everybody sets up what is theirs; the marketer makes two forms.
  await Promise.all([settle(sara), stock(mira), promise(tom)]);
  await Promise.all([mira, jonas, tom].map(rest));
  const news = await publish(sara, "Northwind letter", { reads: true });
  const form = await publish(sara, "Ask for a demo", { asks: "What would you like to preserve?" });

  // The visitor subscribes, and confirms by the link in the mail.
  await opens(`${news}?utm_source=fair`, "the letter's form");
  await phone.getByLabel("Name").fill(ida.name);
  await phone.getByLabel("E-mail").fill(ida.email);
  await phone.getByLabel("Please send me your newsletter").check();
  await phone.waitForTimeout(2100); // faster is taken for a machine
  await phone.getByRole("button", { name: "Send" }).click();
  await phone.getByText("look into your mailbox").waitFor();
  await opens(pathIn(await mailbox.letterTo(ida.email, "confirm"), "/f-confirm/"), "was it you");
  await phone.getByRole("button", { name: "Yes, write to me" }).click();
  await phone.getByRole("heading", { name: "Thank you" }).waitFor();

  // The marketer writes to those who read; an hour later her click leads on to the other form, and she asks.
  await write(sara, { href: `${url}${form}`, reader: ida.name });
  const campaign = sara.url();
  await rest(sara);
  const letter = await mailbox.letterTo(ida.email, "Before the cherries come");
  pass(1 / 24);
  await opens(buttonIn(letter, "See what is new"), "the form that the letter leads to");
  expect(new URL(phone.url()).pathname).toBe(form);
  await phone.getByLabel("Name").fill(ida.name);
  await phone.getByLabel("E-mail").fill(ida.email);
  await phone.getByLabel("What would you like to preserve?").fill("Cherries, two hundred jars a week.");
  await phone.waitForTimeout(2100); // faster is taken for a machine
  await phone.getByRole("button", { name: "Send" }).click();
  await phone.getByText("We will answer you soon").waitFor();

  // The salesperson finds her in My day, answers, qualifies, converts, quotes.
  await mira.goto(url);
  await mira.getByRole("region", { name: "My day" }).getByText("Ida Brandt").first().waitFor();
  await accessible(mira, "home with a lead due");
  await mira.goto(`${url}/leads?which=answer&sort=first_response_due`);
  await mira.getByRole("gridcell").filter({ hasText: ida.name }).first().dblclick();
  await mira.waitForURL(/\/leads\/.+/);
  await mira.getByText("Cherries, two hundred jars a week.").first().waitFor();
  await mira.getByRole("button", { name: "Convert" }).waitFor();
  await accessible(mira, "her lead");
  await mira.keyboard.press("e");
  await mira.getByRole("dialog").getByLabel("How").selectOption("call");
  await mira.getByRole("dialog").getByRole("button", { name: "Answered" }).click();
  await mira.getByText("Ida Brandt was answered").waitFor();
  await mira.keyboard.press("q");
  await mira.getByText("Ida Brandt is qualified").waitFor();
  await mira.keyboard.press("v");
  await mira.getByRole("dialog").getByText(/The account Cherries/).waitFor();
  await mira.getByRole("dialog").getByRole("button", { name: "Convert" }).click();
  await mira.waitForURL(/\/opportunities\/.+/);
  await accessible(mira, "her opportunity");
  await mira.getByRole("link", { name: "New quote" }).first().click();
  await mira.getByLabel("Product", { exact: true }).first().fill("Starter");
  await mira.getByRole("option", { name: "Starter kit" }).click();
  await mira.getByLabel("Quantity").fill("2");
  await mira.getByText("€498.00").first().waitFor();
  await mira.getByRole("button", { name: "Save as draft" }).click();
  await mira.getByRole("heading", { name: "Quote QU-1001" }).waitFor();
  await mira.keyboard.press("s");
  await mira.getByRole("dialog").getByRole("button", { name: /^Send/ }).click();
  await mira.getByText("Quote QU-1001 sent").waitFor();

  // She opens and accepts it; the order is there.
  await opens(pathIn(await mailbox.letterTo(ida.email, "Quote QU-1001"), "/q/"), "the quote, closed");
  await phone.getByRole("button", { name: "Open the quote" }).click();
  await phone.getByLabel("Your name").fill(ida.name);
  await phone.getByLabel("I accept this quote").check();
  await looks("the quote, open");
  await phone.getByRole("button", { name: /^Accept for/ }).click();
  await phone.getByRole("heading", { name: "Thank you" }).waitFor();
  await mira.getByRole("link", { name: "Order 1001" }).click();
  await mira.waitForURL(/\/orders\/.+/);

  // She ships, invoices by mail and takes the money; meanwhile days pass, and it arrives.
  await mira.getByRole("button", { name: "Ship", exact: true }).or(mira.getByRole("button", { name: /^Ship/ })).first().waitFor();
  await accessible(mira, "her order");
  await mira.keyboard.press("s");
  await dialog.getByRole("button", { name: "Ship", exact: true }).click();
  await mira.getByText("Shipment S1001 of order").waitFor();
  const orderPage = mira.url();
  await mira.keyboard.press("i");
  await dialog.getByRole("button", { name: "Issue the invoice" }).click();
  await mira.waitForURL(/\/invoices\/.+/);
  await mira.getByRole("button", { name: "Send by mail" }).click();
  await opens(pathIn(await mailbox.letterTo(ida.email, "Invoice INV-1001"), "/i/"), "the invoice");
  pass(2);
  await mira.goto(orderPage);
  await mira.getByRole("button", { name: "Arrived", exact: true }).click();
  await mira.getByText("1 arrived").or(mira.getByText("2 arrived")).first().waitFor();
  await mira.keyboard.press("p");
  await dialog.getByRole("button", { name: /^Receive €/ }).click();
  await dialog.waitFor({ state: "hidden" });

  // The campaign's report knows whose click it came from, and she has points to come.
  await expect.poll(async () => {
    await sara.goto(campaign);
    return sara.getByRole("row", { name: /^Paid orders, last touch/ }).getByRole("button").textContent();
  }, { timeout: 30_000 }).toBe("1");
  await sara.getByRole("row", { name: /^Clicked by a person/ }).getByRole("button", { name: "1" }).click();
  await sara.getByRole("dialog").getByText(ida.name).first().waitFor();
  await accessible(sara, "the campaign's report");
  // She leaves the report: the mail framed in it would be asked for again when her session is over, and refused.
  await rest(sara);
  await meet(mira, ida.name);
  await mira.getByRole("link", { name: /^\d+ points can be spent from/ }).waitFor();
  await rest(mira);

  // The paid order began her onboarding: she opens it, and answers.
  await opens(pathIn(await mailbox.letterTo(ida.email, "First jars"), "/start/"), "her first steps");
  await phone.getByLabel("How many hobs?").fill("Six.");
  await phone.getByRole("button", { name: "Send the answer" }).click();
  await phone.getByText("Six.").waitFor();
  await jonas.goto(`${url}/onboardings`);
  await jonas.getByText("First jars").first().waitFor();
  await accessible(jonas, "onboardings");

  // The support agent opens her case from the order, answers by mail, hears her on its page, and resolves it.
  await jonas.goto(orderPage);
  await jonas.getByRole("link", { name: /^Open a case about/ }).first().click();
  await jonas.locator("form.new-case").getByLabel("Subject").fill("How do I clean it?");
  await jonas.locator("form.new-case").getByRole("button", { name: "Open the case" }).click();
  await jonas.getByLabel(/^Reply to/).waitFor();
  await jonas.keyboard.press("r");
  await jonas.keyboard.type("With warm water. Does that do?");
  await jonas.keyboard.press("Control+Enter");
  await jonas.getByText("Waiting for the customer since").waitFor();
  await opens(pathIn(await mailbox.letterTo(ida.email, "How do I clean it?"), "/cases/"), "her case");
  await phone.getByLabel("Your message").fill("It does, thank you.");
  await phone.getByRole("button", { name: "Send" }).click();
  await phone.getByText("We have your message").waitFor();
  await jonas.getByText("It does, thank you.").first().waitFor();
  await jonas.keyboard.press("Escape");
  await jonas.getByRole("button", { name: "Resolve…" }).click();
  await jonas.getByRole("dialog").getByRole("button", { name: "Resolve", exact: true }).click();
  await jonas.getByRole("button", { name: "Reopen" }).waitFor();
  await rest(jonas);

  // Days later she is asked, and answers 3: Jonas has it in his day, quoted.
  pass(4);
  const asked = pathIn(await mailbox.letterTo(ida.email, "How likely are you"), "/s/");
  await opens(asked.replace(/score=\d+/, "score=3"), "the question");
  await phone.getByLabel("In your own words").or(phone.locator("#comment")).first().fill("The lids leak.");
  await phone.getByRole("button", { name: "Send" }).click();
  await phone.getByRole("heading", { name: /Thank/ }).waitFor();
  await signInAgain(jonas, url, "jonas");
  await jonas.goto(`${url}/my-day`);
  await jonas.getByText("Ida Brandt, 3").first().waitFor();
  await jonas.getByText("The lids leak.").first().waitFor();
  await accessible(jonas, "my day with somebody unhappy");
  await rest(jonas);

  // The manager makes a theme of it, an insight, an improvement, and tells her.
  await signInAgain(tom, url, "tom");
  await tom.goto(`${url}/themes`);
  await tom.getByRole("button", { name: "New theme" }).first().click();
  await tom.getByRole("dialog").getByLabel("Name").fill("Lids");
  await tom.getByRole("dialog").getByLabel("Says one of").fill("lid*");
  await tom.keyboard.press("Enter");
  await tom.getByRole("dialog").getByText(/^Finds \d+ of the latest/).waitFor();
  await tom.getByRole("dialog").getByRole("button", { name: "Add", exact: true }).click();
  await tom.getByRole("dialog").waitFor({ state: "hidden" });
  await tom.getByText("per 100 orders").first().waitFor();
  await accessible(tom, "the theme");
  await tom.getByRole("link", { name: "Make an insight" }).click();
  await tom.getByRole("textbox", { name: "Insight" }).fill("The lids of the kit leak");
  await tom.getByRole("button", { name: "Note the insight" }).click();
  await tom.getByRole("link", { name: "Make an improvement" }).click();
  await tom.getByRole("textbox", { name: "Improvement", exact: true }).fill("New lids");
  await tom.getByRole("button", { name: "Save the draft" }).click();
  await tom.getByRole("button", { name: "Start…" }).click();
  await tom.getByRole("dialog").getByRole("button", { name: "Start", exact: true }).click();
  await tom.getByText("Design, frozen at the start").waitFor();
  await accessible(tom, "the improvement");
  const improvement = tom.url();
  pass(8);
  await signInAgain(tom, url, "tom");
  await tom.goto(improvement);
  await tom.getByRole("button", { name: "Tell those who raised it" }).click();
  await tom.getByRole("button", { name: /^Tell (1|one) customer$/i }).click();
  await mailbox.letterTo(ida.email, "You told us");
  await rest(tom);

  // Half a year of silence: time alone puts her account at risk, and Mira has the call in her day.
  pass(168);
  await signInAgain(mira, url, "mira");
  await seen(mira, "/tasks", "Call Cherries before they go");
  pass(4); // two business days, a weekend in between
  await mira.goto(`${url}/my-day`);
  await mira.getByText("Call Cherries before they go").first().waitFor();
  await accessible(mira, "my day with a play");
  await mira.goto(`${url}/tasks`);
  await mira.getByRole("gridcell").filter({ hasText: "before they go" }).first().click();
  await mira.keyboard.press("Space");
  await mira.getByRole("button", { name: "Done" }).waitFor();
  await mira.keyboard.press("e");
  await mira.getByText("“Call Cherries before they go” is done").waitFor();
  await rest(mira);

  // The improvement was measured on its day; so few customers say nothing yet, and the manager reads just that.
  await signInAgain(tom, url, "tom");
  await tom.goto(improvement);
  await tom.getByText("Too early").first().waitFor();
  const effect = tom.getByRole("region", { name: "Effect" });
  await effect.getByText(/^Measured on /).waitFor();
  // Both sides with their numbers, and in words why they decide nothing.
  await expect.poll(() => effect.getByRole("rowheader").count(), { timeout: 15_000 }).toBe(2);
  await effect.getByText(/Nothing can be said yet|Nobody's days are over yet/).first().waitFor();
  await accessible(tom, "the verdict");
  await rest(tom);

  // She recommends us instead: her page, her link, a friend who accepts the invitation, orders, pays and keeps it.
  await meet(mira, ida.name);
  const contact = new URL(mira.url()).pathname;
  await mira.getByRole("region", { name: "Who it is" }).getByRole("link", { name: /points$/ }).first().waitFor();
  await mira.getByRole("button", { name: "Ask for a recommendation" }).first().click();
  await dialog.getByRole("button", { name: "Send" }).click();
  await mira.getByText("Asked by mail").first().waitFor();
  await opens(pathIn(await mailbox.letterTo(ida.email, "Would you recommend"), "/advocate/"), "her page to recommend");
  const invitation = /\/p\/[0-9a-f]{12}\/r\/[a-z2-9]{10}/.exec(await phone.content())![0];
  await opens(invitation, "the invitation");
  await phone.getByRole("button", { name: "Accept the invitation" }).click();
  await looks("the friend's form");
  await phone.getByLabel("Your name").fill(leo.name);
  await phone.getByLabel("E-mail").fill(leo.email);
  await phone.waitForTimeout(2100);
  await phone.getByRole("button", { name: "Send" }).click();
  await phone.getByRole("heading", { name: "Thank you" }).waitFor();
  await mailbox.letterTo(leo.email, "recommended");
  await seen(mira, "/leads", leo.name);
  await meet(mira, leo.name);
  await mira.getByRole("button", { name: "New", exact: true }).first().click();
  await mira.getByRole("menuitem", { name: "Order" }).click();
  await mira.waitForURL(/\/orders\/new/);
  await mira.getByLabel("Product", { exact: true }).first().fill("Starter");
  await mira.getByRole("option", { name: "Starter kit" }).click();
  await mira.getByLabel("Quantity").fill("1");
  await mira.getByText("€249.00").first().waitFor();
  await mira.getByRole("button", { name: "Place the order" }).click();
  await mira.waitForURL(/\/orders\/[0-9a-f-]{36}/);
  await mira.getByRole("button", { name: /^Ship/ }).first().waitFor();
  await mira.keyboard.press("p");
  await dialog.getByRole("button", { name: /^Receive €/ }).click();
  await dialog.waitFor({ state: "hidden" });
  await mira.keyboard.press("s");
  await dialog.getByRole("button", { name: "Ship", exact: true }).click();
  await mira.getByText("Shipment S1002 of order").waitFor();
  await mira.getByRole("button", { name: "Arrived", exact: true }).click();
  await mira.getByText("1 arrived").first().waitFor();
  await signInAgain(tom, url, "tom");
  await seen(tom, "/referrals", "In the return window");
  pass(35);
  await signInAgain(tom, url, "tom");
  await seen(tom, "/referrals", "Rewarded");
  await tom.goto(`${url}/referrals`);
  await tom.getByRole("gridcell").filter({ hasText: leo.name }).first().waitFor();
  await accessible(tom, "referrals");

  // One customer, one timeline, all around the ring, by clicking only.
  await tom.goto(`${url}${contact}`);
  const story = ["The lids leak.", "Heard that we improved: New lids", "Recommended us to Leo Marsh", "Earned 200 points", "Accepted quote QU-1001", "Completed “First jars”", "Sent the form “Ask for a demo”", "Clicked in “Before the cherries”"]; // prettier-ignore
  await tom.locator(".timeline").getByText(story[0]!).first().waitFor();
  const earlier = tom.getByRole("button", { name: "Show earlier" });
  if (await earlier.isVisible()) await earlier.click();
  for (const words of story) await tom.locator(".timeline").getByText(words).first().waitFor();
  await accessible(tom, "the customer");
  await tom.goto(url);
  await tom.getByText("people in the cycle").waitFor();
  await accessible(tom, "the ring");
  // Sessions end while days pass, and pages that stayed open notice.
  expect(complaints.filter((c) => !c.includes("401"))).toEqual([]);
}); // prettier-ignore
