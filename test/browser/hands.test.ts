import { expect, test } from "vitest";
import { begun } from "./company.ts";
import type { Page } from "playwright-core";

interface Told {
  id: string;
  version: number;
  family_name: string;
}

/** Asks the server as the page's own session does. */
const ask = (page: Page, route: string, body?: object, match?: number): Promise<Told> =>
  page.evaluate(
    async ([asked, sent, version]) => {
      const [method = "GET", path = ""] = asked.split(" ");
      const headers = { "content-type": "application/json", ...(version ? { "if-match": `"${version}"` } : {}) };
      const answer = await fetch(`/api/v1${path}`, {
        method,
        headers: sent ? headers : {},
        ...(sent ? { body: JSON.stringify(sent) } : {}),
      });
      if (!answer.ok) throw new Error(`${asked} answered ${answer.status}: ${await answer.text()}`);
      return (await answer.json()) as Told;
    },
    [route, body, match] as const,
  );

test(
  "hands on the keyboard: walk and back, found and opened, an edit that met another's, a link that is not whole",
  { timeout: 240_000 },
  async () => {
    const { page, url } = await begun();
    const ids: string[] = [];
    for (const name of ["Ada", "Bea", "Cleo"])
      ids.push((await ask(page, "POST /contacts", { given_name: name, family_name: "Quill" })).id);

    // J and K walk the list; however far one walked, one step back is the list.
    await page.goto(`${url}/contacts?sort=name`);
    await page.getByRole("gridcell").filter({ hasText: "Ada Quill" }).first().waitFor();
    await page.keyboard.press("j");
    await page.keyboard.press("Enter");
    await page.waitForURL(/contacts\/[0-9a-f-]{36}/);
    const first = page.url();
    await page.getByText("What happens next").waitFor();
    await page.keyboard.press("j");
    await expect.poll(() => page.url()).not.toBe(first);
    await page.getByText("What happens next").waitFor();
    await page.keyboard.press("u");
    await page.waitForURL(/contacts\?sort=name/);

    // What is found comes after the letters; Enter opens it without an arrow key.
    await page.keyboard.press("Control+k");
    await page.getByRole("dialog").waitFor();
    await page.keyboard.insertText("Cleo Qu");
    await page.getByRole("dialog").getByText("Cleo Quill").waitFor();
    await page.keyboard.press("Enter");
    await page.waitForURL(new RegExp(String(ids[2])));

    // While I edit, somebody else saves the same field, and the page hears of it: I am told, theirs stays, my words are kept.
    await page.getByText("What happens next").waitFor();
    await page.keyboard.press("e");
    const form = page.getByRole("dialog");
    await form.getByLabel("Family name").fill("Mine");
    const seen = await ask(page, `GET /contacts/${ids[2]}`);
    await ask(page, `PATCH /contacts/${ids[2]}`, { family_name: "Theirs" }, seen.version);
    await page.getByText("Cleo Theirs").first().waitFor({ state: "attached" });
    await form.getByRole("button", { name: "Save" }).click();
    await form.getByText("Somebody else changed this while you were editing").waitFor();
    expect((await ask(page, `GET /contacts/${ids[2]}`)).family_name).toBe("Theirs");
    await page.keyboard.press("Escape");
    await form.waitFor({ state: "detached" });
    await page.keyboard.press("e");
    await expect.poll(() => form.getByLabel("Family name").inputValue()).toBe("Mine");
    await form.getByRole("button", { name: "Save" }).click();
    await expect.poll(async () => (await ask(page, `GET /contacts/${ids[2]}`)).family_name).toBe("Mine");

    // A second window on the list sees what is saved in the first, without a reload.
    const other = await page.context().newPage();
    await other.goto(`${url}/contacts?sort=name`);
    await other.getByRole("gridcell").filter({ hasText: "Bea Quill" }).first().waitFor();
    await other.waitForTimeout(1500); // the stream of a fresh page begins with what comes after it
    await ask(page, `PATCH /contacts/${ids[1]}`, { family_name: "Abroad" }, 1);
    await other.getByRole("gridcell").filter({ hasText: "Bea Abroad" }).first().waitFor({ timeout: 15_000 });
    await other.close();

    // A view that somebody cut short or wrote by hand still opens the list.
    await page.goto(`${url}/contacts?filter=${encodeURIComponent('{"some":"orders"}')}`);
    await page.getByRole("gridcell").filter({ hasText: "Ada Quill" }).first().waitFor();

    // Out again without the mouse.
    await page.keyboard.press("Control+k");
    await page.getByRole("dialog").waitFor();
    await page.keyboard.insertText("sign out");
    await page.getByRole("dialog").getByText("Sign out").waitFor();
    await page.keyboard.press("Enter");
    await page.waitForURL(/sign-in/);
  },
);
