import { orderLinesApi, ordersApi, returnsApi } from "./api.ts";

export default {
  name: "orders",
  apis: { orders: ordersApi, order_lines: orderLinesApi, returns: returnsApi },
  permissions: {
    "orders.read": ["admin", "manager", "agent", "viewer"],
    "orders.create": ["admin", "manager", "agent"],
    "orders.update": ["admin", "manager", "agent"],
    "order_lines.read": ["admin", "manager", "agent", "viewer"],
    "returns.read": ["admin", "manager", "agent", "viewer"],
  },
} as const;
