import { join } from "node:path";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import type { FastifyInstance, LightMyRequestResponse } from "fastify";
import { sql } from "kysely";
import { onTestFinished } from "vitest";
import { createServer, mount } from "#platform/http";
import { storeOf } from "#platform/files";
import { createMail, type Mail } from "#platform/mail";
import type { Outside } from "#platform/context";
import type { Database } from "#platform/postgres";
import { openDatabase } from "#platform/postgres";
import { databaseForTest, templateOnce } from "./database.ts";
import {
  anonymous,
  createAuth,
  loadSecret,
  mayWith,
  platformPermissions,
  type Auth,
  type AuthHooks,
} from "#platform/auth";

/*
 * Words we use
 *   house     a running server with our endpoints on a database of its own, where nobody lives yet
 *   browser   sends requests as a page of this site does, and keeps the cookie
 */
export interface House {
  app: FastifyInstance;
  auth: Auth;
  database: Database;
  outside: Outside;
  /** Moves the clock of everything but better-auth forward. */
  pass(ms: number): void;
  browser(): Browser;
  /** Mails in the outbox, oldest first, decoded as far as links need it. */
  mails(): Promise<string[]>;
}

export interface Browser {
  cookie: string;
  send(route: string, body?: object, headers?: Record<string, string>): Promise<LightMyRequestResponse>;
}

export const owner = {
  name: "Mira Okafor",
  email: "mira@northwind.example",
  password: "seven blue kettles",
  company: "Northwind Goods",
  currency: "EUR",
  time_zone: "Europe/Berlin",
  lens: "seven_stages",
};

/** A house for the running test; gone when it ends. */
export async function house(options: HouseOptions = {}, template = "rondo_empty"): Promise<House> {
  const { database } = await databaseForTest(template);
  const built = await build(database, options);
  onTestFinished(built.close);
  return built;
}

interface HouseOptions {
  publicUrl?: string;
  hooks?: AuthHooks;
  mail?: Mail;
}

async function build(database: Database, options: HouseOptions): Promise<House & { close: () => Promise<void> }> {
  const dataDir = mkdtempSync(join(tmpdir(), "rondo-auth-"));
  let passed = 0;
  const clock = (): Date => new Date(Date.now() + passed);
  const quiet = { info: () => {}, warn: () => {}, error: () => {} };
  const files = storeOf({ dataDir, s3: null });
  const mail = options.mail ?? createMail({ smtpUrl: null, mailFrom: "Rondo <rondo@localhost>", dataDir }, quiet);
  const config = { publicUrl: options.publicUrl ?? "http://localhost:3000", adminEmail: null, adminPassword: null };
  const secret = await loadSecret(database.control, { secret: null });
  const auth = createAuth({ database, config, mail, files, secret, clock, log: quiet, ...options.hooks });
  const app = await createServer({ trustProxy: false, maxUploadBytes: 1_000_000, web: null });
  auth.attach(app);
  mount(app, { apis: auth.apis, identify: auth.identify, may: mayWith(platformPermissions), anonymous });
  return {
    close: async () => {
      await auth.close();
      await app.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
    app,
    auth,
    database,
    outside: { mail, files, url: config.publicUrl, secret },
    pass: (ms) => void (passed += ms),
    browser: () => browserOn(app),
    mails: async () => {
      await auth.close();
      return mailsIn(join(dataDir, "outbox"));
    },
  };
}

function browserOn(app: FastifyInstance): Browser {
  const browser: Browser = {
    cookie: "",
    async send(route, body, headers = {}) {
      const [method, path] = route.split(" ") as ["GET", string];
      const answer = await app.inject({
        method,
        url: `/api/v1${path}`,
        headers: { "sec-fetch-site": "same-origin", ...(browser.cookie ? { cookie: browser.cookie } : {}), ...headers },
        ...(body ? { payload: body } : {}),
      });
      const set = answer.cookies.find((c) => c.name === "rondo_session");
      if (set) browser.cookie = set.value ? `rondo_session=${encodeURIComponent(set.value)}` : "";
      return answer;
    },
  };
  return browser;
}

function mailsIn(dir: string): string[] {
  const names = readdirSync(dir, { withFileTypes: true }).map((entry) => entry.name);
  return names
    .toSorted()
    .map((name) => readFileSync(join(dir, name), "utf8").replaceAll("=\r\n", "").replaceAll("=3D", "="));
}

/** The token of the link in a mail or an answer. */
export const tokenIn = (text: string): string => /[?&]token=([\w-]+)/.exec(text)?.[1] ?? "";

async function firstRun(h: House): Promise<Browser> {
  const mira = h.browser();
  const answer = await mira.send("POST /session/first-run", owner);
  if (answer.statusCode !== 201) throw new Error(`first run answered ${answer.statusCode}: ${answer.body}`);
  return mira;
}

/** The house set up by its owner, who is signed in. */
export async function settledHouse(options: HouseOptions = {}): Promise<House & { mira: Browser }> {
  // A first run makes a whole workspace, which takes two seconds: once is enough, for the cookie opens every copy.
  const template = await templateOnce("rondo_house", "rondo_empty", async (url) => {
    const database = openDatabase(url);
    const first = await build(database, {});
    const { cookie } = await firstRun(first);
    await first.close();
    await sql`comment on schema rondo is ${sql.lit(cookie)}`.execute(database.control);
    await database.close();
  });
  const h = await house(options, template);
  const { rows } = await sql<{ cookie: string }>`select obj_description('rondo'::regnamespace) as cookie`.execute(
    h.database.control,
  );
  const mira = h.browser();
  mira.cookie = rows[0]!.cookie;
  return { ...h, mira };
}

/** Somebody who accepted an invitation, signed in. */
export async function joined(
  h: House & { mira: Browser },
  email: string,
  role: string,
): Promise<Browser & { id: string }> {
  const invited = await h.mira.send("POST /invitations", { email, role });
  const browser = h.browser();
  const answer = await browser.send("POST /session/accept-invitation", {
    token: tokenIn(invited.body),
    name: email.split("@")[0],
    password: "nine green lamps",
  });
  if (answer.statusCode !== 201) throw new Error(`accepting answered ${answer.statusCode}: ${answer.body}`);
  const me = (await browser.send("GET /session")).json() as { person: { id: string } };
  return Object.assign(browser, { id: me.person.id });
}
