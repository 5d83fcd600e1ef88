export { task, taskType, taskKinds, type TaskKind } from "./task.ts";
export { openTask, type NewTask } from "./open.ts";
export { closeTasks, finishTask, reopenTask } from "./finish.ts";
export { writeNote } from "./note.ts";
export { logCall, type Entry, type CallOutcome } from "./told.ts";
export { writeMail } from "./mail.ts";
export { forgetActivitiesOf } from "./forget.ts";
export type { TasksApi, NotesApi, CallsApi, MailsApi } from "./api.ts";
