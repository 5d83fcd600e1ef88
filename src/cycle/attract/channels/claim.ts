import { sql, type RawBuilder } from "kysely";
import { newId } from "#kernel/id";
import { inTransaction, type Ctx, type Tx } from "#platform/context";
import { charge, giveBack } from "./budget.ts";
import { gate, heldBack } from "./gate.ts";
import { countsAgainstBudget, type HeldCode, type SendRow } from "./send.ts";
import { mailSettings } from "./settings.ts";
import { mailSource } from "./source.ts";
import { stoppedFact, tellAll } from "./tell.ts";

// A claim is renewed while its mails go out; one that is not lost its worker.
const leaseMs = 60_000;

export interface Claimed {
  lease: string;
  sends: (SendRow & { address: string })[];
  /** Sends that were taken up and held back. */
  held: number;
}

/**
 * Takes up to `limit` due sends for a while, checks each once more, holds back what may not go, and charges the contact budget, all in
 * one transaction. Any number of workers may ask at once; nobody gets what another holds.
 */
export const claimDue = (ctx: Ctx, limit: number): Promise<Claimed> =>
  inTransaction(ctx, async (tx) => {
    await takeBackLost(tx);
    const lease = newId();
    const due = onePerContact(await lockDue(tx, limit));
    const settings = await mailSettings(tx);
    const verdicts = await gate(tx, due);
    const open = due.flatMap((s) => {
      const v = verdicts.get(s.id)!;
      return "code" in v ? [] : [{ ...s, address: v.address, account_id: v.account_id }];
    });
    // Somebody whose unknown mail is sent again was charged for it before.
    const asked = open.filter((s) => countsAgainstBudget(s.kind) && s.contact_id && !s.charged_at);
    const paid = await charge(tx, settings, asked.map((s) => s.contact_id!)); // prettier-ignore
    const poor = new Set(asked.filter((s) => !paid.has(s.contact_id!)).map((s) => s.id));
    const quiet = await quietOf(tx, settings.budget_mails, asked.filter((s) => poor.has(s.id)).map((s) => s.contact_id!)); // prettier-ignore
    const passed = open.filter((s) => !poor.has(s.id));
    const stopped = due.flatMap((s) => {
      const v = verdicts.get(s.id)!;
      if ("code" in v) return [{ send: s, ...v }];
      return poor.has(s.id) ? [{ send: s, ...heldBack(quiet.has(s.contact_id!) ? "quiet" : "budget") }] : [];
    });
    await hold(tx, stopped);
    const charged = new Set(asked.map((s) => s.id));
    await sql`
      update sends s set state = 'claimed', lease = ${lease}, lease_until = ${leaseEnd(tx)}, attempt = attempt + 1, address = r.address, account_id = r.account_id,
             charged_at = case when r.charged then ${tx.clock()} else s.charged_at end, updated_at = ${tx.clock()}
        from json_to_recordset(${JSON.stringify(passed.map((s) => ({ id: s.id, address: s.address, account_id: s.account_id, charged: charged.has(s.id) })))}::json)
             as r(id uuid, address text, account_id uuid, charged boolean) where s.id = r.id`.execute(tx.db);
    const sends = passed.map((s) => ({ ...s, attempt: s.attempt + 1, charged_at: charged.has(s.id) ? tx.clock() : s.charged_at }));
    return { lease, sends, held: stopped.length };
  }); // prettier-ignore

const leaseEnd = (ctx: Ctx): Date => new Date(ctx.clock().getTime() + leaseMs);

// A newsletter to a million people takes hours: an answer, a quote or a confirmation does not wait for its end.
async function lockDue(tx: Tx, limit: number): Promise<SendRow[]> {
  const asked = await lockOf(tx, sql`kind = 'service'`, limit);
  return asked.length < limit ? [...asked, ...(await lockOf(tx, sql`kind <> 'service'`, limit - asked.length))] : asked;
}

async function lockOf(tx: Tx, which: RawBuilder<unknown>, limit: number): Promise<SendRow[]> {
  const { rows } = await sql<SendRow>`
    select id, kind, source, source_id, contact_id, account_id, purpose, address, subject, html, body, reply_to, headers, personal, attempt, message_id, caused_by, charged_at
      from sends s
     where state in ('planned', 'deferred') and due_at <= ${tx.clock()} and ${which}
       and not exists (select from send_pauses p where p.source = s.source and p.source_id = s.source_id)
     order by due_at, id limit ${limit} for update of s skip locked`.execute(tx.db);
  return rows;
}

// The budget charges nobody twice in one statement: who has several due gets the next one with the next claim.
function onePerContact(due: readonly SendRow[]): SendRow[] {
  const seen = new Set<string>();
  return due.filter((s) => {
    if (!countsAgainstBudget(s.kind) || !s.contact_id) return true;
    return seen.has(s.contact_id) ? false : seen.add(s.contact_id);
  });
}

