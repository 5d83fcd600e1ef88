import { mergeField } from "./fields.ts";
import { fieldsAsked } from "./liquid.ts";

export interface Problem {
  /** Of the source, counted from 1; null when it is about the whole. */
  line: number | null;
  /** An error keeps the campaign from being sent. */
  level: "error" | "warning";
  message: string;
}

const lineAt = (source: string, index: number): number => source.slice(0, index).split("\n").length;

// What no mail program runs and no honest mail holds. mj-raw would let it through.
const dangerous: readonly [RegExp, string][] = [
  [/<\s*(script|iframe|object|embed|form|input|base|link|applet|svg)\b/gi, "may not stand in a mail"],
  [/\son[a-z]{3,20}\s*=/gi, "would run a script"],
  [/(?:javascript|vbscript|data)\s*:(?!image\/)/gi, "would run a script"],
  [/<\s*meta\b[^<>]*http-equiv\s*=\s*["']?refresh/gi, "would lead the reader elsewhere"],
  [/<\s*mj-include\b/gi, "would read a file of the server"],
];

// Nobody reads more of a kind; counting the line of each would take seconds.
const mostOfAKind = 50;
// A long newsletter has some 200 of each. Compiling 2,000 elements takes a second, and so does looking through 1,000 fields.
const tooMany: readonly [RegExp, number, string][] = [
  [/<mj-/gi, 2000, "elements"],
  [/\{[{%]/g, 1000, "fields and tags of Liquid"],
];

/** What is wrong with the writing of a mail, by line. */
export function lint(source: string, what: "body" | "subject" = "body"): Problem[] {
  const problems: Problem[] = [];
  for (const [piece, most, things] of tooMany) {
    const n = source.match(piece)?.length ?? 0;
    if (n > most) problems.push({ line: null, level: "error", message: `The mail has ${n} ${things}; ${most} is the most.` });
  }
  if (problems.length > 0) return problems;
  for (const [pattern, why] of dangerous)
    for (const m of [...source.matchAll(pattern)].slice(0, mostOfAKind))
      problems.push({ line: lineAt(source, m.index), level: "error", message: `“${m[0].trim()}” ${why}.` });
  try {
    for (const path of fieldsAsked(source).filter((p) => !mergeField(p)).slice(0, mostOfAKind)) {
      const at = source.indexOf(path);
      problems.push({ line: at < 0 ? null : lineAt(source, at), level: "error", message: `There is no field “${path}”.` });
    }
  } catch (error) {
    const text = (error as Error).message;
    const line = Number(/line:(\d+)/.exec(text)?.[1]);
    problems.push({ line: Number.isFinite(line) ? line : null, level: "error", message: text.replace(/, (?:file|line):.*$/s, "").slice(0, 300) });
  }
  for (const m of source.matchAll(/\{\{-?\s*([\w.]+)\s*((?:\|[^{}]*)?)-?\}\}/g)) {
    const field = mergeField(m[1]!);
    if (field?.optional && !/\|\s*default\s*:/.test(m[2]!))
      problems.push({ line: lineAt(source, m.index), level: "warning", message: `“${m[1]}” is not known of everybody: add a fallback, {{ ${m[1]} | default: "there" }}.` });
  }
  return what === "subject" ? problems.map((p) => ({ ...p, line: null, message: `Subject: ${p.message}` })) : problems;
} // prettier-ignore
