import { sql } from "kysely";
import { openTask } from "#convert/activities";
import { businessDaysAfter, calendarOf } from "#platform/calendar";
import { inTransaction, type Ctx, type Tx } from "#platform/context";
import { record } from "#timeline";
import type { OnboardingRow } from "./onboarding.ts";
import { daysBetween } from "./settle.ts";

interface Stalling extends OnboardingRow {
  stall_at: Date;
  step_count: number;
  current_step: string | null;
  current_position: number | null;
  customer: string;
}

/** Marks what stood still for its business days as stalled, at the true instant also when Rondo was down, and asks a person to help; at most 200 at a time. */
export const stallDue = (ctx: Ctx): Promise<void> =>
  inTransaction(ctx, async (tx) => {
    const { rows } = await sql<Stalling>`
      update onboardings o set status = 'stalled', stalled_at = o.stall_at, updated_at = ${tx.clock()}, version = version + 1
       where o.id in (select id from onboardings where status = 'running' and stall_at <= ${tx.clock()} order by stall_at limit 200 for update skip locked)
      returning o.*, coalesce((select name from contacts where id = o.contact_id), (select name from accounts where id = o.account_id)) as customer`.execute(tx.db); // prettier-ignore
    for (const row of rows) await tell(tx, row);
  });

/** Tells the stalls of rows that were written as stalled; only those after `since` still ask for help. */
export async function noteStalls(tx: Tx, since: Date): Promise<void> {
  const { rows } = await sql<Stalling>`
    select o.*, coalesce((select name from contacts where id = o.contact_id), (select name from accounts where id = o.account_id)) as customer from onboardings o
     where o.status = 'stalled' and not exists (select from facts f where f.name = 'onboarding.stalled' and f.caused_by = o.last_fact) order by o.stall_at, customer`.execute(
    tx.db,
  );
  for (const row of rows) await tell(tx, row, row.stall_at >= since);
}

async function tell(tx: Tx, row: Stalling, asks = true): Promise<void> {
  const { contact_id, account_id, plan } = row;
  const step = row.current_step ?? plan;
  const days = daysBetween(row.last_progress_at, row.stall_at);
  const stalled = await record(tx, {
    name: "onboarding.stalled",
    contact_id,
    account_id,
    occurred_at: row.stall_at,
    caused_by: row.last_fact,
    payload: { onboarding_id: row.id, plan, step, days },
  });
  if (!asks) return;
  await openTask(tx, {
    // One for each time it stands still.
    key: `onboarding:${row.id}:stalled:${row.last_progress_at.getTime()}`,
    kind: "call",
    title: `${row.customer}’s onboarding stalls`,
    reason: `${whereOf(row)} since ${days} days`,
    contact_id,
    account_id,
    owner_id: row.owner_id,
    due_at: businessDaysAfter(await calendarOf(tx), tx.clock(), 1),
    about: { object: "onboarding", id: row.id },
    caused_by: stalled,
  });
}

/** "Step 3 of 5, “Print your labels”,": where it stands, in words. */
export const whereOf = (row: { current_step: string | null; current_position: number | null; step_count: number }): string =>
  row.current_position === null ? "Standing still" : `Step ${row.current_position} of ${row.step_count}, “${row.current_step ?? ""}”,`; // prettier-ignore

/** When the next one comes to stand still. */
export async function nextStallAt(ctx: Ctx): Promise<Date | null> {
  const { rows } = await sql<{ at: Date | null }>`select min(stall_at) as at from onboardings where status = 'running'`.execute(ctx.db); // prettier-ignore
  return rows[0]?.at ?? null;
}
