import { sql } from "kysely";
import type { Due } from "#kernel/due";
import type { Ctx } from "#platform/context";
import { agoWords } from "./words.ts";

interface Row {
  id: string;
  name: string;
  source: string;
  interest: string | null;
  asked_at: Date;
  first_response_due: Date | null;
  recycle_at: Date | null;
  status: string;
  score: number;
  reason: string | null;
  contact_id: string;
  account_id: string | null;
  owner_id: string | null;
}

/** Leads to answer, those due first; and those set aside whose day has come. */
export async function leadsDue(ctx: Ctx, { mine }: { mine: boolean }): Promise<Due[]> {
  const now = ctx.clock();
  const whose = sql`(not ${mine}::boolean or owner_id is null or owner_id = ${ctx.actor.id})`;
  const columns = sql`id, name, source, interest, asked_at, first_response_due, recycle_at, status, score, unqualified_reason as reason, contact_id, account_id, owner_id`;
  const { rows } = await sql<Row>`
    (select ${columns} from leads where status = 'open' and responded_at is null and deleted_at is null and ${whose} order by first_response_due, id limit 150)
    union all
    (select ${columns} from leads where status = 'disqualified' and deleted_at is null and recycle_at <= ${now} and ${whose} order by recycle_at, id limit 50)`.execute(
    ctx.db,
  );
  return rows.map((r) => (r.status === "open" ? toAnswer(r, now) : toLookAt(r, now)));
}

const shared = ({ id, contact_id, account_id, owner_id }: Row) => ({
  id: `lead:${id}`,
  stage: "convert" as const,
  loses: "answer" as const,
  value: 0,
  contact_id,
  account_id,
  owner_id,
});

const toAnswer = (r: Row, now: Date): Due => ({
  ...shared(r),
  title: `Answer ${r.name}`,
  reason: `${r.interest ?? `Asked through ${r.source}`}, ${agoWords(r.asked_at, now)} · score ${r.score}`,
  due_at: r.first_response_due?.toISOString() ?? null,
  act: { label: "reply", to: `/leads/${r.id}` },
});

const toLookAt = (r: Row, now: Date): Due => ({
  ...shared(r),
  title: `Look at ${r.name} again`,
  reason: `Set aside for “${r.reason ?? ""}”; was to come back ${agoWords(r.recycle_at ?? now, now)}`,
  due_at: r.recycle_at?.toISOString() ?? null,
  act: { label: "reopen", to: `/leads/${r.id}`, call: { endpoint: "leads.reopen", input: { id: r.id } } },
});
