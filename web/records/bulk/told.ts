import type { BulkAct } from "#records";
import type { Condition } from "#kernel/condition";
import { request } from "../../kit/client.ts";

/** The selected records, or all that a view shows. */
export type Whom = { ids: readonly string[] } | { filter?: Condition | undefined; q?: string | undefined };

/** Starts a bulk act; answers the job. */
export const startBulk = (object: string, act: BulkAct, whom: Whom) =>
  request<{ job_id: string }>("POST /records/bulk", { object, act, whom });
