import { CompiledQuery } from "kysely";
import { evaluate, explain, type Condition, type ExplainedNode, type Subject, type Verdict } from "#kernel/condition";
import { notFound } from "#kernel/refusal";
import type { Ctx } from "#platform/context";
import { loadSubjects, type Query, type Run } from "../condition/index.ts";
import { describedFor, objectsFor, type Objects } from "../custom/described.ts";
import { checkFilter } from "../filter.ts";
import { findRecord, seenBy } from "../list.ts";
import type { ObjectDescription } from "../object.ts";
import { explainWordsOf } from "./words.ts";

export interface Why {
  /** Whether the record is in: meets the condition and is not in the trash. */
  in: boolean;
  trashed: boolean;
  /** The condition line by line, with what was found. */
  tree: ExplainedNode;
  /** Facts that the lines rest on, the oldest first. */
  evidence: { id: string; name: string; occurred_at: Date }[];
}

/** What the TypeScript evaluator says of one record; undefined when it is not there. */
export async function judge(
  run: Run,
  condition: Condition,
  object: ObjectDescription,
  objects: Objects,
  { id, now, seen }: { id: string; now: Date; seen?: (params: unknown[]) => Query["seen"] },
): Promise<{ verdict: Verdict; subject: Subject } | undefined> {
  const [subject] = await loadSubjects(run, [condition], object, [id], objects, seen ? { now, seen } : { now });
  return subject && { subject, verdict: evaluate(condition, subject, now) };
}

/** Facts among the evidence, as people read them. */
export const evidenceOf = (subject: Subject, ids: readonly string[]): Why["evidence"] => {
  const shown = new Set(ids);
  return subject.facts
    .filter((fact) => shown.has(fact.id))
    .map(({ id, name, occurred_at }) => ({ id, name, occurred_at }));
};

/** Why a record that the person may see is in, or is not: the truth of every node of the condition, with the value found. */
export async function whyOf(ctx: Ctx, of: ObjectDescription, id: string, condition: Condition): Promise<Why> {
  const [object, objects] = [await describedFor(ctx, of), await objectsFor(ctx)];
  checkFilter(condition, object, objects);
  // Refuses whoever may not see the record, in the words for one that is not there.
  const record = JSON.parse((await findRecord(ctx, of, id)).json) as { deleted_at: string | null };
  const run: Run = async (text, params) =>
    (await ctx.db.executeQuery<Record<string, unknown>>(CompiledQuery.raw(text, params))).rows;
  const judged = await judge(run, condition, object, objects, {
    id,
    now: ctx.clock(),
    seen: (params) => seenBy(ctx, params),
  });
  if (!judged) throw notFound(object.name);
  const { verdict, subject } = judged;
  const words = await explainWordsOf(ctx, object, objects, [condition], subject.fields);
  const tree = explain(condition, verdict, words);
  const trashed = record.deleted_at !== null;
  return { in: verdict.truth && !trashed, trashed, tree, evidence: evidenceOf(subject, tree.evidence) };
}
