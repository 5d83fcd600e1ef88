import { sql } from "kysely";
import type { Due } from "#kernel/due";
import type { Ctx } from "#platform/context";

interface Row {
  id: string;
  title: string;
  kind: string;
  reason: string | null;
  due_at: Date | null;
  contact_id: string | null;
  account_id: string | null;
  owner_id: string | null;
  about: string | null;
}

// What a task is about tells which stage it serves and what its waiting costs; one that somebody wrote down for themselves is a promise.
const about: Readonly<Record<string, Pick<Due, "stage" | "loses">>> = {
  play_run: { stage: "grow", loses: "customer" },
  onboarding: { stage: "engage", loses: "start" },
};
const byHand = { stage: "convert", loses: "promise" } as const;

/** Open tasks that are due by the end of tomorrow or at no hour, the most urgent first. */
export async function tasksDue(ctx: Ctx, { mine }: { mine: boolean }): Promise<Due[]> {
  const { rows } = await sql<Row>`
    select id, title, kind, reason, due_at, contact_id, account_id, owner_id, about_object as about from tasks
     where status = 'open' and deleted_at is null and (due_at is null or due_at < ${ctx.clock()}::timestamptz + interval '1 day' or remind_at <= ${ctx.clock()})
       and (not ${mine}::boolean or owner_id is null or owner_id = ${ctx.actor.id})
     order by due_at nulls last, id limit 200`.execute(ctx.db);
  return rows.map(({ id, title, kind, reason, due_at, about: what, ...whose }) => ({
    ...whose,
    id: `task:${id}`,
    ...(about[what ?? ""] ?? byHand),
    title,
    reason: reason ?? (kind === "todo" ? "A task" : `A task: ${kind}`),
    due_at: due_at?.toISOString() ?? null,
    value: 0,
    act: { label: "done", to: `/tasks/${id}`, call: { endpoint: "tasks.finish", input: { id } } },
  }));
}
