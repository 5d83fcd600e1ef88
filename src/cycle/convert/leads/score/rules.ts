import { sql } from "kysely";
import { deps } from "#kernel/condition";
import { invalid, Refused } from "#kernel/refusal";
import { contact } from "#customers";
import { inTransaction, type Ctx } from "#platform/context";
import { enqueue } from "#platform/jobs";
import { aboveAccess, checkFilter, objectsFor, refuseWorkedOut } from "#records";
import { defaultScore } from "./defaults.ts";
import type { ScoreRules } from "./rule.ts";

export interface RulesTold extends ScoreRules {
  version: number;
}
export const rescoreKind = "leads.rescore";

/** Makes the rules a company starts with, once. */
export const seedScore = async (ctx: Ctx): Promise<void> =>
  void (await sql`
    insert into lead_rules (version, rules, actor_name, at)
    values (1, ${JSON.stringify(defaultScore)}, ${ctx.actor.name}, ${ctx.clock()}) on conflict do nothing`.execute(
    ctx.db,
  ));

/** The rules that count now, with their version; what Rondo brings before they were made. */
export async function currentScore(ctx: Ctx): Promise<RulesTold> {
  const { rows } = await sql<{ version: number; rules: ScoreRules }>`
    select version, rules from lead_rules order by version desc limit 1`.execute(ctx.db);
  return rows[0] ? { ...rows[0].rules, version: rows[0].version } : { ...defaultScore, version: 0 };
}

/** Versions of the rules, newest first, at most 50. */
export async function scoreVersions(ctx: Ctx) {
  const { rows } = await sql<{ version: number; note: string; actor_name: string; at: Date; rules: number }>`
    select version, note, actor_name, at, jsonb_array_length(rules -> 'rules') as rules from lead_rules order by version desc limit 50`.execute(
    ctx.db,
  );
  return rows;
}

/**
 * Refuses a rule that speaks of what contacts do not have, of a field that is worked out when it is read (no fact tells when that
 * changes, so the kept score would be wrong), or of the score's own consequences.
 */
export async function checkRules(ctx: Ctx, { rules }: ScoreRules): Promise<void> {
  const objects = await objectsFor(aboveAccess(ctx));
  for (const [i, rule] of rules.entries()) {
    try {
      checkFilter(rule.when, contact);
      refuseWorkedOut(rule.when, objects(contact.name), objects);
    } catch (error) {
      if (error instanceof Refused)
        throw invalid(`rules.${i}.when`, error.fields[0]?.message ?? error.message, error.code);
      throw error;
    }
    if ([...deps(rule.when).facts].some((f) => f.startsWith("lead.")))
      throw invalid(`rules.${i}.when`, "A score cannot ask what became of the lead.", "score.own-fact");
  }
}

/** Applies rules as the next version; a job gives every open lead its points anew. */
export const applyScore = (
  ctx: Ctx,
  rules: ScoreRules,
  expected: number,
  note: string,
): Promise<{ version: number; job_id: string }> =>
  inTransaction(ctx, async (tx) => {
    await checkRules(tx, rules);
    await sql`select pg_advisory_xact_lock(hashtext(current_schema() || '/lead-rules'))`.execute(tx.db);
    const { version } = await currentScore(tx);
    if (version !== expected)
      throw new Refused("stale", "score.stale", "Somebody changed the rules since you opened them.");
    await sql`
      insert into lead_rules (version, rules, note, actor_name, at)
      values (${version + 1}, ${JSON.stringify(rules)}, ${note}, ${tx.actor.name}, ${tx.clock()})`.execute(tx.db);
    const job_id = await enqueue(tx, { kind: rescoreKind, title: `Score leads by version ${version + 1}`, input: {} });
    return { version: version + 1, job_id };
  });
