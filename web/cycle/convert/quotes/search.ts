export interface NewQuoteSearch {
  contact?: string;
  account?: string;
  opportunity?: string;
}

const isId = (value: unknown): value is string => typeof value === "string" && /^[0-9a-f-]{36}$/i.test(value);

/** For whom and from which opportunity a new quote is, from the address. */
export const newQuoteSearch = ({ contact, account, opportunity }: Record<string, unknown>): NewQuoteSearch => ({
  ...(isId(contact) ? { contact } : {}),
  ...(isId(account) ? { account } : {}),
  ...(isId(opportunity) ? { opportunity } : {}),
});
