import { spawnSync } from "node:child_process";
import { chown, copyFile, cp, mkdir, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { expect, test, vi } from "vitest";
import { findBinaries } from "./binaries.ts";
import { ask, asRoot, dataFolder, nobody, start, startElsewhere } from "./testing/stage.ts";

vi.setConfig({ testTimeout: 180_000, hookTimeout: 90_000 });

test.runIf(asRoot)("as root PostgreSQL runs as somebody else, and the data is that user's", async () => {
  const postgres = await start(await dataFolder());
  const { uid } = await stat(`/proc/${postgres.pid}`);
  expect(uid).not.toBe(0);
  expect((await stat(postgres.directory)).uid).toBe(uid);
});

test("below a private home the data stays where it was asked for, with parallel workers and all", async () => {
  const dataDir = await dataFolder(0o700);
  const postgres = await start(dataDir);
  const url = postgres.connectionString("postgres");
  await ask(url, "create table big as select g as n from generate_series(1, 200000) g");
  await ask(
    url,
    "alter database postgres set parallel_setup_cost = 0; alter database postgres set min_parallel_table_scan_size = 0",
  );
  const plan = await ask(url, "explain (analyze, format text) select count(*) from big");
  expect(plan.join("\n")).toMatch(/Workers Launched: [1-9]/);
  await postgres.stop();
  const again = await start(dataDir);
  expect(await ask(again.connectionString("postgres"), "select max(n) from big")).toEqual([200_000]);
  expect((await stat(join(dataDir, "postgres/PG_VERSION"))).isFile()).toBe(true);
});

// The clone may lie where that user cannot read it (below /root), so they get copies of program and Node.
test.runIf(asRoot)("an ordinary user runs everything as themselves", async () => {
  const user = nobody();
  const dataDir = await dataFolder();
  const home = dirname(dataDir);
  await cp(import.meta.dirname, join(home, "supervisor"), { recursive: true });
  await mkdir(dataDir);
  await chown(dataDir, user.uid, user.gid);
  const { postgres: program } = await findBinaries(undefined, user);
  const other = await startElsewhere(
    { dataDir, bins: dirname(program), settings: { fsync: "off" } },
    { user, script: join(home, "supervisor/testing/run.ts"), node: await nodeFor(user, home) },
  );
  expect(other.refused).toBeUndefined();
  expect(await ask(other.url, "select 1")).toEqual([1]);
  expect((await stat(`/proc/${other.pid}`)).uid).toBe(user.uid);
  expect((await stat(join(dataDir, "postgres"))).uid).toBe(user.uid);
});

test.runIf(asRoot)("an ordinary user is told whose the data is when it is not theirs", async () => {
  const user = nobody();
  const dataDir = await dataFolder();
  const home = dirname(dataDir);
  await cp(import.meta.dirname, join(home, "supervisor"), { recursive: true });
  const postgres = await start(dataDir);
  await postgres.stop();
  const other = await startElsewhere(
    { dataDir },
    { user, script: join(home, "supervisor/testing/run.ts"), node: await nodeFor(user, home) },
  );
  expect(other).toMatchObject({
    refused: "data-not-writable",
    message: expect.stringContaining(dataDir),
  });
});

async function nodeFor(user: { uid: number; gid: number }, home: string): Promise<string> {
  if (spawnSync(process.execPath, ["--version"], { ...user, cwd: "/" }).status === 0) return process.execPath;
  await copyFile(process.execPath, join(home, "node"));
  return join(home, "node");
}

const small = asRoot ? await smallDisk() : undefined;
test.runIf(small)("a full disk is named", async () => {
  const dataDir = await dataFolder();
  await mkdir(dataDir);
  spawnSync("mount", ["-t", "tmpfs", "-o", "size=20m", "tmpfs", dataDir]);
  try {
    await expect(start(dataDir)).rejects.toMatchObject({
      code: "disk-full",
      message: expect.stringContaining("MB"),
    });
  } finally {
    spawnSync("umount", [dataDir]);
  }
});

/** Containers may usually not mount; there the test has no disk to fill. */
async function smallDisk(): Promise<boolean> {
  const mounted = spawnSync("unshare", ["--mount", "mount", "-t", "tmpfs", "tmpfs", "/mnt"], {
    stdio: "ignore",
  });
  return mounted.status === 0;
}
