-- Money in and money back; orders are told what is settled in the same transaction.
create table payments (
  id          uuid        not null primary key,
  number      text        not null unique,
  order_id    uuid        not null references orders,
  contact_id  uuid        references contacts,
  account_id  uuid        references accounts,
  kind        text        not null check (kind in ('payment', 'refund')),
  amount      bigint      not null check (amount > 0),
  currency    text        not null,
  base_amount bigint      not null,
  method      text        not null default 'other',
  reference   text,
  received_at timestamptz not null,
  version     int         not null default 1,
  created_at  timestamptz not null default now(),
  updated_at  timestamptz not null default now(),
  deleted_at  timestamptz
);
create index payments_by_order on payments (order_id);
create index payments_by_contact on payments (contact_id, received_at) where contact_id is not null;
create index payments_by_account on payments (account_id, received_at) where account_id is not null;
create index payments_by_received on payments (received_at, id);
create index payments_by_amount on payments (base_amount, id);
create index payments_by_created on payments (created_at, id);
create index payments_by_updated on payments (updated_at, id);
create index payments_search on payments using gin ((lower(number collate "und-x-icu")) collate "C" gin_trgm_ops, (lower(reference collate "und-x-icu")) collate "C" gin_trgm_ops);

create sequence payment_numbers start 1;
