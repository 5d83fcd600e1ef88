import { sql } from "kysely";
import { findRecord } from "#records";
import type { Ctx } from "#platform/context";
import type { RawJson } from "#kernel/endpoint";
import { lead } from "./lead.ts";
import { scoreTold, type ScoreTold } from "./score/told.ts";

export interface LeadAround {
  score: ScoreTold;
  /** Other episodes of the same person, newest first. */
  episodes: { id: string; status: string; source: string; asked_at: Date; closed_at: Date | null; reason: string | null; opportunity_id: string | null }[];
  /** How they can be reached. */
  contact: { id: string; name: string; email: string | null; phone: string | null };
  /** Whether the last move can be taken back. */
  can_take_back: boolean;
  opportunity: { id: string; name: string } | null;
} // prettier-ignore

/** One lead as its record. */
export const findLead = (ctx: Ctx, id: string): Promise<RawJson<Record<string, unknown>>> => findRecord(ctx, lead, id);

/** What stands around a lead: its score with reasons, earlier episodes, how to reach the person. */
export async function aroundLead(ctx: Ctx, id: string): Promise<LeadAround> {
  await findRecord(ctx, lead, id);
  const { rows: episodes } = await sql<LeadAround["episodes"][number]>`
    select o.id, o.status, o.source, o.asked_at, o.closed_at, o.unqualified_reason as reason, o.opportunity_id
      from leads l join leads o on o.contact_id = l.contact_id and o.id <> l.id and o.deleted_at is null where l.id = ${id} order by o.asked_at desc limit 20`.execute(
    ctx.db,
  );
  const { rows } = await sql<
    LeadAround["contact"] & { can_take_back: boolean; opportunity: LeadAround["opportunity"] }
  >`
    select c.id, c.name, c.email, c.phone, l.undo is not null and l.converted_at is null and l.undo ->> 'to' = l.status as can_take_back,
           (select json_build_object('id', o.id, 'name', o.name) from opportunities o where o.id = l.opportunity_id) as opportunity
      from leads l join contacts c on c.id = l.contact_id where l.id = ${id}`.execute(ctx.db);
  const { can_take_back, opportunity, ...contact } = rows[0]!;
  return { score: await scoreTold(ctx, id), episodes, contact, can_take_back, opportunity };
}

export interface LeadTally {
  unanswered: number;
  late: number;
  open: number;
}

/** How many leads wait for an answer, how many of them too long, and how many are open in all. */
export async function tallyOf(ctx: Ctx): Promise<LeadTally> {
  const { rows } = await sql<LeadTally>`
    select count(*) filter (where status = 'open' and responded_at is null)::int as unanswered,
           count(*) filter (where status = 'open' and responded_at is null and first_response_due < ${ctx.clock()})::int as late,
           count(*)::int as open
      from leads where status <> 'disqualified' and converted_at is null and deleted_at is null`.execute(ctx.db);
  return rows[0]!;
}
