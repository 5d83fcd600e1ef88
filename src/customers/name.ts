import { cut } from "#records";

/*
 * One name to show, and the two parts letters greet with. Names are split only to guess the parts; what a person typed wins.
 */
export interface PersonName {
  name: string | null;
  given_name: string | null;
  family_name: string | null;
}

// Words that belong to the family name that follows them.
const particles = new Set([
  "van", "von", "de", "del", "della", "da", "di", "der", "den", "du", "dos", "la", "le", "el", "al", "bin", "ibn", "ter", "ten", "st.", "mac",
]); // prettier-ignore

/** Given and family name of a full one: "Ruiz, Ana" and "Ana Ruiz", "Vincent van Gogh"; a single word is a given name. */
export function splitName(full: string): { given_name: string | null; family_name: string | null } {
  const [before, after, ...more] = full.split(",").map((part) => part.trim());
  if (before && after && more.length === 0) return { given_name: after, family_name: before };
  const words = full.split(/\s+/).filter(Boolean);
  if (words.length < 2) return { given_name: words[0] ?? null, family_name: null };
  let from = words.length - 1;
  while (from > 1 && particles.has(words[from - 1]!.toLowerCase())) from -= 1;
  return { given_name: words.slice(0, from).join(" "), family_name: words.slice(from).join(" ") };
}

/** Given and family name as one line; null when both are empty. At most 200 characters, as the column holds. */
export const joinName = (given: string | null | undefined, family: string | null | undefined): string | null =>
  cut([given, family].filter(Boolean).join(" "), 200) || null;

/** "Ruiz, Ana" is shown as "Ana Ruiz"; anything else stays as it was written. */
export function shownName(full: string): string {
  const parts = full.split(",").map((part) => part.trim());
  return parts.length === 2 && parts[0] && parts[1] ? `${parts[1]} ${parts[0]}` : full;
}

/** Completes what is missing of a name from what is there. */
export function completeName(known: Partial<PersonName>): PersonName {
  const { name = null, given_name = null, family_name = null } = known;
  if (!name) return { name: joinName(given_name, family_name), given_name, family_name };
  if (given_name || family_name) return { name, given_name, family_name };
  return { name: shownName(name), ...splitName(name) };
}
