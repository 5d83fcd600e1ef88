import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import pino from "pino";
import type { Page } from "playwright-core";
import { expect, inject, onTestFinished } from "vitest";
import { readConfig } from "#platform/config";
import { newId } from "#kernel/id";
import { openDatabase } from "#platform/postgres";
import { migrate } from "#platform/postgres";
import { modules } from "../../src/app/modules.ts";
import { createApp, webFolder } from "../../src/app/server.ts";
import { createWorker } from "../../src/app/worker.ts";
import { openChromium } from "./chromium.ts";

export interface Visit {
  page: Page;
  url: string;
  /** What the browser complained about so far. */
  complaints: string[];
  /** Fails on any WCAG 2.2 AA violation of what is on screen now. */
  accessible: (where: string) => Promise<void>;
}

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** A real Rondo with pages and worker on an empty database, and a real browser in front of it. */
export async function visit(): Promise<Visit> {
  const dir = mkdtempSync(join(tmpdir(), "rondo-browser-"));
  const name = `b_${newId().replaceAll("-", "")}`;
  const adminUrl = inject("postgres").replace("DATABASE", "postgres");
  const url = inject("postgres").replace("DATABASE", name);
  await once(adminUrl, (c) => c.query(`create database ${name}`));
  await once(url, (c) => migrate(c, "rondo", "control"));
  const database = openDatabase(url);
  const log = pino({ level: "silent" });
  const worker = createWorker(modules, log);
  const app = await createApp({
    database,
    config: readConfig({ RONDO_DATA: dir, PORT: "0" }),
    log,
    web: webFolder,
    onWorkspace: (ctx) => worker.serve(ctx),
  });
  const address = await app.http.listen({ host: "127.0.0.1", port: 0 });
  const browser = await openChromium();
  const page = await (
    await browser.newContext({ viewport: { width: 1280, height: 800 }, reducedMotion: "reduce" })
  ).newPage();
  const complaints: string[] = [];
  page.on("console", (m) => m.type() === "error" && complaints.push(m.text()));
  page.on("pageerror", (e) => complaints.push(e.message));
  onTestFinished(async () => {
    await browser.close();
    await app.close();
    await worker.stop();
    await database.close();
    await once(adminUrl, (c) => c.query(`drop database ${name} with (force)`));
    rmSync(dir, { recursive: true, force: true });
  }, 60_000);
  return { page, url: address, complaints, accessible: (where) => accessible(page, where) };
}

async function once(url: string, work: (client: pg.Client) => Promise<unknown>): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}

async function accessible(page: Page, where: string): Promise<void> {
  // The page's own policy forbids foreign scripts; this one comes in through the debugger, not through the page.
  await page.evaluate(axe);
  const violations = await page.evaluate(async () => {
    const { axe: run } = globalThis as unknown as {
      axe: { run: (o: object) => Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
    };
    const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
    return (await run.run({ runOnly: { type: "tag", values: tags } })).violations.map(
      (v) => `${v.id}: ${v.nodes[0]?.html.slice(0, 160)}`,
    );
  });
  expect([where, ...violations]).toEqual([where]);
}
