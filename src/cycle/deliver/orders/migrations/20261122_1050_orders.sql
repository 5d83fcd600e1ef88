-- Amounts are minor units of the order's currency. What is marked derived follows from lines, money and returns; the statement
-- that changes those changes it too (derive.ts), and no endpoint sets it.
create table orders (
  id               uuid        not null primary key,
  number           text        not null check (length(number) between 1 and 100),
  contact_id       uuid        references contacts,
  account_id       uuid        references accounts,
  currency         text        not null,
  -- Workspace currency per unit of the order's currency on the day it was placed.
  rate             numeric     not null default 1 check (rate > 0),
  -- The same per minor unit: the currencies' decimals may differ (JPY 0, EUR 2, BHD 3).
  to_base          numeric     not null default 1 check (to_base > 0),
  placed_at        timestamptz not null,
  cancelled_at     timestamptz,
  cancel_reason    text,
  source           text        not null default 'by hand',
  country          text,
  line_count       int         not null default 0, -- derived
  total            bigint      not null default 0, -- derived
  base_total       bigint      not null default 0, -- derived, workspace currency
  paid             bigint      not null default 0 check (paid between 0 and total), -- derived: received
  refunded         bigint      not null default 0 check (refunded between 0 and paid), -- derived
  returned         bigint      not null default 0, -- derived
  status           text        not null default 'open' check (status in ('open', 'completed', 'cancelled')), -- derived
  payment_status   text        not null default 'unpaid' check (payment_status in ('nothing_due', 'unpaid', 'part_paid', 'paid', 'part_refunded', 'refunded')), -- derived
  return_status    text        not null default 'none' check (return_status in ('none', 'part', 'full')), -- derived
  -- The order.placed fact that tells of it now; a correction withdraws it and tells it anew.
  placed_fact      uuid,
  custom           jsonb       not null default '{}',
  version          int         not null default 1,
  created_at       timestamptz not null default now(),
  updated_at       timestamptz not null default now(),
  deleted_at       timestamptz
);
create unique index orders_by_number on orders (number);
create index orders_by_contact on orders (contact_id, placed_at) where contact_id is not null;
create index orders_by_account on orders (account_id, placed_at) where account_id is not null;
create index orders_by_placed on orders (placed_at, id);
create index orders_by_total on orders (base_total, id);
create index orders_by_created on orders (created_at, id);
create index orders_by_updated on orders (updated_at, id);
create index orders_search on orders using gin ((lower(number collate "und-x-icu")) collate "C" gin_trgm_ops);

create table order_lines (
  id                uuid    not null primary key,
  order_id          uuid    not null references orders on delete cascade,
  position          int     not null,
  product_id        uuid    references products,
  description       text    not null,
  quantity          numeric not null check (quantity > 0),
  -- Came back; the check holds whoever writes.
  returned_quantity numeric not null default 0 check (returned_quantity between 0 and quantity),
  -- Major units, as precise as the shop wrote it; the line's total is rounded once.
  unit_price        numeric not null check (unit_price >= 0),
  total             bigint  not null check (total >= 0),
  unique (order_id, position)
);
create index order_lines_by_product on order_lines (product_id) where product_id is not null;

-- A line as a record: who bought what, and when.
create view purchases as
select l.id, l.order_id, l.position, l.product_id, l.description, l.quantity, l.returned_quantity, l.unit_price, l.total, o.currency, o.contact_id,
       o.account_id, o.placed_at, o.status, o.version, o.created_at, o.updated_at, o.deleted_at
  from order_lines l join orders o on o.id = l.order_id;

create table returns (
  id          uuid        not null primary key,
  number      text        not null unique,
  -- The order when all of it came back from one; lines say it each for itself.
  order_id    uuid        references orders,
  contact_id  uuid        references contacts,
  account_id  uuid        references accounts,
  currency    text        not null,
  rate        numeric     not null default 1 check (rate > 0),
  returned_at timestamptz not null,
  reason      text,
  source      text        not null default 'by hand',
  line_count  int         not null,
  total       bigint      not null check (total >= 0),
  base_total  bigint      not null,
  version     int         not null default 1,
  created_at  timestamptz not null default now(),
  updated_at  timestamptz not null default now(),
  deleted_at  timestamptz
);
create index returns_by_order on returns (order_id) where order_id is not null;
create index returns_by_contact on returns (contact_id, returned_at) where contact_id is not null;
create index returns_by_account on returns (account_id, returned_at) where account_id is not null;
create index returns_by_returned on returns (returned_at, id);
create index returns_by_total on returns (base_total, id);
create index returns_by_created on returns (created_at, id);
create index returns_by_updated on returns (updated_at, id);
create index returns_search on returns using gin ((lower(number collate "und-x-icu")) collate "C" gin_trgm_ops);

create table return_lines (
  id            uuid    not null primary key,
  return_id     uuid    not null references returns on delete cascade,
  position      int     not null,
  order_line_id uuid    references order_lines,
  product_id    uuid    references products,
  description   text    not null,
  quantity      numeric not null check (quantity > 0),
  unit_price    numeric not null check (unit_price >= 0),
  total         bigint  not null check (total >= 0)
);
create index return_lines_by_return on return_lines (return_id, position);
create index return_lines_by_order_line on return_lines (order_line_id) where order_line_id is not null;
create index return_lines_by_product on return_lines (product_id) where product_id is not null;

create sequence order_numbers start 1001;
create sequence return_numbers start 1;
