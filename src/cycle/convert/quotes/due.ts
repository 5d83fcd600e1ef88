import { sql } from "kysely";
import type { Due } from "#kernel/due";
import type { Ctx } from "#platform/context";
import { wordsFor } from "#timeline";
import { today } from "./told.ts";

// Days after which silence wants a word, and before the end that want one.
const silentDays = 7;
const endingDays = 3;
const dayMs = 86_400_000;

interface Waiting {
  id: string;
  number: string;
  who: string | null;
  contact_id: string | null;
  account_id: string | null;
  owner_id: string | null;
  status: "sent" | "viewed";
  total: number;
  currency: string;
  base_total: number;
  mailed_at: Date;
  days_left: number;
  ends_at: Date;
}

/** Quotes that end within three days unanswered, and those without an answer for seven. Accepted ones need nothing: their order follows. */
export async function dueQuotes(ctx: Ctx, { mine }: { mine: boolean }): Promise<Due[]> {
  const now = ctx.clock();
  const { rows } = await sql<Waiting>`
    select q.id, q.number, coalesce(c.name, a.name) as who, q.contact_id, q.account_id, q.owner_id, q.status, q.total, q.currency, q.base_total, q.mailed_at,
           q.valid_until - ${today(ctx)}::date as days_left, (q.valid_until + 1)::timestamp at time zone ${ctx.workspace.time_zone} as ends_at
      from quotes q left join contacts c on c.id = q.contact_id left join accounts a on a.id = q.account_id
     where q.status in ('sent', 'viewed') and q.deleted_at is null
       and (q.valid_until <= ${today(ctx)}::date + ${endingDays}::int or q.mailed_at <= ${new Date(now.getTime() - silentDays * dayMs)})
       and (not ${mine}::boolean or q.owner_id is null or q.owner_id = ${ctx.actor.id})
     order by q.valid_until, q.mailed_at limit 200`.execute(ctx.db);
  return rows.map((row) => dueOf(ctx, row, now));
}

function dueOf(ctx: Ctx, row: Waiting, now: Date): Due {
  const money = wordsFor(ctx.workspace.locale).money(row.total, row.currency);
  const ending = row.days_left <= endingDays;
  const silent = Math.floor((now.getTime() - row.mailed_at.getTime()) / dayMs);
  const opened = row.status === "viewed" ? "opened" : "not opened";
  const ends =
    row.days_left <= 0 ? "ends today" : row.days_left === 1 ? "ends tomorrow" : `ends in ${row.days_left} days`;
  return {
    id: `quote:${row.id}`,
    stage: "convert",
    loses: "deal",
    title: ending ? `Quote ${row.number}${row.who ? ` for ${row.who}` : ""} ${ends}` : `Follow up quote ${row.number}${row.who ? ` with ${row.who}` : ""}`, // prettier-ignore
    reason: ending ? `${money}, ${opened}, no answer yet` : `${money}, ${opened}, no answer for ${silent} days`,
    due_at: (ending ? row.ends_at : new Date(row.mailed_at.getTime() + silentDays * dayMs)).toISOString(),
    value: row.base_total,
    contact_id: row.contact_id,
    account_id: row.account_id,
    owner_id: row.owner_id,
    act: { label: "follow up", to: `/quotes/${row.id}` },
  };
}
