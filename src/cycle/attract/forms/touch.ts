import { cleanText, cut } from "#records";
import type { Ask } from "#platform/pages";

/** Where somebody came from, as the address and the page before it say. */
export interface Touch {
  utm_source: string | null;
  utm_medium: string | null;
  utm_campaign: string | null;
  utm_term: string | null;
  utm_content: string | null;
  referrer: string | null;
  landing: string | null;
}

export const touchFields = [
  "utm_source", "utm_medium", "utm_campaign", "utm_term", "utm_content", "referrer", "landing",
] as const; // prettier-ignore

// Letters kept of each.
const most = (name: string): number => (name.startsWith("utm_") ? 200 : 1000);

const kept = (name: string, value: string | undefined): string | null =>
  cut(cleanText(value ?? ""), most(name)).trim() || null;

/** What a page passes on when the form is opened: its own query, the page before it, and itself. */
export const touchOfVisit = (ask: Ask): Touch =>
  touch((name) => (name === "referrer" ? ask.referrer : name === "landing" ? ask.url : ask.query[name]));

/** What came with a form that was sent: its hidden fields, else the address it was sent to. */
export const touchOfForm = (ask: Ask): Touch =>
  touch((name) => ask.form[name]?.at(-1) || ask.query[name] || (name === "referrer" ? ask.referrer : ""));

const touch = (of: (name: string) => string | undefined): Touch =>
  Object.fromEntries(touchFields.map((name) => [name, kept(name, of(name))])) as unknown as Touch;
