import { tie, tieCustomers } from "#records";

tieCustomers("quotes", { end: "holds", by: "quote" });
tie(
  { table: "quote_lines", column: "product_id", of: "product", end: "holds", by: "quote" },
  // A customer has the paper with that number.
  { table: "quotes", column: "id", of: "quote", end: "holds", by: "number", when: "x.sent_at is not null" },
);
