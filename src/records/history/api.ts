import { z } from "zod";
import { endpoint } from "#kernel/endpoint";
import type { Ctx } from "#platform/context";
import { checkMayTakeBack, typeFor, type May } from "./may.ts";
import { recordAsOf } from "./as-of.ts";
import { undoChangeSet } from "./take-back.ts";

/** What was changed, taken back; and what a record was on another day. */
export const historyApi = (may: May) => ({
  asOf: endpoint({
    route: "GET /records/{object}/{id}/as-of",
    may: "signed-in",
    summary: "A record as it was at an instant, and from when on its changes are known",
    input: z.object({
      object: z.string().max(60),
      id: z.uuid(),
      at: z.iso.datetime({ offset: true, error: "An instant is written 2026-11-22T10:00:00Z." }),
    }),
    run: async (ctx: Ctx, { object, id, at }) =>
      recordAsOf(ctx, await typeFor(ctx, may, object, "read"), id, new Date(at)),
  }),
  undo: endpoint({
    route: "POST /change-sets/{id}/undo",
    may: "signed-in",
    summary: "Take a change set back, or one record or some fields of it; `others` leaves what somebody changed since",
    input: z.strictObject({
      id: z.uuid(),
      record_id: z.uuid().optional(),
      fields: z.array(z.string().max(80)).min(1).max(200).optional(),
      others: z.boolean().optional(),
    }),
    run: async (ctx: Ctx, { id, ...how }) => {
      await checkMayTakeBack(ctx, may, { set_id: id });
      return undoChangeSet(ctx, id, how);
    },
  }),
});
export type HistoryApi = ReturnType<typeof historyApi>;
