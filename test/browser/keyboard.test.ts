import { expect, test } from "vitest";
import type { Locator, Page } from "playwright-core";
import { ask } from "./company.ts";
import { visit } from "./rondo.ts";

const names = ["Ada", "Bea", "Cleo", "Dora", "Elif"];

// A busy machine may take its time, ms.
const patient = { timeout: 15_000 };

/** Presses Tab until the focus is there, as somebody without a mouse does. */
async function tabTo(page: Page, to: Locator): Promise<void> {
  await to.waitFor();
  const there = () => to.evaluate((element) => element === document.activeElement);
  for (let presses = 0; !(await there()); presses++) {
    if (presses > 80) throw new Error(`Tab does not reach ${to.toString()}`);
    await page.keyboard.press("Tab");
  }
}

/** What has the focus, in the words of a screen reader: the role, and the name of a button or title. */
const focused = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const here = document.activeElement;
    const role = here?.getAttribute("role") ?? here?.tagName.toLowerCase() ?? "";
    return /^(?:h1|button)$/.test(role) ? `${role} ${here?.textContent ?? ""}` : role;
  });

const type = async (page: Page, label: string, words: string): Promise<void> => {
  await tabTo(page, page.getByLabel(label, { exact: true }));
  await page.keyboard.type(words);
};

const fromPalette = async (page: Page, words: string, row: string): Promise<void> => {
  await page.keyboard.press("Control+k");
  await page.getByRole("dialog").waitFor();
  await page.keyboard.type(words);
  await page.getByRole("dialog").getByText(row, { exact: true }).first().waitFor();
  await page.keyboard.press("Enter");
};

test("a day without a mouse: first run, table, look, open, edit, back, palette, sign out and in", { timeout: 240_000 }, async () => {
  const { page, url, complaints } = await visit();
  await page.goto(url);
  await type(page, "Company", "Northwind Goods");
  await type(page, "Your name", "Mira Okafor");
  await type(page, "Your e-mail", "mira@northwind.example");
  await type(page, "Password", "seven blue kettles");
  await page.keyboard.press("Enter");
  await page.getByText("Northwind Goods is ready").waitFor();
  for (const given_name of names) await ask(page, "POST /contacts", { given_name, family_name: "Quill" });

  await tabTo(page, page.getByRole("button", { name: /Import my customers/ }));
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { level: 1, name: "Import" }).waitFor();

  // G C leads to the table, which hears the arrows at once; a look at the side comes and goes, and the cursor stays.
  await page.keyboard.press("g");
  await page.keyboard.press("c");
  await page.waitForURL(/\/contacts/);
  await page.getByRole("gridcell").filter({ hasText: "Ada Quill" }).waitFor();
  await expect.poll(() => focused(page), patient).toBe("grid");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Space");
  await page.getByRole("complementary", { name: /Look at Cleo Quill/ }).waitFor();
  await page.keyboard.press("Escape");
  await page.getByRole("complementary", { name: /Look at/ }).waitFor({ state: "detached" });
  expect(await focused(page)).toBe("grid");

  // Enter opens it and the focus stands at its title; Escape from the form gives it back to the button, and so does saving.
  await page.keyboard.press("Enter");
  await page.waitForURL(/contacts\/[0-9a-f-]{36}/);
  await expect.poll(() => focused(page), patient).toBe("h1 Cleo Quill");
  const edit = page.getByRole("main").getByRole("button", { name: "Edit" }).first();
  const form = page.getByRole("dialog");
  await tabTo(page, edit);
  const button = await focused(page);
  await page.keyboard.press("Enter");
  await form.getByLabel("Family name").waitFor();
  await page.keyboard.press("Escape");
  await form.waitFor({ state: "detached" });
  await expect.poll(() => focused(page), patient).toBe(button);
  await page.keyboard.press("Enter");
  await tabTo(page, form.getByLabel("Family name"));
  await page.keyboard.press("Control+a");
  await page.keyboard.type("Abroad");
  await page.keyboard.press("Enter");
  await form.waitFor({ state: "detached" });
  await page.getByRole("heading", { level: 1, name: "Cleo Abroad" }).waitFor();
  await expect.poll(() => focused(page), patient).toBe(button);

  // U is the list as it was left: the cursor still on the third row.
  await page.keyboard.press("u");
  await page.waitForURL(/\/contacts(?:\?|$)/);
  await expect.poll(() => focused(page), patient).toBe("grid");
  await expect.poll(() => page.locator('.row[data-current="true"]').getAttribute("data-i"), patient).toBe("2");

  // The keys of this screen, and out of them again; then somewhere else by name.
  await page.keyboard.press("?");
  await page.getByRole("dialog").waitFor();
  await page.keyboard.press("Escape");
  await page.getByRole("dialog").waitFor({ state: "detached" });
  await expect.poll(() => focused(page), patient).toBe("grid");
  await fromPalette(page, "produ", "Products");
  await page.waitForURL(/\/products/);
  await expect.poll(() => focused(page), patient).toBe("grid");

  await fromPalette(page, "sign out", "Sign out");
  await page.waitForURL(/sign-in/);
  await type(page, "E-mail", "mira@northwind.example");
  await type(page, "Password", "seven blue kettles");
  await page.keyboard.press("Enter");
  await page.getByRole("navigation").first().waitFor();
  // What the screen still asked while its session ended is refused.
  expect(complaints.filter((words) => !words.includes("401"))).toEqual([]);
}); // prettier-ignore
