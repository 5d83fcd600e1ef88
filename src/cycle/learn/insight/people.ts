import { sql } from "kysely";
import type { Ctx } from "#platform/context";

export interface Raiser {
  id: string;
  name: string;
  email: string | null;
  mentions: number;
  said_at: Date;
  later: boolean;
  /** Their last words about it. */
  said: string | null;
  joined_fact: string;
}

/** Those whose mentions are the insight's evidence, who said it last first; at most 500, contacts in the trash left out. */
export async function raisersOf(ctx: Ctx, id: string): Promise<Raiser[]> {
  const { rows } = await sql<Raiser>`
    select c.id, c.name, c.email, p.mentions, p.said_at, p.later, p.joined_fact,
           (select m.said from theme_mentions m join insights i on i.theme_id = m.theme_id where i.id = p.insight_id and m.fact_id = p.fact_ids[cardinality(p.fact_ids)] limit 1) as said
      from insight_people p join contacts c on c.id = p.contact_id and c.deleted_at is null
     where p.insight_id = ${id} order by p.said_at desc, c.id limit 500`.execute(ctx.db);
  return rows;
} // prettier-ignore

export interface InsightOfContact {
  id: string;
  name: string;
  state: string;
  theme: string | null;
  mentions: number;
  said_at: Date;
}

/** The insights a contact belongs to. */
export async function insightsOf(ctx: Ctx, contact_id: string): Promise<InsightOfContact[]> {
  const { rows } = await sql<InsightOfContact>`
    select i.id, i.name, i.state, t.name as theme, p.mentions, p.said_at
      from insight_people p join insights i on i.id = p.insight_id and i.deleted_at is null left join themes t on t.id = i.theme_id
     where p.contact_id = ${contact_id} order by p.said_at desc limit 50`.execute(ctx.db);
  return rows;
}
