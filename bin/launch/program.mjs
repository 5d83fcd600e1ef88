import { spawn } from "node:child_process";
import { constants } from "node:os";
import { pathToFileURL } from "node:url";
import { inRoot } from "./places.mjs";

/** Runs src/app/cli.ts with the pinned Node until it ends, passes signals on, and answers its exit code (128 + n after signal n). */
export function runProgram(node, args) {
  const watch = pathToFileURL(inRoot("bin/launch/follow-parent.mjs")).href;
  const child = spawn(node, ["--import", watch, inRoot("src/app/cli.ts"), ...args], {
    stdio: ["inherit", "inherit", "inherit", "pipe"], // 3: closed by the system when we die, however we die
    env: { ...process.env, RONDO_PARENT_PIPE: "3" },
  });
  for (const name of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(name, () => passOn(child, name));
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code, signal) => resolve(code ?? 128 + (constants.signals[signal] ?? 0)));
  });
}

/** Ctrl-C in a terminal reaches the whole group of processes, the program included: it must not get it twice. */
function passOn(child, name) {
  if (name === "SIGINT" && process.stdin.isTTY) return;
  child.kill(name);
}
