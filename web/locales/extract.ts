import { globSync, readFileSync, writeFileSync } from "node:fs";

/*
 * Collects every text that is said through Lingui (`_("...")`, `say("...")`). The source text is the id, and a text that comes from data
 * (a field's label, a stage's name) is looked up the same way. Lingui's own extractor sees macros only, which we do not use (they cost a Babel pass).
 *   node web/locales/extract.ts          writes en.json
 *   node web/locales/extract.ts --check  fails when en.json is not what the sources say
 */
const here = new URL(".", import.meta.url);
const web = new URL("../", here);
const call = /(?<![\w.])(?:_|say)\(\s*("(?:[^"\\]|\\.)*")/g;

/** All texts said in a source file. */
export const textsIn = (source: string): string[] => [...source.matchAll(call)].map(([, text]) => JSON.parse(text ?? '""') as string);

/** The English catalogue: every text under itself, sorted, so that a change is one line. */
function catalogue(): Record<string, string> {
  const files = globSync("**/*.{ts,tsx}", { cwd: web.pathname }).filter((file) => !/\.test\.tsx?$|^dev\//.test(file));
  const texts = new Set(files.flatMap((file) => textsIn(readFileSync(new URL(file, web), "utf8"))));
  return Object.fromEntries([...texts].toSorted().map((text) => [text, text]));
}

if (import.meta.main) {
  const file = new URL("en.json", here);
  const written = `${JSON.stringify(catalogue(), null, 2)}\n`;
  if (!process.argv.includes("--check")) writeFileSync(file, written);
  else if (readFileSync(file, "utf8") !== written) {
    process.stderr.write("web/locales/en.json is not what the sources say; run: node web/locales/extract.ts\n");
    process.exit(1);
  }
}
