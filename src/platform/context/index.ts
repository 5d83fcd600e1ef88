import type { Db } from "#platform/postgres";

/*
 * Words we use
 *   ctx       who asks, in which workspace, through which database; the first argument of every command and query
 *   tx        a ctx inside a transaction: commands that must save together take one
 *   actor     who did it: a person, an API key, an import, a rule, Rondo itself
 */
export const roles = ["owner", "admin", "manager", "agent", "viewer"] as const;
export type Role = (typeof roles)[number];

export interface Actor {
  kind: "user" | "key" | "import" | "rule" | "system" | "demo";
  id: string | null;
  name: string;
}

export interface Workspace {
  id: string;
  name: string;
  schema: string;
  currency: string;
  time_zone: string;
  locale: string;
  lens: string;
}

export interface Ctx {
  readonly db: Db;
  readonly control: Db;
  readonly workspace: Workspace;
  readonly actor: Actor;
  readonly role: Role;
  /** The import or other job this is done by, for the history. */
  readonly jobId?: string;
  readonly clock: () => Date;
}

export interface Tx extends Ctx {
  /** Runs after the commit, never after a rollback; only for wake-ups that may be lost. */
  readonly afterCommit: (work: () => void) => void;
}

const isTx = (ctx: Ctx | Tx): ctx is Tx => "afterCommit" in ctx;

// Serialization failure and deadlock: PostgreSQL undid one of two acts that were in each other's way.
const transient = new Set(["40001", "40P01"]);
const runsAtMost = 5;

/**
 * Runs the work in one transaction; inside another one it joins that. Work that PostgreSQL stopped to let another pass runs again
 * from its beginning, so it must change nothing outside the database.
 */
export async function inTransaction<T>(ctx: Ctx | Tx, work: (tx: Tx) => Promise<T>): Promise<T> {
  if (isTx(ctx)) return work(ctx);
  for (let run = 1; ; run++) {
    const after: (() => void)[] = [];
    try {
      const answer = await ctx.db
        .transaction()
        .execute((db) => work({ ...ctx, db, afterCommit: (w) => after.push(w) }));
      for (const w of after) w();
      return answer;
    } catch (error) {
      if (run === runsAtMost || !transient.has(String((error as { code?: unknown } | null)?.code))) throw error;
    }
  }
}
