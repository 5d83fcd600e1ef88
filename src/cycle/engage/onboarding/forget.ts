import { sql } from "kysely";
import type { Tx } from "#platform/context";
import { forgetHistoryOf } from "#records";

/** Deletes the onboardings of these customers for good, with their steps and history; those of people who stay lose the account's name. */
export async function forgetOnboardingsOf(
  tx: Tx,
  who: { contacts: readonly string[]; accounts: readonly string[] },
): Promise<void> {
  const { rows } = await sql<{ id: string }>`
    delete from onboardings where contact_id = any(${[...who.contacts]}) or (contact_id is null and account_id = any(${[...who.accounts]})) returning id`.execute(tx.db); // prettier-ignore
  await forgetHistoryOf(tx, rows.map((r) => r.id)); // prettier-ignore
  await sql`update onboardings set account_id = null where account_id = any(${[...who.accounts]})`.execute(tx.db);
}

/** Deletes these plans for good, with every onboarding on them. */
export async function forgetPlans(tx: Tx, ids: readonly string[]): Promise<void> {
  const { rows } = await sql<{ id: string }>`delete from onboardings where plan_id = any(${[...ids]}) returning id`.execute(tx.db); // prettier-ignore
  await sql`delete from onboarding_plans where id = any(${[...ids]})`.execute(tx.db);
  await forgetHistoryOf(tx, [...ids, ...rows.map((r) => r.id)]);
}
