import { sql } from "kysely";
import { expect, onTestFinished } from "vitest";
import { newId } from "#kernel/id";
import type { Actor, Ctx, Role } from "#platform/context";
import { createServer } from "#platform/http";
import { workOnce } from "#platform/jobs";
import { createLog } from "#platform/log";
import type { Message } from "#platform/mail";
import { mountPages, workspaceKey } from "#platform/pages";
import { consumeOnce, consumersBehind } from "#timeline";
import { modules } from "../../src/app/modules.ts";
import { databaseForTest } from "../database.ts";

/*
 * Words we use
 *   walk      one company from its first day, with its pages served and its consumers, timers and jobs run as the worker runs them
 *   settle    runs them until nothing is left to do at this moment
 *   pass      lets time pass, stopping at every instant at which something becomes due
 */
export interface Walk {
  /** The company as one of its people sees it; their clock is the walk's. */
  as: (who: Colleague) => Ctx;
  now: () => Date;
  settle: () => Promise<void>;
  pass: (time: { days?: number; hours?: number; seconds?: number }) => Promise<void>;
  /** Everything that left by mail, first one first. */
  mails: Message[];
  /** The newest mail to that address; fails when there is none of that subject. */
  mailTo: (address: string, subject: string | RegExp) => Message;
  open: (url: string) => Promise<PageSeen>;
  send: (url: string, fields: Record<string, string>) => Promise<PageSeen>;
}

export interface PageSeen {
  status: number;
  text: string;
  /** Where it sent the browser on to. */
  to: string;
}

export const colleagues = {
  sara: { name: "Sara Lund", role: "admin", id: newId() },
  mira: { name: "Mira Okafor", role: "agent", id: newId() },
  jonas: { name: "Jonas Falk", role: "agent", id: newId() },
  tom: { name: "Tom Weber", role: "manager", id: newId() },
} as const satisfies Record<string, { name: string; role: Role; id: string }>;
export type Colleague = keyof typeof colleagues;

const site = "https://crm.northwind.example";
// What one customer's day can cause; more is a timer that stays due or a consumer that wakes itself.
const roundsAtMost = 300;

/** A company of four on a fresh database, its clock in our hands; gone when the test ends. */
export async function walk(): Promise<Walk> {
  const t = await databaseForTest();
  let passed = 0;
  const now = (): Date => new Date(Date.now() + passed);
  const of = (role: Role, actor: Actor): Ctx => ({ ...t.ctx(role), actor, clock: now });
  const system = of("owner", { kind: "system", id: null, name: "Rondo" });
  await hire(system);
  for (const m of modules) await m.onStart?.(system);
  const http = await serve(system);
  onTestFinished(() => http.close());
  let entered = false;
  const settle = async (): Promise<void> => {
    await settleNow(system, entered);
    entered = true;
  };
  const visit = async (method: "GET" | "POST", url: string, fields?: Record<string, string>): Promise<PageSeen> => {
    const answer = await http.inject({
      method,
      url: url.replace(site, ""),
      headers: { "user-agent": "Mozilla/5.0 (X11; Linux) Firefox/140", ...(fields ? { "content-type": "application/x-www-form-urlencoded" } : {}) },
      ...(fields ? { payload: new URLSearchParams(fields).toString() } : {}),
    });
    return { status: answer.statusCode, text: answer.body, to: String(answer.headers.location ?? "") };
  }; // prettier-ignore
  return {
    as: (who) => of(colleagues[who].role, { kind: "user", id: colleagues[who].id, name: colleagues[who].name }),
    now,
    settle,
    async pass({ days = 0, hours = 0, seconds = 0 }) {
      const until = now().getTime() + ((days * 24 + hours) * 3600 + seconds) * 1000;
      for (let at = await nextDue(system, until); at; at = await nextDue(system, until)) {
        passed += Math.max(0, at.getTime() - now().getTime()) + 1;
        await settle();
      }
      passed += Math.max(0, until - now().getTime());
      await settle();
    },
    mails: t.mails,
    mailTo(address, subject) {
      const found = t.mails.findLast((m) => m.to === address && matches(m.subject, subject));
      expect(found, `${t.mails.map((m) => `${m.to}: ${m.subject}`).join("\n")}\nno mail ${String(subject)}`).toBeDefined();
      return found!;
    },
    open: (url) => visit("GET", url),
    send: (url, fields) => visit("POST", url, fields),
  }; // prettier-ignore
}

