import type { Config } from "#platform/config";
import type { Access, Ctx, Outside, Role, Workspace } from "#platform/context";
import type { Mail } from "#platform/mail";
import type { Database } from "#platform/postgres";
import type { Flows } from "./sign-in/flows.ts";
import type { Known } from "./known.ts";

/*
 * Words we use
 *   desk      what the front desk works with: database, mail, clock, the sign-in flows; made once by createAuth
 *   visitor   anybody who sends a request to an open endpoint
 *   caller    somebody identified: a person with a session, or an API key
 *   hooks     what modules above the platform know and the desk asks
 */
export interface AuthHooks {
  /** Runs inside the making of a workspace, its tables already there; a throw undoes it all. `ctx.control` is the open transaction. */
  readonly onCreated?: readonly ((ctx: Ctx) => Promise<void>)[];
  /** Told after a new workspace is committed: to begin its work in the background. */
  readonly onReady?: (workspace: Workspace) => void;
  /** Whether the currency may still change: no amounts are stored yet. Absent: it may. */
  readonly canChangeCurrency?: (ctx: Ctx) => Promise<boolean>;
  /** How far the caller's role reaches; part of the cached session check. */
  readonly accessOf?: (ctx: Ctx, who: { person: string | null; role_id: string | null }) => Promise<Access>;
  /** The built-in role that a role made in the browser is based on; null when there is no such role. */
  readonly baseOf?: (ctx: Ctx, roleId: string) => Promise<Role | null>;
  /** Whether a lens of this key exists; `ctx` is null while the first workspace is being made. */
  readonly isLens?: (ctx: Ctx | null, key: string) => Promise<boolean> | boolean;
}

export interface Log {
  info(details: object, text: string): void;
  warn(details: object, text: string): void;
  error(details: object, text: string): void;
}

export interface Desk {
  readonly database: Database;
  readonly config: Pick<Config, "publicUrl">;
  readonly mail: Mail;
  readonly outside: Outside;
  readonly clock: () => Date;
  readonly log: Log;
  readonly secret: string;
  readonly flows: Flows;
  readonly known: Known;
  readonly hooks: AuthHooks;
  /** Work that goes on after the answer (mails); `close` waits for it. */
  readonly later: (work: () => Promise<void>) => void;
}

export interface Caller extends Ctx {
  readonly person: { readonly id: string; readonly name: string; readonly email: string } | null;
  /** The session's id; null for an API key. */
  readonly sessionId: string | null;
}
