import { mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { refuse, say } from "./words.mjs";

const longestWait = 15 * 60_000; // ms; an installation over a slow line

/** Does `work` while no other launcher does: a folder is made by exactly one process. Dead owners are passed over. */
export async function alone(folder, what, work) {
  const start = Date.now();
  for (let told = false; !take(folder);) {
    if (Date.now() - start > longestWait)
      refuse(`Another process has been ${what} for 15 minutes.`, `If none is, remove ${folder}`);
    if (!told) say(`Another process is ${what}; waiting for it ...`);
    told = true;
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
  const release = () => rmSync(folder, { recursive: true, force: true });
  process.on("exit", release);
  try {
    return await work();
  } finally {
    process.off("exit", release);
    release();
  }
}

function take(folder) {
  try {
    mkdirSync(dirname(folder), { recursive: true });
    mkdirSync(folder);
    writeFileSync(join(folder, "pid"), String(process.pid));
    return true;
  } catch (error) {
    if (error.code !== "EEXIST") throw error;
    if (isAbandoned(folder)) setAside(folder);
    return false;
  }
}

/** The owner is dead, or died between making the folder and writing its number into it (10 s ago or more). */
function isAbandoned(folder) {
  try {
    process.kill(Number(readFileSync(join(folder, "pid"), "utf8")) || Number.NaN, 0);
    return false;
  } catch (error) {
    if (error.code === "ESRCH") return true;
    if (error.code === "EPERM") return false;
    const stats = statSync(folder, { throwIfNoEntry: false });
    return stats !== undefined && Date.now() - stats.mtimeMs > 10_000;
  }
}

/** By renaming: of several processes that found it abandoned, one succeeds. */
function setAside(folder) {
  try {
    renameSync(folder, `${folder}-${process.pid}`);
    rmSync(`${folder}-${process.pid}`, { recursive: true, force: true });
  } catch (error) {
    if (error.code !== "ENOENT") throw error;
  }
}
