import { sql } from "kysely";
import { invalid, Refused } from "#kernel/refusal";
import { inTransaction, type Ctx, type Tx } from "#platform/context";
import { keepSegment, segmentType } from "#attract/audience";
import { findInsight, findTheme, reasonsBelow, takeUpInsight } from "#learn/insight";
import { createRecord, lockRecord, noteChanges } from "#records";
import { record } from "#timeline";
import { findImprovement, type Found } from "./find.ts";
import { improvementType } from "./improvement.ts";
import { checkPlan, type Plan } from "./plan.ts";
import { sizeOf } from "./size.ts";

/** Starts it: plan, size and baseline are frozen; from now on customers are exposed to it. The review lies ahead. */
export const startImprovement = (ctx: Ctx | Tx, id: string, review_at: Date, ids: { external?: string } = {}): Promise<void> =>
  inTransaction(ctx, async (tx) => {
    const row = await lockRecord(tx, improvementType, id);
    if (row.state !== "draft") throw new Refused("conflict", "improvement.started", "It has started already.");
    const now = tx.clock();
    if (review_at <= now) throw invalid("review_at", "The review lies ahead.");
    const draft = await findImprovement(tx, id);
    checkPlan(draft.plan);
    const plan = await frozen(tx, draft.plan);
    const size = await sizeOf(tx, plan);
    const [treated, held] = plan.design.kind === "randomised" ? await segmentsFor(tx, draft, ids.external) : [null, null];
    const insight = draft.insight_id ? await findInsight(tx, draft.insight_id) : null;
    const started_fact = await record(tx, {
      name: "improvement.started",
      caused_by: insight?.found_fact ?? null,
      payload: { improvement_id: id, title: draft.name, insight_id: draft.insight_id, design: plan.design.kind },
    });
    await sql`
      update improvements set state = 'running', plan = ${JSON.stringify(plan)}, size = ${JSON.stringify(size)}, start_at = ${now}, review_at = ${review_at},
             treated_segment_id = ${treated}, held_segment_id = ${held}, started_fact = ${started_fact}, version = version + 1, updated_at = ${now}
       where id = ${id}`.execute(tx.db);
    await noteChanges(tx, [{ object: "improvement", record_id: id, action: "updated", fields: { state: ["draft", "running"], review_at: [null, review_at.toISOString()] } }]);
    if (insight) await takeUpInsight(tx, insight.id);
  }); // prettier-ignore

/** The plan with everything spelled out that somebody could change later: a theme means what it means now. */
async function frozen(tx: Tx, plan: Plan): Promise<Plan> {
  const { metric } = plan;
  if (metric.kind !== "theme") return plan;
  const { name, definition } = await findTheme(tx, metric.theme_id);
  const below = await reasonsBelow(tx);
  const reason_ids = [...new Set(definition.reason_ids.flatMap((id) => [id, ...(below.get(id) ?? [])]))];
  return { ...plan, metric: { ...metric, name, definition: { ...definition, reason_ids } } };
}

/** Two segments kept by the improvement: whoever sends or calls can leave the held-out alone. */
async function segmentsFor(tx: Tx, { name }: Found, external: string | undefined): Promise<[string, string]> {
  const made = [];
  for (const [key, label] of [["treated", "With"], ["held", "Held out of"]] as const) {
    const row = await createRecord(tx, segmentType, {
      name: await freeName(tx, `${label} “${name.slice(0, 150)}”`),
      kind: "static",
      description: "Kept by the improvement; nobody is added or removed by hand.",
      ...(external ? { external_ids: { [external]: `${name} ${key}` } } : {}),
    });
    await keepSegment(tx, row.id, "improvement");
    made.push(row.id);
  }
  return [made[0]!, made[1]!];
} // prettier-ignore

async function freeName(tx: Tx, name: string): Promise<string> {
  const { rows } = await sql<{ name: string }>`
    select lower(name) as name from segments where deleted_at is null and lower(name) like lower(${name.replaceAll(/[\\%_]/g, "\\$&")}) || '%'`.execute(tx.db);
  const taken = new Set(rows.map((r) => r.name));
  for (let i = 1; ; i++) {
    const free = i === 1 ? name : `${name} (${i})`;
    if (!taken.has(free.toLowerCase())) return free;
  }
} // prettier-ignore
