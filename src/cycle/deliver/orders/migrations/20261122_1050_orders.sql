-- Amounts are minor units of the order's currency. Everything marked derived is computed from lines, payments and returns
-- by refreshOrders, in the transaction that changed them; no endpoint sets it.
create table orders (
  id               uuid        not null primary key,
  number           text        not null,
  contact_id       uuid        references contacts,
  account_id       uuid        references accounts,
  currency         text        not null,
  -- Workspace currency per unit of the order's currency on the day it was placed.
  rate             numeric     not null default 1 check (rate > 0),
  placed_at        timestamptz not null,
  cancelled_at     timestamptz,
  cancel_reason    text,
  source           text        not null default 'by hand',
  country          text,
  line_count       int         not null default 0, -- derived
  total            bigint      not null default 0, -- derived
  base_total       bigint      not null default 0, -- derived, workspace currency
  paid             bigint      not null default 0, -- derived: received
  refunded         bigint      not null default 0, -- derived
  returned         bigint      not null default 0, -- derived
  status           text        not null default 'open' check (status in ('open', 'completed', 'cancelled')), -- derived
  payment_status   text        not null default 'unpaid' check (payment_status in ('nothing_due', 'unpaid', 'part_paid', 'paid', 'part_refunded', 'refunded')), -- derived
  return_status    text        not null default 'none' check (return_status in ('none', 'part', 'full')), -- derived
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
create index orders_search on orders using gin (number gin_trgm_ops);

create table order_lines (
  id          uuid    not null primary key,
  order_id    uuid    not null references orders on delete cascade,
  position    int     not null,
  product_id  uuid    references products,
  description text    not null,
  quantity    numeric not null check (quantity > 0),
  -- Major units, as precise as the shop wrote it; the line's total is rounded once.
  unit_price  numeric not null check (unit_price >= 0),
  total       bigint  not null,
  unique (order_id, position)
);
create index order_lines_by_product on order_lines (product_id) where product_id is not null;

create table returns (
  id          uuid        not null primary key,
  number      text        not null unique,
  order_id    uuid        references orders,
  contact_id  uuid        references contacts,
  account_id  uuid        references accounts,
  currency    text        not null,
  rate        numeric     not null default 1,
  returned_at timestamptz not null,
  reason      text,
  source      text        not null default 'by hand',
  line_count  int         not null,
  total       bigint      not null,
  base_total  bigint      not null,
  created_at  timestamptz not null default now()
);
create index returns_by_order on returns (order_id) where order_id is not null;
create index returns_by_contact on returns (contact_id, returned_at) where contact_id is not null;

create table return_lines (
  id            uuid    not null primary key,
  return_id     uuid    not null references returns on delete cascade,
  order_line_id uuid    references order_lines,
  product_id    uuid    references products,
  description   text    not null,
  quantity      numeric not null check (quantity > 0),
  unit_price    numeric not null check (unit_price >= 0),
  total         bigint  not null
);
create index return_lines_by_return on return_lines (return_id);
create index return_lines_by_order_line on return_lines (order_line_id) where order_line_id is not null;

create sequence order_numbers start 1001;
create sequence return_numbers start 1;
