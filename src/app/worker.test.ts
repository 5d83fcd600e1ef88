import { sql } from "kysely";
import pino from "pino";
import { expect, onTestFinished, test } from "vitest";
import { databaseForTest } from "../../test/database.ts";
import type { Module } from "./module.ts";
import { createWorker } from "./worker.ts";

test("what the company is called and its zone reach a worker that runs already", async () => {
  const t = await databaseForTest();
  const seen = new Set<string>();
  const probe: Module = {
    name: "probe",
    timers: [{ name: "look", nextAt: () => Promise.resolve(new Date(0)), run: async ({ workspace }) => void (seen.add(`${workspace.name}, ${workspace.time_zone}`), await new Promise((done) => setTimeout(done, 50))) }],
  }; // prettier-ignore
  const worker = createWorker([probe], pino({ level: "silent" }));
  onTestFinished(() => worker.stop());
  const ctx = t.ctx();
  worker.serve(ctx);
  await sql`update workspaces set name = 'Northwind & Daughters', time_zone = 'America/Lima' where id = ${ctx.workspace.id}`.execute(ctx.control); // prettier-ignore
  await expect.poll(() => [...seen], { timeout: 10_000 }).toContain("Northwind & Daughters, America/Lima");
  // The caller's own view stays what it was.
  expect(ctx.workspace.name).not.toBe("Northwind & Daughters");
});

test("a consumer hears of what another process recorded, also when a transaction of somebody else held it back", async () => {
  const t = await databaseForTest();
  const ctx = t.ctx();
  const read: string[] = [];
  const probe: Module = {
    name: "probe",
    consumers: [{ name: "probe", apply: async (_tx, facts) => void read.push(...facts.map((fact) => String(fact.payload["title"]))) }],
  }; // prettier-ignore
  const worker = createWorker([probe], pino({ level: "silent" }));
  onTestFinished(() => worker.stop());
  worker.serve(ctx);
  await expect.poll(async () => (await sql`select from consumers`.execute(ctx.db)).rows.length).toBe(1);
  // Written past this process: nothing here is told of it.
  const elsewhere = (title: string) => sql`
    insert into facts (id, name, occurred_at, actor_kind, actor_name, payload, epoch)
    select gen_random_uuid(), 'page.visited', now(), 'system', 'Elsewhere', ${JSON.stringify({ title })}::jsonb, epoch from timeline_state`.execute(ctx.db); // prettier-ignore
  await ctx.db.transaction().execute(async (older) => {
    await sql`select pg_current_xact_id()`.execute(older);
    await elsewhere("Jars");
    await new Promise((done) => setTimeout(done, 700));
    expect(read).toEqual([]);
  });
  await expect.poll(() => read, { timeout: 10_000 }).toEqual(["Jars"]);
});
