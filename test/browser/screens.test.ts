import { afterAll, beforeAll, expect, test } from "vitest";
import type { ConsoleMessage, Page } from "playwright-core";
import { createRouter, type AnyRoute } from "@tanstack/react-router";
import { doorRoute, shellRoute } from "../../web/app/frame.tsx";
import { routeTree } from "../../web/app/routes.tsx";
import { ask, company, type Company } from "./company.ts";
import { arrived, violations } from "./rondo.ts";

/*
 * Every screen that the router knows, so also tomorrow's: no WCAG 2.2 AA violation, light and dark, left to right and right to
 * left, nothing that lies beside a narrow screen, and no word in the console. A route with a parameter ("/orders/$id") is filled with the first record of the API's list of
 * the same name; where that list is another one, say so here.
 */
const listOf: Readonly<Record<string, string>> = { "/import/$id": "/imports" };

// Screens of one record that the sample company has none of, and why. Once it has one, the screen is looked at by itself.
const none: Readonly<Record<string, string>> = {};

const { routesById } = createRouter({ routeTree });
const pathsUnder = (frame: AnyRoute): string[] =>
  (Object.values(routesById) as AnyRoute[])
    .filter((route) => route.parentRoute === frame)
    .map((route) => route.fullPath);
const screens = pathsUnder(shellRoute as unknown as AnyRoute);
const doors = pathsUnder(doorRoute as unknown as AnyRoute);

let rondo: Company;
let outside: Page;
let own = "";
beforeAll(async () => {
  rondo = await company();
  await rondo.page.goto(rondo.url);
  await rondo.page.getByRole("link", { name: "My day" }).first().waitFor();
  await ask(rondo.page, "POST /imports/example", {});
  const vehicles = { label: "Vehicle", label_plural: "Vehicles" };
  own = (await ask<{ key: string }>(rondo.page, "POST /custom-objects", vehicles)).key;
  await ask(rondo.page, `POST /custom/${own}`, { name: "B-XY 12" });
  const browser = rondo.page.context().browser();
  if (!browser) throw new Error("no browser");
  outside = await (
    await browser.newContext({ viewport: { width: 1280, height: 800 }, reducedMotion: "reduce" })
  ).newPage();
  await outside.goto(rondo.url);
  await outside.getByLabel("E-mail").waitFor();
}, 600_000);
afterAll(() => rondo.leave(), 60_000);

/** Where to look at a route; undefined when there is nothing to open and it is said why. */
async function addressOf(route: string): Promise<string | undefined> {
  const path = route.replace("$object", own);
  if (!path.includes("$id")) return path;
  const list = listOf[path] ?? path.slice(0, path.indexOf("/$id"));
  const id = await rondo.firstOf(list);
  if (id) return path.replace("$id", id);
  if (none[path]) return undefined;
  throw new Error(`nothing to open at ${path}: the sample company has nothing in ${list}`);
}

/**
 * Goes there as a link does, within the page: its code is compiled already, and axe with it. Loaded anew each time, the same 128
 * screens took twice the time; that a screen opens from its address alone, the walks see.
 */
const go = (page: Page, address: string): Promise<void> =>
  page.evaluate(async (href) => {
    const { __TSR_ROUTER__: router } = globalThis as unknown as {
      __TSR_ROUTER__: { navigate: (to: { href: string }) => Promise<void> };
    };
    await router.navigate({ href });
  }, address);

/** Nothing is on its way any more: the screen has its heading, and the network and the page are quiet. */
async function settled(page: Page): Promise<void> {
  await page.locator("h1").first().waitFor();
  await page.waitForFunction(() => !document.querySelector('.bar-late, [aria-busy="true"]'));
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done, 60))));
}

/** Colours change at once, not over 120 ms: an axe that looks at one on its way sees neither. */
const atOnce = (page: Page): Promise<void> =>
  page.evaluate(() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync("*, *::before, *::after { transition: none !important }");
    document.adoptedStyleSheets = [sheet];
  });

/** In that theme and direction, with every colour arrived where it is going. */
const turn = async (page: Page, colorScheme: "light" | "dark", dir: "ltr" | "rtl"): Promise<void> => {
  await page.emulateMedia({ colorScheme });
  await page.locator(`html[data-mantine-color-scheme="${colorScheme}"]`).waitFor({ state: "attached" });
  await page.evaluate((to) => void (document.documentElement.dir = to), dir);
  await arrived(page);
};

