import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { inRoot } from "./places.mjs";

const marker = inRoot("node_modules/.rondo-installed");

/** True when node_modules holds what the lockfile says: without ("runtime") or with ("full") development packages. */
export function isInstalled(kind) {
  const lockfile = read(inRoot("package-lock.json"));
  if (lockfile === undefined) return false;
  const [hash, installed] = (read(marker) ?? "").trim().split(" ");
  if (hash === hashOf(lockfile) && (installed === "full" || installed === kind)) return true;
  if (!matches(lockfile, kind)) return false;
  markInstalled(kind); // installed by hand, or with the image
  return true;
}

/** What was installed for this very lockfile, "runtime" or "full"; undefined for another lockfile or none. */
export function installedKind() {
  return isInstalled("full") ? "full" : isInstalled("runtime") ? "runtime" : undefined;
}

/** Remembers that node_modules fits the lockfile, so that the next start need not compare. */
export function markInstalled(kind) {
  try {
    writeFileSync(marker, `${hashOf(read(inRoot("package-lock.json")) ?? "")} ${kind}\n`);
  } catch {
    // a read-only folder: then the comparison is made at every start, which takes a few ms
  }
}

/** Compares the lockfile with npm's own record of what it put into node_modules. */
function matches(lockfile, kind) {
  const record = parse(read(inRoot("node_modules/.package-lock.json")));
  const wanted = parse(lockfile)?.packages;
  if (record?.packages === undefined || wanted === undefined) return false;
  return Object.entries(wanted).every(([path, { version, dev, optional, devOptional }]) => {
    if (path === "") return true;
    const found = record.packages[path];
    if (found !== undefined) return found.version === version;
    return optional === true || ((dev === true || devOptional === true) && kind === "runtime");
  });
}

const hashOf = (text) => createHash("sha256").update(text).digest("hex");

const read = (path) => {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
};

const parse = (text) => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};
