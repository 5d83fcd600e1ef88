import { sql } from "kysely";
import type { RawJson } from "#kernel/endpoint";
import type { Ctx } from "#platform/context";
import { findRecord } from "#records";
import { linesOf } from "./lines.ts";
import { opportunity } from "./opportunity.ts";

/** How long an opportunity stood in a stage, from its event times. */
export interface Spell {
  stage: { id: string; title: string };
  entered_at: string;
  left_at: string | null;
  /** Seconds; up to now for the stage it stands in. */
  seconds: number;
  actor: string;
}

/** One opportunity with its lines and its spells, the first stage first. */
export async function findOpportunity(ctx: Ctx, id: string): Promise<RawJson<Record<string, unknown>>> {
  const [record, lines, spells] = [
    await findRecord(ctx, opportunity, id),
    await linesOf(ctx, id),
    await spellsOf(ctx, id),
  ];
  return {
    ...record,
    json: `${record.json.slice(0, -1)},"lines":${JSON.stringify(lines)},"spells":${JSON.stringify(spells)}}`,
  };
}

async function spellsOf(ctx: Ctx, id: string): Promise<Spell[]> {
  const { rows } = await sql<Spell>`
    select json_build_object('id', s.id, 'title', s.name) as stage, p.entered_at, p.left_at,
           greatest(0, extract(epoch from (coalesce(p.left_at, case when s.category = 'open' then ${ctx.clock()}::timestamptz else p.entered_at end) - p.entered_at)))::float8 as seconds, p.actor_name as actor
      from stage_spells p join pipeline_stages s on s.id = p.stage_id where p.opportunity_id = ${id} order by p.entered_at, p.left_at nulls last, p.id limit 500`.execute(
    ctx.db,
  );
  return rows;
}
