export { placeOrders } from "./place-many.ts";
export { returnMany } from "./return-many.ts";
export { settle, type Settlement, type SettledOrder } from "./settle.ts";
export { inBase } from "./base.ts";
export type { BulkOrder, BulkReturn, BulkLine, Elsewhere, Placing, TakingBack } from "./bulk.ts";
