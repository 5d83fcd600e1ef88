-- The few orders whose invoices are not covered, among all that are.
create index orders_owing on orders (id) where paid - least(refunded, credited) < invoiced - credited;
