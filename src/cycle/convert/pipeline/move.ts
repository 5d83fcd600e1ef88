import { sql } from "kysely";
import { newId } from "#kernel/id";
import { Refused } from "#kernel/refusal";
import { inTransaction, type Ctx, type Tx } from "#platform/context";
import { checkReason, lockRecord, noteChanges, updateRecord, type Row, type Values } from "#records";
import { record, type FactInput } from "#timeline";
import { amountsOf, whoseOf } from "./open.ts";
import { opportunity, opportunityType } from "./opportunity.ts";
import { firstStage, stageOf, type Stage } from "./stages.ts";
import { requireVersion } from "./version.ts";

export interface Move {
  stage_id: string;
  /** The version the mover saw; a later one refuses. */
  version?: number | undefined;
  /** What the stage requires and was not said yet. */
  values?: Values | undefined;
  /** Why it was lost, from the taxonomy; needed to lose it. */
  lost_reason_id?: string | null | undefined;
  caused_by?: string | null | undefined;
}

/**
 * Moves an opportunity to a stage, of whatever pipeline: ends its spell, begins the next, tells the fact. Refused when somebody changed
 * it meanwhile, when the stage requires what it does not say, and when it is lost without a reason. To stay is no move.
 */
export const moveOpportunity = (ctx: Ctx | Tx, id: string, move: Move): Promise<Row> =>
  inTransaction(ctx, async (tx) => {
    const before = await lockRecord(tx, opportunityType, id);
    requireVersion(before, move.version);
    const row = move.values ? await updateRecord(tx, opportunityType, id, undefined, move.values) : before;
    const to = await heldStage(tx, move.stage_id);
    if (row.stage_id === to.id) return row;
    requireFields(row, to);
    const reason = to.category === "lost" ? await whyLost(tx, move.lost_reason_id) : null;
    return enter(tx, row, to, reason, move.caused_by ?? null);
  });

/** Wins an opportunity, from wherever it stands, in its pipeline; won twice is won once. */
export const winOpportunity = (ctx: Ctx | Tx, id: string, { caused_by }: { caused_by?: string | null } = {}): Promise<Row> =>
  inTransaction(ctx, async (tx) => {
    const row = await lockRecord(tx, opportunityType, id);
    if (row.status === "won") return row;
    return enter(tx, row, await firstStage(tx, String(row.pipeline_id), "won"), null, caused_by ?? null);
  }); // prettier-ignore

// A stage that goes just now waits for us, or we for it.
async function heldStage(tx: Tx, id: string): Promise<Stage> {
  await sql`select 1 from pipeline_stages where id = ${id} for share`.execute(tx.db);
  return stageOf(tx, id);
}

function requireFields(row: Row, to: Stage): void {
  const missing = to.required_fields.filter((f) => (f === "amount" ? Number(row.amount) === 0 : row[f] == null || row[f] === "")); // prettier-ignore
  if (missing.length === 0) return;
  const label = (name: string): string => opportunity.fields.find((f) => f.name === name)?.label ?? name;
  throw new Refused("invalid", "opportunity.fields-required", `${to.name} needs ${missing.map((f) => label(f).toLowerCase()).join(", ")}.`, {
    fields: missing.map((field) => ({ field, message: `${label(field)} is needed for ${to.name}.` })),
  }); // prettier-ignore
}

async function whyLost(tx: Tx, reasonId: string | null | undefined): Promise<{ id: string; label: string }> {
  if (!reasonId)
    throw new Refused("invalid", "opportunity.reason-required", "Say why it was lost.", {
      fields: [{ field: "lost_reason_id", message: "Say why it was lost." }],
    });
  return { id: reasonId, label: await checkReason(tx, reasonId, "lost", "lost_reason_id") };
}

async function enter(
  tx: Tx,
  row: Row,
  to: Stage,
  reason: { id: string; label: string } | null,
  cause: string | null,
): Promise<Row> {
  const now = tx.clock();
  const { rows: left } = await sql<{ id: string; name: string; seconds: number }>`
    update stage_spells p set left_at = greatest(${now}, p.entered_at) from pipeline_stages s
     where p.opportunity_id = ${row.id} and p.left_at is null and s.id = p.stage_id
    returning s.id, s.name, extract(epoch from (p.left_at - p.entered_at))::float8 as seconds`.execute(tx.db);
  await sql`
    insert into stage_spells (id, opportunity_id, stage_id, entered_at, actor_name)
    values (${newId()}, ${row.id}, ${to.id}, greatest(${now}, (select max(left_at) from stage_spells where opportunity_id = ${row.id})), ${tx.actor.name})`.execute(
    tx.db,
  );
  const fact = await record(tx, factOf(row, to, left[0], reason, cause));
  const closed = to.category === "open" ? null : now;
  const { rows } = await sql<Row>`
    update opportunities
       set stage_id = ${to.id}, pipeline_id = ${to.pipeline_id}, status = ${to.category}, probability = ${to.probability}, own_probability = false,
           closed_at = ${closed}, lost_reason_id = ${reason?.id ?? null}, closed_fact = ${closed ? fact : null}, stage_since = ${now}, touched_at = ${now},
           updated_at = ${now}, version = version + 1
     where id = ${row.id} returning *`.execute(tx.db);
  const after = rows[0]!;
  const names: Record<string, [unknown, unknown]> = { stage_id: [left[0]?.id ?? null, to.id] };
  if (reason) names.lost_reason_id = [null, reason.id];
  await noteChanges(tx, [{ object: "opportunity", record_id: row.id, action: "updated", fields: names }]);
  return after;
}

const daySeconds = 86_400;

function factOf(
  row: Row,
  to: Stage,
  left: { name: string; seconds: number } | undefined,
  reason: { id: string; label: string } | null,
  cause: string | null,
): FactInput {
  const title = String(row.name);
  const about = { ...whoseOf(row), caused_by: cause ?? (row.opened_fact as string | null) ?? null };
  const opportunity_id = row.id;
  if (to.category === "won") return { name: "opportunity.won", ...about, payload: { title, ...amountsOf(row), opportunity_id } }; // prettier-ignore
  if (reason) return { name: "opportunity.lost", ...about, payload: { title, reason: reason.label, reason_id: reason.id, ...amountsOf(row), opportunity_id } }; // prettier-ignore
  if (row.status !== "open") {
    const caused_by = cause ?? (row.closed_fact as string | null) ?? about.caused_by;
    return { name: "opportunity.reopened", ...about, caused_by, payload: { title, stage: to.name, opportunity_id } };
  }
  return {
    name: "opportunity.staged",
    ...about,
    payload: { title, from: left?.name ?? to.name, to: to.name, days: Math.round((left?.seconds ?? 0) / daySeconds * 10) / 10, opportunity_id },
  }; // prettier-ignore
}
