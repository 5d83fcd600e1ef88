import { sql } from "kysely";
import { onTestFinished } from "vitest";
import type { Ctx } from "#platform/context";
import { createServer } from "#platform/http";
import { mountPages } from "#platform/pages";
import { createRecord } from "#records";
import type { TestDatabase } from "../../../../test/database.ts";
import { designSchema } from "./design.ts";
import { formType } from "./form.ts";
import { formPages } from "./pages.ts";

/*
 * Words we use
 *   visitor   somebody who opens and sends forms over HTTP, as a browser or a machine would
 */
export const newsletterForm = {
  key: "newsletter",
  name: "Newsletter",
  thanks: "Thanks for asking.",
  opens_lead: false,
  double_opt_in: true,
  design: designSchema.parse({
    fields: [
      { key: "email", contact: "email", type: "email", label: "E-mail", required: true },
      { key: "name", contact: "name", type: "text", label: "Name" },
      { key: "phone", contact: "phone", type: "phone", label: "Phone" },
      { key: "city", contact: "city", type: "text", label: "City" },
      { key: "wish", type: "long_text", label: "What do you preserve?", help: "Fruit, cabbage, anything." },
      { key: "size", type: "choice", label: "How much?", choices: ["A jar", "A pallet"] },
    ],
    consents: [{ purpose: "newsletter", wording: "Send me the newsletter." }],
  }),
};

export const makeForm = async (ctx: Ctx, more: Record<string, unknown> = {}): Promise<string> =>
  (await createRecord(ctx, formType, { ...newsletterForm, ...more })).id;

export interface Visitor {
  /** Opens a page. */
  open(path: string, headers?: Record<string, string>): Promise<{ status: number; text: string }>;
  /** Sends a form; a stamp that was opened ten seconds ago goes with it unless said. */
  send(path: string, fields: Record<string, string>, headers?: Record<string, string>): Promise<{ status: number; text: string; location: string | undefined }>;
  stampOf(key: string): Promise<string>;
  /** Lets time pass, in milliseconds. */
  wait(ms: number): void;
  now(): Date;
} // prettier-ignore

/** Serves the forms of the test's workspace; gone when the test ends. */
export async function visitor(t: TestDatabase): Promise<Visitor> {
  let passed = 0;
  const clock = (): Date => new Date(Date.now() + passed);
  const app = await createServer({ trustProxy: false, maxUploadBytes: 1_000_000, web: null });
  const ctx: Ctx = { ...t.ctx(), clock, actor: { kind: "customer", id: null, name: "A customer" } };
  await mountPages(app, {
    pages: formPages,
    enter: (key) => Promise.resolve(key === "000000000001" ? ctx : null),
  });
  onTestFinished(() => app.close());
  const stampOf = async (key: string): Promise<string> =>
    (JSON.parse((await app.inject({ url: `/p/000000000001/f/${key}/stamp` })).body) as { stamp: string }).stamp;
  return {
    stampOf,
    wait: (ms) => void (passed += ms),
    now: clock,
    async open(path, headers = {}) {
      const { statusCode, body } = await app.inject({ url: `/p/000000000001${path}`, headers });
      return { status: statusCode, text: body };
    },
    async send(path, fields, headers = {}) {
      const {
        statusCode,
        body,
        headers: answered,
      } = await app.inject({
        method: "POST",
        url: `/p/000000000001${path}`,
        headers: { "content-type": "application/x-www-form-urlencoded", ...headers },
        payload: new URLSearchParams(fields).toString(),
      });
      return { status: statusCode, text: body, location: answered.location };
    },
  };
}

/** What was asked of people by mail, oldest first. */
export const asked = async (ctx: Ctx): Promise<{ address: string; body: string; state: string }[]> =>
  (await sql<{ address: string; body: string; state: string }>`select address, body, state from sends where source = 'form' order by created_at, id`.execute(ctx.db)).rows; // prettier-ignore

/** The token of the link in a mail. */
export const tokenIn = (text: string): string => /f-confirm\/([\w.-]+)/.exec(text)?.[1] ?? "";
