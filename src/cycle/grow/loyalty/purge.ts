import { tie } from "#records";

// The ledger of points is never cut: sums of the programme are made of it.
tie({
  table: "loyalty_members", column: "contact_id", of: "contact", end: "holds", by: "points",
  when: "exists (select from loyalty_entries e where e.member_id = x.id)",
}); // prettier-ignore
