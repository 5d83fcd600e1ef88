import { z } from "zod";
import { endpoint } from "#kernel/endpoint";
import type { Ctx } from "#platform/context";
import { loadSample, wipeSample } from "./order.ts";
import { stateOf } from "./sample.ts";

const nothing = z.object({});
const started = z.object({ job_id: z.uuid() });

export const demoApi = {
  status: endpoint({
    route: "GET /demo",
    may: "demo.manage",
    summary: "Whether the sample company is here",
    input: nothing,
    output: z.object({
      state: z.enum(["absent", "loading", "loaded", "wiping"]),
      job_id: z.uuid().optional(),
      customers: z.number(),
    }),
    run: (ctx: Ctx) => stateOf(ctx),
  }),
  load: endpoint({
    route: "POST /demo/load",
    may: "demo.manage",
    summary: "Load the sample company, as a job",
    status: 202,
    input: nothing,
    output: started,
    run: (ctx: Ctx) => loadSample(ctx),
  }),
  wipe: endpoint({
    route: "POST /demo/wipe",
    may: "demo.manage",
    summary: "Take the sample company away, as a job",
    status: 202,
    input: nothing,
    output: started,
    run: (ctx: Ctx) => wipeSample(ctx),
  }),
};
