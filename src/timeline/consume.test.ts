import { spawn } from "node:child_process";
import { join } from "node:path";
import fc from "fast-check";
import { sql } from "kysely";
import { expect, test } from "vitest";
import { inTransaction, type Ctx } from "#platform/context";
import { compiled } from "../../test/compiled.ts";
import { databaseForTest } from "../../test/database.ts";
import { consumeAll, consumeOnce, enterEpoch, record, type Consumer } from "./index.ts";

const pause = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));
const visit = (ctx: Ctx, title: string, then: () => Promise<void> = async () => {}): Promise<unknown> =>
  inTransaction(ctx, async (tx) => {
    await record(tx, { name: "page.visited", payload: { title } });
    await then();
  });

class Aborted extends Error {}

test("with many writers at once, some of which abort, every committed fact is consumed exactly once and in commit order", async () => {
  const t = await databaseForTest();
  const ctx = t.ctx();
  const transaction = fc.record({
    facts: fc.integer({ min: 1, max: 3 }),
    hold: fc.integer({ min: 0, max: 12 }),
    abort: fc.boolean(),
  });
  const run = fc.record({
    writers: fc.array(fc.array(transaction, { minLength: 1, maxLength: 5 }), { minLength: 2, maxLength: 5 }),
    batch: fc.integer({ min: 1, max: 7 }),
    // Asks for one kind alone, and passes over the other without a look.
    picky: fc.boolean(),
  });
  let round = 0;
  await fc.assert(
    fc.asyncProperty(run, async ({ writers, batch, picky }) => {
      const name = `property-${round++}`;
      await consumeAll(ctx, { name, apply: async () => {} });
      const committed: string[] = [];
      const seen: string[] = [];
      // The earliest transaction that began after this fact was acknowledged must come behind it.
      const beganAfter = new Map<string, string[]>();
      const consumer: Consumer = {
        name,
        batch,
        ...(picky && { facts: ["page.visited"] }),
        apply: async (_, facts) => {
          if (picky) expect(facts.map((f) => f.name)).not.toContain("newsletter.subscribed");
          seen.push(...facts.flatMap((f) => (f.name === "page.visited" ? [String(f.payload.title)] : [])));
        },
      };
      let writing = true;
      const reading = (async () => {
        while (writing) if ((await consumeOnce(ctx, consumer)) === 0) await pause(1);
        await consumeAll(ctx, consumer);
      })();
      await Promise.all(
        writers.map(async (transactions, w) => {
          for (const [n, { facts, hold, abort }] of transactions.entries()) {
            const titles = Array.from({ length: facts }, (_, i) => `${name} ${w}.${n}.${i}`);
            const before = [...committed];
            await inTransaction(ctx, async (tx) => {
              for (const title of titles) {
                await record(tx, { name: "page.visited", payload: { title } });
                await record(tx, { name: "newsletter.subscribed", payload: { list: title } });
              }
              await pause(hold);
              if (abort) throw new Aborted();
            }).catch((error: unknown) => {
              if (!(error instanceof Aborted)) throw error;
            });
            if (abort) continue;
            for (const title of titles) beganAfter.set(title, before);
            committed.push(...titles);
          }
        }),
      );
      writing = false;
      await reading;
      expect(seen.toSorted()).toEqual(committed.toSorted());
      const place = new Map(seen.map((title, i) => [title, i]));
      for (const [later, earlier] of beganAfter)
        for (const e of earlier) expect(place.get(e)!).toBeLessThan(place.get(later)!);
    }),
    { numRuns: 25 },
  );
});

test("a fact of a transaction that commits late is not skipped", async () => {
  const t = await databaseForTest();
  const ctx = t.ctx();
  const seen: string[] = [];
  const consumer: Consumer = {
    name: "late",
    apply: async (_, facts) => void seen.push(...facts.map((f) => String(f.payload.title))),
  };
  let commit = (): void => {};
  const slow = visit(ctx, "slow", () => new Promise((done) => (commit = done)));
  while (commit.name === "commit") await pause(5);
  await visit(ctx, "quick");
  // The quick one has committed, but the slow one, which is older, may still appear before it.
  expect(await consumeAll(ctx, consumer)).toBe(0);
  commit();
  await slow;
  await consumeAll(ctx, consumer);
  expect(seen).toEqual(["slow", "quick"]);
});

