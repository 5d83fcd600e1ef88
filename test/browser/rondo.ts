import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pino from "pino";
import type { Page } from "playwright-core";
import { expect, onTestFinished } from "vitest";
import { readConfig } from "#platform/config";
import { openDatabase } from "#platform/postgres";
import { modules } from "../../src/app/modules.ts";
import { createApp, webFolder } from "../../src/app/server.ts";
import { createWorker } from "../../src/app/worker.ts";
import { cloneOf, drop } from "../database.ts";
import { sharedChromium } from "./chromium.ts";

export interface Visit {
  page: Page;
  url: string;
  /** What the browser complained about so far. */
  complaints: string[];
  /** Fails on any WCAG 2.2 AA violation of what is on screen now. */
  accessible: (where: string) => Promise<void>;
}

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/**
 * A real Rondo with pages and worker on an empty database, or on a copy of `template`, and a real browser in front of it; taken down
 * `atEnd`, of the running test unless said. `env` configures it.
 */
export async function visit(
  atEnd: (leave: () => Promise<void>, timeout: number) => void = onTestFinished,
  env: Record<string, string> = {},
  template = "rondo_empty",
): Promise<Visit> {
  const dir = mkdtempSync(join(tmpdir(), "rondo-browser-"));
  const { name, url } = await cloneOf(template);
  const database = openDatabase(url);
  const log = pino({ level: "silent" });
  const worker = createWorker(modules, log);
  const app = await createApp({
    database,
    config: readConfig({ RONDO_DATA: dir, PORT: "0", ...env }),
    log,
    web: process.env.RONDO_TEST_WEB ?? webFolder,
    onWorkspace: (ctx) => worker.serve(ctx),
  });
  const address = await app.http.listen({ host: "127.0.0.1", port: 0 });
  const browser = await sharedChromium();
  const page = await (
    await browser.newContext({ viewport: { width: 1280, height: 800 }, reducedMotion: "reduce" })
  ).newPage();
  const complaints: string[] = [];
  page.on("console", (m) => m.type() === "error" && complaints.push(m.text()));
  page.on("pageerror", (e) => complaints.push(e.message));
  atEnd(async () => {
    await Promise.all(browser.contexts().map((context) => context.close()));
    await app.close();
    await worker.stop();
    await database.close();
    await drop(name);
    rmSync(dir, { recursive: true, force: true });
  }, 60_000);
  return { page, url: address, complaints, accessible: (where) => accessible(page, where) };
}

async function accessible(page: Page, where: string): Promise<void> {
  expect([where, ...(await violations(page))]).toEqual([where]);
}

const wcag = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

/** Waits until every colour and place has arrived where it is going: what is on its way there is nothing that a person reads. */
export const arrived = (page: Page): Promise<unknown> =>
  page.evaluate(async () => {
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    const moving = document.getAnimations().filter((one) => one.effect?.getComputedTiming().iterations !== Infinity);
    await Promise.allSettled(moving.map((one) => one.finished));
  });

/** What breaks WCAG 2.2 AA on screen now, or those of its rules, each with the first element that does. */
export async function violations(page: Page, rules?: readonly string[]): Promise<string[]> {
  await arrived(page);
  // The page's own policy forbids foreign scripts; this one comes in through the debugger, not through the page.
  if (!(await page.evaluate(() => "axe" in globalThis))) await page.evaluate(axe);
  const only = rules ? { type: "rule", values: rules } : { type: "tag", values: wcag };
  return page.evaluate(async (runOnly) => {
    const { axe: run } = globalThis as unknown as {
      axe: { run: (where: object, o: object) => Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
    };
    // A table draws all its rows alike: eight tell what thirty do, in a third of the time.
    const few = { exclude: [".row:nth-child(n + 9)"] };
    const found = await run.run(few, { runOnly, resultTypes: ["violations"] });
    return found.violations.map((v) => `${v.id}: ${v.nodes[0]?.html.slice(0, 160)}`);
  }, only);
}
