import "./merge.ts";
import "./purge.ts";
import { quotesConsumer } from "./react-to-quotes.ts";
import { ordersOpen } from "./open-with.ts";
import { orderLinesApi, ordersApi, orderTermsApi, returnsApi } from "./api.ts";

export default {
  name: "orders",
  apis: { orders: ordersApi, order_lines: orderLinesApi, returns: returnsApi, order_terms: orderTermsApi },
  permissions: {
    "orders.read": ["admin", "manager", "agent", "viewer"],
    "orders.create": ["admin", "manager", "agent"],
    "orders.update": ["admin", "manager", "agent"],
    "order_terms.update": ["admin"],
    "order_lines.read": ["admin", "manager", "agent", "viewer"],
    "returns.read": ["admin", "manager", "agent", "viewer"],
  },
  open: ordersOpen,
  consumers: [quotesConsumer],
} as const;
