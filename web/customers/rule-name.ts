/** A rule's key as words: "twice-the-usual-gap" is "twice the usual gap". */
export const ruleName = (key: string): string => key.replaceAll("-", " ");

/** A key for a rule from what a person called it: "Twice the gap!" is "twice-the-gap", at most 60 letters, never one of `taken`. */
export function ruleKey(name: string, taken: ReadonlySet<string>): string {
  const plain = name.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^[^a-z]+|-+$/g, "").slice(0, 50) || "rule"; // prettier-ignore
  if (!taken.has(plain)) return plain;
  let n = 2;
  while (taken.has(`${plain}-${n}`)) n++;
  return `${plain}-${n}`;
}
