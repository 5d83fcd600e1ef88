import { sql } from "kysely";
import { expect, test } from "vitest";
import { databaseForTest } from "../../../test/database.ts";
import { inTransaction } from "./index.ts";

test("two acts that lock each other out both happen: the one PostgreSQL stops goes again", async () => {
  const ctx = (await databaseForTest()).ctx();
  await sql`create table doors (name text primary key, knocks int not null)`.execute(ctx.db);
  await sql`insert into doors values ('left', 0), ('right', 0)`.execute(ctx.db);
  let waiting = 2;
  let release!: () => void;
  const bothHoldOne = new Promise<void>((done) => (release = done));
  let runs = 0;
  let woken = 0;
  const knock = (first: string, second: string): Promise<void> =>
    inTransaction(ctx, async (tx) => {
      runs++;
      tx.afterCommit(() => woken++);
      await sql`update doors set knocks = knocks + 1 where name = ${first}`.execute(tx.db);
      if (--waiting === 0) release();
      await bothHoldOne;
      await sql`update doors set knocks = knocks + 1 where name = ${second}`.execute(tx.db);
    });
  await Promise.all([knock("left", "right"), knock("right", "left")]);
  const { rows } = await sql<{ knocks: number }>`select knocks from doors`.execute(ctx.db);
  expect(rows).toEqual([{ knocks: 2 }, { knocks: 2 }]);
  expect({ runs, woken }).toEqual({ runs: 3, woken: 2 });
});
