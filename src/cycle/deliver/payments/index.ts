export { payMany, type BulkPayment, type PaidMany } from "./pay-many.ts";
export { receivePayment, refund, type Money } from "./receive.ts";
export { payment, paymentType } from "./payment.ts";
export type { paymentsApi } from "./api.ts";
export { forgetPaymentsOf, leaveAccounts } from "./forget.ts";
