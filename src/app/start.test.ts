import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";

const cli = join(import.meta.dirname, "cli.ts");

/** Runs a command of Rondo; `until` ends the waiting before the command ends. */
function rondo(args: string[], env: Record<string, string>, until?: RegExp): Promise<string> {
  const child = spawn(process.execPath, [cli, ...args], { env: { ...process.env, DATABASE_URL: "", ...env } });
  const over = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  onTestFinished(async () => {
    child.kill("SIGTERM");
    await over;
  });
  let said = "";
  return new Promise((resolve) => {
    const hear = (piece: Buffer): void => {
      said += String(piece);
      if (until?.test(said)) resolve(said);
    };
    child.stdout.on("data", hear);
    child.stderr.on("data", hear);
    void over.then(() => resolve(said));
  });
}

const freePort = (): Promise<string> =>
  new Promise((resolve) => {
    const probe = createServer();
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => resolve(String(typeof address === "object" ? address?.port : "")));
    });
  });

test("a second Rondo on the same data is refused in words, whatever port it asks for; a worker beside it is welcome", async () => {
  const RONDO_DATA = mkdtempSync(join(tmpdir(), "rondo-start-"));
  onTestFinished(() => rmSync(RONDO_DATA, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 }));
  const PORT = await freePort();
  expect(await rondo(["start", "--roles=worker"], { RONDO_DATA }, /at work/)).toContain("The worker is at work.");
  expect(await rondo(["start", "--roles=web"], { RONDO_DATA, PORT }, /is built|are not built|is ready/)).not.toContain(
    "Another Rondo",
  );
  expect(await rondo(["start"], { RONDO_DATA, PORT: await freePort() })).toMatch(
    /Another Rondo \(process \d+\) already runs on .+Use that one, stop it first/s,
  );
});

test.for([
  [["token", "create", "--nam", "x"], {}, /Unknown option '--nam'.*npm run rondo -- help/s],
  [["doctor"], { DATABASE_URL: "hello" }, /DATABASE_URL must look like postgres:/],
  [["start"], { PORT: "abc" }, /PORT must be a whole number/],
] as const)("%j %j ends in words, not in a stack", async ([args, env, words]) => {
  const said = await rondo([...args], env);
  expect(said).toMatch(words);
  expect(said).not.toMatch(/ {4}at |fault of ours/);
});
