import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { inRoot } from "./places.mjs";
import { refuse } from "./words.mjs";

/** Path of the Node that runs the program: the one installed with Rondo, else the current one when it is new enough. */
export function pinnedNode() {
  const platform = process.platform === "win32" ? "win" : process.platform;
  const program = process.platform === "win32" ? "bin/node.exe" : "bin/node";
  const path = inRoot("node_modules", `node-${platform}-${process.arch}`, program);
  // Asked, not only looked for: on a C library it was not built for, it is there but does not run.
  if (existsSync(path) && spawnSync(path, ["--version"]).status === 0) return path;
  if (isNewEnough(process.versions.node)) return process.execPath;
  return refuse(
    `There is no Node 24 for this system (${process.platform}, ${process.arch}) among Rondo's packages, and this Node is ${process.version}.`,
    "Install Node 24 (22.18 or newer will do), then start again with it.",
  );
}

/** From 22.18 on Node runs TypeScript by itself. */
const isNewEnough = (version) => {
  const [major, minor] = version.split(".").map(Number);
  return major > 22 ? major > 23 || minor >= 6 : major === 22 && minor >= 18;
};
