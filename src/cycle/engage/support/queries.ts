import { sql } from "kysely";
import { notFound } from "#kernel/refusal";
import type { Ctx } from "#platform/context";
import { inReach } from "#records";
import { caseType } from "./case.ts";
import { caseUrl } from "./mail.ts";
import type { CaseStatus, TargetKind } from "./words.ts";

export interface MessageShown {
  id: string;
  kind: "public" | "note" | "auto";
  inbound: boolean;
  author_id: string | null;
  author_name: string;
  body: string;
  to_address: string | null;
  held: string | null;
  at: Date;
}

export interface TargetShown {
  id: string;
  kind: TargetKind;
  policy: string;
  clock: "business" | "elapsed";
  seconds: number;
  started_at: Date;
  due_at: Date | null;
  ended_at: Date | null;
  outcome: "met" | "missed" | "cancelled" | null;
  late_by: number | null;
}

export interface OtherCase {
  id: string;
  number: string;
  subject: string;
  status: CaseStatus;
  created_at: Date;
  due_at: Date | null;
}

export interface CaseStory {
  messages: MessageShown[];
  targets: TargetShown[];
  /** Since when the clock of the resolution stands; null while it runs. */
  paused_since: Date | null;
  others: OtherCase[];
  /** The customer's own page; null when the case has no contact. */
  link: string | null;
  reopen_until: Date | null;
  dismissed_as: string | null;
}

/** What a public conversation consists of; our notes stay in the house. */
export async function messagesOf(ctx: Ctx, id: string, only?: "public"): Promise<MessageShown[]> {
  const { rows } = await sql<MessageShown>`
    select id, kind, inbound, author_id, author_name, body, to_address, held, at from case_messages
     where case_id = ${id} and (${only ?? null}::text is null or kind <> 'note') order by at, id limit 2000`.execute(ctx.db);
  return rows;
} // prettier-ignore

/** Everything a case's page shows beside its fields. */
export async function storyOf(ctx: Ctx, id: string): Promise<CaseStory> {
  const { rows } = await sql<{ contact_id: string | null; reopen_until: Date | null; dismissed_as: string | null }>`
    select contact_id, reopen_until, dismissed_as from cases where id = ${id} and deleted_at is null`.execute(ctx.db);
  const c = rows[0];
  if (!c) throw notFound("case");
  const { rows: targets } = await sql<TargetShown>`
    select id, kind, policy, clock, seconds, started_at, due_at, ended_at, outcome, late_by from case_targets where case_id = ${id} order by started_at, kind`.execute(
    ctx.db,
  );
  const { rows: paused } = await sql<{ from_at: Date }>`
    select from_at from case_pauses where case_id = ${id} and until_at is null and why = 'waiting'`.execute(ctx.db);
  return {
    messages: await messagesOf(ctx, id),
    targets,
    paused_since: paused[0]?.from_at ?? null,
    others: c.contact_id ? (await casesOf(ctx, { contact_id: c.contact_id })).filter((o) => o.id !== id) : [],
    link: c.contact_id ? caseUrl(ctx, { id, contact_id: c.contact_id }) : null,
    reopen_until: c.reopen_until,
    dismissed_as: c.dismissed_as,
  };
}

/** Cases of a customer, the unresolved first, then the newest; at most 20. */
export async function casesOf(ctx: Ctx, of: { contact_id?: string | undefined; account_id?: string | undefined }): Promise<OtherCase[]> {
  const { rows } = await sql<OtherCase>`
    select id, number, subject, status, created_at, due_at from cases
     where deleted_at is null and (contact_id = ${of.contact_id ?? null} or account_id = ${of.account_id ?? null}) and ${inReach(ctx, caseType.object, "cases")}
     order by status in ('resolved', 'closed'), created_at desc, id desc limit 20`.execute(ctx.db);
  return rows;
} // prettier-ignore
