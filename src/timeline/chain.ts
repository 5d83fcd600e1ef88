import { sql } from "kysely";
import type { Ctx } from "#platform/context";
import { sentenceOf, wordsFor, type FactReader } from "./read.ts";
import { vocabulary } from "./vocabulary.ts";

/*
 * Words we use
 *   noun    what a fact is about, the part of its name before the dot: "order" of "order.paid"; its record stands in the payload as "order_id"
 *   chain   how a record hangs together with others on its customer's timeline: what it came of, and what came of it
 */
export interface ChainLink {
  id: string;
  name: string;
  occurred_at: Date;
  sentence: string;
  contact_id: string | null;
  /** Who did it: a person, a key, a customer, Rondo itself. */
  actor_kind: string;
  actor_name: string;
  payload: Record<string, unknown>;
}
export interface Chain {
  /** Facts of the record itself. */
  here: ChainLink[];
  because: ChainLink[];
  led_to: ChainLink[];
}

/** The nouns of all facts. */
export const nouns = [...new Set(Object.keys(vocabulary).map((name) => name.split(".")[0]!))] as [string, ...string[]];

// A record has a handful of facts of its own; an order that was corrected a hundred times shows its last ones.
const most = 20;

/** The chain of one record on the timeline of a contact or an account; causes may lie on another customer's. */
export async function chainOf(
  ctx: Ctx,
  about: { contact_id: string } | { account_id: string },
  noun: string,
  record: string,
  reader?: FactReader,
): Promise<Chain> {
  const subject =
    "contact_id" in about ? sql`f.contact_id = ${about.contact_id}` : sql`f.account_id = ${about.account_id}`;
  const { rows } = await sql<Omit<ChainLink, "sentence"> & { part: keyof Chain }>`
    with here as (
      select f.id, f.caused_by from facts f
       where ${subject} and f.name like ${`${noun}.%`} and f.payload ->> ${`${noun}_id`} = ${record} and not exists (select from fact_withdrawals w where w.fact_id = f.id)
       order by f.occurred_at desc, f.id desc limit ${most}),
    linked as (
      select 'here' as part, id from here
      union all (select distinct 'because', h.caused_by from here h where h.caused_by is not null and not exists (select from here o where o.id = h.caused_by))
      union all (select 'led_to', f.id from facts f join here h on h.id = f.caused_by
                  where ${subject} and not exists (select from here o where o.id = f.id) order by f.occurred_at limit ${most}))
    select l.part, f.id, f.name, f.occurred_at, f.contact_id, f.actor_kind, f.actor_name, f.payload from linked l join facts f on f.id = l.id
     where not exists (select from fact_withdrawals w where w.fact_id = f.id) ${reader ? sql`and ${reader.seen("f")}` : sql``} order by f.occurred_at, f.id`.execute(ctx.db);
  const words = wordsFor(ctx.workspace.locale);
  const chain: Chain = { here: [], because: [], led_to: [] };
  for (const { part, ...row } of rows) {
    const payload = reader ? reader.payload(row.name, row.payload) : row.payload;
    chain[part].push({ ...row, payload, sentence: sentenceOf(row.name, payload, words) });
  }
  return chain;
} // prettier-ignore
