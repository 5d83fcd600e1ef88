import { sql } from "kysely";
import { cancelSends } from "#attract/channels";
import { notFound, Refused } from "#kernel/refusal";
import { inTransaction, type Ctx, type Tx } from "#platform/context";
import { withdraw } from "#timeline";
import { setStatus } from "./status.ts";
import { retime } from "./targets.ts";
import { tell } from "./told.ts";
import { holdCase } from "./words.ts";

/** Takes a reply back while its mail has not left: the message goes, its fact is withdrawn, and the clocks it ended run on. */
export const unsay = (ctx: Ctx | Tx, caseId: string, messageId: string): Promise<void> =>
  inTransaction(ctx, async (tx) => {
    const c = await holdCase(tx, caseId);
    const { rows } = await sql<{ fact_id: string | null; was_status: string; at: Date; last: boolean }>`
      select fact_id, was_status, at, not exists (select from case_messages o where o.case_id = m.case_id and o.kind = 'public' and o.at > m.at) as last
        from case_messages m where id = ${messageId} and case_id = ${caseId} and kind = 'public' and not inbound`.execute(tx.db); // prettier-ignore
    const said = rows[0];
    if (!said) throw notFound("reply");
    if (!said.last || c.status === "resolved" || c.status === "closed")
      throw new Refused("conflict", "reply.overtaken", "The case went on since; a reply can no longer be taken back.");
    const called = await cancelSends(tx, { source: "case", source_id: messageId });
    if (called === 0) throw new Refused("conflict", "reply.sent", "The mail has left; it can no longer be taken back.");
    const { rows: ended } = await sql<{ kind: string; started_at: Date }>`
      update case_targets set outcome = null, ended_at = null, ended_by = null, late_by = null where case_id = ${caseId} and ended_by = ${messageId}
      returning kind, started_at`.execute(tx.db);
    const asked = await askedBefore(tx, caseId, said.at);
    await sql`delete from case_messages where id = ${messageId}`.execute(tx.db);
    await sql`
      update cases c set waiting_since = ${asked.at}, asked_fact = ${asked.fact},
             first_reply_at = (select min(at) from case_messages where case_id = c.id and kind = 'public' and not inbound)
       where id = ${caseId}`.execute(tx.db);
    const told = await tell(tx, c, "case.unsaid", {}, { caused_by: said.fact_id });
    if (said.fact_id) await withdraw(tx, [said.fact_id], told);
    if (ended.length > 0 || said.was_status !== c.status) await setStatus(tx, c, said.was_status === "waiting" ? "waiting" : "open"); // prettier-ignore
    await retime(tx, caseId);
  });

/** The first message of the customer after our last one before that instant; the opening, when we never answered. */
async function askedBefore(tx: Tx, caseId: string, until: Date): Promise<{ at: Date | null; fact: string | null }> {
  const { rows } = await sql<{ at: Date; fact: string | null }>`
    with ours as (select max(at) as at from case_messages where case_id = ${caseId} and kind = 'public' and not inbound and at < ${until})
    select m.at, m.fact_id as fact from case_messages m, ours where m.case_id = ${caseId} and m.inbound and m.at <= ${until} and m.at > coalesce(ours.at, '-infinity')
    union all
    select c.created_at, c.opened_fact from cases c, ours where c.id = ${caseId} and ours.at is null
     order by at limit 1`.execute(tx.db);
  return rows[0] ?? { at: null, fact: null };
}
