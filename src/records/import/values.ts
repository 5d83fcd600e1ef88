import { isCurrency } from "#kernel/money";
import { unneutral } from "../export/neutral.ts";
import { cleanText, cut } from "../values.ts";
import type { ImportValue, ImportValues, MappedColumn, Plan } from "./importer.ts";
import {
  type DateFormat,
  parseBoolean,
  parseDate,
  parseDecimal,
  type Problem,
  problemAt,
  type Unreadable,
} from "./read/index.ts";

type Read = { value: ImportValue } | { problem: Unreadable };

/** Signs that a file mixes two ways of writing dates; kept over a stop. */
export interface DateSigns {
  /** A value could be read both ways. */
  uncertain: boolean;
  /** The first value that is plainly written the other way, in words. */
  other: { row: number; column: string; message: string } | null;
}

export interface RowReader {
  read(cells: readonly string[], row: number): { values: ImportValues } | { problems: Problem[] };
  signs(): DateSigns;
}

// Prices, quantities, days and names repeat within a file: most cells are read once.
const rememberedAtMost = 5_000;

/** Reads rows by the plan; every value typed, bounded and clean, or a problem that names row and column. */
export function rowReader(plan: Plan, zone: string, before: DateSigns = { uncertain: false, other: null }): RowReader {
  const signs = { ...before };
  const columns = plan.columns.map((c) => {
    const watched = c.field.type === "datetime" && twinOf(c.dates) !== null;
    return {
      ...c,
      watch: watched ? (row: number, text: string) => watchTwin(signs, c, row, text) : null,
      parse: remembering((text) => parse(c, text, zone)),
    };
  });
  return {
    read(cells, row) {
      const values: Record<string, ImportValue> = {};
      let problems: Problem[] | undefined;
      for (const c of columns) {
        const text = unneutral(cells[c.at] ?? "");
        if (text === "" || text.trim() === "") {
          values[c.field.name] = null;
          continue;
        }
        const { read, fresh } = c.parse(text);
        if (fresh) c.watch?.(row, text);
        if ("value" in read) values[c.field.name] = read.value;
        else (problems ??= []).push(problemAt(row, c.column, text, read.problem));
      }
      return problems ? { problems } : { values };
    },
    signs: () => signs,
  };
}

/** The same writing with day and month exchanged; null where there is none. */
function twinOf(format: DateFormat): DateFormat | null {
  const twin = format.replace(/^([dm])([/-])([dm])/, "$3$2$1") as DateFormat;
  return twin === format ? null : twin;
}

function watchTwin(signs: DateSigns, c: MappedColumn, row: number, text: string): void {
  if (signs.uncertain && signs.other) return;
  const other = parseDate(text, twinOf(c.dates) ?? c.dates, "UTC");
  if ("problem" in other) return;
  const mine = parseDate(text, c.dates, "UTC");
  if ("problem" in mine)
    signs.other ??= { row, column: c.column, message: problemAt(row, c.column, text, mine.problem).message };
  else if (mine.value.getTime() !== other.value.getTime()) signs.uncertain = true;
}

function remembering(parseText: (text: string) => Read): (text: string) => { read: Read; fresh: boolean } {
  const known = new Map<string, Read>();
  return (text) => {
    const before = known.get(text);
    if (before) return { read: before, fresh: false };
    if (text.length > 200) return { read: parseText(text), fresh: true };
    // A copy: a cell is a slice of its piece of the file, and remembering it would keep all of that piece in memory.
    const own = Buffer.from(text).toString();
    const read = parseText(own);
    if (known.size >= rememberedAtMost) known.clear();
    known.set(own, read);
    return { read, fresh: true };
  };
}

const email = /^[^\s@<>,;]{1,64}@[^\s@<>,;.]+(?:\.[^\s@<>,;.]+)+$/;

function parse(c: MappedColumn, text: string, zone: string): Read {
  switch (c.field.type) {
    case "decimal":
      return parseDecimal(text, c.decimals);
    case "datetime": {
      const read = parseDate(text, c.dates, zone);
      return "value" in read ? { value: read.value.getTime() } : read;
    }
    case "boolean":
      return parseBoolean(text);
    case "long_text":
      return bounded(cleanText(text), c.field.max ?? 20_000);
    case "email": {
      const address = cleanText(text).toLowerCase();
      return address.length <= 254 && email.test(address)
        ? { value: address }
        : { problem: { code: "not-an-email", message: `'${cut(address, 60)}' is not an e-mail address` } };
    }
    case "currency": {
      const code = cleanText(text).toUpperCase();
      return isCurrency(code)
        ? { value: code }
        : { problem: { code: "currency-unknown", message: `'${cut(code, 60)}' is not an ISO 4217 currency` } };
    }
    case "url": {
      const url = cleanText(text);
      const full = /^https?:\/\//i.test(url) ? url : `https://${url}`;
      return full.length <= 2000 && URL.canParse(full)
        ? { value: full }
        : { problem: { code: "not-an-address", message: `'${cut(url, 60)}' is not a web address` } };
    }
    case "phone":
      return bounded(oneLine(text), 50);
    case "country":
      return bounded(oneLine(text), 80);
    case "text":
      return bounded(oneLine(text), c.field.max ?? 200);
  }
}

const oneLine = (text: string): string => cleanText(text).replace(/\s+/g, " ");

const bounded = (text: string, most: number): Read => {
  if (text.length > most)
    return {
      problem: {
        code: "too-long",
        message: `'${cut(text, 40)}…' has ${text.length} characters, at most ${most} are kept`,
      },
    };
  return { value: text === "" ? null : text };
};
