const messages: Readonly<Record<string, string>> = {
  customers: "{n, plural, one {# customer} other {# customers}}",
  orders: "{n, plural, one {# order} other {# orders}}",
  free_orders: "{n, plural, one {# order of free items} other {# orders of free items}}",
  anonymous_orders: "{n, plural, one {# order without a customer} other {# orders without a customer}}",
  returns: "{n, plural, one {# return} other {# returns}}",
  contacts: "{n, plural, one {# contact} other {# contacts}}",
  accounts: "{n, plural, one {# account} other {# accounts}}",
  products: "{n, plural, one {# product} other {# products}}",
  prices: "{n, plural, one {# price} other {# prices}}",
  quotes: "{n, plural, one {# quote} other {# quotes}}",
  segment_members: "{n, plural, one {# member} other {# members}}",
  misfits: "{n, plural, one {# row that does not fit its order} other {# rows that do not fit their order}}",
  failed: "{n, plural, one {# row left out} other {# rows left out}}",
};

/** The figures of a preview as messages, those of zero left out, what is left out last. */
export const countWords = (counts: Readonly<Record<string, number>>): readonly { message: string; n: number }[] =>
  Object.entries(messages).flatMap(([key, message]) => (counts[key] ? [{ message, n: counts[key] }] : []));
