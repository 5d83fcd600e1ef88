import type { AsOf, Conflict } from "#records";
import { request } from "../../kit/client.ts";

/*
 * Words we use
 *   change set   one act of somebody on one or more records; taking it back is a change set again
 */
export interface ChangeSet {
  set_id: string;
  at: string;
  actor: { kind: string; id: string | null; name: string };
  job_id: string | null;
  reason: string | null;
  action: string;
  fields: Record<string, [unknown, unknown]> | null;
  undoes: string | null;
  undone: boolean;
}
export interface TakenBack {
  set_id: string;
  changed: number;
  conflicts: readonly (Conflict & { record_id: string })[];
}

/** Who changed what on a record of any object, newest first. */
export const historyOf = (plural: string, id: string, signal?: AbortSignal) =>
  request<{ items: readonly ChangeSet[] }>(`GET /${plural.replaceAll("_", "-")}/{id}/history`, { id }, signal);

/** Takes a change set back, or one record of it; `others` leaves what somebody changed since. */
export const takeBack = (set: string, how: { record_id?: string; others?: boolean } = {}) =>
  request<TakenBack>("POST /change-sets/{id}/undo", { id: set, ...how });

/** The record as it was at an instant. */
export const recordAsOf = (object: string, id: string, at: string, signal?: AbortSignal) =>
  request<AsOf>("GET /records/{object}/{id}/as-of", { object, id, at }, signal);