// Theme and direction are two switches that do not know of each other: each stands both ways once. What a thing is called and how
// it is built is the same in both; what it looks like and how large it is may not be.
const looks = [
  ["light", "ltr", undefined],
  ["dark", "rtl", ["color-contrast", "link-in-text-block", "target-size"]],
] as const;

/** Whether something of the screen lies beside what one sees of it, once it has had a second to find its new width. */
async function beside(page: Page, where: string): Promise<string[]> {
  const px = await page.evaluate(async () => {
    const more = (): number => document.documentElement.scrollWidth - document.documentElement.clientWidth;
    for (let left = 60; left > 0 && more() > 0; left--) await new Promise((done) => requestAnimationFrame(done));
    if (more() <= 0) return "";
    const out = [...document.querySelectorAll("main *, main")].filter((one) => {
      const { left, right, width } = one.getBoundingClientRect();
      return width > 0 && (right > innerWidth + 1 || left < -1);
    });
    return `${more()} px beside the screen: ${out.slice(0, 3).map((one) => one.outerHTML.slice(0, 120)).join(", ")}`; // prettier-ignore
  });
  return px ? [`${where}: ${px}`] : [];
}

let turned = 0;

/** Looks at a screen from all sides; what is wrong with it, and what it said in the console meanwhile. */
async function lookAt(page: Page, path: string): Promise<{ wrong: string[]; said: string[] }> {
  const said: string[] = [];
  const wrong: string[] = [];
  const address = await addressOf(path);
  if (!address) return { wrong, said };
  const onConsole = (message: ConsoleMessage): void =>
    void (message.type() === "error" && said.push(`${message.text()} ${message.location().url}`));
  const onError = (error: Error): void => void said.push(error.message);
  page.on("console", onConsole).on("pageerror", onError);
  await atOnce(page);
  // Each screen is first seen the way the last one was left: half the turns.
  const order = turned++ % 2 === 0 ? looks : looks.toReversed();
  await turn(page, order[0]![0], order[0]![1]);
  await go(page, address);
  await settled(page);
  for (const [theme, dir, rules] of order) {
    await turn(page, theme, dir);
    wrong.push(...(await violations(page, rules)).map((one) => `${theme}, ${dir}: ${one}`));
    wrong.push(...(await beside(page, `${theme}, ${dir}`)));
    // Chromium keeps the old overflow of a page that was turned around while it narrows; what is laid out logically is so both ways.
    if (dir === "rtl") continue;
    await page.setViewportSize(narrow);
    wrong.push(...(await beside(page, "360 px wide")));
    await page.setViewportSize(wide);
  }
  page.off("console", onConsole).off("pageerror", onError);
  return { wrong, said };
}

const narrow = { width: 360, height: 740 };
const wide = { width: 1280, height: 800 };
const quiet = { wrong: [], said: [] };

test.each(screens)("the screen %s is accessible in both themes and directions, and quiet", async (path) => {
  expect(await lookAt(rondo.page, path)).toEqual(quiet);
});

test.each(doors)("the door %s is, too", async (path) => {
  expect(await lookAt(outside, path)).toEqual(quiet);
});

test("a company that writes from right to left is laid out so, and back", async () => {
  const { page, url } = rondo;
  const { version } = await ask<{ version: number }>(page, "GET /workspace");
  await ask(page, "PATCH /workspace", { locale: "he", version });
  await page.goto(`${url}/contacts`);
  await page.locator(".row .cell bdi").first().waitFor();
  const direction = () => page.evaluate(() => document.documentElement.dir);
  await expect.poll(direction).toBe("rtl");
  const edges = await page.evaluate(() => {
    const [nav, table] = [document.querySelector(".nav"), document.querySelector(".grid")];
    return [nav?.getBoundingClientRect().left ?? 0, table?.getBoundingClientRect().right ?? 0];
  });
  expect(edges[0]).toBeGreaterThanOrEqual(edges[1] ?? 0);
  // The arrow that points to the next column points to the left here.
  await page.getByRole("grid").focus();
  await page.keyboard.press("ArrowLeft");
  const cell = page.locator(".row[data-i='0'] [data-active]");
  expect(await cell.getAttribute("aria-colindex")).toBe("3");
});
