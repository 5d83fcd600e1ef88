import { type Delimiter, type TableFormat } from "./format.ts";
import { looksTyped } from "./kinds.ts";
import { TableRefused } from "./refused.ts";
import { splitter } from "./split.ts";

export type Dialect = Pick<TableFormat, "delimiter" | "quote" | "separatorLine">;

const candidates: readonly Delimiter[] = [",", ";", "\t", "|", "spaces"];
// 64 KB hold hundreds of rows, which is plenty to tell delimiters apart.
const LOOK_AT = 64_000;
const ENOUGH_ROWS = 200;

/** Guesses delimiter and quote from the beginning of a text; what is already known is kept. */
export const dialectOf = (text: string, known: Partial<Dialect>): Dialect => {
  const announced = /^sep=([,;\t|])\r?\n/i.exec(text)?.[1] as Delimiter | undefined;
  const separatorLine = known.separatorLine ?? announced !== undefined;
  const look = text.slice(0, LOOK_AT);
  const quote = known.quote ?? quoteOf(look);
  const delimiter = known.delimiter ?? announced ?? delimiterOf(look, quote);
  return { delimiter, quote, separatorLine };
};

/** Single quotes only where cells are wrapped in them and no double quote is in sight. */
const quoteOf = (text: string): Dialect["quote"] => {
  if (text.includes('"')) return '"';
  const opening = text.match(/(?:^|[,;\t|])'/gm)?.length ?? 0;
  const closing = text.match(/'(?:$|[,;\t|\r])/gm)?.length ?? 0;
  const lines = text.split("\n").length;
  return opening >= lines / 2 && closing >= lines / 2 ? "'" : '"';
};

const delimiterOf = (text: string, quote: Dialect["quote"]): Delimiter => {
  const scores = candidates.map((delimiter) => ({ delimiter, score: fit(text, delimiter, quote) }));
  const best = scores.reduce((one, other) => (other.score > one.score ? other : one));
  return best.score > 0 ? best.delimiter : ",";
};

/** How well a delimiter explains a text: rows of equal width weigh most, then cells that mean something. */
const fit = (text: string, delimiter: Delimiter, quote: Dialect["quote"]): number => {
  const rows = firstRows(text, delimiter, quote);
  const width = commonest(rows.map((cells) => cells.length));
  if (rows.length === 0 || width < 2) return 0;
  const even = rows.filter((cells) => cells.length === width);
  const cells = (even.length > 1 ? even.slice(1) : even).flat();
  const typed = cells.filter(looksTyped).length / Math.max(1, cells.length);
  const evenness = even.length / rows.length;
  // Words in a list of names stand apart by spaces too; only columns of figures make spaces a delimiter.
  if (delimiter === "spaces") return evenness > 0.9 && typed >= 0.5 ? evenness + typed / 2 - 0.5 : 0;
  return evenness + typed / 2;
};

const firstRows = (text: string, delimiter: Delimiter, quote: Dialect["quote"]): string[][] => {
  const whole = text.length < LOOK_AT && !/[\r\n]$/.test(text) ? `${text}\n` : text;
  try {
    return splitter({ delimiter, quote })
      .push(whole, false)
      .map(({ cells }) => cells)
      .filter((cells) => cells.some((cell) => cell.trim() !== ""))
      .slice(0, ENOUGH_ROWS);
  } catch (error) {
    if (error instanceof TableRefused) return [];
    throw error;
  }
};

const commonest = (widths: readonly number[]): number => {
  const counts = new Map<number, number>();
  for (const width of widths) counts.set(width, (counts.get(width) ?? 0) + 1);
  return [...counts].reduce((best, one) => (one[1] > best[1] ? one : best), [0, 0] as [number, number])[0];
};
