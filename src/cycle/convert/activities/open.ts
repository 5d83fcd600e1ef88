import { sql } from "kysely";
import type { Tx } from "#platform/context";
import { createRecord, stillThere } from "#records";
import { taskType, type TaskKind } from "./task.ts";

export interface NewTask {
  /** What asks for it; the same key opens one task, ever. */
  key: string;
  kind: TaskKind;
  title: string;
  reason: string;
  contact_id?: string | null | undefined;
  account_id?: string | null | undefined;
  owner_id?: string | null | undefined;
  due_at?: Date | null | undefined;
  about?: { object: string; id: string } | undefined;
  /** The fact that asked for it. */
  caused_by?: string | null | undefined;
}

/** Opens a task once for its key and tells it; answers the task's id, the one opened before when there is one. */
export async function openTask(tx: Tx, task: NewTask): Promise<string> {
  await sql`select pg_advisory_xact_lock(hashtext(current_schema() || '/task'), hashtext(${task.key}))`.execute(tx.db);
  const { rows } = await sql<{ id: string }>`select id from tasks where key = ${task.key}`.execute(tx.db);
  if (rows[0]) return rows[0].id;
  const { about, due_at, ...values } = task;
  // What has to be done is anybody's when the colleague left, and no rule stops because of what is in the trash.
  const row = await createRecord(tx, taskType, {
    ...(await stillThere(tx, taskType.object, values)),
    title: task.title.slice(0, 200),
    reason: task.reason.slice(0, 1000),
    due_at: due_at ?? null,
    about_object: about?.object ?? null,
    about_id: about?.id ?? null,
  });
  return row.id;
}
