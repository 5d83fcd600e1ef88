import type { FileStore } from "#platform/files";
import type { Condition } from "#kernel/condition";
import type { Mail } from "#platform/mail";
import type { Db } from "#platform/postgres";

/*
 * Words we use
 *   ctx       who asks, in which workspace, through which database; the first argument of every command and query
 *   tx        a ctx inside a transaction: commands that must save together take one
 *   actor     who did it: a person, an API key, an import, a customer on one of our pages, a rule, Rondo itself
 *   access    how far the role reaches: which records and fields; "above" for Rondo's own work, which nobody's role limits
 *   outside   what a command reaches beyond the database: the mail server, the store of files, and the address and secret that links are made of
 */
export const roles = ["owner", "admin", "manager", "agent", "viewer"] as const;
export type Role = (typeof roles)[number];

export const verbs = ["create", "read", "update", "delete", "export"] as const;
export type Verb = (typeof verbs)[number];
/** How far a verb reaches: what I own, what my teams' people own, what those below me own, what lies in my territories, everything. */
export const scopes = ["none", "own", "team", "subordinates", "territory", "all"] as const;
export type Scope = (typeof scopes)[number];

export interface Access {
  /** Whose "own" is meant: the person, or the maker of an API key with a role made here; null for any other key, which owns nothing. */
  readonly person: string | null;
  readonly teams: readonly string[];
  /** The person and everybody in their teams. */
  readonly colleagues: readonly string[];
  /** The person and everybody below in the reporting line. */
  readonly below: readonly string[];
  /** By the object's plural; null for a built-in role: as the table of permissions says, all records. */
  readonly grants: Readonly<Record<string, Readonly<Partial<Record<Verb, Scope>>>>> | null;
  /** By the object's plural: the only fields that may be read, and changed. An object that is not named shows all. */
  readonly fields: Readonly<Record<string, { readonly read: ReadonlySet<string>; readonly edit: ReadonlySet<string> }>>;
  /** The territories given to the person or their teams. */
  readonly territories: readonly { readonly object: string; readonly condition: Condition }[];
  /** Objects, by name, that have private records this person's role does not look into. */
  readonly guarded: ReadonlySet<string>;
  /** Objects, by name, of which something is shared by hand with the person or their teams. */
  readonly shared: ReadonlySet<string>;
}

export interface Actor {
  kind: "user" | "key" | "import" | "customer" | "rule" | "system" | "demo";
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

export interface Outside {
  readonly mail: Mail;
  readonly files: FileStore;
  /** How people and customers reach this server, without a slash at the end. */
  readonly url: string;
  /** Signs links; never shown. */
  readonly secret: string;
}

export interface Ctx {
  readonly db: Db;
  readonly control: Db;
  readonly outside: Outside;
  readonly workspace: Workspace;
  readonly actor: Actor;
  readonly role: Role;
  readonly access: Access | "above";
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
