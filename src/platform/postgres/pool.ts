import { createHash } from "node:crypto";
import { Kysely, PostgresDialect, type PostgresPool, type PostgresPoolClient } from "kysely";
import pg from "pg";
import type { Tables } from "./tables.ts";

/*
 * Words we use
 *   database    one PostgreSQL database (a cell): the control schema `rondo` and one schema per workspace
 *   db          a Kysely bound to one schema by its search_path; no query names a schema or carries a tenant column
 */
export type Db = Kysely<Tables>;

export interface Database {
  readonly url: string;
  /** Tables of the control schema: people, sessions, workspaces. */
  readonly control: Db;
  /** Tables of one workspace. */
  workspace(schema: string): Db;
  /** A bare client on that schema, for COPY and the like; release it. */
  client(schema: string): Promise<pg.PoolClient>;
  close(): Promise<void>;
}

// bigint: amounts, counts and positions are all below 2^53, where a double is exact.
pg.types.setTypeParser(20, (text) => {
  const n = Number(text);
  if (!Number.isSafeInteger(n)) throw new RangeError(`${text} is beyond 2^53`);
  return n;
});

// date: a calendar day has no zone; as an instant it would be another day elsewhere.
pg.types.setTypeParser(1082, (text) => text);

// A statement seen twice is prepared under a name: planning a list query costs more than running it (1.1 ms against 0.3 ms).
const namedAtMost = 400;
// Only these have a plan worth keeping; begin, set and the like go as they are.
const planned = /^\s*(select|with|insert|update|delete)\b/i;
const seen = new Map<string, string | null>();
function nameOf(text: string): string | undefined {
  const name = seen.get(text);
  if (name) return name;
  if (name === null && seen.size < namedAtMost * 4) {
    const made = `q${createHash("sha1").update(text).digest("hex").slice(0, 20)}`;
    seen.set(text, made);
    return made;
  }
  if (seen.size < namedAtMost) seen.set(text, null);
  return undefined;
}

const schemaName = /^[a-z][a-z0-9_]{0,60}$/;
const pathOf = new WeakMap<object, string>();

async function clientOn(pool: pg.Pool, schema: string): Promise<pg.PoolClient> {
  const client = await pool.connect();
  if (pathOf.get(client) === schema) return client;
  try {
    await client.query(`set search_path to "${schema}", public`);
    pathOf.set(client, schema);
    return client;
  } catch (error) {
    client.release(true);
    throw error;
  }
}

function dbOn(pool: pg.Pool, schema: string): Db {
  if (!schemaName.test(schema)) throw new TypeError(`"${schema}" is not a schema name`);
  const bound: PostgresPool = {
    async connect(): Promise<PostgresPoolClient> {
      const client = await clientOn(pool, schema);
      const query = (text: string, values?: readonly unknown[]): unknown => {
        const name = planned.test(text) ? nameOf(text) : undefined;
        if (!name && !values?.length) return client.query(text);
        return client.query({ ...(name ? { name } : {}), text, values: (values ?? []) as unknown[] });
      };
      return { query, release: () => client.release() } as unknown as PostgresPoolClient;
    },
    end: async () => {},
  } as PostgresPool;
  return new Kysely<Tables>({ dialect: new PostgresDialect({ pool: bound }) });
}

/** Opens a pool on the database; nothing is read or written yet. `max` connections, 20 unless said: a dozen consumers and as many timers look at their tables twice a second beside the requests. */
export function openDatabase(url: string, options: { max?: number; onLost?: (error: Error) => void } = {}): Database {
  const pool = new pg.Pool({
    connectionString: url,
    max: options.max ?? 20,
    idleTimeoutMillis: 30_000,
    connectionTimeoutMillis: 15_000,
    // jit: compiling a condition of ten leaves takes longer than running it (49 s against 4 s over 1,200 of them).
    options: "-c TimeZone=UTC -c jit=off -c statement_timeout=300000 -c idle_in_transaction_session_timeout=600000",
    application_name: "rondo",
  });
  // Without a listener a backend that dies while idle would end the Node process.
  pool.on("error", (error) => options.onLost?.(error));
  pool.on("connect", (client) => client.on("error", (error) => options.onLost?.(error)));
  const schemas = new Map<string, Db>();
  const workspace = (schema: string): Db => {
    const known = schemas.get(schema);
    if (known) return known;
    const db = dbOn(pool, schema);
    schemas.set(schema, db);
    return db;
  };
  return {
    url,
    control: workspace("rondo"),
    workspace,
    client: (schema) => clientOn(pool, schema),
    close: () => pool.end(),
  };
}
