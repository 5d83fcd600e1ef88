import { z } from "zod";
import { endpoint } from "#kernel/endpoint";
import type { Ctx } from "#platform/context";
import { calendarSchema } from "./calendar.ts";
import { calendarOf, changeCalendar } from "./keep.ts";

const shown = calendarSchema.extend({ version: z.int() });

export const calendarApi = {
  get: endpoint({
    route: "GET /calendar",
    may: "calendar.read",
    summary: "The company's business hours and holidays",
    input: z.object({}),
    output: shown,
    run: (ctx: Ctx) => calendarOf(ctx),
  }),
  change: endpoint({
    route: "PUT /calendar",
    may: "calendar.manage",
    summary: "Change business hours and holidays; clocks that run keep theirs",
    input: calendarSchema.extend({ version: z.int("Send the version you saw.").min(0) }),
    output: shown,
    run: (ctx: Ctx, { version, ...hours }) => changeCalendar(ctx, version, hours),
  }),
};
