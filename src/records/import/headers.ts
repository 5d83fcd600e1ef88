/** A header in plain words: "InvoiceDate", "invoice_date" and "Invoice-Date " are "invoice date". */
export const wordsOfHeader = (header: string): string =>
  header
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .replace(/([a-z\d])([A-Z])/g, "$1 $2")
    .replace(/([A-Z]+)([A-Z][a-z])/g, "$1 $2")
    .toLowerCase()
    .replace(/ß/g, "ss")
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();

const tight = (text: string): string => text.replaceAll(" ", "");

/** Whether one letter added, left out, changed or swapped makes one text the other. */
export function isOneSlip(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1 || a === b) return false;
  let i = 0;
  while (i < a.length && a[i] === b[i]) i += 1;
  let j = 0;
  while (j < Math.min(a.length, b.length) - i && a[a.length - 1 - j] === b[b.length - 1 - j]) j += 1;
  const [left, right] = [a.slice(i, a.length - j), b.slice(i, b.length - j)];
  const swapped = left.length === 2 && right.length === 2 && left[0] === right[1] && left[1] === right[0];
  return swapped || (left.length <= 1 && right.length <= 1);
}

/** How well a header names a field, 0 to 100: the same words 100, one slip 85, a beginning 75, words within it up to 70. */
export function nameScore(header: string, synonyms: readonly string[]): number {
  const words = wordsOfHeader(header);
  let best = 0;
  for (const synonym of synonyms) best = Math.max(best, scoreOne(words, synonym));
  return best;
}

function scoreOne(words: string, synonym: string): number {
  if (synonym.endsWith("*")) return words.startsWith(synonym.slice(0, -1)) ? 75 : 0;
  if (tight(words) === tight(synonym)) return 100;
  if (synonym.length >= 5 && isOneSlip(tight(words), tight(synonym))) return 85;
  // A short word such as "id" or "no" within a longer header says nothing.
  if (synonym.length < 5 || !` ${words} `.includes(` ${synonym} `)) return 0;
  return 40 + Math.round((30 * synonym.length) / words.length);
}
