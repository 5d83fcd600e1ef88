-- The quantity ledger of a line: each column is the sum of rows that tell it (cancellations, shipments, returns, invoices), moved by
-- the one conditional statement that writes those rows, and never set by hand.
alter table products add column kind text not null default 'goods' check (kind in ('goods', 'service'));

alter table order_lines
  -- Goods that we send: the order is complete only when they arrived. Services, free texts and orders of a shop that ships itself are not.
  add column ships              boolean not null default false,
  -- Taken off quantity x price, minor units; then tax is added. total = goods - discount + tax is what the customer pays.
  add column discount           bigint  not null default 0 check (discount >= 0),
  add column tax_rate           numeric not null default 0 check (tax_rate between 0 and 100), -- percent
  add column tax                bigint  not null default 0 check (tax between 0 and total),
  add column cancelled_quantity numeric not null default 0 check (cancelled_quantity >= 0),
  add column shipped_quantity   numeric not null default 0 check (shipped_quantity >= 0),
  add column delivered_quantity numeric not null default 0,
  -- Invoiced and not credited again.
  add column invoiced_quantity  numeric not null default 0 check (invoiced_quantity between 0 and quantity),
  add constraint order_lines_delivered check (delivered_quantity between 0 and shipped_quantity),
  add constraint order_lines_shipped check (shipped_quantity + cancelled_quantity <= quantity),
  add constraint order_lines_returned check (returned_quantity + cancelled_quantity <= quantity and (not ships or returned_quantity <= shipped_quantity));

alter table orders
  add column promised_at       date, -- the day by which it should be there, in the company's zone
  add column goodwill          bigint not null default 0 check (goodwill >= 0), -- credited as an amount: asked for no more
  add column cancelled_total   bigint not null default 0, -- derived: worth of cancelled quantities, and goodwill
  add column invoiced          bigint not null default 0, -- derived: all invoices
  add column credited          bigint not null default 0, -- derived: all credit notes
  add column fulfilment_status text   not null default 'not_needed' check (fulfilment_status in ('not_needed', 'none', 'partial', 'shipped', 'delivered')), -- derived
  add column delivered_at      timestamptz, -- derived: when the last piece arrived
  -- The order.delivered fact that tells of it now.
  add column delivered_fact    uuid,
  add constraint orders_cancelled check (cancelled_total between 0 and total);
-- What is still to be sent is asked for at every look at the day.
create index orders_to_ship on orders (promised_at, placed_at) where fulfilment_status in ('none', 'partial') and cancelled_at is null and deleted_at is null;

create table line_cancellations (
  id            uuid        not null primary key,
  order_id      uuid        not null references orders on delete cascade,
  order_line_id uuid        not null references order_lines on delete cascade,
  -- Those cancelled in one act are taken back in one act.
  act_id        uuid        not null,
  quantity      numeric     not null check (quantity > 0),
  amount        bigint      not null check (amount >= 0),
  reason        text        not null,
  cancelled_at  timestamptz not null,
  -- The facts that told it, to be withdrawn with it.
  facts         uuid[]      not null default '{}'
);
create index line_cancellations_by_order on line_cancellations (order_id, cancelled_at);
create index line_cancellations_by_line on line_cancellations (order_line_id);
create index line_cancellations_by_act on line_cancellations (act_id);

alter table returns add column reason_id uuid references reasons;
create index returns_by_reason on returns (reason_id) where reason_id is not null;
alter table payments add column reason_id uuid references reasons, add column reason text;
create index payments_by_reason on payments (reason_id) where reason_id is not null;

-- What the company agreed to once for all orders; at most one row.
create table order_terms (
  one          boolean not null primary key default true check (one),
  return_days  int     not null default 30 check (return_days between 0 and 3650),
  payment_days int     not null default 14 check (payment_days between 0 and 365),
  version      int     not null default 1
);

create or replace view purchases as
select l.id, l.order_id, l.position, l.product_id, l.description, l.quantity, l.returned_quantity, l.unit_price, l.total, o.currency, o.contact_id,
       o.account_id, o.placed_at, o.status, o.version, o.created_at, o.updated_at, o.deleted_at,
       l.ships, l.discount, l.tax_rate, l.tax, l.cancelled_quantity, l.shipped_quantity, l.delivered_quantity, l.invoiced_quantity
  from order_lines l join orders o on o.id = l.order_id;
