import { sql } from "kysely";
import type { Ctx } from "#platform/context";
import type { Ask } from "#platform/pages";
import { caseUrl } from "./mail.ts";
import { casePages } from "./page.ts";

/** Monday 12 January 2026, at that time in Berlin, some days later. */
export const monday = (clock: string, days = 0): Date => new Date(Date.parse(`2026-01-12T${clock}:00+01:00`) + days * 86_400_000); // prettier-ignore
export const at = (ctx: Ctx, now: Date): Ctx => ({ ...ctx, clock: () => now });

export const targetsOf = async (ctx: Ctx, id: string) =>
  (await sql<{ kind: string; outcome: string | null; late_by: number | null; due_at: Date | null }>`
    select kind, outcome, late_by, due_at from case_targets where case_id = ${id} order by started_at, kind`.execute(ctx.db)).rows; // prettier-ignore
export const outcomes = async (ctx: Ctx, id: string): Promise<string[]> =>
  (await targetsOf(ctx, id)).map((t) => `${t.kind} ${t.outcome ?? "runs"}${t.late_by ? ` ${t.late_by / 60} min late` : ""}`); // prettier-ignore
export const factsOf = async (ctx: Ctx, id: string) =>
  (await sql<{ id: string; name: string; occurred_at: Date; caused_by: string | null; actor_name: string }>`
    select id, name, occurred_at, caused_by, actor_name from facts where payload ->> 'case_id' = ${id} and id not in (select fact_id from fact_withdrawals) order by occurred_at, id`.execute(ctx.db)).rows; // prettier-ignore

const plain: Omit<Ask, "params" | "form" | "method"> = {
  query: {}, url: "/", ip: "203.0.113.9", userAgent: "", referrer: "", origin: "", headers: {},
}; // prettier-ignore

export const tokenOf = (ctx: Ctx, c: { id: string; contact_id: string }): string => caseUrl(ctx, c).split("/").at(-1)!;
export const see = async (ctx: Ctx, token: string): Promise<string> => {
  const shown = await casePages[0]!.run(ctx, { ...plain, params: { token }, form: {}, method: "GET" });
  return (shown as { body: { html: string } }).body.html;
};
export const write = async (ctx: Ctx, token: string, form: Record<string, string[]>): Promise<string> =>
  ((await casePages[1]!.run(ctx, { ...plain, params: { token }, form, method: "POST" })) as { redirect: string }).redirect; // prettier-ignore
