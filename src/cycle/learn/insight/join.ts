import { sql } from "kysely";
import { newId } from "#kernel/id";
import type { Tx } from "#platform/context";
import { recordAll } from "#timeline";
import type { Mentioned } from "./mention.ts";

// People joined in one statement.
const atOnce = 1000;

/** Adds those who raised it to an insight, each with the facts that say so, and tells it on their timelines; who is there already gets the new facts. Answers how many came. */
export async function joinPeople(
  tx: Tx,
  insight: { id: string; name: string; theme: string },
  mentions: readonly Mentioned[],
  later: boolean,
): Promise<number> {
  const people = [...Map.groupBy(mentions.filter((m) => m.contact_id !== null), (m) => m.contact_id!)]; // prettier-ignore
  let came = 0;
  for (let i = 0; i < people.length; i += atOnce)
    came += await joinSome(tx, insight, people.slice(i, i + atOnce), later);
  return came;
}

async function joinSome(
  tx: Tx,
  insight: { id: string; name: string; theme: string },
  people: readonly [string, Mentioned[]][],
  later: boolean,
): Promise<number> {
  const rows = people.map(([contact_id, all]) => {
    const ordered = all.toSorted((a, b) => a.occurred_at.getTime() - b.occurred_at.getTime());
    return { contact_id, fact_ids: ordered.map((m) => m.fact_id), said_at: ordered.at(-1)!.occurred_at, joined_fact: newId() };
  });
  const { rows: written } = await sql<{ contact_id: string; account_id: string | null; joined_fact: string; cause: string; fresh: boolean }>`
    with came as (
      insert into insight_people as p (insight_id, contact_id, fact_ids, mentions, said_at, later, joined_fact)
      select ${insight.id}, c.id, array(select jsonb_array_elements_text(r.fact_ids)::uuid), jsonb_array_length(r.fact_ids), r.said_at, ${later}, r.joined_fact
        from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(contact_id uuid, fact_ids jsonb, said_at timestamptz, joined_fact uuid)
        join contacts c on c.id = r.contact_id
          on conflict (insight_id, contact_id) do update set fact_ids = p.fact_ids || excluded.fact_ids, mentions = p.mentions + excluded.mentions,
                                                             said_at = greatest(p.said_at, excluded.said_at)
      returning contact_id, joined_fact, fact_ids[cardinality(fact_ids)] as cause, xmax = 0 as fresh)
    select came.*, c.account_id from came join contacts c on c.id = came.contact_id`.execute(tx.db);
  const fresh = written.filter((w) => w.fresh);
  await recordAll(
    tx,
    fresh.map((w) => ({
      id: w.joined_fact,
      name: "insight.joined" as const,
      contact_id: w.contact_id,
      account_id: w.account_id,
      caused_by: w.cause,
      payload: { insight_id: insight.id, title: insight.name, theme: insight.theme },
    })),
  );
  return fresh.length;
} // prettier-ignore
