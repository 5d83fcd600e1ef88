import { sql } from "kysely";
import { Refused } from "#kernel/refusal";
import type { Tx } from "#platform/context";
import type { ConsumedFact, Consumer } from "#timeline";
import { contactLead, type Way } from "./move.ts";
import { openLead } from "./open.ts";
import { textIn } from "./words.ts";

/** What leads make of facts: a form opens one, a call that reached somebody answers it, a new name is theirs too. */
export const leadsConsumer: Consumer = {
  name: "leads",
  facts: ["form.submitted", "call.logged", "mail.sent", "contact.updated"],
  batch: 200,
  async apply(tx, facts) {
    for (const fact of facts) {
      if (!fact.contact_id) continue;
      if (fact.name === "form.submitted") await takeForm(tx, fact, fact.contact_id);
      else if (fact.name === "call.logged") await takeAnswer(tx, fact, fact.contact_id, "call");
      else if (fact.name === "mail.sent" && fact.payload.source === "person")
        await takeAnswer(tx, fact, fact.contact_id, "mail");
      else if (fact.name === "contact.updated") await takeName(tx, fact.contact_id);
    }
  },
};

async function takeForm(tx: Tx, fact: ConsumedFact, contact_id: string): Promise<void> {
  if (fact.payload.opens_lead !== true) return;
  const { rows } = await sql<{ campaign_id: string | null; here: boolean }>`
    select f.campaign_id, exists (select from contacts c where c.id = f.contact_id and c.deleted_at is null) as here
      from facts f where f.id = ${fact.id} and not exists (select from fact_withdrawals w where w.fact_id = f.id)
       -- Read again it opens nothing twice, also when its lead is closed by now.
       and not exists (select from facts o where o.contact_id = f.contact_id and o.name in ('lead.opened', 'lead.joined') and o.caused_by = f.id)`.execute(
    tx.db,
  );
  if (!rows[0]?.here) return;
  const form = textIn(fact.payload.form) ?? "a form";
  await openLead(tx, {
    contact_id,
    source: (textIn(fact.payload.source) ?? form).slice(0, 200),
    interest: form.slice(0, 200),
    message: textIn(fact.payload.message),
    form_id: textIn(fact.payload.form_id),
    campaign_id: rows[0].campaign_id,
    asked_at: fact.occurred_at,
    caused_by: fact.id,
  });
}

/** A conversation after they asked answers them; a call that reached nobody does not. */
async function takeAnswer(tx: Tx, fact: ConsumedFact, contact_id: string, how: Way): Promise<void> {
  if (how === "call" && fact.payload.outcome === "no_answer") return;
  const { rows } = await sql<{ id: string }>`
    select id from leads where contact_id = ${contact_id} and status <> 'disqualified' and converted_at is null and deleted_at is null
       and responded_at is null and asked_at <= ${fact.occurred_at}`.execute(tx.db);
  if (!rows[0]) return;
  try {
    await contactLead(tx, rows[0].id, how, { at: fact.occurred_at, cause: fact.id });
  } catch (error) {
    // Somebody pressed the key between the look and the lock: they are answered, which is all we want.
    if (!(error instanceof Refused)) throw error;
  }
}

const takeName = async (tx: Tx, contact_id: string): Promise<void> =>
  void (await sql`
    update leads l set name = c.name, account_id = coalesce(l.account_id, c.account_id) from contacts c
     where c.id = l.contact_id and c.id = ${contact_id} and (l.name <> c.name or (l.account_id is null and c.account_id is not null))`.execute(
    tx.db,
  ));
