export { payMany, type BulkPayment, type PaidMany } from "./pay-many.ts";
