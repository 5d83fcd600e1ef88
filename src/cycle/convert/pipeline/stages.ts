import { sql } from "kysely";
import { newId } from "#kernel/id";
import { invalid, Refused } from "#kernel/refusal";
import { inTransaction, type Ctx, type Tx } from "#platform/context";
import { lockRecord, noteChanges } from "#records";
import { pipelineType, type Category, type Requirable } from "./pipeline.ts";

export interface Stage {
  id: string;
  pipeline_id: string;
  name: string;
  position: number;
  category: Category;
  /** Percent. */
  probability: number;
  /** Days. */
  target_days: number | null;
  rotting_days: number | null;
  required_fields: Requirable[];
}

export interface PipelineTold {
  id: string;
  name: string;
  is_default: boolean;
  version: number;
  stages: Stage[];
}

const stageColumns = sql`id, pipeline_id, name, position, category, probability, target_days, rotting_days, required_fields`;

/** All pipelines with their stages in order, the default one first. */
export async function pipelinesOf(ctx: Ctx): Promise<PipelineTold[]> {
  const [{ rows: pipelines }, { rows: stages }] = await Promise.all([
    sql<Omit<PipelineTold, "stages">>`
      select id, name, is_default, version from pipelines where deleted_at is null order by is_default desc, name, id`.execute(
      ctx.db,
    ),
    sql<Stage>`select ${stageColumns} from pipeline_stages where deleted_at is null order by position, id`.execute(
      ctx.db,
    ),
  ]);
  return pipelines.map((p) => ({ ...p, stages: stages.filter((s) => s.pipeline_id === p.id) }));
}

/** The stage of that id; refused when it is not there any more. */
export async function stageOf(ctx: Ctx, id: string): Promise<Stage> {
  const { rows } = await sql<Stage>`
    select ${stageColumns} from pipeline_stages where id = ${id} and deleted_at is null`.execute(ctx.db);
  if (!rows[0]) throw invalid("stage_id", "There is no such stage.");
  return rows[0];
}

/** Where a new one begins: the first open stage of the pipeline, the default pipeline unless said. */
export async function firstStage(ctx: Ctx, pipelineId?: string | null, category: Category = "open"): Promise<Stage> {
  const { rows } = await sql<Stage>`
    select ${sql.raw("s.id, s.pipeline_id, s.name, s.position, s.category, s.probability, s.target_days, s.rotting_days, s.required_fields")}
      from pipeline_stages s join pipelines p on p.id = s.pipeline_id
     where p.deleted_at is null and s.deleted_at is null and s.category = ${category} and ${pipelineId ? sql`p.id = ${pipelineId}` : sql`p.is_default`}
     order by s.position limit 1`.execute(ctx.db);
  if (!rows[0]) throw invalid("pipeline_id", "There is no such pipeline.");
  return rows[0];
}

export interface StageGiven {
  /** One that is there already; a new one without. */
  id?: string | undefined;
  name: string;
  category: Category;
  probability: number;
  target_days?: number | null | undefined;
  rotting_days?: number | null | undefined;
  required_fields?: Requirable[] | undefined;
}

export interface PipelineGiven {
  name: string;
  is_default?: boolean | undefined;
  stages: readonly StageGiven[];
}

/** Saves a pipeline with all its stages in order; one left out goes, unless opportunities stand in it. Answers its id. */
export const savePipeline = (
  ctx: Ctx | Tx,
  id: string | null,
  version: number | null,
  given: PipelineGiven,
): Promise<string> =>
  inTransaction(ctx, async (tx) => {
    checkStages(given.stages);
    const before = id ? await lockRecord(tx, pipelineType, id) : null;
    if (before && version !== null && before.version !== version)
      throw new Refused("stale", "record.stale", "Somebody changed this pipeline since you opened it.", { detail: { current: { ...before } } }); // prettier-ignore
    if (before?.is_default === true && given.is_default === false)
      throw invalid("is_default", "One pipeline is the default; make another one it.");
    const known = id ? ((await pipelinesOf(tx)).find((p) => p.id === id)?.stages ?? []) : [];
    const saved = id ?? newId();
    if (given.is_default)
      await sql`update pipelines set is_default = false, version = version + 1 where is_default and id <> ${saved}`.execute(
        tx.db,
      );
    await sql`
      insert into pipelines (id, name, is_default, created_at, updated_at) values (${saved}, ${given.name}, ${given.is_default ?? false}, ${tx.clock()}, ${tx.clock()})
          on conflict (id) do update set name = excluded.name, is_default = ${given.is_default ?? before?.is_default ?? false}, version = pipelines.version + 1, updated_at = ${tx.clock()}`.execute(
      tx.db,
    );
    await dropStages(
      tx,
      known.filter((k) => !given.stages.some((s) => s.id === k.id)),
    );
    for (const [position, stage] of given.stages.entries())
      await saveStage(tx, saved, position + 1, stage, known.find((k) => k.id === stage.id)); // prettier-ignore
    await noteChanges(tx, [
      {
        object: "pipeline",
        record_id: saved,
        action: id ? "updated" : "created",
        fields: { stages: [known.map((s) => s.name).join(", ") || null, given.stages.map((s) => s.name).join(", ")] },
      },
    ]);
    return saved;
  });

