import type { Board, Card, Column, Line, opportunitiesApi, PipelineTold, pipelinesApi, Spell } from "#convert/pipeline";
import { client } from "../../../kit/client.ts";
import type { Pointed, Rec } from "../../../records/record.ts";

export type { Board, Card, Column, PipelineTold, Spell };

/** An opportunity as the server answers it; amounts are minor units of its currency. */
export interface Opportunity extends Rec {
  version: number;
  name: string;
  contact_id: string | null;
  contact?: Pointed | null;
  account_id: string | null;
  account?: Pointed | null;
  owner?: Pointed | null;
  pipeline_id: string;
  stage_id: string;
  stage?: Pointed | null;
  status: "open" | "won" | "lost";
  amount: number;
  currency: string;
  base_amount: number;
  probability: number;
  expected_close: string | null;
  closed_at: string | null;
  lost_reason_id: string | null;
  lost_reason?: Pointed | null;
  next_step: string | null;
  next_step_at: string | null;
  stage_since: string;
  touched_at: string;
  deleted_at: string | null;
  line_count: number;
  lines: readonly Line[];
  spells: readonly Spell[];
}

/** What is asked about opportunities and pipelines. */
export const opportunities = () => client<typeof opportunitiesApi>("opportunities");
export const pipelines = () => client<typeof pipelinesApi>("pipelines");

/** One opportunity with its lines and spells. */
export const opportunityOf = async (id: string): Promise<Opportunity> =>
  (await opportunities().get({ id })) as unknown as Opportunity;

const dayMs = 86_400_000;

/** Whole days since an instant. */
export const daysIn = (since: string, now: number = Date.now()): number =>
  Math.max(0, Math.floor((now - Date.parse(since)) / dayMs));

/** How a deal ages in its stage: red when nobody did anything for too long, amber when it stands there longer than it should. */
export function ageOf(
  { stage_since, touched_at }: Pick<Card, "stage_since" | "touched_at">,
  stage: { category: string; target_days: number | null; rotting_days: number | null },
  now: number = Date.now(),
): "fresh" | "late" | "cold" {
  if (stage.category !== "open") return "fresh";
  if (stage.rotting_days !== null && now - Date.parse(touched_at) > stage.rotting_days * dayMs) return "cold";
  if (stage.target_days !== null && now - Date.parse(stage_since) > stage.target_days * dayMs) return "late";
  return "fresh";
}
