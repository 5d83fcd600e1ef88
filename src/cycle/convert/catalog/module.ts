import "./import.ts";
import { productsApi } from "./api.ts";

export default {
  name: "catalog",
  apis: { products: productsApi },
  permissions: {
    "products.read": ["admin", "manager", "agent", "viewer"],
    "products.create": ["admin", "manager", "agent"],
    "products.update": ["admin", "manager", "agent"],
    "products.delete": ["admin", "manager"],
  },
} as const;
