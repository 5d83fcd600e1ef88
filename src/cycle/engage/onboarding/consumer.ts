import { sql } from "kysely";
import type { Tx } from "#platform/context";
import type { ConsumedFact, Consumer } from "#timeline";
import { endOnboarding } from "./act.ts";
import { contradict, takeEvidence } from "./evidence.ts";
import type { PlanRow } from "./plan.ts";
import { startOnboarding } from "./start.ts";

const dayMs = 86_400_000;
// An order that an import brings from longer ago is history: nobody is welcomed for it.
const graceDays = 7;
const starts: Readonly<Record<string, PlanRow["starts_on"]>> = {
  "order.placed": "placed",
  "order.paid": "paid",
  "order.delivered": "delivered",
};

/** Begins onboardings as orders come in, settles the steps that facts show to be done, and ends those whose order was cancelled. */
export const onboardingConsumer: Consumer = { name: "onboarding", batch: 500, apply: takeFacts };

async function takeFacts(tx: Tx, facts: readonly ConsumedFact[]): Promise<void> {
  // Ours tell of what was done here; no step asks for them.
  const told = facts.filter((f) => !f.name.startsWith("onboarding."));
  if (told.length === 0) return;
  const ids = (of: "contact_id" | "account_id"): string[] => [...new Set(told.flatMap((f) => f[of] ?? []))];
  const [contacts, accounts] = [ids("contact_id"), ids("account_id")];
  const names = [...new Set(told.map((f) => f.name))];
  const { rows } = await sql<{ id: string }>`
    select o.id from onboardings o
     where o.status in ('running', 'stalled') and (o.contact_id = any(${contacts}) or o.account_id = any(${accounts}))
       and exists (select from onboarding_steps s where s.onboarding_id = o.id and s.fact_name = any(${names}) and s.state in ('blocked', 'ready', 'in_progress'))
     order by o.id`.execute(tx.db);
  for (const { id } of rows) await takeEvidence(tx, id);
  await contradict(tx, contacts, accounts);
  // After the evidence, so that a purchase that completes one onboarding begins the next, however the facts were batched.
  const since = tx.clock().getTime() - graceDays * dayMs;
  for (const fact of told) if (starts[fact.name] && fact.occurred_at.getTime() >= since) await startFor(tx, fact);
  for (const fact of told) if (fact.name === "order.cancelled") await endFor(tx, fact);
}

interface Matched extends PlanRow {
  contact_id: string | null;
  account_id: string | null;
  order_id: string;
}

async function startFor(tx: Tx, fact: ConsumedFact): Promise<void> {
  const { rows } = await sql<Matched>`
    select p.*, o.contact_id, o.account_id, o.id as order_id from orders o, onboarding_plans p
     where o.id = ${String(fact.payload.order_id)} and o.cancelled_at is null and o.deleted_at is null and coalesce(o.contact_id, o.account_id) is not null
       and p.active and p.deleted_at is null and p.starts_on = ${starts[fact.name]!} and p.since <= ${fact.occurred_at}
       and (p.for_whom = 'everybody' or (p.for_whom = 'companies') = (o.account_id is not null))
       and case when p.product_id is not null
             then exists (select from order_lines l where l.order_id = o.id and l.product_id = p.product_id and l.quantity > l.cancelled_quantity)
             else not exists (select from orders e where e.contact_id is not distinct from o.contact_id and e.account_id is not distinct from o.account_id
                                 and e.placed_at < o.placed_at and e.cancelled_at is null and e.deleted_at is null) end
     order by p.id`.execute(tx.db);
  for (const { contact_id, account_id, order_id, ...plan } of rows)
    await startOnboarding(tx, plan, { contact_id, account_id, order_id, caused_by: fact.id });
}

async function endFor(tx: Tx, fact: ConsumedFact): Promise<void> {
  const { rows } = await sql<{ id: string }>`
    select id from onboardings where order_id = ${String(fact.payload.order_id)} and status in ('running', 'stalled') order by id`.execute(tx.db); // prettier-ignore
  for (const { id } of rows) await endOnboarding(tx, id, "The order was cancelled", fact.id);
}
