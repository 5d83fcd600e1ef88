import { sql } from "kysely";
import { inTransaction, type Ctx, type Tx } from "#platform/context";

/*
 * Words we use
 *   consumer   reads every fact once, in commit order; saves what follows from them together with its new position
 *   position   (epoch, tx, seq); a fact is readable when no transaction older than it still runs, so none can slip in behind
 */
export interface ConsumedFact {
  id: string;
  name: string;
  occurred_at: Date;
  contact_id: string | null;
  account_id: string | null;
  payload: Record<string, unknown>;
  caused_by: string | null;
}

export interface Consumer {
  readonly name: string;
  /** Only these kinds reach apply; all when absent. */
  readonly facts?: readonly string[];
  /** The consumer that must have passed a fact first: what it derives is there when this one reads. */
  readonly behind?: string;
  /** Facts in one transaction; 1,000 unless said. */
  readonly batch?: number;
  /** Called when nothing is left to read after a long stretch (5,000 facts or more): time for statistics and the like. */
  readonly settled?: (ctx: Ctx) => Promise<void>;
  readonly apply: (tx: Tx, facts: readonly ConsumedFact[]) => Promise<void>;
}

interface Row extends ConsumedFact {
  epoch: number;
  tx: number;
  seq: number;
}

/**
 * Takes one batch: locks the consumer's position, reads on in commit order, applies, moves the position, all in one transaction.
 * Answers how many facts it passed; 0 when there is nothing to read or another process holds the consumer.
 */
export async function consumeOnce(ctx: Ctx, consumer: Consumer): Promise<number> {
  await sql`insert into consumers (name) values (${consumer.name}) on conflict do nothing`.execute(ctx.db);
  return inTransaction(ctx, async (tx) => {
    const { rows: held } = await sql<{ epoch: number; tx: number; seq: number }>`
      select epoch, tx, seq from consumers where name = ${consumer.name} for update skip locked`.execute(tx.db);
    const position = held[0];
    if (!position) return 0;
    const facts = await readOn(tx, position, consumer.batch ?? 1000, consumer.behind);
    const last = facts.at(-1);
    if (!last) return 0;
    const wanted = consumer.facts ? facts.filter((f) => consumer.facts!.includes(f.name)) : facts;
    if (wanted.length > 0) await consumer.apply(tx, wanted);
    await sql`
      update consumers set epoch = ${last.epoch}, tx = ${last.tx}, seq = ${last.seq}, facts_seen = facts_seen + ${facts.length}, failure = null, moved_at = now()
       where name = ${consumer.name}`.execute(tx.db);
    return facts.length;
  });
}

// The oldest transaction id that may still write facts here: of those running in this statement's snapshot, the first that is
// not known to work in another database of the server; and our own, whose facts are not all written yet.
const oldestRunning = sql`(
  select least(
    pg_current_xact_id_if_assigned()::text::bigint,
    coalesce(
      (select min(x::text::bigint) from pg_snapshot_xip(s.now) x
        where not exists (select from pg_stat_activity a join pg_database d on d.oid = a.datid
                           where d.datname <> current_database() and a.backend_xid::text::bigint = x::text::bigint & 4294967295)),
      pg_snapshot_xmax(s.now)::text::bigint))
    from (select pg_current_snapshot() as now) s)`;

/** Facts after the position in commit order, none of which can still be overtaken; no further than the consumer `behind` has read. */
export async function readOn(
  ctx: Ctx,
  after: { epoch: number; tx: number; seq: number },
  limit: number,
  behind?: string,
): Promise<Row[]> {
  const { rows } = await sql<Row>`
    select f.id, f.name, f.occurred_at, f.contact_id, f.account_id, f.payload, f.caused_by, f.epoch, f.tx, f.seq
      from facts f
     where (f.epoch, f.tx, f.seq) > (${after.epoch}::int, ${after.tx}::bigint, ${after.seq}::bigint)
       and (f.epoch < (select epoch from timeline_state) or f.tx < ${oldestRunning})
       and (${behind ?? null}::text is null or (f.epoch, f.tx, f.seq) <= (select c.epoch, c.tx, c.seq from consumers c where c.name = ${behind ?? null}::text))
     order by f.epoch, f.tx, f.seq
     limit ${limit}`.execute(ctx.db);
  return rows;
}

/** The newest position that can be read now: where a reader starts that only wants what comes next. */
export async function positionNow(ctx: Ctx): Promise<{ epoch: number; tx: number; seq: number }> {
  const { rows } = await sql<{ epoch: number; tx: number }>`
    select epoch, ${oldestRunning} - 1 as tx from timeline_state`.execute(ctx.db);
  return { epoch: rows[0]!.epoch, tx: rows[0]!.tx, seq: Number.MAX_SAFE_INTEGER };
}

/** Consumes until nothing is left; answers how many facts were passed. */
export async function consumeAll(ctx: Ctx, consumer: Consumer): Promise<number> {
  for (let passed = 0; ;) {
    const n = await consumeOnce(ctx, consumer);
    if (n === 0) return passed;
    passed += n;
  }
}

/** Notes on the consumer why its last batch failed, in plain words, so that the failure is visible. */
export async function noteFailure(ctx: Ctx, name: string, failure: string): Promise<void> {
  await sql`update consumers set failure = ${failure.slice(0, 1000)} where name = ${name}`.execute(ctx.db);
}

/**
 * Starts a new epoch when the workspace woke up on another server or after a restore to an earlier point: its transaction ids
 * mean nothing here. The old facts keep their order before all new ones.
 */
export async function enterEpoch(ctx: Ctx): Promise<number> {
  const { rows } = await sql<{ epoch: number }>`
    with here as (
      select s.system_identifier::text || '/' || c.timeline_id::text as server from pg_control_system() s, pg_control_checkpoint() c)
    update timeline_state t set epoch = case when t.server in ('', here.server) then t.epoch else t.epoch + 1 end, server = here.server
      from here returning t.epoch`.execute(ctx.db);
  return rows[0]!.epoch;
}
