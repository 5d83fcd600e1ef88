import { sql } from "kysely";
import type { Tx } from "#platform/context";

/*
 * Facts are append-only: what happened stays, and a mistake is withdrawn by another fact. The sample company is the one exception,
 * because nothing of it ever happened: left in the stream it would be counted in every report of the real company.
 *
 * Words we use
 *   survivors   customers who stay and have lost facts: their stories are to be told anew
 */
export interface Survivors {
  contacts: string[];
  accounts: string[];
}

interface Gone {
  id: string;
  contact_id: string | null;
  account_id: string | null;
}

/** Deletes the facts about these customers, with the withdrawals among them. People of an account who stay keep theirs, without the account. */
export async function forgetFactsOf(
  tx: Tx,
  gone: { contacts: readonly string[]; accounts: readonly string[] },
): Promise<Survivors> {
  const { rows } = await sql<Gone>`
    select id, contact_id, account_id from facts where contact_id = any(${gone.contacts})
    union all
    select id, contact_id, account_id from facts where account_id = any(${gone.accounts}) and contact_id is null`.execute(
    tx.db,
  );
  await erase(tx, rows);
  if (gone.accounts.length > 0)
    await sql`update facts set account_id = null where account_id = any(${gone.accounts})`.execute(tx.db);
  return survivorsOf(rows, gone);
}

/** Deletes the facts that name these orders or products, whoever they are about; looks only at what was recorded since then. */
export async function forgetFactsNaming(
  tx: Tx,
  key: "order_id" | "product_id",
  ids: readonly string[],
  since: Date,
): Promise<Survivors> {
  if (ids.length === 0) return { contacts: [], accounts: [] };
  // Ids are uuid v7: their first 48 bits are the millisecond of recording, so the primary key leads to what came since then.
  const ms = Math.max(0, since.getTime()).toString(16).padStart(12, "0");
  const from = `${ms.slice(0, 8)}-${ms.slice(8)}-7000-8000-000000000000`;
  const { rows } = await sql<Gone>`
    select id, contact_id, account_id from facts where id >= ${from}::uuid and payload ->> ${key} = any(${ids})`.execute(
    tx.db,
  );
  await erase(tx, rows);
  return survivorsOf(rows, { contacts: [], accounts: [] });
}

async function erase(tx: Tx, gone: readonly Gone[]): Promise<void> {
  if (gone.length === 0) return;
  const ids = gone.map((g) => g.id);
  await sql`delete from fact_withdrawals where fact_id = any(${ids})`.execute(tx.db);
  await sql`delete from fact_withdrawals where withdrawn_by = any(${ids})`.execute(tx.db);
  await sql`delete from facts where id = any(${ids})`.execute(tx.db);
}

function survivorsOf(
  rows: readonly Gone[],
  leaving: { contacts: readonly string[]; accounts: readonly string[] },
): Survivors {
  const staying = (ids: readonly (string | null)[], gone: readonly string[]): string[] => {
    const left = new Set(gone);
    return [...new Set(ids.filter((id) => id !== null && !left.has(id)))] as string[];
  };
  return {
    contacts: staying(rows.map((r) => r.contact_id), leaving.contacts),
    accounts: staying(rows.map((r) => r.account_id), leaving.accounts),
  }; // prettier-ignore
}
