import pino from "pino";
import type { Ctx, Workspace } from "#platform/context";
import { workOnce } from "#platform/jobs";
import { openDatabase } from "#platform/postgres";
import "#customers";
import { bulkJob } from "./bulk.ts";
import { takeBackJob } from "./take-back.ts";

// A worker of bulk jobs, to be killed.
const [url = "", told = "{}"] = process.argv.slice(2);
const workspace = JSON.parse(told) as Workspace;
const database = openDatabase(url);
const ctx = {
  db: database.workspace(workspace.schema), control: database.control, workspace, outside: {}, role: "owner", access: "above",
  actor: { kind: "system", id: null, name: "Rondo" }, clock: () => new Date(),
} as unknown as Ctx; // prettier-ignore
while (await workOnce(ctx, [bulkJob, takeBackJob], pino({ level: "silent" })));
await database.close();
