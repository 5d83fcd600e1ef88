export { quote } from "./quote.ts";
export { quoteType } from "./type.ts";
export { createQuote, changeQuote, type NewQuote } from "./write.ts";
export { sendQuote, linkOf, type Sent } from "./send.ts";
export { acceptVersion, declineVersion, openVersion } from "./answer.ts";
export { expireQuotes, withdrawQuote } from "./end.ts";
export { quoteForOrder, type Agreed, type AgreedLine } from "./queries.ts";
export { forgetQuotes, leaveProductsInQuotes } from "./forget.ts";
export type { QuotesApi } from "./api.ts";
