import { sql } from "kysely";
import type { Due } from "#kernel/due";
import { dayIn } from "#convert/catalog";
import type { Ctx } from "#platform/context";
import { wordsFor } from "#timeline";

interface Waiting {
  id: string;
  name: string;
  who: string | null;
  contact_id: string | null;
  account_id: string | null;
  owner_id: string | null;
  amount: number;
  currency: string;
  base_amount: number;
  stage: string;
  target_days: number | null;
  expected_close: string | null;
  next_step: string | null;
  next_step_at: string | null;
  why: "close" | "step" | "cold";
  /** When it went cold, or will. */
  cold_at: Date;
  /** Days since the last step. */
  silent: number;
}

// Where a stage says nothing, a deal goes cold after so many days.
const coldDays = 14;
const most = 200;

/** Deals that need somebody: a step planned for today or before, an expected close that passed, and those going cold. */
export async function dueOpportunities(ctx: Ctx, { mine }: { mine: boolean }): Promise<Due[]> {
  const [now, today] = [ctx.clock(), dayIn(ctx, ctx.clock())];
  const { rows } = await sql<Waiting>`
    select * from (
      select o.id, o.name, coalesce(a.name, c.name) as who, o.contact_id, o.account_id, o.owner_id, o.amount, o.currency, o.base_amount, s.name as stage, s.target_days,
             o.expected_close, o.next_step, o.next_step_at, floor(extract(epoch from (${now}::timestamptz - o.touched_at)) / 86400)::int as silent, o.touched_at + make_interval(days => coalesce(s.rotting_days, ${coldDays})) as cold_at,
             case when o.next_step_at <= ${today}::date then 'step' when o.expected_close < ${today}::date then 'close'
                  when (o.next_step_at is null) and o.touched_at < ${now}::timestamptz - make_interval(days => coalesce(s.rotting_days, ${coldDays})) then 'cold' end as why
        from opportunities o join pipeline_stages s on s.id = o.stage_id left join contacts c on c.id = o.contact_id left join accounts a on a.id = o.account_id
       where o.status = 'open' and o.deleted_at is null and (not ${mine}::boolean or o.owner_id is null or o.owner_id = ${ctx.actor.id}::uuid)) w
     where why is not null order by base_amount desc, id limit ${most}`.execute(ctx.db);
  const words = wordsFor(ctx.workspace.locale);
  return rows.map((w): Due => {
    const worth = `${words.money(w.amount, w.currency)}, ${w.stage}`;
    return {
      id: `opportunity:${w.id}`,
      stage: "convert",
      loses: "deal",
      title: titleOf(w),
      reason: w.why === "cold" && w.target_days ? `${worth} · target time in stage ${w.target_days} days` : worth,
      due_at: w.why === "cold" ? w.cold_at.toISOString() : new Date(`${(w.why === "step" ? w.next_step_at : w.expected_close)!}T00:00:00Z`).toISOString(),
      value: w.base_amount,
      contact_id: w.contact_id,
      account_id: w.account_id,
      owner_id: w.owner_id,
      act: { label: "follow up", to: `/opportunities/${w.id}` },
    };
  });
} // prettier-ignore

function titleOf(w: Waiting): string {
  const name = w.who && !w.name.toLowerCase().includes(w.who.toLowerCase()) ? `${w.who}: ${w.name}` : w.name;
  if (w.why === "step") return `${name}: ${w.next_step || "the next step"}`;
  if (w.why === "close") return `${name}, expected to close on ${w.expected_close!}`;
  return `${name}, no step for ${w.silent} days`;
}
