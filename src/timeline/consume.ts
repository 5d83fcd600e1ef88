import { sql, type RawBuilder } from "kysely";
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
  /** Only these kinds reach apply, or those that matter as things stand, asked before each batch; all when absent. */
  readonly facts?: readonly string[] | ((tx: Tx) => Promise<readonly string[] | undefined>);
  /** The consumer that must have passed a fact first: what it derives is there when this one reads. */
  readonly behind?: string;
  /** Facts in one transaction; 1,000 unless said. */
  readonly batch?: number;
  /** Called when nothing is left to read after a long stretch (5,000 facts of its kinds or more): time for statistics and the like. */
  readonly settled?: (ctx: Ctx) => Promise<void>;
  readonly apply: (tx: Tx, facts: readonly ConsumedFact[]) => Promise<void>;
}

export interface Position {
  epoch: number;
  tx: number;
  seq: number;
}

interface Row extends ConsumedFact, Position {}

/**
 * Takes one batch: locks the consumer's position, reads on in commit order, applies, moves the position, all in one transaction.
 * Answers how many facts it took; 0 when none of its kinds is left to read or another process holds the consumer.
 */
export async function consumeOnce(ctx: Ctx, consumer: Consumer): Promise<number> {
  for (;;) {
    const { taken, more } = await takeStretch(ctx, consumer);
    if (taken > 0 || !more) return taken;
  }
}

/** One stretch in one transaction: a long one without facts of its kinds would hold back all other readers. */
const takeStretch = (ctx: Ctx, consumer: Consumer): Promise<{ taken: number; more: boolean }> =>
  inTransaction(ctx, async (tx) => {
    const position = await hold(tx, consumer.name);
    if (!position) return { taken: 0, more: false };
    const { behind, facts: wanted } = consumer;
    const kinds = typeof wanted === "function" ? await wanted(tx) : wanted;
    const { facts, until, more } = await readOn(tx, position, consumer.batch ?? 1000, {
      ...(behind ? { behind } : {}),
      ...(kinds ? { facts: kinds } : {}),
    });
    if (!until) return { taken: 0, more };
    if (facts.length > 0) await consumer.apply(tx, facts);
    await sql`
      update consumers set epoch = ${until.epoch}, tx = ${until.tx}, seq = ${until.seq}, facts_seen = facts_seen + ${facts.length}, failure = null, moved_at = now()
       where name = ${consumer.name}`.execute(tx.db);
    return { taken: facts.length, more };
  });

