import { sql } from "kysely";
import { inTransaction, type Ctx, type Tx } from "#platform/context";
import { openOpportunity, type NewOpportunity } from "./open.ts";

/**
 * Opens an opportunity that a person wrote down. Where its contact is an open lead, it answers that asking, and the timeline says so;
 * anything else would be a guess, and a deal without a cause says by whom it was opened.
 */
export const openByHand = (ctx: Ctx | Tx, given: NewOpportunity): Promise<string> =>
  inTransaction(ctx, async (tx) => openOpportunity(tx, { ...given, caused_by: given.caused_by ?? given.source_fact ?? (await askingOf(tx, given.contact_id)) })); // prettier-ignore

/** The fact that made the contact the open lead it is; null when it is none. Nobody is two open leads: a second asking joins the first. */
async function askingOf(tx: Tx, contactId: string | null | undefined): Promise<string | null> {
  if (!contactId) return null;
  const { rows } = await sql<{ id: string }>`
    with told as (select f.id, f.name, f.payload ->> 'lead_id' as lead, f.occurred_at, f.seq from facts f
                   where f.contact_id = ${contactId} and f.name in ('lead.opened', 'lead.reopened', 'lead.conversion-undone', 'lead.converted', 'lead.unqualified')
                     and not exists (select from fact_withdrawals w where w.fact_id = f.id)),
    latest as (select distinct on (lead) lead, name from told order by lead, occurred_at desc, seq desc)
    select t.id from told t join latest l using (lead)
     where t.name = 'lead.opened' and l.name in ('lead.opened', 'lead.reopened', 'lead.conversion-undone') order by t.occurred_at desc limit 1`.execute(
    tx.db,
  );
  return rows[0]?.id ?? null;
}
