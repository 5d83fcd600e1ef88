import { sql } from "kysely";
import type { Ctx, Workspace } from "#platform/context";
import { openDatabase } from "#platform/postgres";
import { consumeOnce } from "#timeline";
import { loyaltyConsumer, movePoints } from "./consumer.ts";
import "#customers";
import "#convert/catalog";

// A worker that lets points follow their orders, in small steps, until it is killed: node follower-for-tests.ts <url> <workspace as JSON> <now>.
const [url, told, now] = process.argv.slice(2);
const database = openDatabase(url!, { max: 2 });
const workspace = JSON.parse(told!) as Workspace;
const ctx = {
  db: database.workspace(workspace.schema), control: database.control, outside: undefined as never, workspace, role: "owner", access: "above", clock: () => new Date(now!),
  actor: { kind: "system", id: null, name: "Rondo" },
} satisfies Ctx; // prettier-ignore

for (;;) {
  const passed = await consumeOnce(ctx, { ...loyaltyConsumer, batch: 3 });
  await movePoints(ctx);
  if (passed === 0) await sql`select pg_sleep(0.02)`.execute(ctx.db);
}
