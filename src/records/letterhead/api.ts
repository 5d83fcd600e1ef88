import { z } from "zod";
import { endpoint } from "#kernel/endpoint";
import type { Ctx } from "#platform/context";
import { changeLetterhead, letterheadChange, letterheadOf } from "./letterhead.ts";

export const letterheadApi = {
  get: endpoint({
    route: "GET /letterhead",
    may: "letterhead.read",
    summary: "What stands on quotes and invoices: name, address, tax number, bank line, tax rates",
    input: z.object({}),
    run: (ctx: Ctx) => letterheadOf(ctx),
  }),
  update: endpoint({
    route: "PATCH /letterhead",
    may: "letterhead.update",
    summary: "Change what stands on quotes and invoices from now on",
    input: letterheadChange.extend({ version: z.number("Send If-Match with the version you saw.").int() }),
    run: (ctx: Ctx, { version, ...change }) => changeLetterhead(ctx, version, change),
  }),
};
export type LetterheadApi = typeof letterheadApi;
