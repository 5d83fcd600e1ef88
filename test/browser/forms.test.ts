import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { begun } from "./company.ts";

const shots = process.env["SHOTS"] ?? "/tmp";

/** A page of the company's own, on another site. */
async function ownSite(html: () => string): Promise<string> {
  const server = createServer((_request, answer) => answer.setHeader("content-type", "text/html").end(html()));
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/jars?utm_source=blog`;
}

test(
  "a form is built by keyboard, filled in by strangers on its page and on another site, and read",
  { timeout: 240_000 },
  async () => {
    const { page, url, complaints, accessible } = await begun();

    await page.goto(`${url}/forms`);
    await page.getByRole("button", { name: "New form" }).first().waitFor();
    await page.keyboard.press("c");
    await page.getByLabel("Name", { exact: false }).first().fill("Price list");
    await page.getByRole("button", { name: "A question of your own" }).click();
    await page.keyboard.type("How many jars a year?");
    await page.getByLabel("Kind of answer to How many jars a year?").selectOption("choice");
    await page.getByLabel("Answers, one a line").fill("A jar\nA pallet");
    await page.getByLabel("Question 3").press("Alt+ArrowUp");
    await expect.poll(() => page.getByLabel("Question 2").inputValue()).toBe("How many jars a year?");
    await page.getByRole("button", { name: "Ask for consent" }).click();
    await accessible("form builder");
    await page.screenshot({ path: `${shots}/form-builder.png`, fullPage: true });
    await page.keyboard.press("Control+s");
    await page.getByText("Nobody has sent it yet").waitFor();
    await accessible("form");
    await page.screenshot({ path: `${shots}/form-empty.png` });

    const address = new URL((await page.getByLabel("Address", { exact: true }).textContent()) ?? "").pathname; // prettier-ignore
    const stranger = await page.context().browser()!.newContext({ javaScriptEnabled: false, viewport: { width: 360, height: 780 } }); // prettier-ignore
    const hosted = await stranger.newPage();
    await hosted.goto(`${url}${address}?utm_source=fair`);
    await hosted.screenshot({ path: `${shots}/form-hosted.png`, fullPage: true });
    await hosted.getByLabel("Name").fill("Dora Bean");
    await hosted.getByLabel("E-mail").fill("dora@beans.example");
    await hosted.getByLabel("A pallet").check();
    await hosted.getByLabel("Please send me your newsletter").check();
    await hosted.waitForTimeout(2100); // faster is taken for a machine
    await hosted.getByRole("button", { name: "Send" }).click();
    await hosted.getByText("look into your mailbox").waitFor();
    await stranger.close();

    const site = await ownSite(() => `<!doctype html><title>Jars</title><h1>Jars</h1><script src="${url}${address}.js" async></script>`); // prettier-ignore
    const guest = await page.context().browser()!.newContext();
    const embedded = await guest.newPage();
    await embedded.goto(site);
    await embedded.getByLabel("Name").fill("Emil Pot");
    await embedded.getByLabel("E-mail").fill("emil@pots");
    await embedded.getByLabel("How many jars a year?").selectOption("A jar");
    await embedded.waitForTimeout(2100);
    await embedded.getByRole("button", { name: "Send" }).click();
    await embedded.getByText("This does not look like an e-mail address.").waitFor();
    await embedded.screenshot({ path: `${shots}/form-embedded.png` });
    await embedded.getByLabel("E-mail").fill("emil@pots.example");
    await embedded.waitForTimeout(2100);
    await embedded.getByRole("button", { name: "Send" }).click();
    await embedded.getByText("Thank you. We will answer you soon.").waitFor();
    expect(embedded.url()).toBe(site);
    await guest.close();

    await page.getByRole("link", { name: "Emil Pot" }).waitFor();
    await page.getByText("from blog").waitFor();
    await page.getByRole("link", { name: "Dora Bean" }).waitFor();
    await accessible("submissions");
    await page.screenshot({ path: `${shots}/form-submissions.png` });
    await page.getByRole("link", { name: "Dora Bean" }).click();
    await page.getByText("not yet confirmed").waitFor();
    await page.getByRole("button", { name: "Note consent…" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("How do you know?").fill("Said so at the fair.");
    await accessible("consent dialog");
    await dialog.getByRole("button", { name: "Save" }).click();
    await page.getByText(/^given .*\d/).waitFor();
    await accessible("customer with consent");
    await page.screenshot({ path: `${shots}/customer-consent.png` });
    await page.emulateMedia({ colorScheme: "dark" });
    await page.setViewportSize({ width: 360, height: 780 });
    await page.goto(`${url}/forms`);
    await page.getByText("Price list").first().waitFor();
    await page.screenshot({ path: `${shots}/forms-dark.png` });
    await page.goto(`${url}/forms/new`);
    await page.getByRole("button", { name: "Ask for consent" }).waitFor();
    await accessible("new form, dark and small");
    await page.screenshot({ path: `${shots}/form-new-dark.png` });
    expect(complaints).toEqual([]);
  },
);
