import { TableRefused } from "../refused.ts";
import { dateText, numberText } from "./serial.ts";
import { unescaped } from "./strings.ts";
import type { Look } from "./styles.ts";

export type CellContext = {
  strings: readonly string[];
  looks: readonly Look[];
  since1904: boolean;
};

/** The text of a cell from what is stored: its type `t`, its style `s` and its value. */
export const cellText = (
  type: string | undefined,
  style: string | undefined,
  stored: string,
  context: CellContext,
): string => {
  if (stored === "") return "";
  switch (type ?? "n") {
    case "s":
      return sharedString(stored, context.strings);
    case "b":
      return stored === "1" ? "true" : "false";
    case "str":
    case "inlineStr":
      return unescaped(stored);
    case "e":
    case "d":
      return stored;
    default:
      return number(stored, context.looks[Number(style ?? 0)] ?? "number", context.since1904);
  }
};

const number = (stored: string, look: Look, since1904: boolean): string => {
  const date = look === "number" ? null : dateText(Number(stored), look, since1904);
  return date ?? numberText(stored);
};

const sharedString = (stored: string, strings: readonly string[]): string => {
  const text = strings[Number(stored)];
  if (text === undefined)
    throw new TableRefused(
      "corrupt",
      "The workbook refers to a text it does not hold. Save it again in a spreadsheet and retry.",
    );
  return text;
};

/** The column of a reference such as "AB12", from 0; null when it is none. */
export const columnOf = (reference: string | undefined): number | null => {
  const letters = /^([A-Z]{1,3})\d{0,7}$/.exec(reference ?? "")?.[1];
  if (letters === undefined) return null;
  let column = 0;
  for (const letter of letters) column = column * 26 + letter.charCodeAt(0) - 64;
  return column - 1;
};
