import { sql } from "kysely";
import { newId } from "#kernel/id";
import { notFound, Refused } from "#kernel/refusal";
import { inTransaction, type Ctx, type Tx } from "#platform/context";
import { cut } from "#records";
import { record, withdraw } from "#timeline";
import { whoseOf, type About } from "./whose.ts";

export const outcomes = ["reached", "left_message", "no_answer", "called_us"] as const;
export type CallOutcome = (typeof outcomes)[number];

// A fact carries enough of a note to be read on the timeline; the whole of it stands in the note.
const onTheTimeline = 500;
/** What of a text stands in its fact. */
export const beginning = (text: string): string =>
  text.length <= onTheTimeline ? text : `${cut(text, onTheTimeline - 1)}…`;

/** Who writes. */
export const author = (tx: Tx) => ({ id: tx.actor.kind === "user" ? tx.actor.id : null, name: tx.actor.name });

/** Logs a call with what came of it; answers its id. */
export const logCall = (
  ctx: Ctx | Tx,
  call: About & { outcome: CallOutcome; minutes: number; text: string | null; at?: Date | undefined },
): Promise<{ id: string }> =>
  inTransaction(ctx, async (tx) => {
    const whose = await whoseOf(tx, call);
    const id = newId();
    const by = author(tx);
    const { outcome, minutes } = call;
    const at = call.at && call.at < tx.clock() ? call.at : tx.clock();
    const text = call.text ? beginning(call.text) : null;
    const fact = await record(tx, { ...whose, name: "call.logged", occurred_at: at, payload: { call_id: id, outcome, minutes, text } }); // prettier-ignore
    await sql`
      insert into calls (id, contact_id, account_id, outcome, minutes, text, author_id, author_name, fact_id, called_at)
      values (${id}, ${whose.contact_id}, ${whose.account_id}, ${outcome}, ${minutes}, ${call.text}, ${by.id}, ${by.name}, ${fact}, ${at})`.execute(
      tx.db,
    );
    return { id };
  });

/** Takes a note or a call back: it leaves the timeline. Others' are a manager's to take back. */
export const takeBack = (ctx: Ctx, what: "note" | "call", id: string): Promise<void> =>
  inTransaction(ctx, async (tx) => {
    const { rows } = await sql<{
      fact_id: string;
      contact_id: string | null;
      account_id: string | null;
      author_id: string | null;
    }>`
      update ${sql.table(`${what}s`)} set deleted_at = ${tx.clock()} where id = ${id} and deleted_at is null returning fact_id, contact_id, account_id, author_id`.execute(
      tx.db,
    );
    const row = rows[0];
    if (!row) throw notFound(what);
    const { fact_id, author_id, ...whose } = row;
    if (tx.role === "agent") requireOwn(tx, what, author_id);
    const by = await record(tx, { ...whose, name: "entry.removed", payload: { what, of: id } });
    await withdraw(tx, [fact_id, by], by);
  });

/** Refuses whoever did not write it. */
export function requireOwn(tx: Tx, what: "note" | "call", author_id: string | null): void {
  if (!tx.actor.id || author_id !== tx.actor.id)
    throw new Refused("forbidden", `${what}.other`, `Somebody else wrote this ${what}.`);
}

export interface Entry {
  id: string;
  kind: "note" | "call";
  at: Date;
  author: string;
  author_id: string | null;
  text: string | null;
  /** A note's words with their form; none for plain ones. */
  html: string | null;
  edited_at: Date | null;
  version: number;
  outcome: CallOutcome | null;
  minutes: number | null;
}

/** The latest notes and calls of a contact or an account in full, newest first. */
export async function entriesOf(ctx: Ctx, about: About, limit: number): Promise<Entry[]> {
  const test = about.contact_id ? sql`contact_id = ${about.contact_id}` : sql`account_id = ${about.account_id ?? null}`;
  const { rows } = await sql<Entry>`
    (select id, 'note' as kind, written_at as at, author_name as author, author_id, text, html, edited_at, version, null as outcome, null::int as minutes
       from notes where ${test} and deleted_at is null order by written_at desc, id desc limit ${limit})
    union all
    (select id, 'call', called_at, author_name, author_id, text, null, null, 1, outcome, minutes from calls where ${test} and deleted_at is null order by called_at desc, id desc limit ${limit})
    order by at desc, id desc limit ${limit}`.execute(ctx.db);
  return rows;
}
