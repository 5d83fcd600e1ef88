import { sql } from "kysely";
import { newId } from "#kernel/id";
import { invalid } from "#kernel/refusal";
import { inTransaction, type Ctx, type Tx } from "#platform/context";
import { createRecord, type Row, type Values } from "#records";
import { record } from "#timeline";
import { setLines, type LineGiven } from "./lines.ts";
import { opportunityType } from "./opportunity.ts";
import { firstStage, stageOf } from "./stages.ts";

export interface NewOpportunity {
  name: string;
  contact_id?: string | null | undefined;
  account_id?: string | null | undefined;
  owner_id?: string | null | undefined;
  /** The default pipeline's first open stage unless said. */
  pipeline_id?: string | null | undefined;
  stage_id?: string | null | undefined;
  /** Minor units; the sum of the lines when there are some. */
  amount?: number | null | undefined;
  currency?: string | null | undefined;
  rate?: number | string | null | undefined;
  probability?: number | null | undefined;
  expected_close?: string | null | undefined;
  next_step?: string | null | undefined;
  next_step_at?: string | null | undefined;
  type?: "new" | "upsell" | "cross_sell" | "renewal" | "win_back" | undefined;
  description?: string | null | undefined;
  lines?: readonly LineGiven[] | undefined;
  lead_id?: string | null | undefined;
  /** The fact it came from. */
  source_fact?: string | null | undefined;
  custom?: Record<string, unknown> | undefined;
  external_ids?: Record<string, string> | undefined;
  /** The fact that had it opened; source_fact unless said. */
  caused_by?: string | null | undefined;
}

/** Opens an opportunity in an open stage and tells it; answers its id. */
export const openOpportunity = (ctx: Ctx | Tx, given: NewOpportunity): Promise<string> =>
  inTransaction(ctx, async (tx) => {
    const { lines = [], caused_by, pipeline_id, stage_id, ...values } = given;
    const stage = stage_id ? await stageOf(tx, stage_id) : await firstStage(tx, pipeline_id);
    if (stage.category !== "open") throw invalid("stage_id", "A new opportunity is open; move it when it is decided.");
    const id = newId();
    const now = tx.clock();
    const owner_id = values.owner_id === undefined ? await colleague(tx) : values.owner_id;
    const row = await createRecord(
      tx,
      opportunityType,
      {
        ...values,
        owner_id,
        pipeline_id: stage.pipeline_id,
        stage_id: stage.id,
        probability: values.probability ?? stage.probability,
        own_probability: values.probability != null,
        stage_since: now,
        touched_at: now,
      } as Values,
      id,
    );
    await sql`
      insert into stage_spells (id, opportunity_id, stage_id, entered_at, actor_name) values (${newId()}, ${id}, ${stage.id}, ${now}, ${tx.actor.name})`.execute(
      tx.db,
    );
    const opened = lines.length > 0 ? await setLines(tx, row, lines) : row;
    const fact = await record(tx, {
      name: "opportunity.opened",
      ...whoseOf(opened),
      caused_by: caused_by ?? given.source_fact ?? null,
      payload: { title: String(opened.name), ...amountsOf(opened), opportunity_id: id },
    });
    await sql`update opportunities set opened_fact = ${fact} where id = ${id}`.execute(tx.db);
    return id;
  });

/** The customer of an opportunity, for its facts. */
export const whoseOf = (row: Row): { contact_id: string | null; account_id: string | null } => ({
  contact_id: (row.contact_id as string | null) ?? null,
  account_id: (row.account_id as string | null) ?? null,
});

/** Its amount as facts tell it. */
export const amountsOf = (row: Row): { amount: number; currency: string; base_amount: number } => ({
  amount: Number(row.amount),
  currency: String(row.currency),
  base_amount: Number(row.base_amount),
});

/** Who asks, when they work here: a key, a rule or a customer owns nothing. */
async function colleague(tx: Tx): Promise<string | null> {
  if (tx.actor.kind !== "user" || !tx.actor.id) return null;
  const { rows } = await sql`
    select 1 from rondo.members where workspace_id = ${tx.workspace.id} and user_id = ${tx.actor.id}`.execute(tx.db);
  return rows.length > 0 ? tx.actor.id : null;
}