const matches = (text: string, asked: string | RegExp): boolean => (typeof asked === "string" ? text.includes(asked) : asked.test(text)); // prettier-ignore

async function hire(ctx: Ctx): Promise<void> {
  for (const { id, name, role } of Object.values(colleagues)) {
    await sql`insert into rondo.users (id, name, email) values (${id}, ${name}, ${`${id}@northwind.example`})`.execute(ctx.db);
    await sql`insert into rondo.members (workspace_id, user_id, role) values (${ctx.workspace.id}, ${id}, ${role})`.execute(ctx.db);
  }
} // prettier-ignore

async function serve(system: Ctx) {
  const http = await createServer({
    logger: createLog("silent"),
    trustProxy: false,
    maxUploadBytes: 1_000_000,
    web: null,
  });
  await mountPages(http, {
    pages: modules.flatMap((m) => m.pages ?? []),
    enter: (key) =>
      Promise.resolve(key === workspaceKey(system) ? { ...system, actor: { kind: "customer", id: null, name: "A customer" } } : null), // prettier-ignore
  });
  return http;
}

const consumers = modules.flatMap((m) => m.consumers ?? []);
const timers = modules.flatMap((m) => m.timers ?? []);
const jobs = modules.flatMap((m) => m.jobs ?? []);

async function settleNow(ctx: Ctx, entered: boolean): Promise<void> {
  let known = entered;
  let before = "";
  for (let round = 0; ; round++) {
    const worked: string[] = [];
    // Like the worker: all of them when the company is entered, then those that one question says are behind.
    const behind = new Set(await consumersBehind(ctx));
    for (const consumer of consumers)
      if ((!known || behind.has(consumer.name)) && (await consumeOnce(ctx, consumer)) > 0) worked.push(consumer.name);
    known = true;
    for (const timer of timers) {
      const due = await timer.nextAt(ctx);
      if (!due || due.getTime() > ctx.clock().getTime()) continue;
      await timer.run(ctx);
      worked.push(timer.name);
    }
    if (await workOnce(ctx, jobs, createLog("silent"))) worked.push("a job");
    // One that passed facts of other kinds took none, and yet may have let another on that reads behind it.
    const still = [...behind].join(" ");
    if (worked.length === 0 && still === before) return;
    before = worked.length === 0 ? still : "";
    if (round > roundsAtMost) throw new Error(`there is no end to the work of ${worked.join(", ")}`);
  }
}

/** The next instant until then at which a timer has something to do. */
async function nextDue(ctx: Ctx, until: number): Promise<Date | null> {
  const dues = await Promise.all(timers.map((timer) => timer.nextAt(ctx)));
  const next = dues.flatMap((d) => d ?? []).toSorted((a, b) => a.getTime() - b.getTime())[0];
  return next && next.getTime() <= until ? next : null;
}

/** Every consumer reads everything from the first fact again, as after a lost position. */
export async function replayEverything(walked: Walk): Promise<void> {
  await sql`update consumers set epoch = 0, tx = 0, seq = 0`.execute(walked.as("sara").db);
  await walked.settle();
}

/** The first address in a mail under that path. */
export function linkIn(mail: Message, path: string): string {
  const found = new RegExp(`${site}/p/[0-9a-f]{12}${path}[\\w.%-]+[^\\s"<]*`).exec(mail.text);
  expect(found?.[0], mail.text).toBeDefined();
  return found![0];
}

/** The hidden fields and what they hold, of a page's form. */
export const hiddenIn = (page: PageSeen): Record<string, string> =>
  Object.fromEntries(
    [...page.text.matchAll(/<input type="hidden" name="(\w+)" value="([^"]*)"/g)].map((m) => [m[1]!, m[2]!]),
  );
