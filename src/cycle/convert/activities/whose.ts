import { sql } from "kysely";
import { invalid } from "#kernel/refusal";
import type { Tx } from "#platform/context";

/** Whom a note or a call is about: a person, a company, or both. */
export interface About {
  contact_id?: string | null | undefined;
  account_id?: string | null | undefined;
}
export interface Whose {
  contact_id: string | null;
  account_id: string | null;
}

/** The account of a contact; null when there is none. */
export async function accountOf(tx: Tx, contact_id: string): Promise<string | null> {
  const { rows } = await sql<{ account_id: string | null }>`
    select account_id from contacts where id = ${contact_id} and deleted_at is null`.execute(tx.db);
  return rows[0]?.account_id ?? null;
}

/** Fills in the contact's account. @throws Refused when nobody is named, or somebody who is not there. */
export async function whoseOf(tx: Tx, about: About): Promise<Whose> {
  if (about.contact_id) {
    const { rows } = await sql<{ account_id: string | null }>`
      select account_id from contacts where id = ${about.contact_id} and deleted_at is null`.execute(tx.db);
    if (!rows[0]) throw invalid("contact_id", "There is no such contact.");
    return { contact_id: about.contact_id, account_id: rows[0].account_id };
  }
  if (!about.account_id) throw invalid("contact_id", "Say whom it is about: a contact or an account.");
  const { rows } = await sql`select 1 from accounts where id = ${about.account_id} and deleted_at is null`.execute(
    tx.db,
  );
  if (rows.length === 0) throw invalid("account_id", "There is no such account.");
  return { contact_id: null, account_id: about.account_id };
}
