const words: Readonly<Record<string, string>> = {
  stopped: "the survey was stopped",
  "open-case": "has an open case",
  "bad-resolution": "a case was not settled well shortly before",
  colleague: "works here",
  "asked-lately": "was asked this a short while ago",
  outranked: "another survey goes first",
  "not-wanted": "the case was resolved without asking",
  "not-drawn": "was not drawn",
  suppressed: "the address takes no mail",
  hard: "the mail server does not know the address",
};

/** Why customers were not asked, for all held back by one rule; the mail's own reason where the rule is the mail's. */
export const heldWords = (code: string, reason: string): string => words[code] ?? reason;
