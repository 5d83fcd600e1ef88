import { announceAccess } from "./access-changed.ts";
import type { Caller } from "./desk.ts";

/*
 * Words we use
 *   known   callers this process has looked up within the last ten seconds, by cookie or key
 */
const forMs = 10_000;
const atMost = 5_000;
// So late at most a process learns that another one changed somebody's access.
const askEveryMs = 1_000;

export interface Known {
  get(credential: string): Caller | null;
  /** Remembers the caller unless something was forgotten since `since`, when the row that was read may be stale. */
  put(credential: string, caller: Caller, since: number): void;
  /** A mark to be taken before the row is read. */
  mark(): number;
  /** Forgets everybody when another process changed roles, teams or the like; asks the database at most once a second. */
  fresh(): Promise<void>;
  /** Forgets everybody: somebody signed out, a role or a key changed. Rare, and one query each to learn again. */
  forget(): void;
}

/** Callers remembered for ten seconds, at most 5,000; `changes` answers how often access changed in any process. */
export function createKnown(clock: () => Date, changes: () => Promise<string>): Known {
  const callers = new Map<string, { caller: Caller; until: number }>();
  let mark = 0;
  let seen: string | null = null;
  let askAt = 0;
  let asking: Promise<void> | null = null;
  const ask = async (): Promise<void> => {
    const now = await changes();
    if (seen !== null && seen !== now) announceAccess();
    seen = now;
    askAt = Date.now() + askEveryMs;
  };
  return {
    fresh() {
      if (Date.now() < askAt) return Promise.resolve();
      return (asking ??= ask().finally(() => (asking = null)));
    },
    get(credential) {
      const found = callers.get(credential);
      if (!found) return null;
      if (found.until > clock().getTime()) return found.caller;
      callers.delete(credential);
      return null;
    },
    put(credential, caller, since) {
      if (since !== mark) return;
      callers.delete(credential);
      callers.set(credential, { caller, until: clock().getTime() + forMs });
      if (callers.size > atMost) callers.delete(callers.keys().next().value!);
    },
    mark: () => mark,
    forget() {
      mark++;
      callers.clear();
    },
  };
}
