import { sql } from "kysely";
import { DateTime } from "luxon";
import { notFound } from "#kernel/refusal";
import type { Ctx } from "#platform/context";
import { findRecord } from "#records";
import { countSends, pauseOf, type SendCount } from "#attract/channels";
import { campaign, type CampaignState } from "./campaign.ts";
import type { Problem } from "./letter/lint.ts";

export interface CampaignTold {
  id: string;
  version: number;
  name: string;
  subject: string | null;
  preheader: string | null;
  segment_id: string | null;
  segment: { id: string; title: string } | null;
  body: string;
  problems: Problem[];
  ready: boolean;
  from_name: string | null;
  from_address: string | null;
  reply_to: string | null;
  tracked: boolean;
  cost: number | null;
  state: CampaignState;
  note: string | null;
  send_at: Date | null;
  /** Wall-clock time in the company's zone, as the editor shows it. */
  send_at_local: string | null;
  started_at: Date | null;
  finished_at: Date | null;
  member_count: number | null;
  without_consent: number | null;
  planned_count: number;
  owner_id: string | null;
  updated_at: Date;
  deleted_at: Date | null;
  /** Where its mails stand; their sum is `planned_count`. */
  counts: SendCount[];
  pause: string | null;
  /** What fields of the company's own hold, and the names of what they point to. */
  custom: Record<string, unknown>;
  custom_links?: Record<string, unknown>;
}

/** One campaign with its mail and how far it is. */
export async function findCampaign(ctx: Ctx, id: string): Promise<CampaignTold> {
  const { rows } = await sql<Omit<CampaignTold, "counts" | "pause" | "send_at_local" | "custom" | "custom_links">>`
    select c.id, c.version, c.name, c.subject, c.preheader, c.segment_id, (select json_build_object('id', s.id, 'title', s.name) from segments s where s.id = c.segment_id) as segment,
           c.body, c.problems, c.html is not null as ready, c.from_name, c.from_address, c.reply_to, c.tracked, c.cost, c.state, c.note, c.send_at, c.started_at, c.finished_at,
           c.member_count, c.without_consent, c.planned_count, c.owner_id, c.updated_at, c.deleted_at
      from campaigns c where c.id = ${id}`.execute(ctx.db);
  const found = rows[0];
  if (!found) throw notFound("campaign");
  const source = { source: "campaign", source_id: id };
  const own = JSON.parse((await findRecord(ctx, campaign, id)).json) as Pick<CampaignTold, "custom" | "custom_links">;
  const local =
    found.send_at &&
    DateTime.fromJSDate(found.send_at, { zone: ctx.workspace.time_zone }).toFormat("yyyy-MM-dd'T'HH:mm");
  return {
    ...found,
    custom: own.custom,
    ...(own.custom_links ? { custom_links: own.custom_links } : {}),
    send_at_local: local,
    counts: await countSends(ctx, source),
    pause: (await pauseOf(ctx, source))?.reason ?? null,
  };
}
