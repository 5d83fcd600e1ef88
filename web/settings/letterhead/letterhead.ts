import type { Letterhead } from "#records";

const texts = ["legal_name", "address", "tax_id", "bank", "email", "phone", "website", "footer", "terms"] as const;
export type LetterheadField = (typeof texts)[number];

/** Only what differs: what is sent. */
export function changesOf(before: Letterhead, now: Letterhead): Partial<Letterhead> {
  const changed = texts.filter((name) => now[name].trim() !== before[name]);
  const rates = JSON.stringify(now.tax_rates) === JSON.stringify(before.tax_rates) ? {} : { tax_rates: now.tax_rates };
  return { ...Object.fromEntries(changed.map((name) => [name, now[name].trim()])), ...rates };
}
