import { expect, test } from "vitest";
import { sql } from "kysely";
import { newId } from "#kernel/id";
import { inTransaction } from "#platform/context";
import { databaseForTest } from "../../test/database.ts";
import { consumeAll, record, timelineOf, type Consumer } from "./index.ts";

test("a fact is recorded with its change, or not at all", async () => {
  const t = await databaseForTest();
  const ctx = t.ctx();
  const ana = newId();
  await inTransaction(ctx, (tx) =>
    record(tx, { name: "contact.created", contact_id: ana, payload: { name: "Ana Ruiz", source: "the shop" } }),
  );
  await expect(
    inTransaction(ctx, async (tx) => {
      await record(tx, { name: "newsletter.subscribed", contact_id: ana, payload: { list: "News" } });
      throw new Error("the change failed");
    }),
  ).rejects.toThrow("the change failed");
  const { items } = await timelineOf(ctx, { contact_id: ana });
  expect(items.map((i) => i.sentence)).toEqual(["became known through the shop"]);
});

test("consumers see facts in commit order, each once", async () => {
  const t = await databaseForTest();
  const ctx = t.ctx();
  const seen: string[] = [];
  const consumer: Consumer = {
    name: "test",
    batch: 2,
    apply: async (_, facts) => void seen.push(...facts.map((f) => String(f.payload.list))),
  };
  for (const list of ["a", "b", "c"])
    await inTransaction(ctx, (tx) => record(tx, { name: "newsletter.subscribed", payload: { list } }));
  expect(await consumeAll(ctx, consumer)).toBe(3);
  expect(await consumeAll(ctx, consumer)).toBe(0);
  expect(seen).toEqual(["a", "b", "c"]);
  const { rows } = await sql<{ facts_seen: number }>`select facts_seen from consumers`.execute(ctx.db);
  expect(rows[0]!.facts_seen).toBe(3);
});