/** The consumer's position, locked; undefined when another process holds it. One that is new begins before the first fact. */
async function hold(tx: Tx, name: string): Promise<Position | undefined> {
  const look = sql<Position>`select epoch, tx, seq from consumers where name = ${name} for update skip locked`;
  const { rows } = await look.execute(tx.db);
  if (rows[0]) return rows[0];
  const { rows: made } = await sql`insert into consumers (name) values (${name}) on conflict do nothing returning 1`.execute(tx.db); // prettier-ignore
  return made.length > 0 ? (await look.execute(tx.db)).rows[0] : undefined;
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

const upTo = ({ epoch, tx, seq }: Position) =>
  sql`(f.epoch, f.tx, f.seq) <= (${epoch}::int, ${tx}::bigint, ${seq}::bigint)`;

// Three questions for one place: an index is walked up to three values, but not up to the one row of three that one question answers.
const positionOf = (consumer: string) => {
  const at = (part: string) => sql`(select c.${sql.ref(part)} from consumers c where c.name = ${consumer})`;
  return sql`(${at("epoch")}, ${at("tx")}, ${at("seq")})`;
};

// So many times a batch is looked through for its kinds at once; each such stretch costs one more round trip.
const stretch = 20;

/**
 * Facts after the position in commit order, none of which can still be overtaken; no further than the consumer `behind` has read.
 * At most `limit`, of the given kinds, how far that leads, and whether there may be more behind. `until` is null when there is nothing
 * to pass.
 */
export async function readOn(
  ctx: Ctx,
  after: Position,
  limit: number,
  { behind, facts: kinds }: { behind?: string; facts?: readonly string[] } = {},
): Promise<{ facts: Row[]; until: Position | null; more: boolean }> {
  // Bounds between which an index is walked, each the comparison of a row: as a condition on every fact ("or"), a reader that
  // another one holds back looked at all that lies ahead of both, again and again.
  const ahead = sql`(f.epoch, f.tx, f.seq) > (${after.epoch}::int, ${after.tx}::bigint, ${after.seq}::bigint)`;
  const readable = sql`
    (f.epoch, f.tx) < ((select epoch from timeline_state), ${oldestRunning}) ${behind ? sql`and (f.epoch, f.tx, f.seq) <= ${positionOf(behind)}` : sql``}`;
  const what = sql`f.id, f.name, f.occurred_at, f.contact_id, f.account_id, f.payload, f.caused_by, f.epoch, f.tx, f.seq`;
  const inOrder = sql`order by f.epoch, f.tx, f.seq`;
  if (!kinds) {
    const { rows } = await sql<Row>`
      select ${what} from facts f where ${ahead} and ${readable} ${inOrder} limit ${limit}`.execute(ctx.db);
    return { facts: rows, until: rows.at(-1) ?? null, more: rows.length === limit };
  }
  // What lies before the end stays as it is: nothing can slip in there any more, so it may be read in a statement of its own.
  const end = await endOf(ctx, sql`${ahead} and ${readable}`, kinds.length === 0 ? null : limit * stretch);
  if (!end || kinds.length === 0) return { facts: [], until: end, more: false };
  const { rows: facts } = await sql<Row>`
    select ${what} from facts f where ${ahead} and ${upTo(end)} and f.name = any(${[...kinds]}) ${inOrder} limit ${limit}`.execute(
    ctx.db,
  );
  return facts.length < limit ? { facts, until: end, more: end.whole } : { facts, until: facts.at(-1)!, more: true };
}

/** How far a read goes, and whether that is a whole stretch, behind which there may be more. */
interface End extends Position {
  whole: boolean;
}

/** The last position of the next so many facts, or of all. */
async function endOf(ctx: Ctx, ahead: RawBuilder<unknown>, facts: number | null): Promise<End | null> {
  const place = sql`f.epoch, f.tx, f.seq`;
  const last = sql`order by f.epoch desc, f.tx desc, f.seq desc limit 1`;
  const { rows } = await (
    facts === null
      ? sql<End>`select ${place}, false as whole from facts f where ${ahead} ${last}`
      : sql<End>`
        with next as materialized (select ${place} from facts f where ${ahead} order by ${place} limit ${facts})
        select ${place}, (select count(*) from next) = ${facts} as whole from next f ${last}`
  ).execute(ctx.db);
  return rows[0] ?? null;
}

/** The newest position that can be read now: where a reader starts that only wants what comes next. */
export async function positionNow(ctx: Ctx): Promise<Position> {
  const { rows } = await sql<{ epoch: number; tx: number }>`
    select epoch, ${oldestRunning} - 1 as tx from timeline_state`.execute(ctx.db);
  return { epoch: rows[0]!.epoch, tx: rows[0]!.tx, seq: Number.MAX_SAFE_INTEGER };
}

// A transaction that ended between a read's snapshot and its look at who works elsewhere holds that one read back, and no later one:
// ten looks in 200 ms outlast it. What a long transaction of our own holds back stays for the next time.
const looks = 10;
const lookEveryMs = 20;

/** Consumes until nothing is left that can be read; answers how many facts were taken. */
export async function consumeAll(ctx: Ctx, consumer: Consumer): Promise<number> {
  for (let taken = 0, left = looks; ;) {
    const n = await consumeOnce(ctx, consumer);
    taken += n;
    if (n > 0) left = looks;
    else if (left-- > 0 && (await isHeldBack(ctx, consumer)))
      await new Promise((done) => setTimeout(done, lookEveryMs));
    else return taken;
  }
}

/** Whether committed facts lie ahead of the consumer, within what it may read. */
async function isHeldBack(ctx: Ctx, { name, behind }: Consumer): Promise<boolean> {
  const upTo = behind ? sql`and (f.epoch, f.tx, f.seq) <= ${positionOf(behind)}` : sql``;
  const { rows } = await sql<{ held: boolean }>`
    select exists (select from facts f where (f.epoch, f.tx, f.seq) > ${positionOf(name)} ${upTo} order by f.epoch, f.tx, f.seq limit 1) as held`.execute(
    ctx.db,
  );
  return rows[0]!.held;
}

/** The consumers that have not read to the end yet: one question for all of them, an index probe each. */
export async function consumersBehind(ctx: Ctx): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select c.name from consumers c
     cross join lateral (select from facts f where (f.epoch, f.tx, f.seq) > (c.epoch, c.tx, c.seq) order by f.epoch, f.tx, f.seq limit 1) more`.execute(
    ctx.db,
  );
  return rows.map((row) => row.name);
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
