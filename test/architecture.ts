import { globSync, readFileSync } from "node:fs";
import { dirname, join, normalize, relative } from "node:path";

const layers = [
  "src/kernel",
  "src/platform",
  "src/timeline",
  "src/records",
  "src/customers",
  "src/cycle",
  "src/automation",
  "src/app",
];
const imported = /^\s*(import|export)\s+(type\s+)?(?:[^"';]*?\sfrom\s+)?["']([^"']+)["']/gm;

/** Folders of the modules in the order that boots the product, read from src/app/modules.ts: its list is the list enforced. */
function orderOf(root: string): string[] {
  const text = readFileSync(join(root, "src/app/modules.ts"), "utf8");
  const paths = new Map(
    [...text.matchAll(/import (\w+) from "\.\.\/(.+?)\/module\.ts"/g)].map((m) => [m[1]!, `src/${m[2]}`]),
  );
  return /= \[([^\]]+)\]/
    .exec(text)![1]!
    .split(",")
    .map((name) => paths.get(name.trim())!)
    .filter(Boolean);
}

const doorOf = (name: string): string =>
  name.startsWith("#kernel/") ? "src/kernel"
  : name.startsWith("#platform/") ? `src/platform/${name.slice(10)}`
  : name.replace("#", "src/").replace(/^src\/(attract|convert|deliver|engage|grow|learn)\//, "src/cycle/$1/"); // prettier-ignore

/** The module a file lives in: the folder behind its door. */
const homeOf = (file: string): string =>
  /^src\/cycle\/\w+\/\w+/.exec(file)?.[0] ??
  /^src\/platform\/\w+/.exec(file)?.[0] ??
  /^src\/\w+/.exec(file)?.[0] ??
  file;

/** Every arrow against the rules of the house, as "file: reason". */
export function violations(root: string): string[] {
  const found: string[] = [];
  const order = orderOf(root);
  const rank = (home: string): number =>
    layers.findIndex((l) => home === l || home.startsWith(`${l}/`)) * 1000 +
    (home.startsWith("src/cycle/") ? order.indexOf(home) : 0);
  for (const file of globSync("{src,web}/**/*.{ts,tsx}", { cwd: root })) {
    if (/(\.test|-for-tests)\.tsx?$/.test(file)) continue;
    const home = homeOf(file);
    if (home.startsWith("src/cycle/") && !order.includes(home))
      found.push(`${file}: ${home} is not in src/app/modules.ts`);
    for (const [, , typeOnly, target] of readFileSync(join(root, file), "utf8").matchAll(imported)) {
      if (target!.startsWith(".")) {
        const to = relative(root, normalize(join(root, dirname(file), target!)));
        if (home !== "src/app" && homeOf(to) !== home && !file.startsWith("web/"))
          found.push(`${file}: ${target} leaves the module; use its door`);
        if (file.startsWith("web/") && !to.startsWith("web/")) found.push(`${file}: ${target} leaves web`);
      } else if (target!.startsWith("#")) {
        const to = doorOf(target!);
        if (file.startsWith("web/")) {
          if (!typeOnly) found.push(`${file}: web takes types only, not ${target}`);
        } else if (homeOf(to) !== home && home.startsWith("src/kernel"))
          found.push(`${file}: the kernel imports nothing, not ${target}`);
        else if (homeOf(to) !== home && rank(homeOf(to)) > rank(home))
          found.push(`${file}: ${target} comes later than ${home}`);
        if (to.startsWith("src/cycle/") && homeOf(to) !== to) found.push(`${file}: ${target} is not a door`);
      } else if (home === "src/kernel" && target !== "zod" && target !== "big.js" && target !== "node:crypto")
        found.push(`${file}: the kernel does no I/O, not ${target}`);
      else if (/^src\/(?!app)/.test(file) && target === "fastify" && !typeOnly && !file.startsWith("src/platform/http"))
        found.push(`${file}: HTTP belongs to src/platform/http`);
    }
  }
  // A workspace's tables are made while the transaction that makes the workspace holds the control schema: a reference into it waits for ever.
  for (const file of globSync("src/**/migrations/*.sql", { cwd: root }))
    if (/\breferences\s+"?rondo"?\./i.test(readFileSync(join(root, file), "utf8")))
      found.push(`${file}: a workspace's table refers to the control schema`);
  return found.toSorted();
}
