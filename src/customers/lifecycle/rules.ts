import { sql } from "kysely";
import { notFound, Refused } from "#kernel/refusal";
import { inTransaction, type Ctx, type Tx } from "#platform/context";
import { enqueue } from "#platform/jobs";
import { record } from "#timeline";
import { defaultRules } from "./default-rules.ts";
import { replay, walkOf, type Walk } from "./replay.ts";
import { checkRules, rulesSchema, type Rule } from "./rule.ts";

export interface RuleSet {
  version: number;
  rules: readonly Rule[];
  walk: Walk;
}

export interface RuleVersion {
  version: number;
  rules: readonly Rule[];
  note: string;
  created_by: string;
  created_at: Date;
}

/** Gives a new workspace the default rules as version 1; does nothing when there are rules. */
export const seedRules = async (ctx: Ctx): Promise<void> =>
  void (await sql`insert into lifecycle_rules (version, rules, note, created_by) select 1, ${JSON.stringify(defaultRules)}, 'The rules a company starts with', 'Rondo'
                   where not exists (select from lifecycle_rules) on conflict do nothing`.execute(ctx.db));

// A version never changes once it is saved, so what was prepared for it stays good; kept for the workspaces last seen.
const prepared = new Map<string, RuleSet>();

/** The rules that decide now. */
export async function currentRules(ctx: Ctx): Promise<RuleSet> {
  const newest = await sql<{
    version: number;
    created_at: Date;
  }>`select version, created_at from lifecycle_rules order by version desc limit 1`.execute(ctx.db);
  const found = newest.rows[0];
  if (!found) {
    await seedRules(ctx);
    return currentRules(ctx);
  }
  const key = `${ctx.workspace.id}/${ctx.workspace.schema}/${found.version}/${found.created_at.getTime()}`;
  const known = prepared.get(key);
  if (known) return known;
  const { rules } = await rulesOfVersion(ctx, found.version);
  const set: RuleSet = { version: found.version, rules, walk: walkOf(rules) };
  if (prepared.size >= 200) prepared.clear();
  prepared.set(key, set);
  return set;
}

/** One version of the rules. */
export async function rulesOfVersion(ctx: Ctx, version: number): Promise<RuleVersion> {
  const { rows } =
    await sql<RuleVersion>`select version, rules, note, created_by, created_at from lifecycle_rules where version = ${version}`.execute(
      ctx.db,
    );
  if (!rows[0]) throw notFound("version");
  return { ...rows[0], rules: rulesSchema.parse(rows[0].rules) };
}

/** All versions, newest first, without their rules. */
export async function ruleVersions(ctx: Ctx): Promise<(Omit<RuleVersion, "rules"> & { rule_count: number })[]> {
  const { rows } = await sql<Omit<RuleVersion, "rules"> & { rule_count: number }>`
    select version, note, created_by, created_at, jsonb_array_length(rules) as rule_count from lifecycle_rules order by version desc limit 200`.execute(
    ctx.db,
  );
  return rows;
}

/** Parses and checks rules that come from outside. @throws Refused naming the rule and the leaf that is wrong. */
export function rulesFrom(input: unknown): Rule[] {
  const rules = rulesSchema.parse(input);
  checkRules(rules);
  // A rule that passes the check but cannot be walked would stop every customer: it is tried before it is saved.
  const at = new Date(0);
  replay(
    walkOf(rules),
    "00000000-0000-0000-0000-000000000000",
    [{ id: "", name: "contact.created", occurred_at: at, payload: {} }],
    at,
  );
  return rules;
}

/**
 * Saves rules as the next version, when the current one is still `expected`, and starts the rebuild of all stories. An earlier
 * version is restored by applying it again. Answers the version and the job.
 */
export const applyRules = (
  ctx: Ctx | Tx,
  rules: readonly Rule[],
  expected: number,
  note = "",
): Promise<{ version: number; job_id: string }> =>
  inTransaction(ctx, async (tx) => {
    const checked = rulesFrom(rules);
    const version = expected + 1;
    const { rows } = await sql`
      insert into lifecycle_rules (version, rules, note, created_by, created_at)
      select ${version}, ${JSON.stringify(checked)}, ${note}, ${tx.actor.name}, ${tx.clock()} where (select max(version) from lifecycle_rules) = ${expected}
          on conflict do nothing returning version`.execute(tx.db);
    if (rows.length === 0)
      throw new Refused("stale", "rules.stale", "Somebody changed the lifecycle rules since you opened them.");
    await record(tx, { name: "lifecycle.rules-changed", payload: { version } });
    const job_id = await enqueue(tx, {
      kind: "lifecycle.rebuild",
      title: `Apply lifecycle rules, version ${version}`,
      input: { version },
    });
    return { version, job_id };
  });
