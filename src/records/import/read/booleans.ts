import { type Unreadable, shown } from "./problem.ts";

const yes = new Set([
  "true",
  "t",
  "yes",
  "y",
  "1",
  "on",
  "ja",
  "j",
  "oui",
  "o",
  "sí",
  "si",
  "sim",
  "wahr",
  "vrai",
  "x",
  "✓",
]);
const no = new Set(["false", "f", "no", "n", "0", "off", "nein", "non", "não", "falsch", "faux", "-"]);

/** Reads yes or no, as written in English, German, French, Spanish and Portuguese. */
export const parseBoolean = (text: string): { value: boolean } | { problem: Unreadable } => {
  const word = text.trim().toLowerCase();
  if (yes.has(word)) return { value: true };
  if (no.has(word)) return { value: false };
  return {
    problem: {
      code: "not-a-boolean",
      message: `'${shown(text.trim(), 60)}' is neither yes nor no`,
    },
  };
};
