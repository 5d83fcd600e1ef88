import { sql } from "kysely";
import { onTestFinished } from "vitest";
import { sendDue } from "#attract/channels";
import { meetContacts } from "#customers";
import { startProgram, usualRules } from "#grow/loyalty";
import { makeCodes, promotionType } from "#grow/offers";
import { inTransaction, type Ctx } from "#platform/context";
import { createServer } from "#platform/http";
import { createLog } from "#platform/log";
import { mountPages } from "#platform/pages";
import { createRecord } from "#records";
import { consumeAll } from "#timeline";
import { databaseForTest } from "../../../../test/database.ts";
import { makeAdvocate } from "./advocate.ts";
import { advocacyConsumer, nextDueAt, settleDue } from "./consumer.ts";
import module from "./module.ts";
import { changeReferralProgram, referralProgram } from "./program.ts";
import type { Referral } from "./referral.ts";

export const start = new Date("2026-06-01T10:00:00Z");
const dayMs = 86_400_000;

/** A company with a programme, Priya who recommends it, and what a friend's browser does. */
export async function recommending(more: Record<string, unknown> = {}) {
  const t = await databaseForTest();
  let passed = 0;
  const on = (days = passed): Ctx => t.ctx("manager", { at: new Date(start.getTime() + days * dayMs) });
  const ctx = on(0);
  await startProgram(ctx, { name: "Points", zone: "Europe/Berlin", rules: usualRules(100) });
  const promotion = await createRecord(ctx, promotionType, { name: "A friend's first order", kind: "percent", percent: 10 }); // prettier-ignore
  await makeCodes(ctx, promotion.id, { count: 1, uses_limit: 1 });
  await changeReferralProgram(ctx, { ...(await referralProgram(ctx)), active: true, headline: "Jars that close", words: "Ten percent off.", min_order: 2000, friend_promotion_id: promotion.id, ...more }); // prettier-ignore
  const meet = async (name: string, email: string): Promise<string> =>
    (await inTransaction(ctx, (tx) => meetContacts(tx, [{ key: "x", name, email }], { source: "shop" }))).get("x")!.id;
  const priya = await meet("Priya Kim", "priya@kim.example");
  const { code } = await makeAdvocate(ctx, priya);
  let ms = 0;
  const http = await createServer({ logger: createLog("silent"), trustProxy: false, maxUploadBytes: 1_000_000, web: null }); // prettier-ignore
  await mountPages(http, {
    pages: module.pages,
    enter: (key) => Promise.resolve(key === "000000000001" ? { ...on(), clock: () => new Date(start.getTime() + passed * dayMs + ms), actor: { kind: "customer", id: null, name: "A customer" } } : null),
  }); // prettier-ignore
  onTestFinished(() => http.close());
  const page = (method: "GET" | "POST" | "HEAD", url: string, form?: Record<string, string>) =>
    http.inject({ method, url: url.startsWith("/p/") ? url : `/p/000000000001${url}`, ...(form ? { payload: new URLSearchParams(form).toString(), headers: { "content-type": "application/x-www-form-urlencoded" } } : {}) }); // prettier-ignore
  return {
    t,
    ctx,
    priya,
    code,
    on,
    meet,
    page,
    wait: (seconds: number) => void (ms += seconds * 1000),
    /** Opens the invitation as a person; answers the token of the click. */
    click: async (of = code): Promise<string> => /c=(.+)$/.exec((await page("POST", `/r/${of}`)).headers.location ?? "")?.[1] ?? "", // prettier-ignore
    /** Fills in the form a while after the click. */
    join: async (token: string, name: string, email: string, form: Record<string, string> = {}) => {
      ms += 5000;
      return page("POST", `/r/${code}/join`, { c: token, name, email, ...form });
    },
    /** Lets days pass: facts are read, what is due is done. */
    pass: async (days: number): Promise<Ctx> => {
      passed += days;
      const now = on();
      await consumeAll(now, advocacyConsumer);
      for (let at = await nextDueAt(now); at && at <= now.clock(); at = await nextDueAt(now)) await settleDue(now);
      return now;
    },
    all: async (): Promise<Referral[]> => (await sql<Referral>`select * from referrals order by joined_at, id`.execute(ctx.db)).rows, // prettier-ignore
    mails: async (): Promise<{ to: string; text: string }[]> => {
      await sendDue({ ...on(), clock: () => new Date(start.getTime() + passed * dayMs + ms + 60_000) });
      return t.mails.map((m) => ({ to: m.to, text: m.text }));
    },
  };
}

/** Cause and effect of all facts so far, as "cause > effect". */
export const chain = async (ctx: Ctx): Promise<string[]> =>
  (await sql<{ link: string }>`
    select c.name || ' > ' || f.name as link from facts f join facts c on c.id = f.caused_by order by f.occurred_at, f.seq`.execute(ctx.db)).rows.map((r) => r.link); // prettier-ignore
