import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { chmod, mkdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { expect, test, vi } from "vitest";
import { findPostgres, startPostgres } from "./index.ts";
import { ask, asRoot, dataFolder, eventually, start, startElsewhere } from "./testing/stage.ts";

vi.setConfig({ testTimeout: 180_000, hookTimeout: 90_000 });

test("what was stored is there after a restart, and the second start makes nothing new", async () => {
  const dataDir = await dataFolder();
  const first = await start(dataDir);
  await ask(first.connectionString("postgres"), "create table kept as select 42 as answer");
  await first.stop();

  const log: string[] = [];
  const second = await start(dataDir, { log: (line) => log.push(line) });
  expect(await ask(second.connectionString("postgres"), "select answer from kept")).toEqual([42]);
  expect(second.version).toBe(18);
  expect(log).toEqual([]);
});

test("text is UTF-8, sorts by code point, knows letters beyond ASCII, and pages have checksums", async () => {
  const postgres = await start(await dataFolder());
  const url = postgres.connectionString("postgres");
  expect(await ask(url, "show server_encoding")).toEqual(["UTF8"]);
  expect(await ask(url, "show data_checksums")).toEqual(["on"]);
  expect(
    await ask(
      url,
      "select upper('crème Ω') || string_agg(x, '' order by x) from (values ('é'), ('z'), ('B'), ('a')) v(x)",
    ),
  ).toEqual(["CRÈME ΩBazé"]);
});

test("nothing listens on the network, and only the owner may open the folder of the socket", async () => {
  const postgres = await start(await dataFolder());
  expect(await ask(postgres.connectionString("postgres"), "show listen_addresses")).toEqual([""]);
  expect((await stat(postgres.host)).mode & 0o777).toBe(0o700);
});

test("settings given at start win over ours, and names that are none are refused", async () => {
  const dataDir = await dataFolder();
  await expect(start(dataDir, { settings: { "a=b -c x": "1" } })).rejects.toThrow(
    "not the name of a PostgreSQL setting",
  );
  const postgres = await start(dataDir, { settings: { fsync: "off", work_mem: "3MB" } });
  expect(await ask(postgres.connectionString("postgres"), "show work_mem")).toEqual(["3MB"]);
  expect(await ask(postgres.connectionString("postgres"), "show jit")).toEqual(["off"]);
});

test("the disk is waited for unless a caller asks otherwise", async () => {
  const postgres = await start(await dataFolder(), { settings: {} });
  expect(await ask(postgres.connectionString("postgres"), "show fsync")).toEqual(["on"]);
});

test("a path too long for a socket is served through a private folder elsewhere", async () => {
  const dataDir = join(await dataFolder(), "x".repeat(100));
  const postgres = await start(dataDir);
  expect(await ask(postgres.connectionString("postgres"), "select 1")).toEqual([1]);
  expect((await stat(postgres.host)).mode & 0o777).toBe(0o700);
  await postgres.stop();
  await rm(postgres.host, { recursive: true, force: true });
});

test("stopping rolls back who is in the middle of a transaction, and does not wait for them", async () => {
  const dataDir = await dataFolder();
  const postgres = await start(dataDir);
  const url = postgres.connectionString("postgres");
  await ask(url, "create table half (n int)");
  const sleeper = ask(url, "insert into half select 1 from pg_sleep(60)").catch((error: Error) => error.message);
  await eventually(
    async () => (await ask(url, "select pid from pg_stat_activity where query like 'insert into half%'")).length > 0,
  );
  await postgres.stop();
  expect(await sleeper).toMatch(/terminat/i);
  const again = await start(dataDir);
  expect(await ask(again.connectionString("postgres"), "select count(*)::int from half")).toEqual([0]);
});

test("a second Rondo on the same data is refused, but a command beside it finds the running server", async () => {
  const dataDir = await dataFolder();
  expect(await findPostgres(dataDir)).toBeUndefined();
  const postgres = await start(dataDir);
  await expect(startPostgres({ dataDir })).rejects.toMatchObject({ code: "other-instance" });
  const elsewhere = await startElsewhere({ dataDir });
  expect(elsewhere.refused).toBe("other-instance");
  expect(elsewhere.message).toContain(String(process.pid));

  const found = await findPostgres(dataDir);
  expect(found?.pid).toBe(postgres.pid);
  expect(await ask(found?.connectionString("postgres") ?? "", "select 7")).toEqual([7]);
  await postgres.stop();
  expect(await findPostgres(dataDir)).toBeUndefined();
});

test("on the loopback interface only the right password enters", async () => {
  const dataDir = await dataFolder();
  const postgres = await start(dataDir, { loopback: true });
  const url = postgres.connectionString("postgres");
  expect(new URL(url).hostname).toBe("127.0.0.1");
  expect(await ask(url, "select 1")).toEqual([1]);
  await expect(ask(url.replace(/:[^:@]+@/, ":wrong@"), "select 1")).rejects.toThrow(/password/);
  expect((await stat(join(dataDir, "postgres.json"))).mode & 0o077).toBe(0);
});

test("data of another major version is refused, untouched, with words on what to do", async () => {
  const dataDir = await dataFolder();
  await mkdir(join(dataDir, "postgres"), { recursive: true });
  await writeFile(join(dataDir, "postgres/PG_VERSION"), "16\n");
  await expect(start(dataDir)).rejects.toMatchObject({
    code: "other-major",
    message: expect.stringContaining("PostgreSQL 16"),
    hint: expect.stringContaining("pg_upgrade"),
  });
  expect(await readFile(join(dataDir, "postgres/PG_VERSION"), "utf8")).toBe("16\n");
  expect(existsSync(join(dataDir, "rondo.lock"))).toBe(false);
});

test("a folder with files that are no database is refused rather than overwritten", async () => {
  const dataDir = await dataFolder();
  await mkdir(join(dataDir, "postgres"), { recursive: true });
  await writeFile(join(dataDir, "postgres/letter.txt"), "dear customer");
  await expect(start(dataDir)).rejects.toMatchObject({
    code: "postgres-failed",
    message: expect.stringContaining("PG_VERSION"),
  });
});

test("a data folder that cannot be written is refused by name", async () => {
  const dataDir = await dataFolder();
  await writeFile(dataDir, "a file, not a folder");
  await expect(start(dataDir)).rejects.toMatchObject({
    code: "data-not-writable",
    message: expect.stringContaining(dataDir),
  });
});

test("a setting PostgreSQL rejects is told with its own words, and the data is free again", async () => {
  const dataDir = await dataFolder();
  await expect(start(dataDir, { settings: { shared_buffers: "lots" } })).rejects.toMatchObject({
    code: "postgres-failed",
    message: expect.stringContaining("shared_buffers"),
  });
  expect((await start(dataDir)).pid).toBeGreaterThan(1);
});

test.runIf(asRoot)("data given to root, as a restored backup is, is given back to PostgreSQL's user", async () => {
  const dataDir = await dataFolder();
  const first = await start(dataDir);
  const owner = (await stat(first.directory)).uid;
  await first.stop();
  execFileSync("chown", ["-R", "0:0", first.directory]);
  await chmod(first.directory, 0o755);
  const second = await start(dataDir);
  expect(await ask(second.connectionString("postgres"), "select 1")).toEqual([1]);
  expect((await stat(second.directory)).uid).toBe(owner);
  expect((await stat(join(second.directory, "base"))).uid).toBe(owner);
});

const debian15 = "/usr/lib/postgresql/15/bin";
test.runIf(existsSync(debian15))("the machine's own PostgreSQL 15 serves as well", async () => {
  const dataDir = await dataFolder();
  const postgres = await start(dataDir, { bins: debian15 });
  expect(postgres.version).toBe(15);
  expect(
    await ask(postgres.connectionString("postgres"), "select current_setting('server_version_num')::int / 10000"),
  ).toEqual([15]);
  await postgres.stop();
  await expect(start(dataDir)).rejects.toMatchObject({ code: "other-major" });
});

test("programs that do not exist are refused with the way out", async () => {
  const dataDir = await dataFolder();
  await expect(start(dataDir, { bins: dirname(dataDir) })).rejects.toMatchObject({
    code: "postgres-failed",
    hint: expect.stringContaining("DATABASE_URL"),
  });
});

test.skipIf(process.platform !== "linux")(
  "a data folder below /proc is refused in words and does not hang",
  async () => {
    await expect(startPostgres({ dataDir: "/proc/rondo/data" })).rejects.toMatchObject({ code: "data-not-writable" });
  },
);
