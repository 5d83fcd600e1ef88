import { CompiledQuery, sql } from "kysely";
import { newId } from "#kernel/id";
import type { Actor, Tx } from "#platform/context";
import { vocabulary, type FactName, type PayloadOf } from "./vocabulary.ts";

/** Who the fact is about and where it came from; everything may be absent but the payload. */
export interface FactInput<N extends FactName = FactName> {
  name: N;
  payload: PayloadOf<N>;
  contact_id?: string | null;
  account_id?: string | null;
  occurred_at?: Date;
  caused_by?: string | null;
  campaign_id?: string | null;
  actor?: Actor;
  id?: string;
}

const wakers = new Set<() => void>();

/** Calls back after facts were committed by this process; a hint that may be lost, never the only way to learn of a fact. */
export function onRecorded(wake: () => void): () => void {
  wakers.add(wake);
  return () => wakers.delete(wake);
}

/** Tells consumers of this process that facts were committed some other way (COPY). */
export const announceRecorded = (): void => {
  for (const wake of wakers) wake();
};

/** Records one fact in the caller's transaction; answers its id. */
export async function record<N extends FactName>(tx: Tx, input: FactInput<N>): Promise<string> {
  const [id] = await recordAll(tx, [input]);
  return id!;
}

/** Records many facts in one statement, in the given order; answers their ids. */
export async function recordAll(tx: Tx, inputs: readonly FactInput[]): Promise<string[]> {
  if (inputs.length === 0) return [];
  const now = tx.clock();
  const rows = inputs.map((f) => factRow(f, f.actor ?? tx.actor, now));
  await (rows.length === 1 ? insertOne(tx, rows[0]!) : insertMany(tx, rows));
  tx.afterCommit(announceRecorded);
  return rows.map((r) => r.id);
}

// The usual case by far; without the way through JSON.
const insertOne = (tx: Tx, r: FactRow): Promise<unknown> =>
  sql`
    insert into facts (id, name, occurred_at, recorded_at, contact_id, account_id, actor_kind, actor_id, actor_name, caused_by, campaign_id, payload, epoch)
    values (${r.id}, ${r.name}, ${r.occurred_at}, ${r.recorded_at}, ${r.contact_id}, ${r.account_id}, ${r.actor_kind}, ${r.actor_id}, ${r.actor_name},
            ${r.caused_by}, ${r.campaign_id}, ${JSON.stringify(r.payload)}, (select epoch from timeline_state))`.execute(
    tx.db,
  );

const insertMany = (tx: Tx, rows: readonly FactRow[]): Promise<unknown> =>
  sql`
    insert into facts (id, name, occurred_at, recorded_at, contact_id, account_id, actor_kind, actor_id, actor_name, caused_by, campaign_id, payload, epoch)
    select r.id, r.name, r.occurred_at, r.recorded_at, r.contact_id, r.account_id, r.actor_kind, r.actor_id, r.actor_name, r.caused_by, r.campaign_id, r.payload, s.epoch
      from timeline_state s,
           json_to_recordset(${JSON.stringify(rows)}::json) as r(id uuid, name text, occurred_at timestamptz, recorded_at timestamptz, contact_id uuid,
             account_id uuid, actor_kind text, actor_id uuid, actor_name text, caused_by uuid, campaign_id uuid, payload jsonb)`.execute(
    tx.db,
  );

/** SQL for a uuid v7, made where the rows are: 48 bits of milliseconds before the random ones. */
export const newIdSql = `encode(set_bit(set_bit(overlay(uuid_send(gen_random_uuid()) placing substring(int8send(floor(extract(epoch from clock_timestamp()) * 1000)::bigint) from 3) from 1 for 6), 52, 1), 53, 1), 'hex')::uuid`;

/**
 * Records facts that a statement finds, however many, without bringing them here. `withs` are the statement's WITH queries, the last
 * named told (name, contact_id, account_id, caused_by, payload); `answer` is a SELECT over written (id, name, contact_id, payload).
 * The payloads are the caller's to get right.
 */
export async function recordFrom<R>(tx: Tx, withs: string, params: readonly unknown[], answer: string): Promise<R[]> {
  const all = [...params, tx.clock(), tx.actor.kind, tx.actor.id, tx.actor.name];
  const [now, kind, id, name] = [1, 2, 3, 4].map((n) => `$${params.length + n}`);
  const text = `
    with ${withs}, written as (
      insert into facts (id, name, occurred_at, recorded_at, contact_id, account_id, actor_kind, actor_id, actor_name, caused_by, payload, epoch)
      select ${newIdSql}, t.name, ${now}::timestamptz, ${now}::timestamptz, t.contact_id, t.account_id, ${kind}::text, ${id}::uuid, ${name}::text, t.caused_by, t.payload, s.epoch
        from told t cross join timeline_state s returning id, name, contact_id, payload)
    ${answer}`;
  const { rows } = await tx.db.executeQuery<R>(CompiledQuery.raw(text, all));
  tx.afterCommit(announceRecorded);
  return rows;
}

export interface FactRow {
  id: string;
  name: string;
  occurred_at: string;
  recorded_at: string;
  contact_id: string | null;
  account_id: string | null;
  actor_kind: string;
  actor_id: string | null;
  actor_name: string;
  caused_by: string | null;
  campaign_id: string | null;
  payload: unknown;
}

/** The row a fact becomes, its payload checked against the vocabulary; for writers that COPY. */
export function factRow(f: FactInput, actor: Actor, now: Date): FactRow {
  const payload: unknown = vocabulary[f.name].payload.parse(f.payload);
  return {
    id: f.id ?? newId(),
    name: f.name,
    occurred_at: (f.occurred_at ?? now).toISOString(),
    recorded_at: now.toISOString(),
    contact_id: f.contact_id ?? null,
    account_id: f.account_id ?? null,
    actor_kind: actor.kind,
    actor_id: actor.id,
    actor_name: actor.name,
    caused_by: f.caused_by ?? null,
    campaign_id: f.campaign_id ?? null,
    payload,
  };
}
