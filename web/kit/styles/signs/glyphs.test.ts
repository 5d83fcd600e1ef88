import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, extname, join } from "node:path";
import { brotliDecompressSync } from "node:zlib";
import { expect, test } from "vitest";

const here = import.meta.dirname;
const repo = join(here, "../../../..");

interface Face {
  file: string;
  range: Set<number>;
}

/** The faces of a style sheet: the file of each and the signs it is asked for. */
function facesOf(sheet: string): Face[] {
  const text = readFileSync(sheet, "utf8");
  return [...text.matchAll(/@font-face\s*\{[^}]+\}/g)].map(([face]) => {
    const file = join(dirname(sheet), /url\(([^)]+)\)/.exec(face)![1]!);
    const asked = /unicode-range:\s*([^;]+);/.exec(face)![1]!.split(",");
    const range = new Set<number>();
    for (const part of asked) {
      const [from, to = from] = part.trim().slice(2).split("-").map((hex) => Number.parseInt(hex, 16)); // prettier-ignore
      for (let sign = from!; sign <= to!; sign++) range.add(sign);
    }
    return { file, range };
  });
}

// The order of the tables that a WOFF2 directory names by number; only the place of "cmap" matters here.
const knownTables = 63;

/** The signs a WOFF2 file has a glyph for, read from its character map (formats 4 and 12). */
function signsOf(file: string): Set<number> {
  const bytes = readFileSync(file);
  let at = 48;
  const base128 = (): number => {
    for (let value = 0; ;) {
      const byte = bytes[at++]!;
      value = value * 128 + (byte & 127);
      if (byte < 128) return value;
    }
  };
  const tables = Array.from({ length: bytes.readUInt16BE(12) }, () => {
    const flags = bytes[at++]!;
    const number = flags & 63;
    if (number === knownTables) at += 4;
    const length = base128();
    // Only glyf and loca (10, 11) are rewritten, unless they say 3; any other table only when it says something else than 0.
    const rewritten = number === 10 || number === 11 ? flags >> 6 !== 3 : flags >> 6 !== 0;
    return { number, length: rewritten ? base128() : length };
  });
  const data = brotliDecompressSync(bytes.subarray(at, at + bytes.readUInt32BE(20)));
  const map = tables.findIndex((table) => table.number === 0);
  const start = tables.slice(0, map).reduce((sum, table) => sum + table.length, 0);
  const cmap = data.subarray(start, start + tables[map]!.length);
  const found = new Set<number>();
  for (let i = 0; i < cmap.readUInt16BE(2); i++) {
    const sub = cmap.subarray(cmap.readUInt32BE(4 + i * 8 + 4));
    const format = sub.readUInt16BE(0);
    if (format === 12)
      for (let g = 0; g < sub.readUInt32BE(12); g++)
        for (let s = sub.readUInt32BE(16 + g * 12); s <= sub.readUInt32BE(20 + g * 12); s++) found.add(s);
    if (format === 4) {
      const twice = sub.readUInt16BE(6);
      for (let s = 0; s < twice; s += 2)
        for (let c = sub.readUInt16BE(16 + twice + s); c <= sub.readUInt16BE(14 + s) && c < 0xffff; c++) found.add(c);
    }
  }
  return found;
}

/** Every text file below a folder that can put words on the screen; tests and what only makes hostile input are left out. */
const sources = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => [".ts", ".tsx", ".json", ".css", ".html"].includes(extname(name)))
    .filter((name) => !/\.test\.tsx?$|-for-tests\.ts$|condition\/world\.ts$/.test(name))
    .map((name) => join(folder, name));

/** A source without its comments, which nobody sees. */
const spoken = (text: string): string => text.replaceAll(/\/\*[\s\S]*?\*\//g, "").replaceAll(/^\s*\/\/.*$/gm, "");

test("every sign the screens are written in is in a face that comes with Rondo", () => {
  const sheet = createRequire(import.meta.url).resolve("@fontsource-variable/inter/wght.css");
  const drawn = new Set<number>();
  for (const { file, range } of [...facesOf(sheet), ...facesOf(join(here, "signs.css"))]) {
    const signs = signsOf(file);
    for (const sign of range) if (signs.has(sign)) drawn.add(sign);
  }
  expect(Array.from("aé€−…“”·ß→⌘↑").filter((sign) => !drawn.has(sign.codePointAt(0)!))).toEqual([]);
  // What a terminal prints and what a file may hold stands on no screen.
  const unseen = ["src/app/commands", "src/records/import/read/booleans.ts"].map((path) => join(repo, path));
  const missing: string[] = [];
  for (const path of [...sources(join(repo, "web")), ...sources(join(repo, "src"))].filter((p) => !unseen.some((u) => p.startsWith(u))))
    for (const sign of new Set(spoken(readFileSync(path, "utf8"))))
      if (sign.codePointAt(0)! > 127 && !drawn.has(sign.codePointAt(0)!)) missing.push(`${sign} U+${sign.codePointAt(0)!.toString(16)} in ${path.slice(repo.length + 1)}`);
  expect(missing).toEqual([]);
}); // prettier-ignore
