/*
 * The campaigns Northwind sent, as days before today; who was a reader then got them, and clicks follow within days.
 */
export interface ToldCampaign {
  key: string;
  name: string;
  subject: string;
  /** Days before today on which it was sent. */
  ago: number;
  /** What it cost, in hundredths. */
  cost: number | null;
  /** Where its button leads. */
  path: string;
}

export const sentCampaigns: readonly ToldCampaign[] = [
  { key: "gifts", name: "Gift season", subject: "Twelve gifts that fit into a jar", ago: 655.4, cost: 42_000, path: "/gifts" },
  { key: "spring", name: "Spring jars", subject: "{{ contact.given_name | default: \"Hello\" }}, the pantry wants jars", ago: 540.3, cost: 30_000, path: "/spring" },
  { key: "summer", name: "Summer preserving", subject: "Berries do not wait", ago: 431.4, cost: null, path: "/summer" },
  { key: "harvest", name: "Harvest week", subject: "A week of harvest prices", ago: 322.2, cost: 65_000, path: "/harvest" },
  { key: "lids", name: "New lids", subject: "Lids that open with two fingers", ago: 128.3, cost: 18_000, path: "/lids" },
  { key: "pantry", name: "Pantry reset", subject: "Start over with an empty shelf", ago: 8.4, cost: 25_000, path: "/pantry" },
]; // prettier-ignore
