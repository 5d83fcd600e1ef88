/*
 * Words we use
 *   consents   the table that tells which subjects have given consent to which purposes; the module that keeps it says so here, as
 *              the records core knows no consent
 */
export interface Consents {
  table: string;
  /** The column with the subject's id. */
  subject: string;
  /** What can be asked for; each is a value of the table's column "purpose". Its column "status" says "given". */
  purposes: readonly string[];
  /** What a purpose is called; as it is written unless said. */
  label?: (purpose: string) => string;
}

const kept = new Map<string, Consents>();

/** Lets conditions about this object ask for consent. */
export const registerConsents = (object: string, consents: Consents): void => void kept.set(object, consents);

/** Where consents of this object are kept; undefined when its records are not asked for any. */
export const consentsOf = (object: string): Consents | undefined => kept.get(object);
