import { sql } from "kysely";
import type { Ctx, Tx } from "#platform/context";
import type { MailSettings } from "./settings.ts";

const dayMs = 86_400_000;
const windowDays = 30;

export type Budget = "free" | "budget" | "quiet";

const windowStart = (now: Date): Date => new Date(now.getTime() - windowDays * dayMs);
const quietStart = (now: Date, settings: MailSettings): Date =>
  new Date(now.getTime() - settings.quiet_hours * 3_600_000);

/** Whether each of these contacts may get one more mail now; only looks. */
export async function budgetsOf(ctx: Ctx, settings: MailSettings, contacts: readonly string[]): Promise<Map<string, Budget>> {
  const now = ctx.clock();
  const { rows } = await sql<{ contact_id: string; spent: number; quiet: boolean }>`
    select contact_id, (select count(*)::int from unnest(times) t where t > ${windowStart(now)}) as spent,
           exists (select from unnest(times) t where t > ${quietStart(now, settings)}) as quiet
      from contact_budgets where contact_id = any(${contacts})`.execute(ctx.db);
  const known = new Map(rows.map((r) => [r.contact_id, r]));
  return new Map(contacts.map((id) => {
    const spent = known.get(id)?.spent ?? 0;
    return [id, spent >= settings.budget_mails ? "budget" : known.get(id)?.quiet ? "quiet" : "free"] as const;
  }));
} // prettier-ignore

/**
 * Charges each contact for one mail, if the budget allows it: one conditional statement, so that however many ask at once, no more pass
 * than may. Answers who was charged. `contacts` holds nobody twice.
 */
export async function charge(tx: Tx, settings: MailSettings, contacts: readonly string[]): Promise<Set<string>> {
  if (contacts.length === 0 || settings.budget_mails === 0) return new Set();
  const now = tx.clock();
  const { rows } = await sql<{ contact_id: string }>`
    insert into contact_budgets as b (contact_id, times)
    select id, array[${now}::timestamptz] from unnest(${[...contacts].toSorted()}::uuid[]) as c(id)
        on conflict (contact_id) do update set times = array(select t from unnest(b.times) t where t > ${windowStart(now)}) || ${now}::timestamptz
     where (select count(*) from unnest(b.times) t where t > ${windowStart(now)}) < ${settings.budget_mails}
       and not exists (select from unnest(b.times) t where t > ${quietStart(now, settings)})
    returning contact_id`.execute(tx.db);
  return new Set(rows.map((r) => r.contact_id));
}

/** Gives back what was charged for mails that did not go out. */
export async function giveBack(tx: Tx, charged: readonly { contact_id: string; at: Date }[]): Promise<void> {
  for (const { contact_id, at } of charged)
    await sql`update contact_budgets set times = array(select t from unnest(times) t where t <> ${at}) where contact_id = ${contact_id}`.execute(
      tx.db,
    );
}
