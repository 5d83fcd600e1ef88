import { sql } from "kysely";
import { invalid } from "#kernel/refusal";
import type { Ctx, Tx } from "#platform/context";
import { objectNamed } from "#records";

const day = 86_400_000;

/** Refuses instants before 1970 and more than a day ahead of us: clocks differ, calendars do not. */
export function checkPlacedAt(ctx: Ctx, at: Date, field = "placed_at"): void {
  if (at.getTime() < 0) throw invalid(field, "This is before 1970.");
  if (at.getTime() > ctx.clock().getTime() + day) throw invalid(field, "This is in the future.");
}

/** The rate an order in this currency needs: 1 for the workspace's own, a positive decimal for another. */
export function rateOf(ctx: Ctx, currency: string, given: unknown): string {
  const base = ctx.workspace.currency;
  if (currency === base) return "1";
  const rate = Number(given ?? 0);
  if (!Number.isFinite(rate) || rate < 1e-9 || rate > 1e9)
    throw invalid("rate", `Say how many ${base} one ${currency} was worth that day.`);
  return String(given);
}

interface Customer {
  contact_id?: unknown;
  account_id?: unknown;
}

/** The customer of an order: both must be there; the contact's account stands in when none is named. */
export async function checkCustomer(
  tx: Tx,
  { contact_id, account_id }: Customer,
): Promise<{ contact_id: string | null; account_id: string | null }> {
  const contact = typeof contact_id === "string" ? await live(tx, "contact", contact_id, "account_id") : null;
  if (contact_id && !contact) throw invalid("contact_id", "There is no such contact.");
  const account = typeof account_id === "string" ? await live(tx, "account", account_id, "id") : null;
  if (account_id && !account) throw invalid("account_id", "There is no such account.");
  return {
    contact_id: typeof contact_id === "string" ? contact_id : null,
    account_id: typeof account_id === "string" ? account_id : (contact?.value ?? null),
  };
}

/** The cause of an order lies on its customer's timeline. */
export async function checkCause(tx: Tx, { contact_id, account_id }: Customer, cause: string): Promise<void> {
  const { rows } = await sql`
    select 1 from facts where id = ${cause} and (contact_id = ${contact_id ?? null} or account_id = ${account_id ?? null})`.execute(tx.db); // prettier-ignore
  if (rows.length === 0) throw invalid("caused_by", "There is no such line on the customer's timeline.");
}

async function live(tx: Tx, object: string, id: string, column: string): Promise<{ value: string | null } | null> {
  const { rows } = await sql<{ value: string | null }>`
    select ${sql.id(column)} as value from ${sql.table(objectNamed(object).table)} where id = ${id} and deleted_at is null`.execute(
    tx.db,
  );
  return rows[0] ?? null;
}
