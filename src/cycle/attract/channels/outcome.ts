import { sql } from "kysely";
import { newId } from "#kernel/id";
import { inTransaction, type Ctx, type Tx } from "#platform/context";
import type { Submission } from "#platform/mail";
import { recordAll } from "#timeline";
import { giveBack } from "./budget.ts";
import { pauseSends } from "./control.ts";
import { heldCodes, type SendRow, type SendState } from "./send.ts";
import { suppress } from "./suppress.ts";
import { sentFact, stoppedFact } from "./tell.ts";

export interface Outcome {
  send: SendRow & { address: string };
  subject: string;
  result: Submission | { outcome: "unwritable"; reason: string };
}

// Minutes until the next try after each refusal for now; after the last one we give up.
const triesAfter = [1, 5, 15, 60, 240];
const policyRetryMinutes = 15;

interface Standing {
  state: SendState;
  code: string | null;
  reason: string | null;
  due_at: Date | null;
}

/** Where a send stands after what the server said. */
export function standingAfter({ send, result }: Outcome, now: Date): Standing {
  const inMinutes = (minutes: number): Date => new Date(now.getTime() + minutes * 60_000);
  if (result.outcome === "accepted") return { state: "sent", code: null, reason: null, due_at: null };
  if (result.outcome === "unwritable")
    return { state: "rejected", code: "unwritable", reason: result.reason, due_at: null };
  if (result.outcome === "unknown")
    return send.kind === "service"
      ? { state: "deferred", code: "unknown", reason: result.reason, due_at: inMinutes(1) }
      : { state: "unknown", code: "unknown", reason: result.reason, due_at: null };
  if (result.how === "hard") return { state: "rejected", code: "hard", reason: result.reason, due_at: null };
  if (result.how === "policy")
    return { state: "deferred", code: "policy", reason: result.reason, due_at: inMinutes(policyRetryMinutes) };
  const wait = triesAfter[send.attempt - 1];
  if (wait === undefined)
    return { state: "rejected", code: "soft", reason: `${heldCodes.soft}: ${result.reason}`, due_at: null };
  return { state: "deferred", code: "soft", reason: result.reason, due_at: inMinutes(wait) };
}

/** Writes down what became of these mails and tells it: facts, a suppression for an address that is dead, a pause when it is our fault. */
export const noteOutcomes = (ctx: Ctx, lease: string, outcomes: readonly Outcome[]): Promise<void> =>
  inTransaction(ctx, async (tx) => {
    const now = tx.clock();
    const rows = outcomes.map((o) => ({ ...standingAfter(o, now), id: o.send.id, subject: o.subject.slice(0, 300), fact_id: newId() }));
    // A worker that was thought lost and answers after all clears up the doubt, as long as nobody took over.
    const { rows: mine } = await sql<{ id: string }>`
      update sends s set state = r.state, code = r.code, reason = left(r.reason, 500), due_at = coalesce(r.due_at, s.due_at), subject = r.subject,
             fact_id = case when r.state in ('sent', 'rejected') then r.fact_id else s.fact_id end,
             sent_at = case when r.state = 'sent' then ${now}::timestamptz end, lease = null, lease_until = null, updated_at = ${now}
        from json_to_recordset(${JSON.stringify(rows)}::json) as r(id uuid, state text, code text, reason text, due_at timestamptz, subject text, fact_id uuid)
       where s.id = r.id and s.lease = ${lease} and s.state in ('claimed', 'submitting', 'unknown') returning s.id`.execute(tx.db);
    const ours = new Set(mine.map((r) => r.id));
    const noted = outcomes.flatMap((o, i) => (ours.has(o.send.id) ? [{ ...o, standing: rows[i]! }] : []));
    await tell(tx, noted);
    for (const { send, standing } of noted) await follow(tx, send, standing);
  }); // prettier-ignore

const tell = (tx: Tx, noted: readonly (Outcome & { standing: Standing & { fact_id: string } })[]): Promise<string[]> =>
  recordAll(tx, noted.flatMap(({ send, subject, standing: { state, code, reason, fact_id } }) => {
    const told = { ...send, subject };
    if (state === "sent") return [{ ...sentFact(told), id: fact_id }];
    return state === "rejected" ? [{ ...stoppedFact("mail.rejected", told, code!, reason!), id: fact_id }] : [];
  })); // prettier-ignore

async function follow(tx: Tx, send: Outcome["send"], { state, code, reason }: Standing): Promise<void> {
  if (state === "rejected" && send.contact_id && send.charged_at) {
    await giveBack(tx, [{ contact_id: send.contact_id, at: send.charged_at }]);
    await sql`update sends set charged_at = null where id = ${send.id}`.execute(tx.db);
  }
  if (code === "hard")
    await suppress(tx, {
      address: send.address,
      scope: "all",
      why: `the mail server refused it: ${reason}`.slice(0, 500),
      source: "bounce",
      send_id: send.id,
    });
  // The server refuses us: another mail of this campaign would only make it worse.
  if (code === "policy" && send.kind !== "service")
    await pauseSends(tx, send, `The mail server refuses us: ${reason}`, true);
}
