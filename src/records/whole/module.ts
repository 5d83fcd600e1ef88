import { endpoint } from "#kernel/endpoint";
import { z } from "zod";
import type { Ctx } from "#platform/context";
import { restoreJob } from "./job.ts";
import { restoreRoute } from "./route.ts";
import { workspaceFile } from "./take-out.ts";

export const wholeApi = {
  export: endpoint({
    route: "GET /workspace/export",
    may: "workspace.export",
    summary:
      "The whole workspace as one file, for a move or to keep; without passwords, keys and the bytes of attached files",
    input: z.object({}),
    run: (ctx: Ctx) => workspaceFile(ctx),
  }),
};
export type WholeApi = typeof wholeApi;

/** A workspace as one file: taken out, and brought back into an empty one. Only owners may. */
export default {
  name: "whole",
  apis: { whole: wholeApi },
  permissions: { "workspace.export": [], "workspace.restore": [] } as const,
  jobs: [restoreJob],
  routes: restoreRoute,
};