/** Which of those who were not charged are only waiting for quiet to end: their budget of 30 days is not used up. */
async function quietOf(tx: Tx, most: number, contacts: readonly string[]): Promise<Set<string>> {
  const since = new Date(tx.clock().getTime() - 30 * 86_400_000);
  const { rows } = await sql<{ contact_id: string }>`
    select contact_id from contact_budgets where contact_id = any(${contacts}) and (select count(*) from unnest(times) t where t > ${since}) < ${most}`.execute(
    tx.db,
  );
  return new Set(rows.map((r) => r.contact_id));
}

/** Writes down that these may not go, and tells it. */
async function hold(tx: Tx, stopped: readonly { send: SendRow; code: HeldCode; reason: string }[]): Promise<void> {
  if (stopped.length === 0) return;
  await sql`
    update sends s set state = 'held', charged_at = null, code = r.code, reason = r.reason, lease = null, lease_until = null, updated_at = ${tx.clock()}
      from json_to_recordset(${JSON.stringify(stopped.map(({ send, code, reason }) => ({ id: send.id, code, reason })))}::json) as r(id uuid, code text, reason text)
     where s.id = r.id`.execute(tx.db);
  const charged = stopped.flatMap(({ send: s }) =>
    s.contact_id && s.charged_at ? [{ contact_id: s.contact_id, at: s.charged_at }] : [],
  );
  await giveBack(tx, charged);
  await tellAll(tx, stopped.map(({ send, code, reason }) => stoppedFact("mail.held", { ...send, subject: send.subject ?? "" }, code, reason))); // prettier-ignore
}

/**
 * What a lost worker held: a claim never left, so it is planned again. What was being handed over may have left: service mail goes again
 * under the same Message-ID, by which receivers see the twin; anything else is left in doubt for a person to decide.
 */
async function takeBackLost(tx: Tx): Promise<void> {
  await sql`
    with lost as (select id from sends where state in ('claimed', 'submitting') and lease_until < ${tx.clock()} order by id for update skip locked)
    update sends s
       set state = case when s.state = 'claimed' or s.kind = 'service' then 'planned' else 'unknown' end,
           code = case when s.state = 'submitting' and s.kind <> 'service' then 'unknown' end,
           reason = case when s.state = 'submitting' and s.kind <> 'service' then 'the server stopped while it was handed over; it may have arrived' end,
           lease = case when s.state = 'submitting' then s.lease end, lease_until = null, updated_at = ${tx.clock()}
      from lost where s.id = lost.id`.execute(tx.db);
}

/** Keeps what is claimed for another minute. */
export const renew = async (ctx: Ctx, lease: string): Promise<void> =>
  void (await sql`update sends set lease_until = ${leaseEnd(ctx)} where lease = ${lease} and state in ('claimed', 'submitting')`.execute(
    ctx.db,
  ));

/**
 * Writes down that these are about to be handed over; answers those that still may: not called off, not paused, not taken over by
 * another worker meanwhile. The others are given back.
 */
export async function beginSubmitting(
  ctx: Ctx,
  lease: string,
  ids: readonly string[],
  messageIds: readonly string[],
): Promise<Set<string>> {
  const { rows } = await sql<{ id: string; state: string }>`
    update sends s set state = case when p.source is null then 'submitting' else 'planned' end, message_id = r.message_id, updated_at = ${ctx.clock()},
           attempt = s.attempt - case when p.source is null then 0 else 1 end
      from unnest(${[...ids]}::uuid[], ${[...messageIds]}::text[]) as r(id, message_id)
      join sends o on o.id = r.id left join send_pauses p on p.source = o.source and p.source_id = o.source_id
     where s.id = r.id and s.state = 'claimed' and s.lease = ${lease}::uuid and s.lease_until > ${ctx.clock()}
    returning s.id, s.state`.execute(ctx.db);
  return new Set(rows.filter((r) => r.state === "submitting").map((r) => r.id));
}

/** When the sender has something to do: the earliest that is due and not paused, or a claim whose worker was lost. */
export async function nextSendAt(ctx: Ctx): Promise<Date | null> {
  const { rows } = await sql<{ at: Date | null }>`
    select least(
      (select s.due_at from sends s where s.state in ('planned', 'deferred')
          and not exists (select from send_pauses p where p.source = s.source and p.source_id = s.source_id) order by s.due_at, s.id limit 1),
      (select min(lease_until) from sends where state in ('claimed', 'submitting'))) as at`.execute(ctx.db);
  return rows[0]!.at;
}

/** Whether the source takes part in writing its mails. */
export const isWrittenLate = (send: Pick<SendRow, "source" | "html">): boolean =>
  send.html === null && mailSource(send.source) !== undefined;
