import { z } from "zod";
import { purposes } from "#customers";
import { cleanText } from "#records";

/*
 * Words we use
 *   design    what a form asks: its fields and the consents it offers, in order
 *   field     a question; either one of the contact's own fields, or the form's own, whose answer stays with the submission
 *   wording   what somebody agrees to, word for word; every edit is another version
 */
export const fieldTypes = ["text", "long_text", "email", "phone", "choice", "checkbox"] as const;
export type FormFieldType = (typeof fieldTypes)[number];

/** Fields of a contact that a form may ask for, with how each is asked. */
export const contactFields = {
  name: { type: "text", label: "Name" },
  given_name: { type: "text", label: "Given name" },
  family_name: { type: "text", label: "Family name" },
  email: { type: "email", label: "E-mail" },
  phone: { type: "phone", label: "Phone" },
  account_name: { type: "text", label: "Company" },
  job_title: { type: "text", label: "Job title" },
  city: { type: "text", label: "City" },
} as const satisfies Record<string, { type: FormFieldType; label: string }>;
export type ContactField = keyof typeof contactFields;
const contactFieldNames = Object.keys(contactFields) as [ContactField, ...ContactField[]];

/** Names that the form itself sends. */
export const reserved = new Set([
  "stamp", "homepage", "referrer", "landing", "utm_source", "utm_medium", "utm_campaign", "utm_term", "utm_content",
]); // prettier-ignore
const isReserved = (key: string): boolean => reserved.has(key) || key.startsWith("consent_");

const words = (max: number) => z.string().max(max).transform(cleanText);
const label = words(300).pipe(z.string().min(1, "Say what you ask."));

const fieldSchema = z.strictObject({
  key: z.string().regex(/^[a-z][a-z0-9_]{0,39}$/, "A key is written like favourite_jar."),
  label,
  type: z.enum(fieldTypes),
  contact: z.enum(contactFieldNames).nullish(),
  required: z.boolean().default(false),
  help: words(500).nullish(),
  choices: z.array(label).max(100).optional(),
});
export type FormField = z.output<typeof fieldSchema>;

const consentSchema = z.strictObject({
  purpose: z.enum(purposes),
  wording: words(4000).pipe(z.string().min(1, "Say what they agree to.")),
  required: z.boolean().default(false),
  /** Given by Rondo; whatever is sent is not listened to. */
  version: z.int().optional(),
});
export type FormConsent = Omit<z.output<typeof consentSchema>, "version"> & { version: number };

export interface Design {
  fields: FormField[];
  consents: FormConsent[];
}

const problemOf = (field: FormField): string | undefined => {
  if (field.contact && field.key !== field.contact) return "A contact's field keeps its own key.";
  if (field.contact && field.type !== contactFields[field.contact].type) return "This field is asked another way.";
  if (!field.contact && (field.key in contactFields || isReserved(field.key))) return "This key has a meaning already.";
  if (field.type === "choice" && (field.choices?.length ?? 0) < 2) return "Offer at least two choices.";
  return field.type !== "choice" && field.choices ? "Only a choice has choices." : undefined;
};

const twice = (values: readonly string[]): number => values.findIndex((v, i) => values.indexOf(v) !== i);

/** What a form may ask; whoever sends it must be somebody we can answer. */
export const designSchema = z
  .strictObject({ fields: z.array(fieldSchema).min(1).max(40), consents: z.array(consentSchema).max(4).default([]) })
  .superRefine(({ fields, consents }, c) => {
    const wrong = (path: (string | number)[], message: string) => c.addIssue({ code: "custom", path, message });
    for (const [i, field] of fields.entries()) {
      const problem = problemOf(field);
      if (problem) wrong(["fields", i], problem);
    }
    const again = twice(fields.map((f) => f.key));
    if (again >= 0) wrong(["fields", again, "key"], "Another field has this key.");
    const same = twice(consents.map((k) => k.purpose));
    if (same >= 0) wrong(["consents", same, "purpose"], "This consent is asked already.");
    const email = fields.find((f) => f.contact === "email");
    if (!email && !fields.some((f) => f.contact === "phone"))
      wrong(["fields"], "Ask for an e-mail address or a phone number: otherwise nobody can be answered.");
    if (consents.length > 0 && !email?.required) wrong(["fields"], "Consent to mails needs a required e-mail address.");
  });
