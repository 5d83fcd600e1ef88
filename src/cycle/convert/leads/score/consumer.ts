import { sql } from "kysely";
import { segmentsConsumer } from "#attract/audience";
import type { Tx } from "#platform/context";
import type { ConsumedFact, Consumer } from "#timeline";
import { rescore } from "./rescore.ts";

/** Keeps scores as facts come in; behind the segments, as rules may ask who is in one. Only open leads of those concerned are looked at. */
export const scoresConsumer: Consumer = {
  name: "lead-scores",
  behind: segmentsConsumer.name,
  batch: 1000,
  apply: takeFacts,
};

async function takeFacts(tx: Tx, facts: readonly ConsumedFact[]): Promise<void> {
  // What became of a lead is no part of its score.
  const telling = facts.filter((f) => !f.name.startsWith("lead.") && !f.name.startsWith("task."));
  const contacts = [...new Set(telling.flatMap((f) => f.contact_id ?? []))];
  const accounts = [...new Set(telling.flatMap((f) => (f.contact_id === null ? (f.account_id ?? []) : [])))];
  if (contacts.length === 0 && accounts.length === 0) return;
  const { rows } = await sql<{ id: string }>`
    select l.id from leads l where l.status <> 'disqualified' and l.converted_at is null and l.deleted_at is null
       and (l.contact_id = any(${contacts}) or l.contact_id in (select id from contacts where account_id = any(${accounts})))`.execute(
    tx.db,
  );
  if (rows.length === 0) return;
  const causes = Map.groupBy(telling, (f) => f.contact_id ?? "");
  await rescore(tx, rows.map((r) => r.id), "fact", causes); // prettier-ignore
}
