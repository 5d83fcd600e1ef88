import { sql } from "kysely";
import type { Ctx } from "#platform/context";
import { contributionsOf, scoreOf, type ScoreRules } from "./rule.ts";
import { checkRules, currentScore } from "./rules.ts";
import { subjectsOf } from "./rescore.ts";

export interface ScoreShift {
  /** Leads looked at; all open ones unless there are more than 5,000. */
  leads: number;
  exact: boolean;
  /** How many would become hot, and how many would be hot no longer. */
  up: number;
  down: number;
  changed: number;
  /** Those whose score would change most. */
  samples: { id: string; name: string; before: number; after: number }[];
}

const atMost = 5000;
const atOnce = 500;
const shown = 8;

/** What rules would do to the open leads: how many would pass the mark, either way. */
export async function previewScore(ctx: Ctx, rules: ScoreRules): Promise<ScoreShift> {
  await checkRules(ctx, rules);
  const now = ctx.clock();
  const { hot_from } = await currentScore(ctx);
  const { rows } = await sql<{ id: string; name: string; contact_id: string; score: number }>`
    select id, name, contact_id, score from leads where status <> 'disqualified' and converted_at is null and deleted_at is null
     order by asked_at desc limit ${atMost + 1}`.execute(ctx.db);
  const leads = rows.slice(0, atMost);
  const moved: { id: string; name: string; before: number; after: number }[] = [];
  for (let i = 0; i < leads.length; i += atOnce) {
    const some = leads.slice(i, i + atOnce);
    const subjects = await subjectsOf(ctx, rules, some.map((l) => l.contact_id)); // prettier-ignore
    for (const { id, name, contact_id, score } of some) {
      const subject = subjects.get(contact_id);
      const after = subject ? scoreOf(contributionsOf(rules, subject, now)) : score;
      moved.push({ id, name, before: score, after });
    }
  }
  const changed = moved.filter((m) => m.before !== m.after);
  return {
    leads: leads.length,
    exact: rows.length <= atMost,
    up: moved.filter((m) => m.before < hot_from && m.after >= rules.hot_from).length,
    down: moved.filter((m) => m.before >= hot_from && m.after < rules.hot_from).length,
    changed: changed.length,
    samples: changed.toSorted((a, b) => Math.abs(b.after - b.before) - Math.abs(a.after - a.before)).slice(0, shown),
  };
}
