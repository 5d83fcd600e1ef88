import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { existsSync } from "node:fs";
import { appendFile, cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";

vi.setConfig({ testTimeout: 120_000 });

/*
 * A small repository in a folder of its own: the real launcher, and in place of the program, npm, Vite and the
 * checkers a few lines each that write down how they were called.
 */
const here = dirname(import.meta.dirname);
const pinned = `node-${process.platform}-${process.arch}`;

const program = `
  import { appendFileSync } from "node:fs";
  const [command, ...args] = process.argv.slice(2);
  const tell = () => console.log(JSON.stringify({ pid: process.pid, node: process.version, command, args, cwd: process.cwd() }));
  // Whoever reads the line may send a signal at once: it is told when the handlers stand.
  if (args[0] !== "wait") tell();
  if (args[0] === "exit") process.exit(Number(args[1]));
  if (args[0] === "die") process.kill(process.pid, "SIGKILL");
  if (args[0] === "wait") {
    const waiting: number = setInterval(() => {}, 1000) as unknown as number;
    for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const)
      process.on(name, () => { appendFileSync(args[1]!, name + " "); clearInterval(waiting); process.exitCode = 7; });
    tell();
  }
`;

const npm = `
  const { appendFileSync, mkdirSync, writeFileSync, readFileSync } = require("node:fs");
  const args = process.argv.slice(2);
  if (args[0] === "--version") { console.log("10.1.0"); process.exit(0); }
  appendFileSync("npm.log", args.join(" ") + "\\n");
  if (process.env.NPM_FAILS && !(process.env.NPM_FAILS === "EUSAGE" && args[0] === "install")) { console.error("npm error code " + process.env.NPM_FAILS); process.exit(1); }
  setTimeout(() => {
    mkdirSync("node_modules", { recursive: true });
    const lock = JSON.parse(readFileSync("package-lock.json", "utf8"));
    const dev = args.includes("--include=dev");
    const packages = Object.fromEntries(Object.entries(lock.packages).filter(([path, p]) => path !== "" && (dev || !p.dev)));
    writeFileSync("node_modules/.package-lock.json", JSON.stringify({ packages }));
  }, 400);
`;

const vite = `
  import { appendFileSync, mkdirSync, writeFileSync } from "node:fs";
  const out = process.argv[process.argv.indexOf("--outDir") + 1];
  appendFileSync("vite.log", "built\\n");
  if (process.env.VITE_FAILS) { console.error("web/main.tsx: unexpected end"); process.exit(1); }
  mkdirSync(out, { recursive: true });
  writeFileSync(out + "/index.html", "<p>built</p>");
`;

const vitest = `
  import { writeFileSync } from "node:fs";
  const file = process.argv.find((arg) => arg.startsWith("--outputFile.json=")).split("=")[1];
  const report = JSON.parse(process.env.REPORT);
  if (report) writeFileSync(file, JSON.stringify(report));
  process.exit(report?.numFailedTests === 0 ? 0 : 1);
`;

async function repository(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "rondo-launcher-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const files: Record<string, string> = {
    "package.json": `{ "type": "module" }`,
    "package-lock.json": JSON.stringify({
      packages: { "": {}, "node_modules/a": { version: "1.0.0" }, "node_modules/b": { version: "2.0.0", dev: true } },
    }),
    "src/app/cli.ts": program,
    "npm/npm-cli.js": npm,
    "npm/package.json": `{ "type": "commonjs" }`,
    "node_modules/vite/bin/vite.js": vite,
    "node_modules/vite/package.json": `{ "type": "module" }`,
    "node_modules/vitest/vitest.mjs": vitest,
    "node_modules/typescript/bin/tsc": "process.exit(0)",
    "node_modules/oxlint/bin/oxlint": "console.log('a lint finding'); process.exit(1)",
    "node_modules/oxfmt/bin/oxfmt": "process.exit(0)",
  };
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
  await cp(join(here, "bin"), join(folder, "bin"), { recursive: true });
  await symlink(join(here, "node_modules", pinned), join(folder, "node_modules", pinned));
  return folder;
}

/** A repository whose packages are all there already. */
async function installed(): Promise<string> {
  const folder = await repository();
  const packages = { "node_modules/a": { version: "1.0.0" }, "node_modules/b": { version: "2.0.0" } };
  await writeFile(join(folder, "node_modules/.package-lock.json"), JSON.stringify({ packages }));
  return folder;
}

type Run = { node?: string; env?: Record<string, string>; cwd?: string };

const environment = (folder: string, env: Record<string, string> = {}) => ({
  ...process.env,
  npm_execpath: join(folder, "npm/npm-cli.js"),
  ...env,
});

