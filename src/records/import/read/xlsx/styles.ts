import type { Book } from "./book.ts";
import { readXmlWhole } from "./xml.ts";

/** What a number format makes of a number: a day, a moment, a time of day, or just a number. */
export type Look = "number" | "date" | "datetime" | "time";

/** The look of each cell style, by its number. */
export const readStyles = async (book: Book, part: string): Promise<Look[]> => {
  if (!book.has(part)) return [];
  const codes = new Map<number, string>();
  const looks: Look[] = [];
  let inCellStyles = false;
  await readXmlWhole(book.read(part), {
    open: (name, attributes) => {
      if (name === "numFmt") codes.set(Number(attributes["numFmtId"]), attributes["formatCode"] ?? "");
      if (name === "cellXfs") inCellStyles = true;
      if (name === "xf" && inCellStyles) looks.push(lookOf(Number(attributes["numFmtId"] ?? 0), codes));
    },
    close: (name) => {
      if (name === "cellXfs") inCellStyles = false;
    },
  });
  return looks;
};

const lookOf = (id: number, codes: ReadonlyMap<number, string>): Look => {
  const code = codes.get(id);
  return code === undefined ? builtIn(id) : lookOfCode(code);
};

/** Number formats every spreadsheet knows by number, ECMA-376 part 1, 18.8.30. */
const builtIn = (id: number): Look => {
  if (id === 22) return "datetime";
  if ((id >= 14 && id <= 17) || (id >= 27 && id <= 31) || id === 36 || (id >= 50 && id <= 58)) return "date";
  if ((id >= 18 && id <= 21) || (id >= 32 && id <= 35) || (id >= 45 && id <= 47)) return "time";
  return "number";
};

/** Reads a format code such as `dd/mm/yyyy hh:mm`; text in quotes, colours and escapes say nothing. */
export const lookOfCode = (code: string): Look => {
  const bare = (code.split(";")[0] ?? "")
    .replace(/"[^"]*"/g, "")
    .replace(/\\./g, "")
    .replace(/[_*]./g, "")
    .replace(/\[(?!h+\]|m+\]|s+\])[^\]]*\]/gi, "")
    .toLowerCase();
  if (/general/.test(bare)) return "number";
  const clock = /[hs]|\[m+\]|am\/pm|a\/p/.test(bare);
  // An m alone is a month; beside hours or seconds it is minutes, and only d or y make a date of it.
  const calendar = /[dy]/.test(bare) || (/m/.test(bare) && !clock);
  if (calendar) return clock ? "datetime" : "date";
  return clock ? "time" : "number";
};
