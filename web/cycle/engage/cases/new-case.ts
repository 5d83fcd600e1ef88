/** What a link to a new case says already. */
export interface NewCaseSearch {
  contact?: string;
  account?: string;
  order?: string;
  line?: string;
  product?: string;
}

const id = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const names = ["contact", "account", "order", "line", "product"] as const;

/** Reads it from search params; what is no id is left out. */
export function newCaseSearch(search: Record<string, unknown>): NewCaseSearch {
  return Object.fromEntries(names.flatMap((name) => (typeof search[name] === "string" && id.test(search[name]) ? [[name, search[name]]] : []))); // prettier-ignore
}

/** The fields those parts fill. */
export const givenBy = ({ contact, account, order, line, product }: NewCaseSearch): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries({ contact_id: contact, account_id: account, order_id: order, order_line_id: line, product_id: product }).filter(([, value]) => value !== undefined),
  ); // prettier-ignore
