export { shipGoods, type NewShipment } from "./ship.ts";
export { markDelivered, undoDelivered, undoShipment } from "./arrive.ts";
export { forgetShipmentsOf, leaveAccounts } from "./forget.ts";
export type { ToShip } from "./queries.ts";
export type { shipmentsApi } from "./api.ts";