const rondo = (folder: string, args: string[], { node = process.execPath, env = {}, cwd = folder }: Run = {}) =>
  spawnSync(node, [join(folder, "bin/rondo.mjs"), ...args], { cwd, env: environment(folder, env), encoding: "utf8" });

/** Starts the program and waits for its first line. */
async function waiting(
  folder: string,
): Promise<{ launcher: ChildProcess; pid: number; heard: string; ended: Promise<number | null> }> {
  const heard = join(folder, "heard");
  const launcher = spawn(process.execPath, [join(folder, "bin/rondo.mjs"), "start", "wait", heard], {
    env: environment(folder),
    stdio: ["ignore", "pipe", "inherit"],
  });
  onTestFinished(() => void launcher.kill("SIGKILL"));
  const ended = new Promise<number | null>((resolve) => launcher.once("exit", resolve));
  const [line] = (await new Promise<Buffer>((resolve) => launcher.stdout?.once("data", resolve)))
    .toString()
    .split("\n");
  return { launcher, pid: (JSON.parse(line ?? "{}") as { pid: number }).pid, heard, ended };
}

const read = (...parts: string[]) => readFile(join(...parts), "utf8").catch(() => "");

test("the program gets its arguments and runs on the pinned Node, whatever Node and folder it was launched with", async () => {
  const folder = await installed();
  for (const node of [process.execPath, "/usr/bin/node"].filter((path) => existsSync(path))) {
    const { stdout, status } = rondo(folder, ["token", "create", "--name", "a b"], { node, cwd: tmpdir() });
    expect(JSON.parse(stdout)).toMatchObject({
      command: "token",
      args: ["create", "--name", "a b"],
      node: expect.stringMatching(/^v24\./),
    });
    expect(status).toBe(0);
  }
});

test("without a command it starts, and options alone belong to start", async () => {
  const folder = await installed();
  expect(JSON.parse(rondo(folder, []).stdout)).toMatchObject({ command: "start", args: [] });
  expect(JSON.parse(rondo(folder, ["--roles=worker"]).stdout)).toMatchObject({
    command: "start",
    args: ["--roles=worker"],
  });
});

test("the program's exit code is the launcher's; after signal n it is 128 + n", async () => {
  const folder = await installed();
  expect(rondo(folder, ["doctor", "exit", "3"]).status).toBe(3);
  expect(rondo(folder, ["doctor", "die"]).status).toBe(137);
});

test("a command that does not exist is refused with those that do, before anything is installed", async () => {
  const folder = await repository();
  const { status, stderr } = rondo(folder, ["strat"]);
  expect(status).toBe(2);
  expect(stderr).toContain(`There is no command "strat"`);
  expect(stderr).toContain("start, worker");
  expect(await read(folder, "npm.log")).toBe("");
});

test.each(["SIGINT", "SIGTERM", "SIGHUP"] as const)(
  "%s reaches the program once, which ends in its own time",
  async (name) => {
    const { launcher, heard, ended } = await waiting(await installed());
    launcher.kill(name);
    expect(await ended).toBe(7);
    expect(await read(heard)).toBe(`${name} `);
  },
);

test("a launcher killed with kill -9 takes the program down with it, politely", async () => {
  const { launcher, heard, ended, pid } = await waiting(await installed());
  launcher.kill("SIGKILL");
  await ended;
  await vi.waitFor(async () => expect(await read(heard)).toBe("SIGTERM "), { timeout: 10_000 });
  await vi.waitFor(() => expect(() => process.kill(pid, 0)).toThrow("ESRCH"), { timeout: 10_000 });
});

test("packages are installed once, without install scripts and without those for development", async () => {
  const folder = await repository();
  expect(rondo(folder, ["doctor"]).status).toBe(0);
  expect(rondo(folder, ["doctor"]).status).toBe(0);
  const calls = (await read(folder, "npm.log")).trim().split("\n");
  expect(calls).toEqual([expect.stringMatching(/^ci --ignore-scripts .*--omit=dev$/)]);
});

test("packages for development are added beside a running Rondo's, not in place of them", async () => {
  const folder = await repository();
  rondo(folder, ["doctor"]);
  rondo(folder, ["test"], { env: { REPORT: "null" } });
  const calls = (await read(folder, "npm.log")).trim().split("\n");
  expect(calls).toHaveLength(2);
  expect(calls[1]).toMatch(/^install --ignore-scripts .*--include=dev --no-save$/);
});

test("a changed lockfile is installed again; what a person installed by hand is accepted", async () => {
  const folder = await installed();
  rondo(folder, ["doctor"]);
  expect(await read(folder, "npm.log")).toBe("");
  await writeFile(
    join(folder, "package-lock.json"),
    JSON.stringify({ packages: { "node_modules/a": { version: "1.0.1" } } }),
  );
  rondo(folder, ["doctor"]);
  expect((await read(folder, "npm.log")).trim().split("\n")).toHaveLength(1);
});

