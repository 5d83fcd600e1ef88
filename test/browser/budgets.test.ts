import { existsSync, readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { beforeAll, expect, test } from "vitest";
import { build } from "vite";

/*
 * What a person waits for on the first visit, in bytes over the wire (gzip 9). Limits: research/frontend.md section 8.
 */
const root = new URL("../../", import.meta.url);
const out = new URL("dist/web/", root);
const KB = 1024;

interface Chunk {
  file: string;
  src?: string;
  imports?: string[];
  css?: string[];
}
let manifest: Record<string, Chunk>;

beforeAll(async () => {
  if (!existsSync(new URL(".vite/manifest.json", out)))
    await build({ configFile: new URL("vite.config.ts", root).pathname, logLevel: "error" });
  manifest = JSON.parse(readFileSync(new URL(".vite/manifest.json", out), "utf8"));
}, 120_000);

const zipped = (file: string): number => gzipSync(readFileSync(new URL(file, out)), { level: 9 }).length;

/** Everything that a chunk needs before it can run. */
function needed(key: string, seen = new Set<string>()): Set<string> {
  if (seen.has(key)) return seen;
  seen.add(key);
  for (const other of manifest[key]?.imports ?? []) needed(other, seen);
  return seen;
}
const chunkOf = (ending: string): string => {
  const key = Object.keys(manifest).find((name) => name.endsWith(ending));
  if (!key) throw new Error(`nothing built from ${ending}`);
  return key;
};
const filesOf = (keys: ReadonlySet<string>) => {
  const chunks = [...keys].flatMap((key) => manifest[key] ?? []);
  return { js: new Set(chunks.map((chunk) => chunk.file)), css: new Set(chunks.flatMap((chunk) => chunk.css ?? [])) };
};
const sum = (files: ReadonlySet<string>): number => [...files].reduce((bytes, file) => bytes + zipped(file), 0);

// The first route is the shell with a table, the heaviest screen a person lands on.
const first = () => filesOf(new Set([...needed(chunkOf("index.html")), ...needed(chunkOf("dev/KitTable.tsx"))]));

test("the shell with a table costs at most 210 KB of script", () => {
  expect(sum(first().js) / KB).toBeLessThanOrEqual(210);
});

test("its style sheets cost at most 20 KB", () => {
  expect(sum(first().css) / KB).toBeLessThanOrEqual(20);
});

test("the one font that is asked for at once costs at most 50 KB and is asked for in the page's head", () => {
  const html = readFileSync(new URL("index.html", out), "utf8");
  const fonts = [...html.matchAll(/<link[^>]+as="font"[^>]*>/g)].map(([tag]) => /href="\/([^"]+)"/.exec(tag)?.[1]);
  expect(fonts).toHaveLength(1);
  expect(readFileSync(new URL(fonts[0] ?? "", out)).length / KB).toBeLessThanOrEqual(50);
});

// What everybody has after the first screen, the shell with a table; pop-ups are no part of it and come with whatever opens one.
const had = (): Set<string> => new Set([...needed(chunkOf("index.html")), ...needed(chunkOf("dev/KitTable.tsx"))]);
const ownOf = (key: string): number => {
  const shared = had();
  return sum(filesOf(new Set([...needed(key)].filter((k) => !shared.has(k)))).js) / KB;
};
// It comes when somebody begins to write; ProseMirror alone weighs 86 KB.
const editor = (): string => chunkOf("kit/rich/RichEditor.tsx");

test("the editor for rich text brings at most 150 KB of its own", () => {
  expect(ownOf(editor())).toBeLessThanOrEqual(150);
});

test("no other screen brings more than 100 KB of its own", () => {
  const shared = had();
  const heavy = Object.keys(manifest)
    .map((key) => [key, ownOf(key)] as const)
    .filter(([key, kb]) => !shared.has(key) && key !== editor() && manifest[key]?.src && kb > 100);
  expect(heavy).toEqual([]);
});

test("the page has no script or style of its own, so that the policy can forbid them", () => {
  const html = readFileSync(new URL("index.html", out), "utf8");
  expect(html).toContain('content="__CSP_NONCE__"');
  expect(html).not.toMatch(/<style|<script(?![^>]*src=)|\son\w+=|style="/);
});
