/*
 * Words we use
 *   merge field   a place in a mail where something of the reader's stands: {{ contact.given_name }}
 *   fallback      what stands there for a reader of whom it is not known: {{ contact.given_name | default: "there" }}
 */
export interface MergeField {
  path: string;
  label: string;
  /** Not known of everybody, so it wants a fallback. */
  optional: boolean;
}

/** All places a mail may hold; custom fields of a contact come under contact.custom. */
export const mergeFields: readonly MergeField[] = [
  { path: "contact.given_name", label: "Given name", optional: true },
  { path: "contact.family_name", label: "Family name", optional: true },
  { path: "contact.name", label: "Name", optional: false },
  { path: "contact.email", label: "E-mail", optional: false },
  { path: "contact.job_title", label: "Job title", optional: true },
  { path: "contact.city", label: "City", optional: true },
  { path: "contact.country", label: "Country", optional: true },
  { path: "contact.account", label: "Account", optional: true },
  { path: "company.name", label: "Our company's name", optional: false },
  { path: "company.postal", label: "Our postal address", optional: false },
  { path: "campaign.name", label: "Name of the campaign", optional: false },
  { path: "unsubscribe_url", label: "Way out of these mails", optional: false },
  { path: "preferences_url", label: "Choose what you get", optional: false },
];

/** The field of that path; any of the contact's own custom fields is one. */
export const mergeField = (path: string): MergeField | undefined =>
  mergeFields.find((f) => f.path === path) ??
  (/^contact\.custom\.\w{1,60}$/.test(path) ? { path, label: path, optional: true } : undefined);
