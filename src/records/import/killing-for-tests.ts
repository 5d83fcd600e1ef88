import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { sql } from "kysely";
import type { TestDatabase } from "../../../test/database.ts";

/**
 * Has a worker process of its own import what waits, with the importers of these modules; `until` decides when it is killed, null lets it
 * end by itself. A killed one is taken for lost at once, not after half a minute.
 */
export async function workUntil(
  t: TestDatabase,
  modules: readonly string[],
  until: (() => Promise<unknown>) | null,
): Promise<void> {
  const script = join(import.meta.dirname, "worker-for-tests.ts");
  const child = spawn(process.execPath, [script, t.url, JSON.stringify(t.ctx().workspace), ...modules], {
    stdio: ["ignore", "inherit", "inherit"],
  });
  const ended = once(child, "exit");
  if (until) {
    await until();
    child.kill("SIGKILL");
  }
  await ended;
  await sql`update jobs set heartbeat_at = now() - interval '1 minute' where state = 'running'`.execute(t.ctx().db);
}
