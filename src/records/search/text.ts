import { fold } from "#kernel/condition";
import type { ObjectDescription } from "../object.ts";

/*
 * Words we use
 *   search text   what of a record can be found, as one line of words: no case, no accents, blanks around each word
 *   word          what stands between blanks and signs: "ana.ruiz@vertex.example" is four
 *
 * The line is made by the SQL function search_text (migration 20261201_0135_search.sql). Search reads it off its entries (entries.ts),
 * lists and what nothing begins with off a trigram index on it; both are never behind their record, whoever wrote it. `searchFold`
 * is the same in TypeScript.
 */
const single = "øłđðħıŧ";
const plain = "olddhit";
const signs = `.,;:@-_/\\()+#"'&|%!?*=<>[]{}~$·–—`;

// Most names are: a hundred of them are compared for one search.
const isPlain = /^[\x20-\x7e]*$/;
const plainSigns = /[.,;:@\-_/\\()+#"'&|%!?*=<>[\]{}~$]/g;

/** The text as it is compared: blanks around each word, no accents. */
export function searchFold(text: string): string {
  if (isPlain.test(text)) return ` ${text.toLowerCase().replaceAll(plainSigns, " ")} `;
  const bare = fold(text)
    .replaceAll("ß", "ss")
    .normalize("NFKD")
    .replaceAll(/[\u0300-\u036f]/g, "");
  let folded = " ";
  for (const letter of bare) {
    const at = single.indexOf(letter);
    folded += at >= 0 ? plain[at]! : signs.includes(letter) ? " " : letter;
  }
  return `${folded} `;
}

/** At most eight words of the text. */
export const wordsIn = (text: string): string[] =>
  searchFold(text.slice(0, 200)).split(/\s+/).filter(Boolean).slice(0, 8).map((w) => w.slice(0, 40)); // prettier-ignore

/** The search text of an object's rows under the alias, as its index has it: at most three columns. */
export function searchTextSql(object: Pick<ObjectDescription, "search">, alias = "t"): string {
  const columns = object.search.slice(0, 3).map((c) => `${alias}."${c}"`);
  while (columns.length < 3) columns.push("null");
  return `search_text(${columns.join(", ")})`;
}

/** The digits of a text that can only be a telephone number, without what people leave out or add: "030 555", "0049 (30) 555". */
export function phoneDigits(text: string): string | null {
  if (!/^\s*\+?[\d\s()./-]+$/.test(text)) return null;
  const digits = text.replaceAll(/\D/g, "").replace(/^00?/, "");
  return digits.length >= 4 ? digits : null;
}

/** For each word the texts it may stand for; what a record must hold all of. */
export type Wanted = readonly (readonly string[])[];

/** Whether a line holds all words, each at a beginning, or the digits of a telephone number. */
export function holdsWords(line: string, wanted: Wanted, text: string): boolean {
  const folded = searchFold(line);
  const digits = phoneDigits(text);
  return (
    wanted.every((words) => words.some((w) => folded.includes(` ${w}`))) || (digits !== null && folded.includes(digits))
  );
}

/**
 * Whether rows hold all words, each at a beginning, or, for three letters and more, anywhere when `inside`: an index of three
 * letters cannot find less inside a word, and "zz" would read every one of a million names (4.5 s).
 */
export function wordsTest(
  object: Pick<ObjectDescription, "search" | "searched">,
  text: string,
  {
    wanted = wordsIn(text).map((w) => [w]),
    inside = false,
    alias = "t",
  }: { wanted?: Wanted; inside?: boolean; alias?: string },
  param: (value: string) => string,
): string {
  if (object.search.length === 0 || wanted.length === 0) return "false";
  const line = searchTextSql(object, alias);
  const like = (pattern: string): string => `${line} like ${param(pattern)}`;
  const each = wanted.map(
    (words) => `(${words.map((w) => like(inside && w.length > 2 ? `%${w}%` : `% ${w}%`)).join(" or ")})`,
  );
  const digits = phoneDigits(text);
  const test = `(${each.join(" and ")}${digits ? ` or ${like(`%${digits}%`)}` : ""})`;
  // Where a role sees only some of the columns, the index finds and those columns decide.
  const { searched } = object;
  return searched && searched.length > object.search.length
    ? `(${wordsTest({ search: searched }, text, { wanted, inside, alias }, param)} and ${test})`
    : test;
}
