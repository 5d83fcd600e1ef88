import { sql } from "kysely";
import { quoteForOrder, type Agreed } from "#convert/quotes";
import { newId } from "#kernel/id";
import type { Tx } from "#platform/context";
import type { ConsumedFact, Consumer } from "#timeline";
import { placeOrders } from "./place-many.ts";

/** Places the order of each accepted quote with nothing retyped: once per quote, however often its acceptance is read. */
export const quotesConsumer: Consumer = {
  name: "orders of quotes",
  facts: ["quote.accepted"],
  batch: 100,
  apply: async (tx, facts) => {
    for (const fact of facts) await placeFor(tx, fact);
  },
};

async function placeFor(tx: Tx, fact: ConsumedFact): Promise<void> {
  const quoteId = String(fact.payload.quote_id);
  const { rows } = await sql`select 1 from orders where quote_id = ${quoteId}`.execute(tx.db);
  if (rows.length > 0) return;
  // A quote that was forgotten meanwhile, or told by a history without rows, orders nothing.
  const agreed = await quoteForOrder(tx, quoteId);
  if (!agreed) return;
  const id = newId();
  const by = { kind: "customer", id: agreed.contact_id, name: agreed.accepted_by } as const;
  const [placed] = await placeOrders({ ...tx, actor: by }, [orderOf(id, agreed, fact.id)]);
  if (placed?.total !== agreed.total) throw new Error(`quote ${agreed.number} is ${agreed.total}, its order ${placed?.total ?? "none"}`); // prettier-ignore
  await sql`update orders set quote_id = ${quoteId} where id = ${id}`.execute(tx.db);
}

const orderOf = (id: string, { contact_id, account_id, currency, rate, accepted_at, number, lines }: Agreed, caused_by: string) => ({
  id, contact_id, account_id, currency, rate, lines, caused_by, number: null, placed_at: accepted_at, source: `quote ${number}`,
}); // prettier-ignore
