export { ordersImporter } from "./import-orders.ts";
