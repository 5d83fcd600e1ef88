import "./merge.ts";
import "./import.ts";
import "./import-prices.ts";
import "./purge.ts";
import { priceListsApi, productsApi } from "./api.ts";

export default {
  name: "catalog",
  apis: { products: productsApi, price_lists: priceListsApi },
  permissions: {
    "products.read": ["admin", "manager", "agent", "viewer"],
    "products.create": ["admin", "manager", "agent"],
    "products.update": ["admin", "manager", "agent"],
    "products.delete": ["admin", "manager"],
    "price_lists.read": ["admin", "manager", "agent", "viewer"],
    "price_lists.create": ["admin", "manager"],
    "price_lists.update": ["admin", "manager"],
    "price_lists.delete": ["admin", "manager"],
  },
} as const;
