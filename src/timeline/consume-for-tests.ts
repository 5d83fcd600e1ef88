// Run by a test as a process of its own, to be killed: consumes in small batches, each writing one row per fact.
import { sql } from "kysely";
import { openDatabase } from "#platform/postgres";
import type { Ctx } from "#platform/context";
import { consumeOnce, type Consumer } from "./index.ts";

const database = openDatabase(process.argv[2]!);
const ctx = { db: database.workspace("w_000000000001"), clock: () => new Date() } as Ctx;
const consumer: Consumer = {
  name: "killed",
  batch: 7,
  apply: async (tx, facts) => {
    for (const f of facts) await sql`insert into effects (fact_id) values (${f.id})`.execute(tx.db);
  },
};
while ((await consumeOnce(ctx, consumer)) > 0) process.stdout.write("batch\n");
await database.close();
