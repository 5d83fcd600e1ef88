import { sql } from "kysely";
import { inTransaction, type Ctx } from "#platform/context";
import { enqueue, type JobKind } from "#platform/jobs";
import type { Stage, SubjectKind } from "../stage.ts";
import { factsOf, factsOfStory } from "./load.ts";
import { replay, walkOf } from "./replay.ts";
import { retell } from "./retell.ts";
import type { Rule } from "./rule.ts";
import { currentRules, rulesFrom, type RuleSet } from "./rules.ts";

/*
 * Words we use
 *   preview   what rules would change, before they are applied: for each stage how many would come and go
 *   rebuild   every story told anew by the newest rules; customers that the consumer has met meanwhile are done already
 */
export interface Shift {
  customers: number;
  changed: number;
  stages: Record<string, { before: number; after: number; plus: number; minus: number }>;
}

const batchSize = 1000;
/** Up to this many customers a preview is answered at once; beyond it is a job. */
export const previewAtOnce = 5000;
const kinds = ["account", "contact"] as const;

const noShift = (): Shift => ({ customers: 0, changed: 0, stages: {} });

function count(shift: Shift, before: Stage, after: Stage): void {
  const at = (stage: Stage) => (shift.stages[stage] ??= { before: 0, after: 0, plus: 0, minus: 0 });
  shift.customers += 1;
  at(before).before += 1;
  at(after).after += 1;
  if (before === after) return;
  shift.changed += 1;
  at(before).minus += 1;
  at(after).plus += 1;
}

async function nextIds(ctx: Ctx, kind: SubjectKind, after: string | null): Promise<{ id: string; stage: Stage }[]> {
  const { rows } = await sql<{ id: string; stage: Stage }>`
    select id, lifecycle_stage as stage from ${sql.table(`${kind}s`)} where deleted_at is null ${after ? sql`and id > ${after}` : sql``}
     order by id limit ${batchSize}`.execute(ctx.db);
  return rows;
}

/** Adds what the rules would change among one batch of contacts. */
async function previewBatch(
  ctx: Ctx,
  rules: RuleSet,
  batch: readonly { id: string; stage: Stage }[],
  shift: Shift,
): Promise<void> {
  const facts = await factsOf(ctx, "contact", batch.map((b) => b.id), factsOfStory("contact", rules)); // prettier-ignore
  for (const { id, stage } of batch)
    count(shift, stage, replay(rules.walk, id, facts.get(id) ?? [], ctx.clock())?.stage ?? "identified");
}

const setOf = (rules: readonly Rule[]): RuleSet => ({ version: 0, rules, walk: walkOf(rules) });

/** What the rules would change among the contacts; nothing is written. Large workspaces are answered with a job. */
export async function previewRules(ctx: Ctx, input: readonly Rule[]): Promise<{ shift: Shift } | { job_id: string }> {
  const rules = rulesFrom(input);
  const { rows } = await sql<{
    n: number;
  }>`select count(*) as n from (select from contacts where deleted_at is null limit ${previewAtOnce + 1}) s`.execute(
    ctx.db,
  );
  if (rows[0]!.n > previewAtOnce)
    return {
      job_id: await inTransaction(ctx, (tx) =>
        enqueue(tx, { kind: "lifecycle.preview", title: "Preview of lifecycle rules", input: { rules } }),
      ),
    };
  const shift = noShift();
  for (let after: string | null = null; ;) {
    const batch = await nextIds(ctx, "contact", after);
    if (batch.length === 0) return { shift };
    await previewBatch(ctx, setOf(rules), batch, shift);
    after = batch.at(-1)!.id;
  }
}

interface Progress {
  after?: string | null;
  kind?: SubjectKind;
  shift?: Shift;
  walked?: number;
}

const previewJob: JobKind = {
  kind: "lifecycle.preview",
  above: true,
  async run(ctx, job, control) {
    const rules = setOf(rulesFrom(job.input.rules));
    const { after: from = null, shift = noShift() } = job.progress as Progress;
    for (let after: string | null = from; ;) {
      const batch = await nextIds(ctx, "contact", after);
      if (batch.length === 0) return { shift };
      await previewBatch(ctx, rules, batch, shift);
      after = batch.at(-1)!.id;
      await inTransaction(ctx, (tx) => control.advance(tx, { done: shift.customers, progress: { after, shift } }));
    }
  },
};

const rebuildJob: JobKind = {
  kind: "lifecycle.rebuild",
  above: true,
  async run(ctx, job, control) {
    const rules = await currentRules(ctx);
    const progress = job.progress as Progress;
    let shift = progress.shift ?? noShift();
    let walked = progress.walked ?? 0;
    const start = kinds.indexOf(progress.kind ?? "account");
    for (const kind of kinds.slice(start)) {
      for (let after: string | null = kind === progress.kind ? (progress.after ?? null) : null; ;) {
        const batch = await nextIds(ctx, kind, after);
        if (batch.length === 0) break;
        after = batch.at(-1)!.id;
        [shift, walked] = await inTransaction(ctx, async (tx) => {
          const moved = structuredClone(shift);
          const asked = new Map(batch.map((b) => [b.id, new Date(8.64e15)]));
          const retold = await retell(tx, kind, asked, rules, { why: `rules changed to version ${rules.version}` });
          if (kind === "contact") for (const r of retold) count(moved, r.before, r.after);
          const done = walked + batch.length;
          await control.advance(tx, { done, progress: { after, kind, shift: moved, walked: done } });
          return [moved, done];
        });
      }
    }
    return { version: rules.version, shift };
  },
};

/** The lifecycle's background jobs. */
export const lifecycleJobs: readonly JobKind[] = [previewJob, rebuildJob];
