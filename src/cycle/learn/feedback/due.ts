import { sql } from "kysely";
import type { Due } from "#kernel/due";
import type { Ctx } from "#platform/context";
import { cut } from "#records";
import { scaleOf, type Kind } from "./survey.ts";

interface Unhappy {
  case_id: string;
  contact_id: string;
  account_id: string | null;
  owner_id: string | null;
  name: string;
  kind: Kind;
  survey: string;
  score: number;
  comment: string | null;
  due_at: Date | null;
}

/** Whoever gave a low score and was not answered yet, the first owed first. */
export async function unhappyDue(ctx: Ctx, { mine }: { mine: boolean }): Promise<Due[]> {
  const { rows } = await sql<Unhappy>`
    select k.id as case_id, r.contact_id, r.account_id, k.owner_id, c.name, r.kind, s.name as survey, r.score, r.comment, k.due_at
      from cases k join survey_responses r on r.case_id = k.id join surveys s on s.id = r.survey_id join contacts c on c.id = r.contact_id
     where k.status = 'open' and k.channel = 'survey' and k.deleted_at is null and c.deleted_at is null
       and (not ${mine}::boolean or k.owner_id is null or k.owner_id = ${ctx.actor.id})
     order by k.due_at nulls last, k.id limit 200`.execute(ctx.db);
  return rows.map((u) => ({
    id: `case:${u.case_id}`,
    stage: "learn",
    loses: "customer",
    title: u.kind === "nps" ? `Call a detractor: ${u.name}, ${u.score}` : `Call ${u.name}: ${u.score} of ${scaleOf(u.kind)[1]}`, // prettier-ignore
    reason: [...(u.comment ? [`“${cut(u.comment.replaceAll(/\s+/g, " "), 160)}”`] : []), u.survey].join(" · "),
    due_at: u.due_at?.toISOString() ?? null,
    value: 0,
    contact_id: u.contact_id,
    account_id: u.account_id,
    owner_id: u.owner_id,
    act: { label: "call", to: `/cases/${u.case_id}` },
  }));
}
