import { sql } from "kysely";
import type { Due } from "#kernel/due";
import type { Ctx } from "#platform/context";
import type { Result } from "./measure.ts";
import { metricWords, type Plan } from "./plan.ts";

interface Row {
  id: string;
  name: string;
  plan: Plan;
  review_at: Date;
  owner_id: string | null;
  result: Result | null;
  asked: number;
}

const signed = (share: number): string => `${share < 0 ? "−" : "+"}${Math.abs(Math.round(share * 100))}`;

/** The figures in one line: "n = 1,180 against 1,176 held out · opened a case within 30 days −31 % [−44, −16]". */
export function figuresLine(plan: Plan, result: Result | null, locale: string): string {
  if (!result) return "Nothing was measured";
  const [a, b] = result.arms;
  const n = (count: number): string => count.toLocaleString(locale);
  const against = plan.design.kind === "randomised" ? `against ${n(b.n)} held out` : `against ${n(b.n)} before, observational`;
  const by = result.effect?.relative;
  const effect = by ? ` ${signed(by.value)} % [${signed(by.low)}, ${signed(by.high)}]` : "";
  return `n = ${n(a.n)} ${against} · ${metricWords(plan.metric)}${effect}`;
} // prettier-ignore

/** Reviews that wait for a decision, and people who were not told yet what became of what they said. */
export async function improvementsDue(ctx: Ctx, { mine }: { mine: boolean }): Promise<Due[]> {
  const { rows } = await sql<Row & { state: string }>`
    select i.id, i.name, i.plan, i.review_at, i.owner_id, i.state,
           (select m.result from measurements m where m.improvement_id = i.id order by m.at desc limit 1) as result,
           (select count(*)::int from insight_people p where p.insight_id = i.insight_id) as asked
      from improvements i
     where i.deleted_at is null and (not ${mine}::boolean or i.owner_id is null or i.owner_id = ${ctx.actor.id})
       and (i.state = 'review' or (i.state = 'done' and i.verdict = 'worked' and i.next_step = 'keep' and not exists (select from announcements a where a.improvement_id = i.id)))
     order by i.review_at limit 50`.execute(ctx.db);
  return rows.flatMap((row): Due[] => {
    const whose = { contact_id: null, account_id: null, owner_id: row.owner_id, value: 0, stage: "learn" as const, loses: "learning" as const };
    const to = `/improvements/${row.id}`;
    if (row.state === "review")
      return [{ ...whose, id: `improvement:${row.id}`, title: `Review is due: “${row.name}”`, reason: figuresLine(row.plan, row.result, ctx.workspace.locale), due_at: row.review_at.toISOString(), act: { label: "look", to } }];
    if (row.asked === 0) return [];
    const people = row.asked === 1 ? "1 customer" : `${row.asked} customers`;
    return [{ ...whose, id: `announce:${row.id}`, loses: "thanks", title: `Tell those who asked: “${row.name}”`, reason: `It worked and is kept · ${people} raised it`, due_at: null, act: { label: "tell", to } }];
  });
} // prettier-ignore
