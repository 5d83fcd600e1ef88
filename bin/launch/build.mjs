import { createHash } from "node:crypto";
import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { alone } from "./lock.mjs";
import { inRoot, root } from "./places.mjs";
import { refuse, say } from "./words.mjs";

const marker = inRoot("dist/.rondo-built");
const target = inRoot("dist/web");

/** Builds the browser files when their sources have changed since. Nothing to do where there are no sources (an image). */
export async function buildBrowserFiles(node) {
  if (!existsSync(inRoot("vite.config.ts"))) return;
  const sources = fingerprint();
  if (isBuilt(sources)) return;
  try {
    mkdirSync(inRoot("dist"), { recursive: true });
  } catch {
    refuse(
      `Rondo must build its browser files, but may not write to ${root}.`,
      "Start it once as the user who owns that folder.",
    );
  }
  await alone(inRoot("dist/.building"), "building the browser files", async () => {
    if (isBuilt(sources)) return;
    say("Building the browser files ...");
    const start = Date.now();
    await build(node);
    writeFileSync(marker, sources);
    say(`Built in ${((Date.now() - start) / 1000).toFixed(1)} s.`);
  });
}

const isBuilt = (sources) =>
  existsSync(join(target, "index.html")) && existsSync(marker) && readFileSync(marker, "utf8") === sources;

/** Into a folder beside the old one, then exchanged: a running Rondo never serves half a build. */
async function build(node) {
  const fresh = inRoot("dist/.web-new");
  const former = inRoot("dist/.web-old");
  const args = [
    inRoot("node_modules/vite/bin/vite.js"),
    "build",
    "--outDir",
    fresh,
    "--emptyOutDir",
    "--logLevel",
    "warn",
  ];
  const { code, output } = await run(node, args);
  if (code !== 0) {
    say(output.trimEnd().split("\n").slice(-40).join("\n"));
    refuse(
      "The browser files could not be built; the reason is above.",
      "If you changed nothing, remove node_modules and start again.",
      1,
    );
  }
  rmSync(former, { recursive: true, force: true });
  if (existsSync(target)) renameSync(target, former);
  renameSync(fresh, target);
  rmSync(former, { recursive: true, force: true });
}

function run(node, args) {
  const child = spawn(node, args, {
    cwd: root,
    env: { ...process.env, NODE_ENV: "production" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (output += chunk));
  return new Promise((resolve) => {
    child.once("error", (error) => resolve({ code: 1, output: error.message }));
    child.once("close", (code) => resolve({ code, output }));
  });
}

/** One hash over names and contents of everything the build reads; about 30 ms for 5 MB. Tests are not part of it. */
function fingerprint() {
  const hash = createHash("sha256");
  const files = ["vite.config.ts", "index.html", "package-lock.json", "tsconfig.json", "lingui.config.ts"];
  for (const file of [...files, ...filesBelow("web")].filter((path) => existsSync(inRoot(path))))
    hash
      .update(file)
      .update("\0")
      .update(readFileSync(inRoot(file)))
      .update("\0");
  return hash.digest("hex");
}

function filesBelow(folder) {
  if (!existsSync(inRoot(folder))) return [];
  return readdirSync(inRoot(folder), { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = `${folder}/${entry.name}`;
      if (entry.isDirectory()) return filesBelow(path);
      return /\.test\.tsx?$/.test(entry.name) ? [] : [path];
    });
}
