import { sql } from "kysely";
import { linesOf, winOpportunity } from "#convert/pipeline";
import type { Tx } from "#platform/context";
import type { Values } from "#records";
import type { LineInput } from "./lines.ts";

interface Opportunity {
  name: string;
  contact_id: string | null;
  account_id: string | null;
  currency: string;
  rate: string;
}

/** What a quote of that opportunity starts with: its customer, currency, name and lines, where nothing else was given. */
export async function startFrom(
  tx: Tx,
  values: Values & { lines?: readonly LineInput[] | undefined },
): Promise<Values & { lines?: readonly LineInput[] | undefined }> {
  const id = values.opportunity_id;
  if (typeof id !== "string") return values;
  const { rows } = await sql<Opportunity>`
    select name, contact_id, account_id, currency, rate::text as rate from opportunities where id = ${id} and deleted_at is null`.execute(tx.db); // prettier-ignore
  const found = rows[0];
  if (!found) return values;
  const same = values.currency == null || values.currency === found.currency;
  const lines = same ? (await linesOf(tx, id)).map(({ product_id, description, quantity, unit_price }) => ({ product_id, description, quantity, unit_price })) : []; // prettier-ignore
  return {
    ...values,
    subject: values.subject ?? found.name,
    contact_id: values.contact_id ?? found.contact_id,
    account_id: values.account_id ?? found.account_id,
    ...(same ? { currency: found.currency, rate: values.rate ?? found.rate } : {}),
    lines: values.lines ?? lines,
  };
}

/** Closes the opportunity as won by that fact; one that is gone or in the trash is left alone: the customer's word counts without it. */
export async function winIts(tx: Tx, opportunityId: unknown, caused_by: string): Promise<void> {
  if (typeof opportunityId !== "string") return;
  const { rows } = await sql`select 1 from opportunities where id = ${opportunityId} and deleted_at is null`.execute(tx.db); // prettier-ignore
  if (rows.length > 0) await winOpportunity(tx, opportunityId, { caused_by });
}

/** The fact that opened an opportunity; null when the quote has none. */
export async function openedFactOf(tx: Tx, opportunityId: unknown): Promise<string | null> {
  if (typeof opportunityId !== "string") return null;
  const { rows } = await sql<{ fact: string | null }>`select opened_fact as fact from opportunities where id = ${opportunityId}`.execute(tx.db); // prettier-ignore
  return rows[0]?.fact ?? null;
}
