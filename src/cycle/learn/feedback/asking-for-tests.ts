import { sql } from "kysely";
import { onTestFinished } from "vitest";
import { sendDue } from "#attract/channels";
import { createServer } from "#platform/http";
import { inTransaction, type Ctx } from "#platform/context";
import { mountPages } from "#platform/pages";
import { createRecord } from "#records";
import { consumeAll, record, type FactInput } from "#timeline";
import type { TestDatabase } from "../../../../test/database.ts";
import { surveysConsumer, surveyType } from "./index.ts";
import { askDue, nextAskAt, remindDue } from "./ask.ts";
import { surveyPages } from "./pages.ts";

const dayMs = 86_400_000;
export const start = new Date("2026-03-02T09:00:00Z");

/** As a manager, so many days after the start. */
export const on = (t: TestDatabase, days: number): Ctx =>
  t.ctx("manager", { at: new Date(start.getTime() + days * dayMs) });

export const makeSurvey = async (ctx: Ctx, more: Record<string, unknown> = {}): Promise<string> =>
  (await createRecord(ctx, surveyType, { name: "After a delivery", kind: "nps", trigger: "order.delivered", delay_hours: 0, ...more })).id; // prettier-ignore

export const tell = (ctx: Ctx, fact: FactInput): Promise<string> => inTransaction(ctx, (tx) => record(tx, fact));
/** Somebody got an order; answers the fact's id. */
export const deliver = (ctx: Ctx, contact_id: string): Promise<string> =>
  tell(ctx, { name: "order.delivered", contact_id, payload: { order_id: crypto.randomUUID(), number: "1001" } });

/** Lets everything happen that is due at that moment: occasions noted, invitations decided, mails sent and followed. */
export async function settle(ctx: Ctx): Promise<void> {
  await consumeAll(ctx, surveysConsumer);
  for (let at = await nextAskAt(ctx); at && at <= ctx.clock(); at = await nextAskAt(ctx)) {
    await askDue(ctx);
    await remindDue(ctx);
  }
  while ((await sendDue(ctx)) > 0);
  await consumeAll(ctx, surveysConsumer);
}

export interface Invited {
  id: string;
  state: string;
  code: string | null;
  reason: string | null;
  reminder_held: string | null;
  contact_id: string;
}
export const invitations = async (ctx: Ctx): Promise<Invited[]> =>
  (await sql<Invited>`select id, state, code, reason, reminder_held, contact_id from survey_invitations order by created_at, id`.execute(ctx.db)).rows; // prettier-ignore
export const responses = async (ctx: Ctx) =>
  (await sql<{ id: string; score: number; comment: string | null; case_id: string | null; fact_id: string }>`select id, score, comment, case_id, fact_id from survey_responses order by at, id`.execute(ctx.db)).rows; // prettier-ignore

/** The links of a mail, by score. */
export const linksIn = (text: string): Map<number, string> =>
  new Map([...text.matchAll(/^(\d+) {2}https:\/\/crm\.northwind\.example\/p\/000000000001(\S+)$/gm)].map((m) => [Number(m[1]), m[2]!])); // prettier-ignore

export interface Visitor {
  see: (path: string, method?: "GET" | "HEAD") => Promise<{ status: number; text: string }>;
  send: (path: string, form: Record<string, string>) => Promise<{ status: number; text: string; location: string }>;
}

/** Somebody with a link, over HTTP, at that moment. */
export async function visitor(ctx: Ctx): Promise<Visitor> {
  const app = await createServer({ trustProxy: false, maxUploadBytes: 1_000_000, web: null });
  const theirs: Ctx = { ...ctx, actor: { kind: "customer", id: null, name: "A customer" } };
  await mountPages(app, {
    pages: surveyPages,
    enter: (key) => Promise.resolve(key === "000000000001" ? theirs : null),
  });
  onTestFinished(() => app.close());
  return {
    async see(path, method = "GET") {
      const { statusCode, body } = await app.inject({ method, url: `/p/000000000001${path}` });
      return { status: statusCode, text: body };
    },
    async send(path, form) {
      const { statusCode, body, headers } = await app.inject({
        method: "POST",
        url: `/p/000000000001${path}`,
        headers: { "content-type": "application/x-www-form-urlencoded" },
        payload: new URLSearchParams(form).toString(),
      });
      return { status: statusCode, text: body, location: String(headers.location ?? "") };
    },
  };
}
