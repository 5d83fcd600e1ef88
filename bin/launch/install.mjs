import { spawn, spawnSync } from "node:child_process";
import { accessSync, constants, existsSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { installedKind, isInstalled, markInstalled } from "./installed.mjs";
import { alone } from "./lock.mjs";
import { inRoot, root } from "./places.mjs";
import { refuse, say } from "./words.mjs";

/** Installs the packages of the lockfile when they are not there yet: "runtime", or "full" with those for development. */
export async function install(kind) {
  if (isInstalled(kind)) return;
  refuseUnwritable();
  const npm = findNpm();
  await alone(inRoot("dist/.installing"), "installing", async () => {
    if (isInstalled(kind)) return; // meanwhile done by the process we waited for
    say(kind === "full" ? "Installing with everything the tests need ..." : "Installing (only the first time) ...");
    const start = Date.now();
    let { code, output } = await run(npm, argumentsFor(kind));
    if (code !== 0 && isIncomplete(output)) {
      say("The lockfile lacks packages of other systems; installing what it does name ...");
      ({ code, output } = await run(npm, additionFor(kind)));
    }
    if (code !== 0) refuseFailed(output);
    markInstalled(kind);
    say(`Installed in ${Math.round((Date.now() - start) / 1000)} s.`);
  });
}

const shared = ["--ignore-scripts", "--include=optional", "--no-audit", "--no-fund", "--loglevel=error"];
const extent = { runtime: "--omit=dev", full: "--include=dev" };

/**
 * No package's install script is run. `ci` begins by removing node_modules, which a Rondo that runs from it would
 * not survive; so when only the development packages are missing, they are added beside the others.
 */
const argumentsFor = (kind) => (installedKind() === "runtime" ? additionFor(kind) : ["ci", ...shared, extent[kind]]);

/** Installs the versions of the lockfile, too, but neither removes first nor writes the lockfile. */
const additionFor = (kind) => ["install", ...shared, extent[kind], "--no-save"];

/**
 * `ci` refuses a lockfile without the optional packages of every system. npm writes such a one when its registry
 * does not serve them all; nothing that this system needs is missing from it.
 */
const isIncomplete = (output) => /EUSAGE/.test(output) && !/Invalid: lock file/.test(output);

function refuseUnwritable() {
  try {
    accessSync(root, constants.W_OK);
    if (existsSync(inRoot("node_modules"))) accessSync(inRoot("node_modules"), constants.W_OK);
  } catch {
    refuse(
      `Rondo must install its packages, but may not write to ${root}.`,
      "Start it once as the user who owns that folder.",
    );
  }
}

/** The npm that started us, else the one beside our Node, else the one on the path. */
function findNpm() {
  const beside = join(dirname(process.execPath), "../lib/node_modules/npm/bin/npm-cli.js");
  const started = process.env["npm_execpath"] ?? "";
  const script = [basename(started) === "npm-cli.js" ? started : "", beside].find(
    (path) => path !== "" && existsSync(path),
  );
  const npm = script === undefined ? ["npm"] : [process.execPath, script];
  const { status, stdout } = spawnSync(npm[0], [...npm.slice(1), "--version"], {
    encoding: "utf8",
    shell: needsShell(npm),
  });
  const major = Number.parseInt(stdout ?? "", 10);
  if (status !== 0 || !(major >= 8))
    refuse(
      status === 0
        ? `Rondo needs npm 8 or newer to install; this is ${stdout.trim()}.`
        : "Rondo needs npm to install its packages, and found none.",
      "Install npm (it comes with Node from nodejs.org), then start again.",
    );
  return npm;
}

const needsShell = (command) => process.platform === "win32" && command[0] === "npm"; // there it is npm.cmd

function run(npm, args) {
  const env = { ...process.env };
  delete env["NODE_ENV"]; // "production" would leave out the development packages
  const child = spawn(npm[0], [...npm.slice(1), ...args], {
    cwd: root,
    env,
    stdio: ["ignore", "pipe", "pipe"],
    shell: needsShell(npm),
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (chunk) => (output = (output + chunk).slice(-20_000)));
  return new Promise((resolve) => {
    child.once("error", (error) => resolve({ code: 1, output: error.message }));
    child.once("close", (code) => resolve({ code, output }));
  });
}

function refuseFailed(output) {
  say(output.trimEnd().split("\n").slice(-15).join("\n"));
  if (/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|ENETUNREACH|network|ERR_SOCKET_TIMEOUT/i.test(output))
    refuse(
      "npm could not reach the package registry.",
      "Check the connection (or the proxy and registry in .npmrc), then start again.",
    );
  if (/ENOSPC/.test(output))
    refuse("The disk is full; the packages could not be installed.", "Free about 1 GB, then start again.");
  if (/EACCES|EPERM|EROFS/.test(output))
    refuse(`npm may not write to ${root}.`, "Start it once as the user who owns that folder.");
  refuse(
    "npm could not install Rondo's packages; its last words are above.",
    "Start again; if it stays so, remove node_modules first.",
  );
}
