import { dayPattern, fold, instantPattern, rangeOf, type FieldLeaf, type Range, type Scalar } from "#kernel/condition";
import { stamp, type Query } from "./words.ts";

/*
 * One leaf about one value, as SQL that is never null and lets an index be used: `(x is not null and x = $1)`.
 * The index that serves text is on `foldSql(column)`: (lower(email collate "und-x-icu") collate "C"); "contains" is served by a
 * trigram index (gin_trgm_ops) on the same.
 */
const dayMs = 86_400_000;

/** Text without its case, exactly as `fold`; byte order, so that an index on it serves equality and beginnings. */
export const foldSql = (text: string): string => `lower(${text} collate "und-x-icu") collate "C"`;

/** The text in a jsonb value; null when it holds something else. */
export const jsonText = (json: string): string =>
  `case when jsonb_typeof(${json}) = 'string' then ${json} #>> '{}' end`;

/** The number in a jsonb value; null when it holds something else. */
export const jsonNumber = (json: string): string =>
  `case when jsonb_typeof(${json}) = 'number' then (${json} #>> '{}')::numeric end`;

/** The instant in a jsonb value: of an ISO instant or of a day's midnight in UTC; null when it holds something else. */
export function jsonInstant(json: string): string {
  const text = `(${json} #>> '{}')`;
  return `case when jsonb_typeof(${json}) <> 'string' then null when ${text} ~ '${dayPattern}' then (${text} || 'T00:00:00Z')::timestamptz when ${text} ~ '${instantPattern}' then ${text}::timestamptz end`;
}

const present = (scalar: string, test: string): string => `((${scalar}) is not null and ${test})`;

/** Whether an instant lies in a stretch of milliseconds; compares the column itself, so microseconds count with their millisecond. */
export function instantIn(scalar: string, range: Range | null, query: Query): string {
  if (range === null) return "false";
  const tests: string[] = [];
  if (range.from > -Infinity) tests.push(`${scalar} >= ${query.param(stamp(range.from))}::timestamptz`);
  if (range.until < Infinity) tests.push(`${scalar} < ${query.param(stamp(range.until))}::timestamptz`);
  return present(scalar, tests.join(" and ") || "true");
}

const dayAt = (ms: number): string => stamp(Math.ceil(ms / dayMs) * dayMs).slice(0, 10);

/** Whether a date, taken as its midnight in UTC, lies in a stretch of milliseconds. */
export function dayIn(scalar: string, range: Range | null, query: Query): string {
  if (range === null) return "false";
  const bound = (ms: number): string => {
    const day = dayAt(ms);
    return `${query.param(day.startsWith("-inf") ? "-infinity" : day.startsWith("inf") ? "infinity" : day)}::date`;
  };
  const tests: string[] = [];
  if (range.from > -Infinity) tests.push(`${scalar} >= ${bound(range.from)}`);
  if (range.until < Infinity) tests.push(`${scalar} < ${bound(range.until)}`);
  return present(scalar, tests.join(" and ") || "true");
}

// Days and instants of custom fields are kept as text of one form, whose byte order is that of time; the index is on it.
function timeTextIn(scalar: string, from: string | null, until: string | null, query: Query): string {
  const tests: string[] = [];
  if (from !== null) tests.push(`${scalar} >= ${query.param(from)}::text collate "C"`);
  if (until !== null) tests.push(`${scalar} < ${query.param(until)}::text collate "C"`);
  return present(scalar, tests.join(" and ") || "true");
}

// Texts beyond all that fields hold (years 1000 to 2999) stand for bounds that no text of that form can be.
const bound = (ms: number, length: number): string => {
  const text = stamp(ms);
  return text === "-infinity" ? "" : text === "infinity" ? "9" : text.slice(0, length);
};

/** Whether a day kept as text lies in a stretch of milliseconds. */
export function dayTextIn(scalar: string, range: Range | null, query: Query): string {
  if (range === null) return "false";
  const day = (ms: number): string | null => (Number.isFinite(ms) ? bound(Math.ceil(ms / dayMs) * dayMs, 10) : null);
  return timeTextIn(scalar, day(range.from), day(range.until), query);
}

/** Whether an instant kept as text, in UTC to the millisecond, lies in a stretch of milliseconds. */
export function instantTextIn(scalar: string, range: Range | null, query: Query): string {
  if (range === null) return "false";
  const at = (ms: number): string | null => (Number.isFinite(ms) ? bound(ms, 24) : null);
  return timeTextIn(scalar, at(range.from), at(range.until), query);
}

/** Any of several tests; nothing to choose from is false. */
export const anyOf = (tests: readonly string[]): string =>
  tests.length === 0 ? "false" : tests.length === 1 ? tests[0]! : `(${tests.join(" or ")})`;

const listOf = (value: FieldLeaf["value"]): Scalar[] =>
  Array.isArray(value) ? value : typeof value === "object" || value === undefined ? [] : [value];
const textsIn = (value: FieldLeaf["value"]): string[] =>
  listOf(value).filter((v) => typeof v === "string" && v !== "") as string[];

/** Text as it stands in a pattern of LIKE. */
export const likeText = (text: string): string => text.replaceAll(/[\\%_]/g, (c) => `\\${c}`);

// The first text, in byte order, after all that begin with the prefix; none after the last code point of Unicode.
function afterPrefix(prefix: string): string | undefined {
  const points = Array.from(prefix, (c) => c.codePointAt(0)!);
  while (points.at(-1) === 0x10ffff) points.pop();
  const last = points.pop();
  if (last === undefined) return undefined;
  return String.fromCodePoint(...points, last === 0xd7ff ? 0xe000 : last + 1);
}

