import { mkdir, readFile, readdir, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test, vi } from "vitest";
import { markOf } from "./leftovers.ts";
import { lockData } from "./lock.ts";
import { postgresNamed } from "./processes.ts";
import { ask, dataFolder, eventually, start, startElsewhere, writeUntilGone } from "./testing/stage.ts";

vi.setConfig({ testTimeout: 180_000, hookTimeout: 90_000 });

const countWritten = async (url: string) => (await ask(url, "select count(*)::int from written"))[0];

test("a killed postmaster is started again, and no acknowledged row is lost", async () => {
  const log: string[] = [];
  const postgres = await start(await dataFolder(), { settings: {}, log: (line) => log.push(line) });
  const url = postgres.connectionString("postgres");
  const victim = postgres.pid;
  const writing = writeUntilGone(url);
  await sleep(700);
  process.kill(victim, "SIGKILL");
  const acknowledged = await writing;
  expect(acknowledged).toBeGreaterThan(0);
  expect(await eventually(() => countWritten(url) as Promise<number>)).toBeGreaterThanOrEqual(acknowledged);
  expect(postgres.pid).not.toBe(victim);
  expect(log.join("\n")).toMatch(/ended unexpectedly.*SIGKILL/);
});

test("a killed backend takes the others down for a moment, not the server", async () => {
  const postgres = await start(await dataFolder());
  const url = postgres.connectionString("postgres");
  const victim = ask(url, "select pg_sleep(60)").catch((error: Error) => error.message);
  const [pid] = await eventually(async () => {
    const found = await ask(url, "select pid from pg_stat_activity where query = 'select pg_sleep(60)'");
    return found.length > 0 && found;
  });
  const before = postgres.pid;
  process.kill(Number(pid), "SIGKILL");
  expect(await victim).toMatch(/terminated/i);
  expect(await eventually(() => ask(url, "select 5"))).toEqual([5]);
  expect(postgres.pid).toBe(before);
});

test("Node is killed while rows are written: the next start replaces the PostgreSQL it left, and every acknowledged row is there", async () => {
  const dataDir = await dataFolder();
  const killed = await startElsewhere({ dataDir });
  const writing = writeUntilGone(killed.url);
  await sleep(500);
  process.kill(killed.child, "SIGKILL");
  await sleep(100);

  const log: string[] = [];
  const postgres = await start(dataDir, { settings: {}, log: (line) => log.push(line) });
  const acknowledged = await writing;
  expect(acknowledged).toBeGreaterThan(0);
  expect(await countWritten(postgres.connectionString("postgres"))).toBeGreaterThanOrEqual(acknowledged);
  expect(log).toContain(`an earlier run left PostgreSQL running (process ${killed.pid}); stopping it`);
});

test("Node and postmaster are killed at once, with a backend still computing: the next start ends it and goes on", async () => {
  const dataDir = await dataFolder();
  const killed = await startElsewhere({ dataDir, settings: { fsync: "off" } });
  await ask(killed.url, "create table kept as select 1 as n");
  const busy = ask(killed.url, "select count(*) from generate_series(1, 1e12::bigint)").catch(() => "gone");
  await eventually(
    async () =>
      (await ask(killed.url, "select 1 from pg_stat_activity where query like '%1e12%' and pid <> pg_backend_pid()"))
        .length > 0,
  );
  process.kill(killed.child, "SIGKILL");
  process.kill(killed.pid, "SIGKILL");

  const postgres = await start(dataDir);
  expect(await busy).toBe("gone");
  expect(await ask(postgres.connectionString("postgres"), "select n from kept")).toEqual([1]);
});

test("Node is killed in the middle of making the cluster: the next start makes it whole", async () => {
  const dataDir = await dataFolder();
  const draft = join(dataDir, "postgres.new-1");
  await mkdir(draft, { recursive: true });
  await writeFile(join(draft, "PG_VERSION"), "18\n");
  const early = startElsewhere({ dataDir }).catch((error: Error) => error.message);
  const making = await eventually(async () =>
    (await readdir(dataDir)).find((name) => name.startsWith("postgres.new-") && name !== "postgres.new-1"),
  );
  await eventually(() => readFile(join(dataDir, making, "PG_VERSION"), "utf8"));
  process.kill(Number(making.split("-")[1]), "SIGKILL");
  expect(await early).toMatch(/ended without a word/);

  const postgres = await start(dataDir);
  expect(await ask(postgres.connectionString("postgres"), "select 1")).toEqual([1]);
  expect((await readdir(dataDir)).filter((name) => name.includes(".new"))).toEqual([]);
});

test("a pid file whose number now belongs to another program does not keep PostgreSQL down", async () => {
  const dataDir = await dataFolder();
  const first = await start(dataDir);
  await first.stop();
  await writeFile(join(first.directory, "postmaster.pid"), `${process.ppid}\n${first.directory}\n1\n5432\n\n\n`);
  const second = await start(dataDir);
  expect(await ask(second.connectionString("postgres"), "select 1")).toEqual([1]);
});

test("the lock of a dead process, of half a file, or of a silent machine is taken over", async () => {
  const dataDir = await dataFolder();
  const lock = join(dataDir, "rondo.lock");
  const postgres = await start(dataDir);
  await postgres.stop();
  const remains = [
    JSON.stringify({ pid: 4_194_300, started: "1", host: "this one no longer exists" }),
    "{ half a lo",
    "",
  ];
  for (const text of remains) {
    await writeFile(lock, text);
    await utimes(lock, new Date(Date.now() - 60_000), new Date(Date.now() - 60_000));
    const again = await start(dataDir);
    await again.stop();
  }
});

test("the lock of another machine is respected for as long as it beats", async () => {
  const dataDir = await dataFolder();
  await mkdir(dataDir, { recursive: true });
  const lock = join(dataDir, "rondo.lock");
  await writeFile(lock, JSON.stringify({ pid: 7, started: "1", host: "elsewhere|boot|space" }));
  const beat = setInterval(() => void utimes(lock, new Date(), new Date()), 1_000);
  try {
    await expect(lockData(dataDir, () => undefined, 2_000)).rejects.toMatchObject({
      code: "other-instance",
      message: expect.stringContaining("process 7 on elsewhere"),
    });
  } finally {
    clearInterval(beat);
  }
  const unlock = await lockData(dataDir, () => undefined, 2_000);
  await unlock();
});

test("after a clean stop nothing of PostgreSQL is left running", async () => {
  const postgres = await start(await dataFolder());
  const mark = await markOf(postgres.directory);
  expect(postgresNamed(mark).length).toBeGreaterThan(3);
  await postgres.stop();
  expect(postgresNamed(mark)).toEqual([]);
});
