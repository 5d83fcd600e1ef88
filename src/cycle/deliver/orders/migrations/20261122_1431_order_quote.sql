-- The accepted quote an order came from; one order of each, whoever accepts how often.
alter table orders add column quote_id uuid references quotes on delete set null;
create unique index orders_by_quote on orders (quote_id) where quote_id is not null;
