const kinds: Readonly<Record<string, string>> = {
  integer: "whole numbers",
  decimal: "numbers",
  date: "dates",
  datetime: "dates with times",
  boolean: "yes or no",
  email: "e-mail addresses",
  phone: "phone numbers",
  url: "web addresses",
  currency: "currencies",
  country: "countries",
  text: "text",
  empty: "nothing",
};

/** What a column seems to hold, in words. */
export const kindWords = (kind: string): string => kinds[kind] ?? kind;

const delimiters: Readonly<Record<string, string>> = {
  ",": "commas",
  ";": "semicolons",
  "\t": "tabs",
  "|": "bars |",
  spaces: "spaces",
};
/** What stands between two columns, for choosing. */
export const delimiterChoices = Object.entries(delimiters).map(([value, label]) => ({ value, label }));

const encodings: Readonly<Record<string, string>> = {
  "utf-8": "UTF-8 (usual)",
  "windows-1252": "Western European (Latin-1)",
  "windows-1250": "Central European",
  "windows-1251": "Cyrillic",
  "iso-8859-15": "Western European with € (Latin-9)",
  macintosh: "Old Mac",
  "utf-16le": "UTF-16, little end first",
  "utf-16be": "UTF-16, big end first",
  shift_jis: "Japanese (Shift JIS)",
  gb18030: "Chinese (GB 18030)",
};
/** How letters are written as bytes, for choosing. */
export const encodingChoices = Object.entries(encodings).map(([value, label]) => ({ value, label }));

const states: Readonly<Record<string, { label: string; tone: "blue" | "amber" | "green" | "red" | "gray" }>> = {
  uploaded: { label: "Not started", tone: "gray" },
  queued: { label: "Waiting", tone: "blue" },
  running: { label: "Running", tone: "blue" },
  paused: { label: "Paused", tone: "amber" },
  done: { label: "Done", tone: "green" },
  failed: { label: "Stopped", tone: "red" },
  cancelled: { label: "Cancelled", tone: "gray" },
};

/** A job's state, with its colour. */
export const stateWords = (state: string) => states[state] ?? { label: state, tone: "gray" as const };
