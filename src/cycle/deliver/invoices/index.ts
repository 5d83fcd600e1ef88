export { issueInvoice, type NewInvoice } from "./issue.ts";
export { creditInvoice, type NewCredit } from "./credit.ts";
export { sendInvoice } from "./send.ts";
export { forgetInvoicesOf, leaveAccounts } from "./forget.ts";
export type { invoicesApi } from "./api.ts";
export type { OpenInvoice } from "./queries.ts";
