import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { sql } from "kysely";
import { expect, test } from "vitest";
import type { Ctx } from "#platform/context";
import { compiled } from "../../../../test/compiled.ts";
import { databaseForTest } from "../../../../test/database.ts";
import { buy, disagreeing, programWith, settle, start } from "./members-for-tests.ts";

// RONDO_KILLS=200 for more rounds.
const rounds = Number(process.env.RONDO_KILLS ?? 20);
const perRound = 12;

const entries = async (ctx: Ctx): Promise<number> => (await sql<{ n: number }>`select count(*)::int as n from loyalty_entries`.execute(ctx.db)).rows[0]!.n; // prettier-ignore

test("killed at any moment while it posts points, nothing is lost and nothing comes twice", async () => {
  const t = await databaseForTest();
  const day = (n: number): Ctx => t.ctx("manager", { at: new Date(start.getTime() + n * 86_400_000) });
  const script = await compiled(join(import.meta.dirname, "follower-for-tests.ts"));
  const people = await programWith(day(0), 3);
  const now = day(60);
  for (let round = 0; round < rounds; round++) {
    for (let i = 0; i < perRound; i++) await buy(day(1 + round), people[i % 3]!, 10 + i);
    const before = await entries(now);
    const child = spawn(process.execPath, [script, t.url, JSON.stringify(now.workspace), now.clock().toISOString()], { stdio: ["ignore", "inherit", "inherit"] }); // prettier-ignore
    const ended = once(child, "exit");
    const until = Date.now() + 30_000;
    while ((await entries(now)) < before + 4 && Date.now() < until) await new Promise((go) => setTimeout(go, 15));
    await new Promise((go) => setTimeout(go, Math.random() * 40));
    child.kill("SIGKILL");
    await ended;
  }
  await settle(now);
  const { rows } = await sql<{ earned: number; points: number; facts: number; activated: number; available: number }>`
    select (select count(*)::int from loyalty_lots) as earned, (select sum(original)::int from loyalty_lots) as points,
           (select count(*)::int from facts where name = 'reward.earned') as facts, (select count(*)::int from facts where name = 'points.activated') as activated,
           (select sum(available)::int from loyalty_members) as available`.execute(now.db);
  const points = rounds * Array.from({ length: perRound }, (_, i) => 10 + i).reduce((a, b) => a + b);
  expect(rows[0]).toEqual({ earned: rounds * perRound, points, facts: rounds * perRound, activated: rounds * perRound, available: points }); // prettier-ignore
  expect((await disagreeing(now)).wrong).toEqual([]);
}, 240_000);
