import { sql } from "kysely";
import { evaluate, explain, type ExplainedNode, type Subject } from "#kernel/condition";
import { notFound } from "#kernel/refusal";
import type { Ctx } from "#platform/context";
import { factReader } from "#records";
import { kindOf, sentenceOf, timelineOf, wordsFor, type TimelineItem } from "#timeline";
import { stageLabel, type Stage, type SubjectKind } from "../stage.ts";
import { factsOf, factsOfStory } from "./load.ts";
import { byHand, becameKnown } from "./rule.ts";
import { currentRules } from "./rules.ts";
import { traitsOf } from "./traits.ts";

export interface EvidenceLine {
  id: string;
  name: string;
  occurred_at: Date;
  sentence: string;
}

/** Why a customer was moved: the rule, its words, and the facts it rests on, newest first. */
export interface Why {
  rule: string;
  version: number;
  reason: string;
  by_time: boolean;
  by_hand: boolean;
  evidence: EvidenceLine[];
}

export interface MoveTold extends Why {
  id: string;
  from: Stage | null;
  to: Stage;
  at: Date;
  fact_id: string;
}

export interface LifecycleTold {
  stage: Stage;
  since: Date;
  /** The next instant at which time alone may move them; null when it never does as things stand. */
  next_at: Date | null;
  moves: MoveTold[];
  /** Rules that could move them on from here, each with the truth of every part now. */
  rules: { key: string; to: Stage; holds: boolean; tree: ExplainedNode }[];
}

interface MoveRow extends Omit<MoveTold, "evidence" | "by_hand"> {
  evidence: string[];
}

async function told(ctx: Ctx, rows: readonly MoveRow[]): Promise<MoveTold[]> {
  const ids = [...new Set(rows.flatMap((r) => r.evidence))];
  const reader = factReader(ctx);
  const facts = await sql<{ id: string; name: string; occurred_at: Date; payload: unknown }>`
    select id, name, occurred_at, payload from facts f where id = any(${ids}) ${reader ? sql`and ${reader.seen("f")}` : sql``}`.execute(
    ctx.db,
  );
  const words = wordsFor(ctx.workspace.locale);
  const read = (name: string, payload: unknown): unknown =>
    reader ? reader.payload(name, payload as Record<string, unknown>) : payload;
  const lines = new Map(
    facts.rows.map(({ payload, ...f }) => [f.id, { ...f, sentence: sentenceOf(f.name, read(f.name, payload), words) }]),
  );
  return rows.map((r) => ({
    ...r,
    by_hand: r.rule === byHand,
    evidence: r.evidence
      .flatMap((id) => lines.get(id) ?? [])
      .toSorted((a, b) => b.occurred_at.getTime() - a.occurred_at.getTime()),
  }));
}

const columns = sql.raw(
  `id, from_stage as "from", to_stage as "to", at, rule, rule_version as version, reason, by_time, evidence, fact_id`,
);

/** The customer's stage, every move with its evidence, and what could move them next. */
export async function lifecycleOf(ctx: Ctx, kind: SubjectKind, id: string): Promise<LifecycleTold> {
  const { rows } = await sql<{ stage: Stage; since: Date; next_at: Date | null }>`
    select t.lifecycle_stage as stage, t.lifecycle_since as since, w.due_at as next_at
      from ${sql.table(`${kind}s`)} t left join lifecycle_walks w on w.subject_id = t.id where t.id = ${id}`.execute(
    ctx.db,
  );
  if (!rows[0]) throw notFound(kind);
  const moves = await sql<MoveRow>`
    select ${columns} from lifecycle_transitions t where subject_id = ${id} and withdrawn_at is null order by t.at desc, t.id desc limit 500`.execute(
    ctx.db,
  );
  return { ...rows[0], moves: await told(ctx, moves.rows), rules: await rulesAhead(ctx, kind, id, rows[0]) };
}

const fieldWords: Record<string, string> = {
  stage: "the stage",
  stage_since: "entering the stage",
  order_count: "the number of orders",
  paid_total: "the amount paid",
  returned_total: "the amount returned",
  first_order_at: "the first order",
  last_order_at: "the last order",
};
const explainWords = {
  field: (name: string) => fieldWords[name] ?? name.replaceAll(/[._]/g, " "),
  fact: (name: string) => kindOf(name)?.label ?? name,
};

async function rulesAhead(
  ctx: Ctx,
  kind: SubjectKind,
  id: string,
  at: { stage: Stage; since: Date },
): Promise<LifecycleTold["rules"]> {
  const set = await currentRules(ctx);
  const now = ctx.clock();
  const facts = (await factsOf(ctx, kind, [id], factsOfStory(kind, set))).get(id) ?? [];
  const happened = facts.filter((f) => f.occurred_at <= now);
  const subject: Subject = {
    id,
    facts: happened,
    related: {},
    fields: { stage: at.stage, stage_since: at.since, ...traitsOf(happened) },
  };
  return (set.walk.rulesFrom.get(at.stage) ?? []).map((rule) => {
    const verdict = evaluate(rule.when, subject, now);
    return { key: rule.key, to: rule.to, holds: verdict.truth, tree: explain(rule.when, verdict, explainWords) };
  });
}

/** The timeline, with the reason beside every move of the lifecycle. */
export async function timelineWithWhy(
  ctx: Ctx,
  about: { contact_id: string } | { account_id: string },
  options: Parameters<typeof timelineOf>[2],
): Promise<{ items: (TimelineItem & { why?: Why })[]; next: string | null }> {
  const page = await timelineOf(ctx, about, options);
  const ids = page.items.filter((i) => i.name === "customer.stage-changed").map((i) => i.id);
  if (ids.length === 0) return page;
  const { rows } =
    await sql<MoveRow>`select ${columns} from lifecycle_transitions t where fact_id = any(${ids}) and rule <> ${becameKnown}`.execute(
      ctx.db,
    );
  const whys = new Map((await told(ctx, rows)).map((m) => [m.fact_id, m]));
  const items = page.items.map((item) => {
    const m = whys.get(item.id);
    if (!m) return item;
    const { rule, version, reason, by_time, by_hand, evidence } = m;
    return {
      ...item,
      sentence: `became ${stageLabel(m.to).toLowerCase()}`,
      why: { rule, version, reason, by_time, by_hand, evidence },
    };
  });
  return { items, next: page.next };
}
