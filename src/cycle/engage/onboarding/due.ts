import { sql } from "kysely";
import type { Due } from "#kernel/due";
import type { Ctx } from "#platform/context";

interface Row {
  id: string;
  key: string;
  title: string;
  plan: string;
  who: string;
  due_at: Date | null;
  position: number;
  step_count: number;
  contact_id: string | null;
  account_id: string | null;
  owner_id: string | null;
  by_hand: boolean;
  status: "running" | "stalled";
  days: number;
}

/**
 * Our own steps that are due by the end of tomorrow, and onboardings that still stand still although somebody looked: their open task
 * says the rest, and nobody is told twice.
 */
export async function onboardingDue(ctx: Ctx, { mine }: { mine: boolean }): Promise<Due[]> {
  const now = ctx.clock();
  const { rows } = await sql<Row>`
    select o.id, s.key, s.title, o.plan, coalesce(c.name, a.name) as who, s.due_at, s.position + 1 as position, o.step_count, o.contact_id, o.account_id, o.owner_id,
           s.kind = 'manual' and s.owner = 'us' as by_hand, o.status, extract(day from ${now}::timestamptz - o.last_progress_at)::int as days
      from onboardings o join onboarding_steps s on s.onboarding_id = o.id left join contacts c on c.id = o.contact_id left join accounts a on a.id = o.account_id
     where o.deleted_at is null and s.state in ('ready', 'in_progress') and (not ${mine}::boolean or o.owner_id is null or o.owner_id = ${ctx.actor.id})
       and ((o.status in ('running', 'stalled') and s.owner = 'us' and s.kind <> 'fact' and s.due_at < ${now}::timestamptz + interval '1 day')
         or (o.status = 'stalled' and s.position + 1 = o.current_position and not exists (select from tasks t where t.about_object = 'onboarding' and t.about_id = o.id::text and t.status = 'open' and t.deleted_at is null)))
     order by s.due_at nulls last, o.id, s.position limit 200`.execute(ctx.db);
  return rows.map((row) => dueOf(row));
}

function dueOf(row: Row): Due {
  const { contact_id, account_id, owner_id } = row;
  const place = `Step ${row.position} of ${row.step_count}`;
  const to = `/onboardings/${row.id}`;
  const shared = { id: `onboarding:${row.id}:${row.key}`, stage: "engage", loses: "start", value: 0, contact_id, account_id, owner_id, due_at: row.due_at?.toISOString() ?? null } as const; // prettier-ignore
  if (!row.by_hand) return { ...shared, title: `${row.who}’s onboarding stalls`, reason: `${place} since ${row.days} days: ${row.title}`, act: { label: "help", to } }; // prettier-ignore
  const call = { endpoint: "onboardings.step", input: { id: row.id, key: row.key, act: "done" } };
  return { ...shared, title: `${row.title} for ${row.who}`, reason: `${place} of “${row.plan}”`, act: { label: "done", to, call } }; // prettier-ignore
}
