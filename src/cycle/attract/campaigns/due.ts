import { sql } from "kysely";
import type { Due } from "#kernel/due";
import type { Ctx } from "#platform/context";

interface Waiting {
  id: string;
  name: string;
  note: string | null;
  state: string;
  owner_id: string | null;
  unknown: number;
}

/** Campaigns that wait for a person: paused by a refusing server, not started in time, or with mails in doubt. */
export async function campaignsDue(ctx: Ctx, { mine }: { mine: boolean }): Promise<Due[]> {
  const { rows } = await sql<Waiting>`
    select * from (
      select c.id, c.name, c.note, c.state, c.owner_id, c.updated_at,
             (select count(*) from sends s where s.source = 'campaign' and s.source_id = c.id and s.state = 'unknown')::int as unknown
        from campaigns c
       where c.deleted_at is null and c.state <> 'cancelled' and (not ${mine}::boolean or c.owner_id is null or c.owner_id = ${ctx.actor.id}::uuid)) c
     where unknown > 0 or note is not null order by updated_at desc limit 50`.execute(ctx.db);
  return rows.map((c) => ({
    id: `campaign:${c.id}`,
    stage: "attract",
    loses: "promise",
    title: c.note ? `Look at the campaign ${c.name}` : `Decide about mails of ${c.name} in doubt`,
    reason: c.note ?? `${c.unknown} may or may not have arrived`,
    due_at: null,
    value: 0,
    contact_id: null,
    account_id: null,
    owner_id: c.owner_id,
    act: { label: "look", to: `/campaigns/${c.id}` },
  }));
}
