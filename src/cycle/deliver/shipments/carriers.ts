/*
 * Where a parcel can be followed. Only these addresses are ever linked: each is the carrier's own page over https, and the number is
 * encoded into it, so nobody can make us link anywhere else.
 */
export interface Carrier {
  key: string;
  name: string;
  /** {} is the tracking number. */
  page: string | null;
}

export const carriers: readonly Carrier[] = [
  { key: "dhl", name: "DHL", page: "https://www.dhl.com/en/home/tracking.html?tracking-id={}" },
  { key: "ups", name: "UPS", page: "https://www.ups.com/track?tracknum={}" },
  { key: "fedex", name: "FedEx", page: "https://www.fedex.com/fedextrack/?trknbr={}" },
  { key: "dpd", name: "DPD", page: "https://tracking.dpd.de/status/en_US/parcel/{}" },
  { key: "gls", name: "GLS", page: "https://gls-group.com/track/{}" },
  { key: "usps", name: "USPS", page: "https://tools.usps.com/go/TrackConfirmAction?tLabels={}" },
  { key: "royal_mail", name: "Royal Mail", page: "https://www.royalmail.com/track-your-item#/tracking-results/{}" },
  { key: "own", name: "Own vehicle", page: null },
  { key: "pickup", name: "Picked up", page: null },
  { key: "other", name: "Another carrier", page: null },
];

const byKey = new Map(carriers.map((c) => [c.key, c]));

/** The carrier's name for reading. */
export const carrierName = (key: string | null): string | null => (key ? (byKey.get(key)?.name ?? key) : null);

/** The carrier's page about this parcel; null when there is no such page or no number. */
export function trackingUrl(carrier: string | null, tracking: string | null): string | null {
  const page = carrier ? byKey.get(carrier)?.page : null;
  return page && tracking ? page.replace("{}", encodeURIComponent(tracking)) : null;
}
