import { sql } from "kysely";
import { newId } from "#kernel/id";
import { shift } from "#kernel/period";
import { alwaysOpen, calendarOf, type Calendar } from "#platform/calendar";
import type { Tx } from "#platform/context";
import { dueOf, judge, type Clock, type Pause } from "./clock.ts";
import { policyFor, promisesOf, type Promises } from "./policy.ts";
import type { CaseType, Priority, TargetKind } from "./words.ts";

export interface ToldMessage {
  at: Date;
  inbound: boolean;
  kind: "public" | "note";
  author_id: string | null;
  author_name: string;
  body: string;
}

/** A case with all that happened to it, as a story or another system tells it; nothing is mailed and no fact is told. */
export interface ToldCase {
  id: string;
  number: string;
  subject: string;
  description: string;
  type: CaseType;
  priority: Priority;
  contact_id: string;
  account_id: string | null;
  owner_id: string | null;
  product_id: string | null;
  order_id: string | null;
  order_line_id: string | null;
  reason_id: string | null;
  opened_fact: string;
  opened_at: Date;
  /** In the order in which they were written. */
  messages: readonly ToldMessage[];
  resolved_at: Date | null;
  /** Whether our last word waits for the customer, as it does unless said; else the case stays open. */
  waits?: boolean;
}

/** Writes cases of the past with their messages, pauses and targets; outcomes follow from the times, by the promises and hours of now. */
export async function writeCases(tx: Tx, told: readonly ToldCase[], today: Date): Promise<void> {
  const [promises, calendar] = [await promisesOf(tx), await calendarOf(tx)];
  const all = told.map((c) => ({ c, targets: targetsOf(c, promises, calendar), last: c.messages.findLast((m) => m.kind === "public") }));
  const cases = all.map(({ c: { messages, waits, ...c }, targets, last }) => {
    const reopen_until = c.resolved_at && shift(c.resolved_at, { n: promises.reopen_days, unit: "day" });
    const status = !reopen_until ? (last && !last.inbound && waits !== false ? "waiting" : "open") : reopen_until < today ? "closed" : "resolved";
    const next = targets.filter((t) => t.outcome === null && t.due_at).toSorted((a, b) => a.due_at!.getTime() - b.due_at!.getTime())[0];
    return {
      ...c, status, reopen_until, closed_at: status === "closed" ? reopen_until : null, policy_version: promises.version, calendar_version: calendar.version,
      due_at: next?.due_at ?? null, due_target: next?.kind ?? null, first_reply_at: ours(messages)[0]?.at ?? null, waiting_since: c.resolved_at ? null : waitingSince(c.opened_at, messages),
      updated_at: c.resolved_at ?? messages.at(-1)?.at ?? c.opened_at,
    };
  });
  await sql`
    insert into cases (id, number, subject, description, type, priority, status, channel, contact_id, account_id, owner_id, product_id, order_id, order_line_id, reason_id, policy_version,
           calendar_version, due_at, due_target, first_reply_at, waiting_since, resolved_at, reopen_until, closed_at, opened_fact, asked_fact, created_at, updated_at)
    select r.id, r.number, r.subject, r.description, r.type, r.priority, r.status, 'mail', r.contact_id, r.account_id, r.owner_id, r.product_id, r.order_id, r.order_line_id, r.reason_id,
           r.policy_version, r.calendar_version, r.due_at, r.due_target, r.first_reply_at, r.waiting_since, r.resolved_at, r.reopen_until, r.closed_at, r.opened_fact,
           case when r.waiting_since is not null then r.opened_fact end, r.opened_at, r.updated_at
      from json_to_recordset(${JSON.stringify(cases)}::json) as r(id uuid, number text, subject text, description text, type text, priority text, status text, contact_id uuid, account_id uuid,
             owner_id uuid, product_id uuid, order_id uuid, order_line_id uuid, reason_id uuid, policy_version int, calendar_version int, due_at timestamptz, due_target text,
             first_reply_at timestamptz, waiting_since timestamptz, resolved_at timestamptz, reopen_until timestamptz, closed_at timestamptz, opened_fact uuid, opened_at timestamptz, updated_at timestamptz)`.execute(tx.db);
  const messages = told.flatMap((c) => c.messages.map((m) => ({ ...m, id: newId(), case_id: c.id })));
  await sql`
    insert into case_messages (id, case_id, kind, inbound, author_id, author_name, body, at)
    select r.id, r.case_id, r.kind, r.inbound, r.author_id, r.author_name, r.body, r.at
      from json_to_recordset(${JSON.stringify(messages)}::json) as r(id uuid, case_id uuid, kind text, inbound boolean, author_id uuid, author_name text, body text, at timestamptz)`.execute(tx.db);
  const pauses = told.flatMap((c) => pausesOf(c).map((p) => ({ ...p, case_id: c.id })));
  await sql`
    insert into case_pauses (case_id, why, from_at, until_at)
    select r.case_id, r.why, r."from", r.until from json_to_recordset(${JSON.stringify(pauses)}::json) as r(case_id uuid, why text, "from" timestamptz, until timestamptz)`.execute(tx.db);
  await sql`
    insert into case_targets (id, case_id, kind, policy, calendar_version, clock, pausable, seconds, started_at, due_at, warn_at, ended_at, outcome, late_by)
    select r.id, r.case_id, r.kind, r.policy, r.calendar_version, r.clock, r.pausable, r.seconds, r.started_at, r.due_at, r.warn_at, r.ended_at, r.outcome, r.late_by
      from json_to_recordset(${JSON.stringify(all.flatMap((a) => a.targets))}::json) as r(id uuid, case_id uuid, kind text, policy text, calendar_version int, clock text, pausable boolean,
             seconds int, started_at timestamptz, due_at timestamptz, warn_at timestamptz, ended_at timestamptz, outcome text, late_by int)`.execute(tx.db);
} // prettier-ignore

