/*
 * Words we use
 *   purpose   what somebody agrees to be written to about; service mail about their own orders needs no consent
 *   basis     why we may: they said so (consent), it belongs to a contract, or our interest weighs more (legitimate interest)
 *   pending   they asked on a form and have not yet clicked in the mail that asks whether it was them (double opt-in)
 */
export const channels = ["email", "phone", "post"] as const;
export type Channel = (typeof channels)[number];

export const purposes = ["newsletter", "offers", "surveys", "orders"] as const;
export type Purpose = (typeof purposes)[number];

export const consentStatuses = ["pending", "given", "withdrawn"] as const;
export type ConsentStatus = (typeof consentStatuses)[number];

export const bases = ["consent", "contract", "legitimate_interest"] as const;
export type Basis = (typeof bases)[number];

const labels: Record<Purpose, string> = {
  newsletter: "Newsletter",
  offers: "Personal offers",
  surveys: "Surveys",
  orders: "Orders",
};

/** What a purpose is called; one that is unknown is called as it is written. */
export const purposeLabel = (purpose: string): string => (labels as Record<string, string>)[purpose] ?? purpose;

/** The facts that tell of consent given or withdrawn: conditions about consent are asked anew after them. */
export const consentFacts: readonly string[] = [
  "newsletter.subscribed",
  "newsletter.unsubscribed",
  "consent.given",
  "consent.withdrawn",
];
