import { sql } from "kysely";
import { notFound, Refused } from "#kernel/refusal";
import { inTransaction, type Ctx } from "#platform/context";
import type { Row } from "../registry.ts";
import { alikeOf, alikes, likeness, type Alike, type Rule } from "./rule.ts";

export interface RuleTold {
  object: string;
  rule: string;
  label: string;
  active: boolean;
  threshold: number;
  /** 0 while nobody set it. */
  version: number;
}

/** The rules of all objects as the company set them. */
export async function rulesOf(ctx: Ctx): Promise<RuleTold[]> {
  const { rows } = await sql<
    Omit<RuleTold, "label">
  >`select object, rule, active, threshold, version from duplicate_rules`.execute(ctx.db);
  const set = new Map(rows.map((r) => [`${r.object} ${r.rule}`, r]));
  return alikes().flatMap(({ object, rules }) =>
    rules.map(({ name, label, threshold }) => {
      const said = set.get(`${object.name} ${name}`);
      return {
        object: object.name,
        rule: name,
        label,
        active: said?.active ?? true,
        threshold: said?.threshold ?? threshold,
        version: said?.version ?? 0,
      };
    }),
  );
}

/** Turns a rule on or off and sets how alike names must be, when it is still of the version the caller saw. */
export const changeRule = (ctx: Ctx, said: Omit<RuleTold, "label">): Promise<void> =>
  inTransaction(ctx, async (tx) => {
    if (!alikeOf(said.object)?.rules.some((r) => r.name === said.rule)) throw notFound("rule");
    const { rows } = await sql`
      insert into duplicate_rules as r (object, rule, active, threshold, version) values (${said.object}, ${said.rule}, ${said.active}, ${said.threshold}, ${said.version + 1})
          on conflict (object, rule) do update set active = excluded.active, threshold = excluded.threshold, version = excluded.version
       where r.version = ${said.version} returning 1`.execute(tx.db);
    if (rows.length === 0) throw new Refused("stale", "rule.stale", "Somebody changed this rule since you opened it.");
    // Pairs of a rule that no longer holds wait for nobody.
    await sql`
      delete from duplicate_pairs where object = ${said.object} and rule = ${said.rule} and state = 'open' and (not ${said.active} or score < ${said.threshold})`.execute(
      tx.db,
    );
  });

export interface Match {
  rule: string;
  score: number;
}

/** Judges pairs of the object by the rules that are on. */
export async function judgeOf(ctx: Ctx, alike: Alike): Promise<(a: Row, b: Row) => Match | null> {
  const set = (await rulesOf(ctx)).filter((r) => r.object === alike.object.name && r.active);
  const rules = set.flatMap((s) => {
    const rule = alike.rules.find((r) => r.name === s.rule);
    return rule ? [{ ...rule, threshold: s.threshold }] : [];
  });
  return (a, b) => judge(rules, alike.object.title, a, b);
}

const textOf = (value: unknown): string => (typeof value === "string" ? value : "");

function judge(rules: readonly Rule[], title: string, a: Row, b: Row): Match | null {
  let like = -1;
  let best: Match | null = null;
  for (const rule of rules) {
    if (!rule.shares(a, b)) continue;
    if (like < 0) like = likeness(textOf(a[title]), textOf(b[title]));
    if (like < rule.threshold) continue;
    const score = Math.round((rule.weight + (1 - rule.weight) * like) * 100) / 100;
    if (!best || score > best.score) best = { rule: rule.name, score };
  }
  return best;
}
