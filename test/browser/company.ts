import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "kysely";
import pino from "pino";
import type { Page } from "playwright-core";
import { readConfig } from "#platform/config";
import type { Ctx } from "#platform/context";
import { openDatabase } from "#platform/postgres";
import { loadSample } from "../../src/app/demo/order.ts";
import { modules } from "../../src/app/modules.ts";
import { createApp } from "../../src/app/server.ts";
import { createWorker } from "../../src/app/worker.ts";
import { templateOnce } from "../database.ts";
import { visit, type Visit } from "./rondo.ts";

export interface Company extends Visit {
  /** The first record under a path of the API. */
  firstOf: (path: string) => Promise<string>;
  leave: () => Promise<void>;
}

const owner = {
  name: "Mira Okafor",
  email: "mira@northwind.example",
  password: "seven blue kettles",
  company: "Northwind Goods",
  currency: "EUR",
  time_zone: "Europe/Berlin",
  lens: "seven_stages",
};

/** Asks the server as the page's own session does; throws an Error with its answer when it refuses. */
export const ask = <T>(page: Page, route: string, body?: object): Promise<T> =>
  page.evaluate(
    async ([asked, sent]) => {
      const [method = "GET", path = ""] = asked.split(" ");
      const json = sent ? { headers: { "content-type": "application/json" }, body: JSON.stringify(sent) } : {};
      const answer = await fetch(`/api/v1${path}`, { method, ...json });
      if (!answer.ok) throw new Error(`${asked} answered ${answer.status}: ${await answer.text()}`);
      return (await answer.json()) as T;
    },
    [route, body] as const,
  ) as Promise<T>;

/** A Rondo on a copy of that template, and its owner signed in. */
async function entered(template: string, atEnd: Parameters<typeof visit>[0]): Promise<Visit> {
  const rondo = await visit(atEnd, {}, template);
  await rondo.page.goto(rondo.url);
  await ask(rondo.page, "POST /session", { email: owner.email, password: owner.password });
  return rondo;
}

/** A Rondo whose owner, Mira Okafor, has just begun Northwind Goods and is signed in; her first run is made once for all walks. */
export const begun = async (atEnd?: Parameters<typeof visit>[0]): Promise<Visit> =>
  entered(await templateOnce("rondo_begun", "rondo_empty", begin), atEnd);

/** A Rondo with the sample company in it, and its owner signed in. */
export async function company(): Promise<Company> {
  let leave = async (): Promise<void> => undefined;
  const rondo = await entered(await templateOnce("rondo_company", "rondo_empty", loadCompany), (end) => (leave = end));
  const { page } = rondo;
  return {
    ...rondo,
    leave,
    firstOf: async (path) => (await ask<{ items: { id: string }[] }>(page, `GET ${path}?limit=1`)).items[0]?.id ?? "",
  };
}

/** A first run on an empty database. */
const begin = (url: string): Promise<void> => running(url, settled);

/** A first run and half of the sample, as a worker loads it, with each kind of record in it: all walks start from one. */
const loadCompany = (url: string): Promise<void> =>
  running(url, async (ctx) => {
    await loadSample(ctx, { customers: 1000 });
    await settled(ctx);
  });

/** A first run on an empty database, with a worker running while `live`. */
async function running(url: string, live: (ctx: Ctx) => Promise<void>): Promise<void> {
  const dir = mkdtempSync(join(tmpdir(), "rondo-company-"));
  const database = openDatabase(url);
  const log = pino({ level: "silent" });
  const worker = createWorker(modules, log);
  let known: Ctx | undefined;
  const onWorkspace = (ctx: Ctx): void => worker.serve((known = ctx));
  const app = await createApp({ database, config: readConfig({ RONDO_DATA: dir }), log, web: null, onWorkspace });
  const headers = { "sec-fetch-site": "same-origin" };
  const answer = await app.http.inject({ method: "POST", url: "/api/v1/session/first-run", headers, payload: owner });
  if (answer.statusCode !== 201 || !known) throw new Error(`first run answered ${answer.statusCode}: ${answer.body}`);
  await live(known);
  await worker.stop();
  await app.close();
  await database.close();
  rmSync(dir, { recursive: true, force: true });
}

async function settled(ctx: Ctx): Promise<void> {
  while (!(await isSettled(ctx))) await new Promise((done) => setTimeout(done, 250));
}

/** Whether no job waits or runs and every consumer has read to the end. */
async function isSettled(ctx: Ctx): Promise<boolean> {
  const { rows } = await sql<{ failed: string | null; settled: boolean }>`
    select (select reason from jobs where state = 'failed' limit 1) as failed,
           not exists (select from jobs where state in ('queued', 'running'))
             and not exists (select from consumers c where (c.epoch, c.tx, c.seq) < (select f.epoch, f.tx, f.seq from facts f order by f.epoch desc, f.tx desc, f.seq desc limit 1)) as settled`.execute(
    ctx.db,
  );
  if (rows[0]!.failed) throw new Error(`the sample was not loaded: ${rows[0]!.failed}`);
  return rows[0]!.settled;
}
