import { sql } from "kysely";
import { holds } from "#kernel/condition";
import type { Ctx } from "#platform/context";
import { belongs, sources } from "#learn/insight";
import type { Exposed } from "./expose.ts";
import type { Metric } from "./plan.ts";

interface Happened {
  contact_id: string;
  id: string;
  name: string;
  occurred_at: Date;
  payload: Record<string, unknown>;
}

const dayMs = 86_400_000;

/** Those whose days after the exposure are over by then, and how many are not. */
export function matured(people: readonly Exposed[], days: number, by: Date): { ripe: Exposed[]; waiting: number } {
  const ripe = people.filter((p) => p.at.getTime() + days * dayMs <= by.getTime());
  return { ripe, waiting: people.length - ripe.length };
}

/** What the metric came to for each of these people, in their order: 1 or 0, or minor units of the workspace's currency. */
export async function figuresFor(ctx: Ctx, metric: Metric, people: readonly Exposed[]): Promise<number[]> {
  if (people.length === 0) return [];
  const facts = await happenedTo(ctx, metric, people);
  const counts = countOf(metric, ctx.clock());
  const by = Map.groupBy(facts.filter(counts), (f) => f.contact_id);
  if (metric.kind !== "money") return people.map((p) => (by.has(p.contact_id) ? 1 : 0));
  const amount = (f: Happened): number => (typeof f.payload.base_amount === "number" ? f.payload.base_amount : 0);
  return people.map((p) => (by.get(p.contact_id) ?? []).reduce((sum, f) => sum + amount(f), 0));
}

function countOf(metric: Metric, now: Date): (fact: Happened) => boolean {
  if (metric.kind === "money") return () => true;
  if (metric.kind === "theme") {
    const { definition } = metric;
    // The definition was frozen with all reasons below its groups.
    return definition ? belongs(definition, new Map()) : () => false;
  }
  const { fact, where } = metric;
  if (!where) return () => true;
  return (f) => holds({ fact, where }, { id: f.contact_id, fields: {}, facts: [f], related: {} }, now);
}

/** What happened to each in the days after the exposure, after its instant, withdrawn facts left out. */
async function happenedTo(ctx: Ctx, metric: Metric, people: readonly Exposed[]): Promise<Happened[]> {
  const names = metric.kind === "theme" ? [...sources] : [metric.fact];
  const { rows } = await sql<Happened>`
    select f.contact_id, f.id, f.name, f.occurred_at, f.payload
      from unnest(${people.map((p) => p.contact_id)}::uuid[], ${people.map((p) => p.at)}::timestamptz[]) p(contact_id, at)
      join facts f on f.contact_id = p.contact_id and f.name = any(${names})
       and f.occurred_at > p.at and f.occurred_at <= p.at + ${`${metric.days} days`}::interval
     where not exists (select from fact_withdrawals w where w.fact_id = f.id)`.execute(ctx.db);
  return rows;
}
