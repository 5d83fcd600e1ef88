#!/usr/bin/env node
// The only entry to Rondo. Plain JavaScript that any Node >= 18 can read: it installs what is missing,
// builds the browser files when they are stale, and hands over to the Node version that Rondo is pinned to.
import { install } from "./launch/install.mjs";
import { isInstalled } from "./launch/installed.mjs";
import { buildBrowserFiles } from "./launch/build.mjs";
import { pinnedNode } from "./launch/node.mjs";
import { runProgram } from "./launch/program.mjs";
import { runChecks, runTests } from "./launch/check.mjs";
import { isRefusal, refuse } from "./launch/words.mjs";

// What each command needs before it can run: "runtime" or "full" dependencies, and the browser files.
const commands = {
  start: { needs: "runtime", browser: true },
  worker: { needs: "runtime" },
  doctor: { needs: "runtime" },
  token: { needs: "runtime" },
  demo: { needs: "runtime" },
  workspace: { needs: "runtime" },
  help: { needs: "runtime" },
  schema: { needs: "runtime" },
  build: { needs: "runtime", browser: true, run: () => 0 },
  bench: { needs: "full", browser: true },
  check: { needs: "full", run: (node) => runChecks(node) },
  test: { needs: "full", run: (node, args) => runTests(node, args) },
};

const shortHelp = `Rondo, a CRM that runs the whole customer cycle.

  npm start                      start Rondo (installs what it needs the first time)
  npm test                       run every check and test
  npm run rondo -- COMMAND       ${Object.keys(commands).join(", ")}

Settings: PORT, HOST, RONDO_DATA, DATABASE_URL
`;

async function main([first, ...rest]) {
  if (Number(process.versions.node.split(".")[0]) < 18)
    refuse(
      `Rondo needs Node 18 or newer to launch; this is ${process.version}.`,
      "Install a newer Node and try again.",
    );
  const isOption = first === undefined || /^--(?!help$)/.test(first);
  const name = isOption ? "start" : /^(--help|-h)$/.test(first) ? "help" : first;
  const args = isOption && first !== undefined ? [first, ...rest] : rest;
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (command === undefined) refuse(`There is no command "${name}".`, shortHelp);
  if (name === "help" && !isInstalled("runtime")) return (process.stdout.write(shortHelp), 0);

  await install(command.needs);
  const node = pinnedNode();
  if (command.browser && servesBrowsers(args)) await buildBrowserFiles(node);
  if (command.run !== undefined) return command.run(node, args);
  return runProgram(node, [name, ...args]);
}

/** `--roles=worker` serves no pages. */
function servesBrowsers(args) {
  const at = args.findIndex((arg) => arg === "--roles" || arg.startsWith("--roles="));
  if (at < 0) return true;
  const roles = args[at] === "--roles" ? (args[at + 1] ?? "") : args[at].slice("--roles=".length);
  return roles.split(",").includes("web");
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  if (!isRefusal(error)) throw error;
  process.stderr.write(`\n${error.message}\n${error.hint}\n`);
  process.exitCode = error.exitCode;
}