const ours = (messages: readonly ToldMessage[]): ToldMessage[] =>
  messages.filter((m) => m.kind === "public" && !m.inbound);

/** The first word of the customer that nobody answered; null when we spoke last. */
function waitingSince(opened: Date, messages: readonly ToldMessage[]): Date | null {
  let since: Date | null = opened;
  for (const m of messages) if (m.kind === "public") since = m.inbound ? (since ?? m.at) : null;
  return since;
}

/** While our word was the last one we waited; after resolved, all clocks stand. */
function pausesOf({ messages, resolved_at, waits = true }: ToldCase): (Pause & { why: "waiting" | "resolved" })[] {
  const pauses: (Pause & { why: "waiting" | "resolved" })[] = [];
  const spoken = messages.filter((m) => m.kind === "public");
  for (const [i, m] of spoken.entries()) {
    if (m.inbound || (!waits && i === spoken.length - 1)) continue;
    if (spoken[i - 1] && !spoken[i - 1]!.inbound) continue;
    const until = spoken.slice(i).find((o) => o.inbound)?.at ?? resolved_at;
    pauses.push({ why: "waiting", from: m.at, until });
  }
  return resolved_at ? [...pauses, { why: "resolved", from: resolved_at, until: null }] : pauses;
}

function targetsOf(c: ToldCase, promises: Promises, calendar: Calendar) {
  const policy = policyFor(promises, c);
  const owed = policy ? spans(c) : [];
  return owed.flatMap(({ kind, started_at, ended_at }) => {
    const minutes = policy?.[kind];
    if (!policy || !minutes) return [];
    const pausable = kind === "resolution" && policy.pause_waiting;
    const pauses = pausesOf(c).filter((p) => p.why === "waiting" && pausable);
    const clock: Clock = { calendar: policy.clock === "elapsed" ? alwaysOpen : calendar, started_at, seconds: minutes * 60, pauses };
    const judged = ended_at && judge(clock, ended_at);
    // A response never given is missed only when it was late before the end.
    const outcome = !judged ? null : judged.late ? "missed" : kind !== "resolution" && ended_at === c.resolved_at ? "cancelled" : "met";
    const due = judged ?? dueOf(clock);
    return { id: newId(), case_id: c.id, kind, policy: policy.name, calendar_version: calendar.version, clock: policy.clock, pausable, seconds: clock.seconds, started_at, ended_at,
             due_at: due.due_at, warn_at: due.warn_at, outcome, late_by: judged?.late ? judged.late_by : null };
  });
} // prettier-ignore

/** What was owed from when, and when it was given: the response to each first unanswered word, and the resolution. */
function spans(c: ToldCase): { kind: TargetKind; started_at: Date; ended_at: Date | null }[] {
  const found: { kind: TargetKind; started_at: Date; ended_at: Date | null }[] = [];
  let since: Date | null = c.opened_at;
  let kind: TargetKind = "first_response";
  for (const m of c.messages) {
    if (m.kind !== "public") continue;
    if (m.inbound) since ??= m.at;
    else if (since) {
      found.push({ kind, started_at: since, ended_at: m.at });
      [since, kind] = [null, "next_response"];
    }
  }
  if (since) found.push({ kind, started_at: since, ended_at: c.resolved_at });
  return [...found, { kind: "resolution", started_at: c.opened_at, ended_at: c.resolved_at }];
}
