import { sql } from "kysely";
import type { Due } from "#kernel/due";
import type { Ctx } from "#platform/context";

const dayMs = 86_400_000;

interface Row {
  id: string;
  advocate_id: string;
  account_id: string | null;
  owner_id: string | null;
  advocate: string;
  friend: string;
  flags: string | null;
  hold_until: Date | null;
  expires_at: Date;
  review: string;
  value: number;
}

/** Referrals that wait for a look, and advocates who are still to be thanked. */
export async function referralsDue(ctx: Ctx, { mine }: { mine: boolean }): Promise<Due[]> {
  const now = ctx.clock();
  const { rows } = await sql<Row>`
    select r.id, r.advocate_id, c.account_id, c.owner_id, c.name as advocate, r.friend_name as friend, r.flags, r.hold_until, r.expires_at, r.review, coalesce(o.base_total, 0) as value
      from referrals r join contacts c on c.id = r.advocate_id left join orders o on o.id = r.order_id
     where c.deleted_at is null and (not ${mine}::boolean or c.owner_id is null or c.owner_id = ${ctx.actor.id})
       and ((r.review = 'waiting' and r.state not in ('rejected', 'rewarded', 'clawed_back'))
         or (r.state in ('qualified', 'holding', 'approved') and r.thanked_at is null and r.qualified_at > ${now}::timestamptz - interval '45 days'))
     order by (r.review = 'waiting') desc, r.joined_at limit 150`.execute(ctx.db);
  return rows.map((r) => (r.review === "waiting" ? toReview(r) : toThank(ctx, r, now)));
} // prettier-ignore

const shared = ({ advocate_id, account_id, owner_id, value }: Row) => ({ stage: "grow" as const, loses: "thanks" as const, contact_id: advocate_id, account_id, owner_id, value: Number(value) }); // prettier-ignore

const toReview = (r: Row): Due => ({
  ...shared(r),
  id: `referral-review:${r.id}`,
  title: `Look at ${r.advocate}'s recommendation of ${r.friend}`,
  reason: r.flags ? r.flags.charAt(0).toUpperCase() + r.flags.slice(1) : "Somebody asked for a second look",
  due_at: (r.hold_until ?? r.expires_at).toISOString(),
  act: { label: "look", to: `/referrals/${r.id}` },
});

const toThank = (ctx: Ctx, r: Row, now: Date): Due => ({
  ...shared(r),
  id: `referral:${r.id}`,
  title: `Thank ${r.advocate}`,
  reason: `The first order of ${r.friend}, whom they recommended us to, was paid · ${windowWords(ctx, r.hold_until, now)}`,
  due_at: r.hold_until?.toISOString() ?? null,
  act: { label: "thanked", to: `/referrals/${r.id}`, call: { endpoint: "referrals.thank", input: { id: r.id } } },
});

function windowWords({ workspace }: Ctx, until: Date | null, now: Date): string {
  if (!until) return "the reward waits until the goods have arrived";
  if (until <= now) return "the return window is over";
  const soon = until.getTime() - now.getTime() < 7 * dayMs;
  const day = new Intl.DateTimeFormat(workspace.locale, { timeZone: workspace.time_zone, ...(soon ? { weekday: "long" } : { day: "numeric", month: "long" }) }).format(until); // prettier-ignore
  return `the reward leaves the return window on ${day}`;
}