test("a fact far behind many of other kinds is found, and the way to it is kept stretch by stretch", async () => {
  const ctx = (await databaseForTest()).ctx();
  await inTransaction(ctx, async (tx) => {
    for (let i = 0; i < 70; i++) await record(tx, { name: "newsletter.subscribed", payload: { list: "News" } });
  });
  await visit(ctx, "Jars");
  const seen: string[] = [];
  let refuses = true;
  const consumer: Consumer = {
    name: "far",
    batch: 1,
    facts: ["page.visited"],
    apply: async (_, facts) => {
      if (refuses) throw new Aborted();
      seen.push(...facts.map((f) => String(f.payload.title)));
    },
  };
  const passed = async (): Promise<number> =>
    (await sql<{ n: number }>`
      select count(*)::int as n from facts f, consumers c where c.name = 'far' and (f.epoch, f.tx, f.seq) <= (c.epoch, c.tx, c.seq)`.execute(ctx.db)).rows[0]!.n; // prettier-ignore
  await expect(consumeOnce(ctx, consumer)).rejects.toThrow(Aborted);
  expect(await passed()).toBe(60);
  refuses = false;
  expect(await consumeOnce(ctx, consumer)).toBe(1);
  expect([seen, await passed()]).toEqual([["Jars"], 71]);
});

test("a batch that fails leaves the position where it was", async () => {
  const t = await databaseForTest();
  const ctx = t.ctx();
  await visit(ctx, "one");
  let fail = true;
  const consumer: Consumer = {
    name: "failing",
    apply: async (tx, facts) => {
      await sql`insert into lenses (key, name, steps, position) values (${facts[0]!.id}, 'effect', '[]', 99)`.execute(
        tx.db,
      );
      if (fail) throw new Error("not today");
    },
  };
  await expect(consumeOnce(ctx, consumer)).rejects.toThrow("not today");
  fail = false;
  expect(await consumeAll(ctx, consumer)).toBe(1);
  const { rows } = await sql<{ n: number }>`select count(*) as n from lenses where position = 99`.execute(ctx.db);
  expect(rows[0]!.n).toBe(1);
});

test("two processes of one consumer share the work without doing it twice", async () => {
  const t = await databaseForTest();
  const ctx = t.ctx();
  for (let i = 0; i < 30; i++) await visit(ctx, String(i));
  const seen: string[] = [];
  const consumer: Consumer = {
    name: "shared",
    batch: 3,
    apply: async (_, facts) => (seen.push(...facts.map((f) => String(f.payload.title))), pause(1)),
  };
  const drain = async (): Promise<void> => {
    for (let idle = 0; idle < 20;) idle = (await consumeOnce(ctx, consumer)) ? 0 : (await pause(2), idle + 1);
  };
  await Promise.all([drain(), drain()]);
  expect(seen).toEqual(Array.from({ length: 30 }, (_, i) => String(i)));
});

test("facts written before a move to another server come before all new ones", async () => {
  const t = await databaseForTest();
  const ctx = t.ctx();
  await enterEpoch(ctx);
  await visit(ctx, "before the move");
  // Another server, whose transaction ids begin anew far below ours.
  await sql`update facts set tx = tx + 1000000000`.execute(ctx.db);
  await sql`update timeline_state set server = 'another server'`.execute(ctx.db);
  const epoch = await enterEpoch(ctx);
  expect(await enterEpoch(ctx)).toBe(epoch);
  await visit(ctx, "after the move");
  const seen: string[] = [];
  await consumeAll(ctx, {
    name: "moved",
    apply: async (_, facts) => void seen.push(...facts.map((f) => String(f.payload.title))),
  });
  expect(seen).toEqual(["before the move", "after the move"]);
});

test("kill -9 of a consuming process: each fact takes effect exactly once", { timeout: 300_000 }, async () => {
  const t = await databaseForTest();
  const ctx = t.ctx();
  const script = await compiled(join(import.meta.dirname, "consume-for-tests.ts"));
  await sql`create table effects (fact_id uuid not null)`.execute(ctx.db);
  for (let i = 0; i < 8; i++)
    await inTransaction(ctx, async (tx) => {
      for (let n = 0; n < 50; n++) await record(tx, { name: "page.visited", payload: { title: `${i}.${n}` } });
    });
  const total = 400;
  const effects = async (): Promise<number> =>
    (await sql<{ n: number }>`select count(*) as n from effects`.execute(ctx.db)).rows[0]!.n;
  let killed = 0;
  for (let round = 0; (await effects()) < total; round++) {
    const child = spawn(process.execPath, [script, t.url], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    const ended = new Promise<void>((done) => child.once("exit", () => done()));
    // Killed after a random number of batches, in the middle of the next one; the last rounds may run through.
    const batches = round < 6 ? 1 + Math.floor(Math.random() * 4) : Infinity;
    let told = 0;
    child.stdout.on("data", (d: Buffer) => {
      told += d.toString().split("\n").length - 1;
      if (told >= batches && !child.killed) killed += child.kill("SIGKILL") ? 1 : 0;
    });
    await ended;
  }
  expect(killed).toBeGreaterThan(0);
  const { rows } = await sql<{
    n: number;
    distinct_facts: number;
  }>`select count(*) as n, count(distinct fact_id) as distinct_facts from effects`.execute(ctx.db);
  expect(rows[0]).toEqual({ n: total, distinct_facts: total });
});
