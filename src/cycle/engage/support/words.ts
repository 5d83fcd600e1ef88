import { sql } from "kysely";
import { notFound } from "#kernel/refusal";
import type { Tx } from "#platform/context";

/*
 * Words we use
 *   case      something a customer wants settled: a question, a problem, a complaint, a request; one conversation with its clocks
 *   open      we have to do something
 *   waiting   the customer has to do something
 *   resolved  settled; goes on when the customer writes within the days of the policy
 *   closed    settled for good, or dismissed: spam, a duplicate, out of scope, opened by mistake
 *   target    what is promised: a first response, the next one, the resolution, each within some time
 */
export const caseTypes = ["question", "problem", "complaint", "request"] as const;
export type CaseType = (typeof caseTypes)[number];
export const priorities = ["low", "normal", "high", "urgent"] as const;
export type Priority = (typeof priorities)[number];
export const dismissals = ["spam", "duplicate", "out_of_scope", "mistake"] as const;
export type Dismissal = (typeof dismissals)[number];
export type CaseStatus = "open" | "waiting" | "resolved" | "closed";
export const targetKinds = ["first_response", "next_response", "resolution"] as const;
export type TargetKind = (typeof targetKinds)[number];

/** A case as commands hold it. */
export interface CaseRow {
  id: string;
  number: string;
  subject: string;
  type: CaseType;
  priority: Priority;
  status: CaseStatus;
  contact_id: string | null;
  account_id: string | null;
  owner_id: string | null;
  product_id: string | null;
  order_id: string | null;
  reason_id: string | null;
  policy_version: number;
  calendar_version: number;
  first_reply_at: Date | null;
  waiting_since: Date | null;
  resolved_at: Date | null;
  reopen_until: Date | null;
  closed_at: Date | null;
  dismissed_as: Dismissal | null;
  opened_fact: string | null;
  asked_fact: string | null;
  created_at: Date;
  version: number;
}

/** The case, locked until the transaction ends. */
export async function holdCase(tx: Tx, id: string): Promise<CaseRow> {
  const { rows } = await sql<CaseRow>`select * from cases where id = ${id} and deleted_at is null for update`.execute(tx.db); // prettier-ignore
  if (!rows[0]) throw notFound("case");
  return rows[0];
}
