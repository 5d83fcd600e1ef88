/** The company's settings as they are asked and sent. */
export interface Company {
  name: string;
  currency: string;
  time_zone: string;
  locale: string;
  lens: string;
  version: number;
  currency_locked: boolean;
}

const fields = ["name", "currency", "time_zone", "locale", "lens"] as const;

export type CompanyField = (typeof fields)[number];

/** As it is sent: texts trimmed. */
export const cleaned = (company: Company): Company => ({
  ...company,
  ...Object.fromEntries(fields.map((name) => [name, company[name].trim()])),
});

// Ways of writing most companies will look for; any other that is already chosen is kept in the list.
const known =
  "en en-GB en-US en-IE en-IN en-AU en-CA de de-AT de-CH fr fr-CA fr-CH es es-MX it nl pt pt-BR pl cs sv da nb fi tr ja zh ar he";

/** Ways of writing numbers and dates, each with its name and how an amount looks in it. */
export function languages(mine: string): { value: string; label: string }[] {
  const names = new Intl.DisplayNames("en", { type: "language" });
  const sample = (tag: string): string => new Intl.NumberFormat(tag, { minimumFractionDigits: 2 }).format(1234.5);
  return [...new Set([...known.split(" "), mine])].map((tag) => ({
    value: tag,
    label: `${names.of(tag) ?? tag} · ${sample(tag)}`,
  }));
}
