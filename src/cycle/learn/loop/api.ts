import { z } from "zod";
import { conditionSchema } from "#kernel/condition";
import { endpoint } from "#kernel/endpoint";
import type { Ctx } from "#platform/context";
import { jsonParam } from "#records";
import { loopOf } from "./loop.ts";
import { putOff } from "./put-off.ts";
import { cycle, stageOf } from "./stages.ts";
import { setTarget, targetHistory } from "./targets.ts";
import { recommendAgain } from "./turn-down.ts";

const instant = z.iso.datetime({ offset: true, error: "An instant is written 2026-11-22T10:00:00Z." }).transform((v) => new Date(v)); // prettier-ignore
const key = z.string().min(1).max(130);
const dayMs = 86_400_000;

export const loopApi = {
  get: endpoint({
    route: "GET /loop",
    may: "contacts.read",
    summary: "The ring of a period with the company's targets, its weakest links by rate and by money, and the figures of the loop; 90 days up to now unless said",
    input: z.object({
      lens: z.string().max(60).optional(),
      from: instant.optional(),
      until: instant.optional(),
      cohort: jsonParam(conditionSchema).optional(),
      subject: z.enum(["contact", "account"]).default("contact"),
    }),
    run: (ctx: Ctx, { from, until = ctx.clock(), ...asked }) =>
      loopOf(ctx, { ...asked, until, from: from ?? new Date(until.getTime() - 90 * dayMs) }),
  }),
  setTarget: endpoint({
    route: "PUT /loop/targets",
    may: "loop.update",
    summary: "Say what is wanted of a link of the ring: the share that moves on, and in how many days at most; nulls take the target away",
    input: z.object({
      lens: key,
      link: key,
      rate: z.number().gt(0, "A target lies above 0 and is at most 1.").max(1, "A target lies above 0 and is at most 1.").nullable(),
      days: z.int().min(1).max(3650).nullable(),
      version: z.int("Send the version of the target you saw, 0 where there was none.").min(0),
    }),
    run: async (ctx: Ctx, asked) => ({ version: await setTarget(ctx, asked) }),
  }),
  history: endpoint({
    route: "GET /loop/targets",
    may: "contacts.read",
    summary: "Every target a link of the ring had, newest first",
    input: z.object({ lens: key, link: key }),
    run: async (ctx: Ctx, { lens, link }) => ({ items: await targetHistory(ctx, lens, link) }),
  }),
  stage: endpoint({
    route: "GET /stages/{stage}",
    may: "contacts.read",
    summary: "How a stage of the cycle does: what it is measured by, week by week",
    input: z.object({ stage: z.enum(cycle) }),
    run: (ctx: Ctx, { stage }) => stageOf(ctx, stage),
  }),
  putOff: endpoint({
    route: "POST /my-day/put-off",
    may: "signed-in",
    summary: "Put off what is due: it comes back to this person at that instant; an instant that passed brings it back now",
    input: z.object({ id: z.string().min(1).max(200), until: instant }),
    status: 204,
    run: (ctx: Ctx, { id, until }) => putOff(ctx, id, until),
  }),
  recommendAgain: endpoint({
    route: "POST /my-day/recommend-again",
    may: "contacts.update",
    summary: "Take back a “not this”: what this person turned down is due to them again",
    input: z.object({ id: z.string().min(1).max(200) }),
    status: 204,
    run: (ctx: Ctx, { id }) => recommendAgain(ctx, id),
  }),
}; // prettier-ignore
export type LoopApi = typeof loopApi;
