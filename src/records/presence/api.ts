import { z } from "zod";
import { endpoint } from "#kernel/endpoint";
import type { Ctx } from "#platform/context";
import { recordRef } from "../beside.ts";
import { bePresent, leavePage } from "./presence.ts";

const page = { page_id: z.uuid() };

export const presenceApi = {
  here: endpoint({
    route: "PUT /presence",
    may: "signed-in",
    summary: "Say every ten seconds that a page of a record is open; answers who else is there",
    internal: true,
    input: z.object({ ...recordRef, ...page, editing: z.boolean().default(false) }),
    run: async (ctx: Ctx, { page_id, editing, ...ref }) => ({ others: await bePresent(ctx, ref, { page_id, editing }) }),
  }),
  leave: endpoint({
    route: "DELETE /presence",
    may: "signed-in",
    summary: "Say that the page was closed",
    internal: true,
    input: z.object(page),
    status: 204,
    run: (ctx: Ctx, { page_id }) => leavePage(ctx, page_id),
  }),
}; // prettier-ignore
export type PresenceApi = typeof presenceApi;
