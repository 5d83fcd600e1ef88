import { sql } from "kysely";
import { openTask } from "#convert/activities";
import { evaluate, type FactSeen } from "#kernel/condition";
import type { Tx } from "#platform/context";
import { record } from "#timeline";
import { isUnfinished, lockOnboarding, stepsOf, type OnboardingRow, type StepRow } from "./onboarding.ts";
import { isSettled } from "./progress.ts";
import { settle } from "./settle.ts";
import { isFactLeaf } from "./step.ts";

/** The fact by which the step was done, of a customer's facts in their order; undefined while none shows it. */
export function evidenceOf(
  step: Pick<StepRow, "done_when">,
  started_at: Date,
  facts: readonly FactSeen[],
  now: Date,
): FactSeen | undefined {
  const leaf = step.done_when;
  if (!leaf || !isFactLeaf(leaf)) return undefined;
  const subject = { id: "", fields: { started_at }, facts, related: {} };
  const { truth, evidence } = evaluate(leaf, subject, now);
  if (!truth) return undefined;
  // Not the newest of many, but the one that made it true; with more than 50 the oldest that are kept.
  const id = evidence[Math.min(leaf.times?.n ?? 1, evidence.length) - 1];
  return facts.find((f) => f.id === id);
}

/** Settles the open fact steps that facts show to be done, also by what happened before the start, and whatever their order; asking twice changes nothing. */
export async function takeEvidence(tx: Tx, id: string): Promise<void> {
  const row = await lockOnboarding(tx, id);
  if (!isUnfinished(row)) return;
  const steps = await stepsOf(tx, id);
  const waiting = steps.filter((s) => s.kind === "fact" && !isSettled(s));
  if (waiting.length === 0) return;
  const facts = await factsOf(tx, row, waiting.map((s) => s.fact_name)); // prettier-ignore
  const shows: { at: Date; by: string }[] = [];
  for (const step of waiting) {
    const shown = evidenceOf(step, row.started_at, facts, tx.clock());
    if (!shown) continue;
    // Whoever had done it before they began had done it when they began.
    const at = shown.occurred_at > row.started_at ? shown.occurred_at : row.started_at;
    const { contact_id, account_id } = row;
    const by = await record(tx, { name: "onboarding.step-done", contact_id, account_id, occurred_at: at, caused_by: shown.id, payload: { onboarding_id: id, plan: row.plan, step: step.title, how: "fact" } }); // prettier-ignore
    Object.assign(step, { state: "done", done_at: at, evidence_fact: shown.id, done_fact: by });
    shows.push({ at, by });
  }
  const last = shows.toSorted((a, b) => a.at.getTime() - b.at.getTime()).at(-1);
  if (last) await settle(tx, row, steps, last);
}

/** The customer's facts of those names that were not withdrawn, oldest first; a company's own where it is one. */
export async function factsOf(
  tx: Tx,
  row: Pick<OnboardingRow, "contact_id" | "account_id">,
  names: readonly (string | null)[],
): Promise<FactSeen[]> {
  const { rows } = await sql<FactSeen>`
    select f.id, f.name, f.occurred_at, f.payload from facts f
     where f.name = any(${[...names]}) and (f.contact_id = ${row.contact_id} or f.account_id = ${row.account_id})
       and not exists (select from fact_withdrawals w where w.fact_id = f.id)
     order by f.occurred_at, f.id limit 5000`.execute(tx.db);
  return rows;
}

interface Contradicted {
  onboarding_id: string;
  key: string;
  title: string;
  plan: string;
  name: string;
  contact_id: string | null;
  account_id: string | null;
  owner_id: string | null;
  withdrawn_by: string;
}

/** Steps of these customers whose evidence was withdrawn: they stay done, since people acted on it, and a person looks at each once. */
export async function contradict(tx: Tx, contacts: readonly string[], accounts: readonly string[]): Promise<void> {
  // Whose they are first, by two indexes: with "or" among the joins a batch of 500 customers took 80 ms, also where nothing was withdrawn.
  const { rows } = await sql<Contradicted>`
    with theirs as materialized (
      select o.id from onboardings o where o.contact_id = any(${[...contacts]}) and o.status <> 'ended'
       union select o.id from onboardings o where o.account_id = any(${[...accounts]}) and o.status <> 'ended'),
    taken_back as materialized (
      select s.onboarding_id, s.key, w.withdrawn_by
        from theirs t join onboarding_steps s on s.onboarding_id = t.id and s.contradicted_at is null and s.evidence_fact is not null
        join fact_withdrawals w on w.fact_id = s.evidence_fact)
    update onboarding_steps s set contradicted_at = ${tx.clock()}
      from taken_back b join onboardings o on o.id = b.onboarding_id
     where (s.onboarding_id, s.key) = (b.onboarding_id, b.key)
    returning s.onboarding_id, s.key, s.title, o.plan, coalesce((select name from contacts where id = o.contact_id), (select name from accounts where id = o.account_id)) as name, o.contact_id, o.account_id, o.owner_id, b.withdrawn_by`.execute(tx.db); // prettier-ignore
  for (const one of rows)
    await openTask(tx, {
      key: `onboarding:${one.onboarding_id}:${one.key}:contradicted`,
      kind: "review",
      title: `Is “${one.title}” of ${one.name} still done?`,
      reason: `What showed it in “${one.plan}” was taken back; the step stays done until somebody says otherwise.`,
      contact_id: one.contact_id,
      account_id: one.account_id,
      owner_id: one.owner_id,
      caused_by: one.withdrawn_by,
    });
}
