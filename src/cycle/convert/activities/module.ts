import "./merge.ts";
import "./search.ts";
import "./purge.ts";
import type { Role } from "#platform/context";
import { callsApi, mailsApi, notesApi, tasksApi } from "./api.ts";
import { tasksDue } from "./due.ts";
import { tasksOpen } from "./open-with.ts";
import { remind, remindAt } from "./remind.ts";

const everybody: readonly Role[] = ["admin", "manager", "agent", "viewer"];
const workers: readonly Role[] = ["admin", "manager", "agent"];

export default {
  name: "activities",
  apis: { tasks: tasksApi, notes: notesApi, calls: callsApi, mails: mailsApi },
  permissions: {
    "tasks.read": everybody,
    "tasks.create": workers,
    "tasks.update": workers,
    "tasks.delete": workers,
    "notes.read": everybody,
    "notes.create": workers,
  },
  timers: [{ name: "reminders of tasks", run: remind, nextAt: remindAt }],
  due: tasksDue,
  open: tasksOpen,
};
