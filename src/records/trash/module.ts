import "./beside.ts";
import { trashApi } from "./api.ts";
import { lookIntoTrash, purgeAt, purgeJob } from "./job.ts";

/** The trash of all objects: how long it keeps things, and what becomes of them then. */
export default {
  name: "trash",
  apis: { trash: trashApi },
  permissions: { "trash.read": ["admin", "manager", "agent", "viewer"], "trash.purge": ["admin"] },
  jobs: [purgeJob],
  timers: [{ name: "trash", run: lookIntoTrash, nextAt: purgeAt }],
} as const;
