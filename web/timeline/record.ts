/*
 * Where the record lies that a fact tells of. A fact names records by id ("case_id"); the one of its own noun ("case.opened") comes
 * first, then the others in the order below.
 */
const screens: readonly (readonly [id: string, path: string])[] = [
  ["case_id", "/cases/"],
  ["quote_id", "/quotes/"],
  ["invoice_id", "/invoices/"],
  ["shipment_id", "/shipments/"],
  ["opportunity_id", "/opportunities/"],
  ["lead_id", "/leads/"],
  ["onboarding_id", "/onboardings/"],
  ["improvement_id", "/improvements/"],
  ["insight_id", "/insights/"],
  ["survey_id", "/surveys/"],
  ["campaign_id", "/campaigns/"],
  ["form_id", "/forms/"],
  ["segment_id", "/segments/"],
  ["promotion_id", "/promotions/"],
  ["referral_id", "/referrals/"],
  ["play_id", "/plays/"],
  ["task_id", "/tasks/"],
  ["order_id", "/orders/"],
  ["product_id", "/products/"],
];
const pathOfId = new Map(screens);
// Records that are about many customers: their page is told whose story one comes from.
const shared = new Set([
  "survey_id",
  "form_id",
  "insight_id",
  "improvement_id",
  "campaign_id",
  "play_id",
  "promotion_id",
]);

/** The address of the record that a fact is about, with the customer it was told of where the record is about many; undefined when it names none. */
export function recordPath(name: string, payload: Readonly<Record<string, unknown>>, contact?: string | null): string | undefined {
  const own = `${name.split(".")[0]}_id`;
  for (const [id, path] of [[own, pathOfId.get(own)] as const, ...screens]) {
    const value = payload[id];
    if (path && typeof value === "string" && value !== "")
      return `${path}${encodeURIComponent(value)}${contact && shared.has(id) ? `?of=${encodeURIComponent(contact)}` : ""}`;
  }
  return undefined;
} // prettier-ignore
