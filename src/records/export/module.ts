import { z } from "zod";
import { endpoint } from "#kernel/endpoint";
import type { Ctx } from "#platform/context";
import "./csv.ts";
import "./xlsx.ts";
import { exportEndpoints } from "./endpoints.ts";
import { exportedFile, exportGoesAt, exportJob, sweepExports } from "./job.ts";

const file = endpoint({
  route: "GET /exports/{id}/file",
  may: "exports.read",
  summary: "The file that an export job wrote, for whoever asked for it",
  input: z.object({ id: z.uuid() }),
  run: (ctx: Ctx, { id }) => exportedFile(ctx, id),
});

/** Records leave as files. */
export default {
  name: "exports",
  /** Asked for when every module has described its objects. */
  get apis() {
    return { exports: { file, ...exportEndpoints() } };
  },
  permissions: { "exports.read": ["admin", "manager", "agent"] } as const,
  jobs: [exportJob],
  timers: [{ name: "kept exports", run: sweepExports, nextAt: exportGoesAt }],
};
