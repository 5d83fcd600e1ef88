import type { Purpose } from "#customers";

/*
 * Words we use
 *   send          one mail to one person, as a row of the ledger; it exists before anything leaves
 *   source        what asked for it: a campaign, a survey's invitation, a case's reply; it can be paused and cancelled as a whole
 *   kind          marketing (needs a yes), relationship (surveys, requests: a no ends it), service (their own orders, cases, quotes)
 *   claim         taking due sends for a while (the lease); nobody else takes them meanwhile
 *   submitting    the mail is about to be handed to the server: written down before, so that a crash leaves it in doubt, not forgotten
 *   held          not sent, and why: no consent, a suppressed address, the contact budget
 *   unknown       handed over when the line or we broke: never sent again by itself, unless it is service mail
 *   suppression   an address that gets nothing more, or no marketing more
 *   budget        how many unasked-for mails a customer gets in 30 days at most, and how long it is quiet between two
 */
export const sendKinds = ["marketing", "relationship", "service"] as const;
export type SendKind = (typeof sendKinds)[number];

export const sendStates = ["planned", "claimed", "submitting", "deferred", "sent", "held", "rejected", "unknown", "cancelled"] as const; // prettier-ignore
export type SendState = (typeof sendStates)[number];

/** What a held or rejected send is counted by. */
export const heldCodes = {
  "no-consent": "has not agreed to it",
  withdrawn: "does not want it any more",
  suppressed: "the address takes no mail",
  budget: "has had enough mails from us in the last 30 days",
  quiet: "had a mail from us a short while ago",
  "no-address": "has no e-mail address",
  trashed: "is in the trash",
  unwritable: "the mail could not be written",
  hard: "the mail server does not know the address",
  soft: "the mail server did not take it after several tries",
} as const;
export type HeldCode = keyof typeof heldCodes;

export const purposeOf: Record<SendKind, Purpose> = {
  marketing: "newsletter",
  relationship: "surveys",
  service: "orders",
};

/** A send as the sender holds it. */
export interface SendRow {
  id: string;
  kind: SendKind;
  source: string;
  source_id: string;
  contact_id: string | null;
  account_id: string | null;
  purpose: Purpose;
  address: string | null;
  subject: string | null;
  html: string | null;
  body: string | null;
  reply_to: string | null;
  headers: Record<string, string>;
  personal: boolean;
  attempt: number;
  message_id: string | null;
  caused_by: string | null;
  charged_at: Date | null;
}

/** Whether the customer has a budget for such mails. */
export const countsAgainstBudget = (kind: SendKind): boolean => kind !== "service";

/** The address as people may see it who are not its owner: "a•••@initech.example". */
export const maskedAddress = (address: string): string => {
  const at = address.lastIndexOf("@");
  return `${address.slice(0, 1)}•••${address.slice(at)}`;
};
