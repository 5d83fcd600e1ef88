import { Liquid, type Template } from "liquidjs";

// No template may take a second of the sender, or fill its memory; and none reads a file.
const limits = {
  parseLimit: 500_000,
  renderLimit: 200,
  memoryLimit: 5_000_000,
  templates: {},
  strictFilters: true,
  ownPropertyOnly: true,
} as const;

const forHtml = new Liquid({ ...limits, outputEscape: "escape" });
const forText = new Liquid(limits);

export type Reader = Readonly<Record<string, unknown>>;
export interface Prepared {
  subject: Template[];
  html: Template[];
  text: Template[];
}

/** Reads the parts of a mail once; @throws Error naming the line when one is not Liquid. */
export const prepareLiquid = (parts: { subject: string; html: string; text: string }): Prepared => ({
  subject: forText.parse(parts.subject),
  html: forHtml.parse(parts.html),
  text: forText.parse(parts.text),
});

/** The mail for one reader; values are escaped where they stand in HTML. */
export function fill(prepared: Prepared, reader: Reader): { subject: string; html: string; text: string } {
  return {
    subject: String(forText.renderSync(prepared.subject, reader))
      .replaceAll(/[\p{Cc}\u2028\u2029\s]+/gu, " ")
      .trim()
      .slice(0, 300),
    html: String(forHtml.renderSync(prepared.html, reader)),
    text: String(forText.renderSync(prepared.text, reader)),
  };
}

/** Every field a template asks for, as paths; @throws Error naming the line when it is not Liquid. */
export function fieldsAsked(source: string): string[] {
  const own = forText.globalVariableSegmentsSync(forText.parse(source));
  return [...new Set(own.map((segments) => segments.map(String).join(".")))];
}
