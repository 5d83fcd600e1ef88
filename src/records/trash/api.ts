import { z } from "zod";
import { endpoint } from "#kernel/endpoint";
import { invalid, Refused } from "#kernel/refusal";
import type { Ctx } from "#platform/context";
import { withinReach } from "../access/index.ts";
import { requirePermission } from "../beside.ts";
import type { ObjectDescription } from "../object.ts";
import { purgeByHand } from "./job.ts";
import { heldOf, purgedObjects } from "./purge.ts";
import { changeTrash, keepAtMost, trashSettings, wouldGo } from "./settings.ts";

const days = z.coerce.number().int().min(1, "At least one day.").max(keepAtMost, `At most ${keepAtMost} days.`);
const object = z.string().max(80);

async function trashOf(ctx: Ctx, name: string): Promise<ObjectDescription> {
  const found = (await purgedObjects(ctx)).find((o) => o.name === name || o.plural === name);
  if (!found) throw invalid("object", "There is no such object, or its trash is not emptied.");
  requirePermission(ctx, `${found.plural}.read`);
  return found;
}

export const trashApi = {
  get: endpoint({
    route: "GET /trash",
    may: "trash.read",
    summary: "How long the trash keeps things, and how many records would go for good; for other days with `days`",
    input: z.object({ days: days.optional() }),
    output: z.object({ keep_days: z.int(), version: z.int(), would_go: z.int() }),
    run: async (ctx: Ctx, input) => {
      const settings = await trashSettings(ctx);
      return { ...settings, would_go: await wouldGo(ctx, input.days ?? settings.keep_days) };
    },
  }),
  update: endpoint({
    route: "PATCH /trash",
    may: "trash.purge",
    summary: "Let the trash keep things for so many days",
    input: z.strictObject({ keep_days: days, version: z.number("Send If-Match with the version you saw.").int() }),
    output: z.object({ keep_days: z.int(), version: z.int() }),
    run: (ctx: Ctx, { keep_days, version }) => changeTrash(ctx, version, keep_days),
  }),
  kept: endpoint({
    route: "GET /trash/kept",
    may: "trash.read",
    summary: "For how many days a trash keeps things, and what holds records of it beyond that",
    input: z.object({
      object,
      ids: z.string().max(8000).transform((v) => v.split(",").filter(Boolean)).pipe(z.array(z.uuid()).max(200)).optional(),
    }), // prettier-ignore
    output: z.object({
      keep_days: z.int(),
      items: z.array(z.object({ id: z.uuid(), by: z.string(), count: z.int() })),
    }),
    run: async (ctx: Ctx, { object: name, ids = [] }) => {
      const described = await trashOf(ctx, name);
      const seen = await withinReach(ctx, described, ids);
      return { keep_days: (await trashSettings(ctx)).keep_days, items: await heldOf(ctx, described.name, [...seen]) };
    },
  }),
  purge: endpoint({
    route: "POST /trash/purge",
    may: "trash.purge",
    summary: "Delete records of the trash for good, as a job; `confirm` is how many, as the person typed it",
    input: z.strictObject({ object, ids: z.array(z.uuid()).min(1).max(10_000).optional(), confirm: z.int().min(0) }),
    output: z.object({ job_id: z.uuid() }),
    status: 202,
    run: async (ctx: Ctx, { object: name, ids, confirm }) => {
      if (ctx.actor.kind !== "user" && ctx.actor.kind !== "key")
        throw new Refused("forbidden", "not-allowed", "Only a person deletes for good.");
      return { job_id: await purgeByHand(ctx, await trashOf(ctx, name), ids, confirm) };
    },
  }),
};
export type TrashApi = typeof trashApi;
