import type { Tx } from "#platform/context";
import type { Job } from "#platform/jobs";
import { notify } from "./notify.ts";

/** Tells whoever started a job that it has ended, and how. */
export async function notifyOfJob(tx: Tx, job: Job, end: { state: string; reason?: string | undefined }): Promise<void> {
  if (job.actor.kind !== "user" || !job.actor.id) return;
  const imported = typeof job.input.import_id === "string" ? `/import/${job.input.import_id}` : null;
  const system = { kind: "system", id: null, name: "Rondo" } as const;
  const text = end.state === "done" ? "done" : (end.reason ?? end.state);
  await notify({ ...tx, actor: system }, { users: [job.actor.id], kind: "job_ended", key: `job:${job.id}:${job.lease}`, title: job.title, text, path: imported ?? "/notifications" });
} // prettier-ignore