test("a lockfile npm finds incomplete for other systems is installed all the same", async () => {
  const folder = await repository();
  expect(rondo(folder, ["doctor"], { env: { NPM_FAILS: "EUSAGE" } }).status).toBe(0);
  const calls = (await read(folder, "npm.log")).trim().split("\n");
  expect(calls).toEqual([expect.stringMatching(/^ci /), expect.stringMatching(/^install .*--omit=dev --no-save$/)]);
});

test("of two that start at once, one installs and the other waits for it", async () => {
  const folder = await repository();
  const both = [1, 2].map(() =>
    spawn(process.execPath, [join(folder, "bin/rondo.mjs"), "doctor"], {
      env: environment(folder),
      cwd: folder,
      stdio: "ignore",
    }),
  );
  const codes = await Promise.all(both.map((child) => new Promise((resolve) => child.once("exit", resolve))));
  expect(codes).toEqual([0, 0]);
  expect((await read(folder, "npm.log")).trim().split("\n")).toHaveLength(1);
});

test("an installer that was killed does not keep the next one out", async () => {
  const folder = await repository();
  await mkdir(join(folder, "dist/.installing"), { recursive: true });
  await writeFile(join(folder, "dist/.installing/pid"), "4194300");
  expect(rondo(folder, ["doctor"]).status).toBe(0);
});

test.each([
  ["ENOTFOUND", "could not reach the package registry"],
  ["ENOSPC", "disk is full"],
  ["EACCES", "may not write"],
  ["ELSEWISE", "could not install"],
])("when npm fails with %s the last words say what to do", async (code, words) => {
  const folder = await repository();
  const { status, stderr } = rondo(folder, ["start"], { env: { NPM_FAILS: code } });
  expect(status).toBe(2);
  expect(stderr).toContain(`npm error code ${code}`);
  expect(stderr).toContain(words);
});

test("the browser files are built when their sources have changed, and only then", async () => {
  const folder = await installed();
  await mkdir(join(folder, "web"));
  await writeFile(join(folder, "web/main.tsx"), "1");
  await writeFile(join(folder, "vite.config.ts"), "");
  const builds = async () => (await read(folder, "vite.log")).split("\n").length - 1;

  rondo(folder, ["worker"]);
  rondo(folder, ["start", "--roles", "worker"]);
  expect(await builds()).toBe(0);
  rondo(folder, ["start"]);
  rondo(folder, ["start", "--roles=web,worker"]);
  expect(await builds()).toBe(1);
  expect(await read(folder, "dist/web/index.html")).toBe("<p>built</p>");

  await appendFile(join(folder, "web/main.tsx"), "2");
  const { status, stderr } = rondo(folder, ["start"], { env: { VITE_FAILS: "1" } });
  expect(status).toBe(1);
  expect(stderr).toContain("web/main.tsx: unexpected end");
  expect(await read(folder, "dist/web/index.html")).toBe("<p>built</p>");
  rondo(folder, ["start"]);
  expect(await builds()).toBe(3);
});

const report = { numPassedTests: 5, numFailedTests: 0, numPendingTests: 0, numTodoTests: 0, testResults: [] };
const lastLine = (text: string) => text.trimEnd().split("\n").at(-1);

test("the last line of the tests counts checks and tests together", async () => {
  const folder = await installed();
  const { stdout, status } = rondo(folder, ["test"], { env: { REPORT: JSON.stringify(report) } });
  expect(stdout).toContain("a lint finding");
  expect(lastLine(stdout)).toBe("8 passed, 1 failed");
  expect(status).toBe(1);
});

test("with arguments only the tests run, and skipped ones are told", async () => {
  const folder = await installed();
  const env = { REPORT: JSON.stringify({ ...report, numPendingTests: 2 }) };
  const { stdout, status } = rondo(folder, ["test", "src/kernel"], { env });
  expect(lastLine(stdout)).toBe("5 passed, 0 failed, 2 skipped");
  expect(status).toBe(0);
});

test("a test file that cannot be read, and a test runner that dies, both count as failed", async () => {
  const folder = await installed();
  const broken = { ...report, testResults: [{ status: "failed", assertionResults: [] }] };
  expect(lastLine(rondo(folder, ["test", "x"], { env: { REPORT: JSON.stringify(broken) } }).stdout)).toBe(
    "5 passed, 1 failed",
  );
  const died = rondo(folder, ["test", "x"], { env: { REPORT: "null" } });
  expect(lastLine(died.stdout)).toBe("0 passed, 1 failed");
  expect(died.status).toBe(1);
});
