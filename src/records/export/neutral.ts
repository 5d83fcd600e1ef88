import { cleanText } from "../values.ts";

// A spreadsheet runs a cell that begins so as a formula, also after blanks.
const formula = /^\s*[=+\-@]|^[\t\r]/;
const plainNumber = /^[+-]?[\d.,]+$/;

/** Text that no spreadsheet runs: what would be a formula gets an apostrophe in front; plain numbers stay. */
export const neutral = (text: string): string => (formula.test(text) && !plainNumber.test(text) ? `'${text}` : text);

/** The text before `neutral` put an apostrophe in front of it. */
export const unneutral = (text: string): string =>
  text.charCodeAt(0) === 39 && formula.test(text.slice(1)) ? text.slice(1) : text;

// Everything that needs a closer look, in one test a cell: most cells pass it, and a million rows have ten million of them.
// eslint-disable-next-line no-control-regex -- that is the point
const suspicious = /[\u0000-\u001f\u007f\u200b\u2060\ufeff]/;

/** Text without invisible and control characters, as it would be saved today: older rows may hold some. */
export const visible = (text: string): string => (suspicious.test(text) ? cleanText(text) : text);
