import { sql } from "kysely";
import type { Due } from "#kernel/due";
import type { Ctx } from "#platform/context";

interface Owed {
  id: string;
  number: string;
  subject: string;
  due_at: Date | null;
  due_target: string | null;
  priority: string;
  contact_id: string | null;
  account_id: string | null;
  owner_id: string | null;
  who: string | null;
  product: string | null;
  nth: number;
  value: number;
}

const minuteMs = 60_000;
// Within this time a case is about to breach; later ones are merely to be answered.
const nearMs = 4 * 60 * minuteMs;
// Nobody plans a day by what is due in two.
const aheadMs = 24 * 60 * minuteMs;

/** Cases to be worked on, those near or past their due first. Those that a low score opened are told by the survey, with the score. */
export async function casesDue(ctx: Ctx, { mine }: { mine: boolean }): Promise<Due[]> {
  const now = ctx.clock();
  const { rows } = await sql<Owed>`
    select c.id, c.number, c.subject, c.due_at, c.due_target, c.priority, c.contact_id, c.account_id, c.owner_id, k.name as who, p.name as product,
           coalesce((select count(*) from cases o where o.product_id = c.product_id and o.deleted_at is null and o.dismissed_as is null and o.created_at <= c.created_at
                        and o.created_at >= date_trunc('month', c.created_at at time zone ${ctx.workspace.time_zone}) at time zone ${ctx.workspace.time_zone}), 0)::int as nth,
           coalesce(r.base_total, 0)::float8 as value
      from cases c left join contacts k on k.id = c.contact_id left join products p on p.id = c.product_id left join orders r on r.id = c.order_id
     where c.status = 'open' and c.channel <> 'survey' and c.deleted_at is null and (c.due_at < ${new Date(now.getTime() + aheadMs)} or c.waiting_since is not null)
       and (not ${mine}::boolean or c.owner_id is null or c.owner_id = ${ctx.actor.id})
     order by c.due_at nulls last, c.id limit 200`.execute(ctx.db);
  return rows.map((c) => dueOf(c, now));
}

const dueOf = (c: Owed, now: Date): Due => ({
  id: `case:${c.id}`,
  stage: "engage",
  loses: "answer",
  title: titleOf(c, now),
  reason: [c.who ? `${c.who}: ${c.subject}` : c.subject, ...reasonsOf(c)].join(" · "),
  due_at: c.due_at?.toISOString() ?? null,
  value: c.value,
  contact_id: c.contact_id,
  account_id: c.account_id,
  owner_id: c.owner_id,
  act: { label: c.due_target === "resolution" ? "resolve" : "reply", to: `/cases/${c.id}` },
});

function titleOf(c: Owed, now: Date): string {
  if (!c.due_at) return `Answer case ${c.number}`;
  const left = c.due_at.getTime() - now.getTime();
  if (left < 0) return `Case ${c.number} breached ${lasting(-left)} ago`;
  if (left <= nearMs) return `Case ${c.number} breaches in ${lasting(left)}`;
  return c.due_target === "resolution" ? `Resolve case ${c.number}` : `Answer case ${c.number}`;
}

const ordinal = (n: number): string => ["", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth"][n] ?? `${n}th`; // prettier-ignore

const reasonsOf = (c: Owed): string[] => [
  ...(c.nth >= 2 ? [`${ordinal(c.nth)} case about ${c.product ?? "this product"} this month`] : []),
  ...(c.priority === "urgent" || c.priority === "high" ? [`${c.priority} priority`] : []),
];

/** A length as people say it: 40 min, 3 h, 2 d. */
function lasting(ms: number): string {
  const minutes = Math.max(1, Math.round(ms / minuteMs));
  if (minutes < 100) return `${minutes} min`;
  const hours = Math.round(minutes / 60);
  return hours < 48 ? `${hours} h` : `${Math.round(hours / 24)} d`;
}
