import type { Limits } from "../format.ts";
import { TableRefused } from "../refused.ts";
import type { Book } from "./book.ts";
import { readXmlWhole } from "./xml.ts";

/** The book's shared strings, to which cells refer by number. Refuses "too-big" past limits.sharedStrings characters. */
export const readSharedStrings = async (book: Book, part: string, limits: Limits): Promise<string[]> => {
  if (!book.has(part)) return [];
  const strings: string[] = [];
  let current = "";
  let inText = false;
  let phonetic = 0;
  let total = 0;
  const count = (characters: number): void => {
    total += characters;
    if (total > limits.sharedStrings)
      throw new TableRefused(
        "too-big",
        "The workbook holds too much text to read as .xlsx. Save it as .csv and import that.",
      );
  };
  await readXmlWhole(book.read(part), {
    open: (name) => {
      if (name === "si") current = "";
      if (name === "rPh") phonetic += 1;
      inText = name === "t" && phonetic === 0;
    },
    text: (text) => {
      if (!inText) return;
      count(text.length);
      current += text;
    },
    close: (name) => {
      if (name === "rPh") phonetic -= 1;
      inText = false;
      if (name !== "si") return;
      // Each string costs a slot and a header beside its characters, also when it is empty.
      count(16);
      strings.push(unescaped(current));
    },
  });
  return strings;
};

/** Undoes "_x000D_", the way workbooks write characters that XML cannot hold; NUL stays out. */
export const unescaped = (text: string): string =>
  text.includes("_x")
    ? text.replace(/_x([0-9A-Fa-f]{4})_/g, (whole, hex: string) =>
        hex === "0000" ? whole : String.fromCharCode(Number.parseInt(hex, 16)),
      )
    : text;
