import { sql } from "kysely";
import { z } from "zod";
import { Refused } from "#kernel/refusal";
import type { Ctx } from "#platform/context";
import { caseTypes, priorities, type CaseType, type Priority } from "./words.ts";

/*
 * Words we use
 *   policy     who is promised what: cases of these priorities and types get these targets, counted by this clock; the first that fits holds
 *   clock      business: only open hours count; elapsed: every minute counts
 *   promises   all policies of one version
 */
const minutes = z.int("Whole minutes.").min(1, "At least a minute.").max(525_600, "At most a year.").nullable();
export const policySchema = z
  .strictObject({
    name: z.string().trim().min(1, "This is required.").max(80),
    /** Of all priorities or types when empty. */
    priorities: z.array(z.enum(priorities)).max(priorities.length),
    types: z.array(z.enum(caseTypes)).max(caseTypes.length),
    clock: z.enum(["business", "elapsed"]),
    /** Minutes; null promises nothing. */
    first_response: minutes,
    next_response: minutes,
    resolution: minutes,
    /** Whether the resolution's clock stands while we wait for the customer. */
    pause_waiting: z.boolean(),
  })
  .refine((p) => p.first_response !== null || p.next_response !== null || p.resolution !== null, {
    message: "It promises nothing.",
    path: ["first_response"],
  });
export type Policy = z.output<typeof policySchema>;

export const promisesSchema = z.strictObject({
  policies: z.array(policySchema).max(30),
  reopen_days: z.int().min(0).max(365),
});
export interface Promises extends z.output<typeof promisesSchema> {
  version: number;
}

const hours = (name: string, priority: Priority, first: number, next: number, resolution: number): Policy => ({
  name,
  priorities: [priority],
  types: [],
  clock: "business",
  first_response: first * 60,
  next_response: next * 60,
  resolution: resolution * 60,
  pause_waiting: true,
});

/** What is promised until somebody says otherwise: hours of business. */
export const usualPromises: Promises = {
  version: 0,
  policies: [
    hours("Urgent", "urgent", 1, 2, 8),
    hours("High", "high", 2, 4, 16),
    hours("Normal", "normal", 4, 8, 40),
    hours("Low", "low", 8, 16, 80),
  ],
  reopen_days: 14,
};

/** What is promised now. */
export async function promisesOf(ctx: Ctx): Promise<Promises> {
  const { rows } = await sql<Promises>`
    select version, policies, reopen_days from sla_policies order by version desc limit 1`.execute(ctx.db);
  return rows[0] ?? usualPromises;
}

/** What was promised by that version. */
export async function promisesAt(ctx: Ctx, version: number): Promise<Promises> {
  const { rows } = await sql<Promises>`
    select version, policies, reopen_days from sla_policies where version = ${version}`.execute(ctx.db);
  return rows[0] ?? usualPromises;
}

/** The first policy that fits; null when nothing is promised to such a case. */
export const policyFor = (promises: Promises, what: { priority: Priority; type: CaseType }): Policy | null =>
  promises.policies.find(
    (p) =>
      (p.priorities.length === 0 || p.priorities.includes(what.priority)) &&
      (p.types.length === 0 || p.types.includes(what.type)),
  ) ?? null;

/** Keeps new promises as the version after the one the caller saw; cases that run keep theirs. */
export async function changePromises(ctx: Ctx, seen: number, promises: Omit<Promises, "version">): Promise<Promises> {
  const { rows } = await sql<Promises>`
    insert into sla_policies (version, policies, reopen_days, created_by, created_at)
    select ${seen + 1}, ${JSON.stringify(promises.policies)}::jsonb, ${promises.reopen_days}, ${ctx.actor.name}, ${ctx.clock()}
     where ${seen} = coalesce((select max(version) from sla_policies), 0)
        on conflict (version) do nothing
    returning version, policies, reopen_days`.execute(ctx.db);
  if (!rows[0]) throw new Refused("stale", "sla.stale", "Somebody changed the service targets since you opened them.");
  return rows[0];
}

/** Writes the usual promises down at the first start. */
export async function seedPromises(ctx: Ctx): Promise<void> {
  const { policies, reopen_days } = usualPromises;
  await sql`
    insert into sla_policies (version, policies, reopen_days, created_by, created_at)
    values (1, ${JSON.stringify(policies)}::jsonb, ${reopen_days}, 'Rondo', ${ctx.clock()}) on conflict do nothing`.execute(
    ctx.db,
  );
}
