import { z } from "zod";
import { isCurrency } from "#kernel/money";

/*
 * Words we use
 *   line    one line of text from a person: trimmed, NFC, no control characters, no marks that reverse the reading direction
 */
const unseen = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u;

/** A line of 1 to `most` characters. */
export const line = (most: number): z.ZodType<string, string> =>
  z
    .string()
    .max(most * 4)
    .transform((text) => text.normalize("NFC").trim())
    .pipe(
      z
        .string()
        .min(1, "Please fill this in.")
        .max(most, `At most ${most} characters.`)
        .refine((text) => !unseen.test(text), "Line breaks and control characters are not possible here."),
    );

/** An e-mail address as it is stored and compared: NFKC, lower case, trimmed. */
export const email = z
  .string()
  .max(400)
  .transform((text) => text.normalize("NFKC").trim().toLowerCase())
  .pipe(z.email("This is not an e-mail address.").max(254, "At most 254 characters."));

export const currency = z
  .string()
  .regex(/^[A-Z]{3}$/, "A currency is three capital letters, such as EUR.")
  .refine(isCurrency, "This currency is not known.");

// Offsets ("+02:00") are left out: they know no summer time.
const isZone = (name: string): boolean => {
  if (!/^[A-Za-z][A-Za-z0-9_+\-/]*$/.test(name)) return false;
  try {
    return Boolean(new Intl.DateTimeFormat("en", { timeZone: name }));
  } catch {
    return false;
  }
};
export const timeZone = z.string().max(64).refine(isZone, "This time zone is not known; it looks like Europe/Berlin.");

const isLocale = (tag: string): boolean => {
  try {
    return Intl.getCanonicalLocales(tag)[0] !== undefined;
  } catch {
    return false;
  }
};
export const locale = z.string().max(35).refine(isLocale, "This language is not known; it looks like en or de-AT.");

export const lens = z.string().regex(/^[a-z][a-z0-9_]{0,60}$/, "This lens is not known.");
export const id = z.uuid("This is not an id.");
/** A secret from a link: 32 random bytes or better-auth's 24 letters. */
export const linkToken = z.string().min(1).max(200);
/** What is typed into a password field; whether it is good enough is asked only when it is set. */
export const typedPassword = z.string().min(1, "Please fill this in.").max(200, "At most 200 characters.");
export const invitableRole = z.enum(["admin", "manager", "agent", "viewer"]);
