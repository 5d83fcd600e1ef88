import { tie, tieCustomers } from "#records";

tieCustomers("orders", { end: "holds", by: "order" });
tieCustomers("returns", { end: "holds", by: "return" });
tie(
  { table: "order_lines", column: "product_id", of: "product", end: "holds", by: "order" },
  { table: "return_lines", column: "product_id", of: "product", end: "holds", by: "return" },
  { table: "orders", column: "quote_id", of: "quote", end: "holds", by: "order" },
);
