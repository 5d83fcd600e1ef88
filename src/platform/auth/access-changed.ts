import { sql } from "kysely";
import type { Db } from "#platform/postgres";

/*
 * Words we use
 *   access change   a role, grant, team, reporting line, territory or private mark that is not what it was: whoever is known here is
 *                   asked for anew at once, in other processes within a second
 */
const listeners = new Set<() => void>();

/** Calls back after access changed in this process, or was seen to have changed in another one. */
export function onAccessChanged(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Tells this process; after the commit. */
export const announceAccess = (): void => {
  for (const listener of listeners) listener();
};

/** Counts a change for the other processes, in the transaction that makes it. */
export async function noteAccessChange(db: Db): Promise<void> {
  await sql`insert into rondo.settings (key, value) values ('access', '1')
            on conflict (key) do update set value = to_jsonb((settings.value #>> '{}')::bigint + 1)`.execute(db);
}

/** How often access changed, in all processes. */
export async function accessChanges(control: Db): Promise<string> {
  const { rows } = await sql<{
    n: string;
  }>`select value #>> '{}' as n from rondo.settings where key = 'access'`.execute(control);
  return rows[0]?.n ?? "0";
}
