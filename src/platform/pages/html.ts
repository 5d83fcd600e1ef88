import { escapeHtml } from "#platform/mail";

/** HTML that is safe to send: made by `html`, never by joining texts. */
export interface Html {
  readonly html: string;
}

type Part = Html | string | number | false | null | undefined | readonly Part[];

const write = (part: Part): string => {
  if (part === false || part === null || part === undefined) return "";
  if (typeof part === "string") return escapeHtml(part);
  if (typeof part === "number") return String(part);
  return "html" in part ? part.html : part.map(write).join("");
};

/** A template whose values are escaped, safe in elements and in quoted attributes; lists are joined, absent ones are nothing. */
export const html = (texts: TemplateStringsArray, ...parts: readonly Part[]): Html => ({
  html: texts.map((text, i) => text + write(parts[i])).join(""),
});

/** Takes markup as it is: only what was sanitised or written here. */
export const trusted = (markup: string): Html => ({ html: markup });