function checkStages(stages: readonly StageGiven[]): void {
  const of = (category: Category): number => stages.filter((s) => s.category === category).length;
  if (of("open") === 0) throw invalid("stages", "A pipeline has an open stage.");
  if (of("won") === 0 || of("lost") === 0) throw invalid("stages", "A pipeline has a stage for won and one for lost.");
  for (const [i, s] of stages.entries()) {
    if (s.category === "won" && s.probability !== 100) throw invalid(`stages.${i}.probability`, "Won is 100 percent.");
    if (s.category === "lost" && s.probability !== 0) throw invalid(`stages.${i}.probability`, "Lost is 0 percent.");
    if (stages.findIndex((o) => o.name.toLowerCase() === s.name.toLowerCase()) < i)
      throw invalid(`stages.${i}.name`, "Another stage has this name.");
  }
}

async function saveStage(
  tx: Tx,
  pipelineId: string,
  position: number,
  s: StageGiven,
  known: Stage | undefined,
): Promise<void> {
  if (s.id && !known) throw invalid(`stages.${position - 1}.id`, "There is no such stage in this pipeline.");
  if (known && known.category !== s.category && (await standing(tx, known.id)) > 0)
    throw invalid(`stages.${position - 1}.category`, `Opportunities stand in ${known.name}; move them first.`);
  await sql`
    insert into pipeline_stages (id, pipeline_id, name, position, category, probability, target_days, rotting_days, required_fields, created_at, updated_at)
    values (${known?.id ?? newId()}, ${pipelineId}, ${s.name}, ${position}, ${s.category}, ${s.probability}, ${s.target_days ?? null}, ${s.rotting_days ?? null},
            ${s.required_fields ?? []}, ${tx.clock()}, ${tx.clock()})
        on conflict (id) do update
       set name = excluded.name, position = excluded.position, category = excluded.category, probability = excluded.probability, target_days = excluded.target_days,
           rotting_days = excluded.rotting_days, required_fields = excluded.required_fields, version = pipeline_stages.version + 1, updated_at = excluded.updated_at`.execute(
    tx.db,
  );
  if (known && known.probability !== s.probability)
    await sql`update opportunities set probability = ${s.probability}, version = version + 1 where stage_id = ${known.id} and not own_probability`.execute(
      tx.db,
    );
}

async function dropStages(tx: Tx, stages: readonly Stage[]): Promise<void> {
  for (const stage of stages) {
    if ((await standing(tx, stage.id)) > 0)
      throw invalid("stages", `Opportunities stand in ${stage.name}; move them first.`, "stage.in-use");
    await sql`update pipeline_stages set deleted_at = ${tx.clock()} where id = ${stage.id}`.execute(tx.db);
  }
}

/** How many stand in a stage, those in the trash too: they may come back. Holds the stage against a move that comes just now. */
async function standing(tx: Tx, stageId: string): Promise<number> {
  await sql`select 1 from pipeline_stages where id = ${stageId} for update`.execute(tx.db);
  const { rows } = await sql<{ n: number }>`
    select count(*) as n from opportunities where stage_id = ${stageId}`.execute(tx.db);
  return rows[0]!.n;
}

/** Moves a pipeline to the trash that is not the default and in which nothing stands. */
export const dropPipeline = (ctx: Ctx, id: string): Promise<void> =>
  inTransaction(ctx, async (tx) => {
    const before = await lockRecord(tx, pipelineType, id);
    if (before.is_default === true)
      throw new Refused("conflict", "pipeline.default", "This is the default pipeline; make another one it first.");
    const { rows } = await sql`select 1 from opportunities where pipeline_id = ${id} limit 1`.execute(tx.db);
    if (rows.length > 0)
      throw new Refused("conflict", "pipeline.in-use", "Opportunities stand in this pipeline; move them first.");
    await sql`update pipelines set deleted_at = ${tx.clock()}, version = version + 1 where id = ${id}`.execute(tx.db);
    await noteChanges(tx, [{ object: "pipeline", record_id: id, action: "trashed", fields: null }]);
  });
