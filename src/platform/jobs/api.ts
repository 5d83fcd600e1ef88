import { z } from "zod";
import { endpoint } from "#kernel/endpoint";
import type { Ctx } from "#platform/context";
import { findJob, listJobs, moveJob } from "./ledger.ts";

const byId = z.object({ id: z.uuid() });
const jobShape = z.object({
  id: z.string(), kind: z.string(), title: z.string(), state: z.enum(["queued", "running", "paused", "done", "failed", "cancelled"]),
  done: z.number(), total: z.number().nullable(), failed: z.number(), reason: z.string().nullable(),
}); // prettier-ignore

const move = (verb: "cancel" | "pause" | "resume" | "retry") =>
  endpoint({
    route: `POST /jobs/{id}/${verb}`,
    may: "jobs.manage",
    summary: `${verb[0]!.toUpperCase()}${verb.slice(1)} a job`,
    input: byId,
    output: jobShape,
    run: (ctx: Ctx, { id }) => moveJob(ctx, id, verb),
  });

export const jobsApi = {
  list: endpoint({
    route: "GET /jobs",
    may: "jobs.read",
    summary: "The newest background jobs",
    input: z.object({ limit: z.coerce.number().int().min(1).max(200).default(50) }),
    output: z.object({ items: z.array(jobShape) }),
    run: async (ctx: Ctx, { limit }) => ({ items: await listJobs(ctx, limit) }),
  }),
  get: endpoint({
    route: "GET /jobs/{id}",
    may: "jobs.read",
    summary: "A background job",
    input: byId,
    output: jobShape,
    run: (ctx: Ctx, { id }) => findJob(ctx, id),
  }),
  cancel: move("cancel"),
  pause: move("pause"),
  resume: move("resume"),
  retry: move("retry"),
};
export type JobsApi = typeof jobsApi;
