import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { constants, tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { buildBrowserFiles } from "./build.mjs";
import { inRoot, root } from "./places.mjs";
import { isRefusal } from "./words.mjs";

const tool = (path, ...args) => [inRoot("node_modules", path), ...args];
const types = { name: "Types", args: tool("typescript/bin/tsc", "--noEmit") };
const lint = { name: "Lint", args: tool("oxlint/bin/oxlint") };
const format = { name: "Format", args: tool("oxfmt/bin/oxfmt", "--check") };
const unused = { name: "Unused code", args: tool("knip/bin/knip.js") };
const schema = { name: "Schema drift", args: [inRoot("src/app/cli.ts"), "schema", "--check"] };

/** The quick checks, all of them even when one fails. Answers the exit code. */
export async function runChecks(node) {
  let failed = 0;
  for (const step of [types, lint, format, unused, schema]) if (!(await passes(node, step))) failed += 1;
  return failed > 0 ? 1 : 0;
}

/**
 * Types, lint, format, the browser build, then the tests; each step counts as one test. The last line holds the counts alone.
 * With arguments only Vitest runs, and gets them: `npm test -- src/timeline`.
 */
export async function runTests(node, args) {
  const counts = { passed: 0, failed: 0, skipped: 0 };
  const count = (passed) => (passed ? (counts.passed += 1) : (counts.failed += 1));
  if (args.length === 0) {
    for (const step of [types, lint, format]) count(await passes(node, step));
    count(await builds(node));
  }
  const vitest = await runVitest(node, args);
  for (const key of Object.keys(counts)) counts[key] += vitest[key];
  const skipped = counts.skipped > 0 ? `, ${counts.skipped} skipped` : "";
  process.stdout.write(`\n${counts.passed} passed, ${counts.failed} failed${skipped}\n`);
  return counts.failed > 0 ? 1 : 0;
}

async function passes(node, { name, args }) {
  const start = Date.now();
  const { code, output } = await run(node, args);
  tell(name, code === 0, start, output);
  return code === 0;
}

async function builds(node) {
  const start = Date.now();
  try {
    await buildBrowserFiles(node);
    tell("Browser files", true, start, "");
    return true;
  } catch (error) {
    if (!isRefusal(error)) throw error;
    tell("Browser files", false, start, error.message);
    return false;
  }
}

function tell(name, passed, start, output) {
  const seconds = ((Date.now() - start) / 1000).toFixed(1);
  if (!passed) process.stdout.write(`${output.trimEnd()}\n`);
  process.stdout.write(`${passed ? "✓" : "✗"} ${name.padEnd(14)} ${seconds.padStart(6)} s\n`);
}

async function runVitest(node, args) {
  const folder = mkdtempSync(join(tmpdir(), "rondo-test-"));
  const report = join(folder, "report.json");
  try {
    const start = Date.now();
    const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
    const { code } = await run(node, tool("vitest/vitest.mjs", "run", ...reporters, ...args), "inherit");
    const counts = countsOf(report);
    // Vitest can fail without a failed test: an unhandled rejection, or a crash before the report.
    if (code !== 0 && counts.failed === 0) counts.failed = 1;
    tell("Tests", code === 0, start, "");
    return counts;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Counts tests; a file that failed before its first test counts as one failed test. */
function countsOf(report) {
  if (!existsSync(report)) return { passed: 0, failed: 0, skipped: 0 };
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, testResults } = JSON.parse(
    readFileSync(report, "utf8"),
  );
  const broken = testResults.filter(
    ({ status, assertionResults }) =>
      status === "failed" && !assertionResults.some((result) => result.status === "failed"),
  );
  return {
    passed: numPassedTests,
    failed: numFailedTests + broken.length,
    skipped: numPendingTests + (numTodoTests ?? 0),
  };
}

function run(node, args, stdio = "pipe") {
  // Tools that start `node` themselves (a test's second process, say) get the pinned one too.
  const env = {
    ...process.env,
    PATH: [dirname(node), process.env["PATH"]].join(process.platform === "win32" ? ";" : ":"),
  };
  const child = spawn(node, args, { cwd: root, env, stdio: ["ignore", stdio, stdio] });
  const interrupt = (name) => {
    child.kill(name);
    process.exit(128 + constants.signals[name]);
  };
  for (const name of ["SIGINT", "SIGTERM"]) process.on(name, interrupt);
  let output = "";
  child.stdout?.on("data", (chunk) => (output += chunk));
  child.stderr?.on("data", (chunk) => (output += chunk));
  return new Promise((resolve) => {
    child.once("error", (error) => resolve({ code: 1, output: error.message }));
    child.once("close", (code) => {
      for (const name of ["SIGINT", "SIGTERM"]) process.off(name, interrupt);
      resolve({ code, output });
    });
  });
}
