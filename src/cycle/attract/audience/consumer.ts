import { sql } from "kysely";
import { lifecycleConsumer } from "#customers";
import type { Tx } from "#platform/context";
import type { ConsumedFact, Consumer } from "#timeline";
import { ask, type Asked } from "./asked.ts";
import { hold } from "./hold.ts";
import { keptSegments, wakes, wakesAccount } from "./kept.ts";
import { recount, settle } from "./settle.ts";

/**
 * Keeps dynamic segments as facts come in: only segments that read what a fact tells of, only the contacts it is about. It stays behind
 * the lifecycle, whose traits change without a fact of their own. Its own facts wake only segments that ask for that segment, which by
 * then are in line already: so they end there.
 */
export const segmentsConsumer: Consumer = {
  name: "segments",
  behind: lifecycleConsumer.name,
  batch: 2000,
  apply: takeFacts,
};

async function takeFacts(tx: Tx, facts: readonly ConsumedFact[]): Promise<void> {
  await hold(tx);
  await countAnew(tx, facts);
  const kept = await keptSegments(tx);
  if (kept.length === 0) return;
  const people = kept.some((k) => k.account !== "not") ? await peopleOf(tx, facts) : new Map<string, string[]>();
  const asked: Asked = new Map();
  for (const fact of facts)
    for (const k of kept) {
      if (fact.contact_id && wakes(k, fact)) ask(asked, k.id, fact.contact_id, fact.id);
      if (fact.account_id && wakesAccount(k, fact))
        for (const id of people.get(fact.account_id) ?? []) ask(asked, k.id, id, fact.id);
    }
  if (asked.size > 0) await settle(tx, kept, asked, "fact");
}

async function peopleOf(tx: Tx, facts: readonly ConsumedFact[]): Promise<Map<string, string[]>> {
  const accounts = [...new Set(facts.flatMap((f) => f.account_id ?? []))];
  const { rows } = await sql<{ id: string; account_id: string }>`
    select id, account_id from contacts where account_id = any(${accounts}) and deleted_at is null`.execute(tx.db);
  const of = new Map<string, string[]>();
  for (const row of rows) of.set(row.account_id, [...(of.get(row.account_id) ?? []), row.id]);
  return of;
}

// Somebody in the trash stays in segments made by hand, so that coming back they are where they were; they do not count meanwhile.
async function countAnew(tx: Tx, facts: readonly ConsumedFact[]): Promise<void> {
  const ids = facts.flatMap((f) =>
    f.name === "contact.trashed" || f.name === "contact.restored" ? (f.contact_id ?? []) : [],
  );
  if (ids.length === 0) return;
  const { rows } = await sql<{ id: string }>`
    select distinct s.id from segments s join segment_members m on m.segment_id = s.id where s.kind = 'static' and m.contact_id = any(${ids})`.execute(
    tx.db,
  );
  await recount(tx, rows.map((r) => r.id)); // prettier-ignore
}