function prefixTest(folded: string, prefix: string, query: Query): string {
  const from = `${folded} >= ${query.param(prefix)}::text`;
  const after = afterPrefix(prefix);
  return after === undefined ? from : `${from} and ${folded} < ${query.param(after)}::text`;
}

/** A text's leaf: equality, beginnings, parts and ends without regard to case. */
export function textTest(text: string, { op, value }: FieldLeaf, query: Query): string {
  const folded = foldSql(text);
  const values = textsIn(value).map(fold);
  if (values.length === 0) return "false";
  if (op === "is") return present(text, `${folded} = ${query.param(values[0])}::text`);
  if (op === "in") return present(text, `${folded} = any(${query.param(values)}::text[])`);
  if (op === "starts_with") return present(text, prefixTest(folded, values[0]!, query));
  const pattern = likeText(values[0]!);
  return present(text, `${folded} like ${query.param(op === "contains" ? `%${pattern}%` : `%${pattern}`)}::text`);
}

/** A choice's, country's or currency's leaf: equality through a plain index, as codes are kept in one case and choices are described. */
export function codeTest(code: string, leaf: FieldLeaf, choices: readonly string[], query: Query): string {
  if (leaf.op !== "is" && leaf.op !== "in") return textTest(code, leaf, query);
  const values = textsIn(leaf.value);
  const folded = new Set(values.map(fold));
  const written = new Set([
    ...values.flatMap((v) => [v, fold(v), v.toUpperCase()]),
    ...choices.filter((c) => folded.has(fold(c))),
  ]);
  return written.size === 0 ? "false" : present(code, `${code} = any(${query.param([...written])}::text[])`);
}

// Whole numbers are compared as such, so that an index on an integer column serves them.
function numberParam(value: number, whole: boolean, query: Query): string {
  return `${query.param(String(value))}::${whole && Number.isSafeInteger(value) ? "bigint" : "numeric"}`;
}

const signs: Partial<Record<FieldLeaf["op"], string>> = {
  is: "=",
  lt: "<",
  lte: "<=",
  gt: ">",
  gte: ">=",
};

/** A number's leaf. */
export function numberTest(scalar: string, { op, value }: FieldLeaf, whole: boolean, query: Query): string {
  const numbers = listOf(value).filter((v) => typeof v === "number");
  if (op === "in") return anyOf(numbers.map((n) => present(scalar, `${scalar} = ${numberParam(n, whole, query)}`)));
  const [first, second] = numbers;
  if (first === undefined) return "false";
  if (op === "between") {
    if (second === undefined) return "false";
    return present(
      scalar,
      `${scalar} between ${numberParam(first, whole, query)} and ${numberParam(second, whole, query)}`,
    );
  }
  const sign = signs[op];
  return sign ? present(scalar, `${scalar} ${sign} ${numberParam(first, whole, query)}`) : "false";
}

/** The boolean in a jsonb value; null when it holds something else. */
export const jsonBoolean = (json: string): string =>
  `case when jsonb_typeof(${json}) = 'boolean' then (${json})::boolean end`;

/** Whether a jsonb value is empty. */
export const jsonEmpty = (json: string): string => `(${json} is null or ${json} in ('null'::jsonb, '""'::jsonb))`;

// Equality with one of the values, by the kind of each.
function sameJson(json: string, leaf: FieldLeaf, query: Query): string {
  const values = listOf(leaf.value);
  const texts = textsIn(leaf.value);
  const numbers = values.filter((v) => typeof v === "number");
  const booleans = values.filter((v) => typeof v === "boolean");
  const tests: string[] = [];
  if (texts.length > 0) tests.push(textTest(`(${jsonText(json)})`, { ...leaf, op: "in", value: texts }, query));
  if (numbers.length > 0)
    tests.push(numberTest(`(${jsonNumber(json)})`, { ...leaf, op: "in", value: numbers }, false, query));
  for (const b of new Set(booleans)) tests.push(present(json, `${json} = '${b ? "true" : "false"}'::jsonb`));
  return anyOf(tests);
}

/** Whether an entry of a jsonb list equals one of the leaf's values. */
export function entryTest(json: string, leaf: FieldLeaf, query: Query): string {
  const entry = query.alias();
  const list = `case when jsonb_typeof(${json}) = 'array' then ${json} else '[]' end`;
  return `exists (select from jsonb_array_elements(${list}) ${entry}(v) where ${sameJson(`${entry}.v`, leaf, query)})`;
}

/** A leaf about a jsonb value whose type is known only when met: compared by the kind of what is asked, as TypeScript does. */
export function jsonTest(json: string, leaf: FieldLeaf, query: Query): string {
  const { op, value } = leaf;
  const values = listOf(value);
  if (op === "is_empty") return jsonEmpty(json);
  if (op === "contains" || op === "starts_with" || op === "ends_with")
    return textTest(`(${jsonText(json)})`, leaf, query);
  if (op === "is" || op === "in") return `(${sameJson(json, leaf, query)} or ${entryTest(json, leaf, query)})`;
  if (values.length > 0 && values.every((v) => typeof v === "number"))
    return numberTest(`(${jsonNumber(json)})`, leaf, false, query);
  return instantIn(`(${jsonInstant(json)})`, rangeOf(op, value, query.now), query);
}
