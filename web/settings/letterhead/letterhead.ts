import type { Letterhead } from "#records";

const texts = ["legal_name", "address", "tax_id", "bank", "email", "phone", "website", "footer", "terms"] as const;
export type LetterheadField = (typeof texts)[number];

/** As it is sent: texts trimmed. */
export const cleaned = (letterhead: Letterhead): Letterhead => ({
  ...letterhead,
  ...Object.fromEntries(texts.map((name) => [name, letterhead[name].trim()])),
});
