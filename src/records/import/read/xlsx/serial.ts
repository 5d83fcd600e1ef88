import type { Look } from "./styles.ts";

const DAY = 86_400_000;
const SECOND = 1_000;
const EPOCH_1900 = Date.UTC(1899, 11, 30);
const EPOCH_1904 = Date.UTC(1904, 0, 1);
// 9999-12-31, the last day a spreadsheet knows.
const LAST_SERIAL = 2_958_466;

/** A spreadsheet's number of days as ISO text; null when it is no date. Source: ECMA-376 part 1, 18.17.4. */
export const dateText = (serial: number, look: Look, since1904: boolean): string | null => {
  if (!Number.isFinite(serial) || serial < 0 || serial >= LAST_SERIAL) return null;
  // The 1900 system believes in 29 February 1900; before that day it is one off.
  const days = !since1904 && serial < 60 && serial >= 1 ? serial + 1 : serial;
  // Fractions of a day are rounded by the machine; no spreadsheet shows less than a second.
  const moment = Math.round((days * DAY) / SECOND) * SECOND + (since1904 ? EPOCH_1904 : EPOCH_1900);
  const iso = new Date(moment).toISOString();
  const day = iso.slice(0, 10);
  const time = iso.slice(11, 19);
  if (look === "time" && serial < 1) return time;
  if (look === "date" && time === "00:00:00") return day;
  return `${day} ${time}`;
};

/** A stored number as a person sees it: 15 significant digits, no exponent, no trailing zeros. */
export const numberText = (stored: string): string => {
  if (/^-?\d{1,15}(\.\d{1,9})?$/.test(stored) && stored.length < 16) return stored;
  const number = Number(stored);
  if (!Number.isFinite(number)) return stored;
  const [mantissa = "", exponent = "0"] = number.toExponential(14).split("e");
  const negative = mantissa.startsWith("-");
  const digits = mantissa.replace(/[-.]/g, "").replace(/0+$/, "");
  const point = Number(exponent) + 1;
  if (digits === "") return "0";
  const plain =
    point <= 0
      ? `0.${"0".repeat(-point)}${digits}`
      : point >= digits.length
        ? digits.padEnd(point, "0")
        : `${digits.slice(0, point)}.${digits.slice(point)}`;
  return negative ? `-${plain}` : plain;
};
