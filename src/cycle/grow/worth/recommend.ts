import { sql } from "kysely";
import { inTransaction, type Ctx } from "#platform/context";
import { notFound } from "#kernel/refusal";

/*
 * Words we use
 *   again   what a customer buys again and again: their own most-bought products, with when the next one is due by their own gap
 *   fresh   what is new for them: bought by those who bought what they bought
 */
export interface Again {
  product_id: string;
  name: string;
  /** Orders with it. */
  times: number;
  last_at: string;
  /** Mean days between them. */
  every_days: number;
}
export interface Fresh {
  product_id: string;
  name: string;
  /** The product of theirs that says most for it: `both` of its `buyers` also bought this. */
  because_id: string;
  because: string;
  both: number;
  buyers: number;
}
export interface Recommended {
  /** "little": too few buyers of several products to learn from; then only `again` is offered. */
  state: "learnt" | "little" | "not-yet";
  again: Again[];
  fresh: Fresh[];
}
export type Whose = { contact_id: string } | { account_id: string };

// Fewer buyers of two products than these make neighbours of chance.
export const buyersEnough = 50;
const shown = 5;

/** What to offer a customer, each with its reason. */
export async function recommendFor(ctx: Ctx, whose: Whose): Promise<Recommended> {
  const [field, id] = "contact_id" in whose ? (["contact_id", whose.contact_id] as const) : (["account_id", whose.account_id] as const); // prettier-ignore
  const own = sql`
    select product_id, count(distinct order_id)::int as times, max(placed_at) as last_at, min(placed_at) as first_at from purchases
     where ${sql.ref(field)} = ${id} and product_id is not null and status <> 'cancelled' and deleted_at is null group by 1`;
  const offerable = sql`p.status = 'active' and p.deleted_at is null and not exists (select from unwanted_recommendations u where u.contact_id = ${field === "contact_id" ? id : null}::uuid and u.product_id = p.id)`;
  const again = await sql<Again>`
    select o.product_id, p.name, o.times, o.last_at, greatest(1, round(extract(epoch from o.last_at - o.first_at) / 86400 / (o.times - 1)))::int as every_days
      from (${own}) o join products p on p.id = o.product_id
     where o.times >= 2 and ${offerable} order by o.times desc, o.last_at desc, o.product_id limit ${shown}`.execute(
    ctx.db,
  );
  const fresh = await sql<Fresh>`
    with own as materialized (${own}),
    scored as (select n.other_id, sum(n.similarity) as score, (array_agg(n.product_id order by n.similarity desc, n.product_id))[1] as because_id
                 from own o join product_neighbours n on n.product_id = o.product_id
                where n.other_id not in (select product_id from own) group by 1)
    select s.other_id as product_id, p.name, s.because_id, b.name as because, n.both_bought as both, n.buyers
      from scored s join products p on p.id = s.other_id join products b on b.id = s.because_id
      join product_neighbours n on n.product_id = s.because_id and n.other_id = s.other_id
     where ${offerable} order by s.score desc, s.other_id limit ${shown}`.execute(ctx.db);
  const state = await learntState(ctx);
  return { state, again: again.rows, fresh: state === "learnt" ? fresh.rows : [] };
}

async function learntState(ctx: Ctx): Promise<Recommended["state"]> {
  const { rows } = await sql<{ ran: boolean; buyers: number | null }>`
    select ran_at is not null as ran, (told ->> 'buyers')::int as buyers from worth_runs where what = 'neighbours'`.execute(
    ctx.db,
  );
  if (!rows[0]?.ran) return "not-yet";
  return (rows[0].buyers ?? 0) >= buyersEnough ? "learnt" : "little";
}

/** "Not this": the product is not offered to the customer any more. Repeating it changes nothing. */
export const dismiss = (ctx: Ctx, contactId: string, productId: string): Promise<void> =>
  inTransaction(ctx, async (tx) => {
    const { rows } = await sql<{ known: boolean }>`
      select exists (select from contacts where id = ${contactId}) and exists (select from products where id = ${productId}) as known`.execute(tx.db);
    if (!rows[0]?.known) throw notFound("recommendation");
    await sql`insert into unwanted_recommendations (contact_id, product_id, at) values (${contactId}, ${productId}, ${tx.clock()}) on conflict do nothing`.execute(tx.db);
  }); // prettier-ignore

/** Takes "not this" back. */
export const offerAgain = (ctx: Ctx, contactId: string, productId: string): Promise<void> =>
  inTransaction(ctx, async (tx) => {
    await sql`delete from unwanted_recommendations where contact_id = ${contactId} and product_id = ${productId}`.execute(tx.db); // prettier-ignore
  });
