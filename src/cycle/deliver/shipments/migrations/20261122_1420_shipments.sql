-- Parcels of an order. Quantities of the order's lines follow from these rows, in the statement that writes them.
create table shipments (
  id              uuid        not null primary key,
  number          text        not null unique,
  order_id        uuid        not null references orders on delete cascade,
  contact_id      uuid        references contacts,
  account_id      uuid        references accounts,
  carrier         text,
  tracking_number text,
  promised_at     date,
  shipped_at      timestamptz not null,
  delivered_at    timestamptz check (delivered_at >= shipped_at),
  line_count      int         not null, -- derived
  -- The facts that tell of it now; taking it back withdraws them.
  sent_fact       uuid,
  delivered_fact  uuid,
  version         int         not null default 1,
  created_at      timestamptz not null default now(),
  updated_at      timestamptz not null default now(),
  deleted_at      timestamptz
);
create index shipments_by_order on shipments (order_id);
create index shipments_by_contact on shipments (contact_id, shipped_at) where contact_id is not null;
create index shipments_by_account on shipments (account_id, shipped_at) where account_id is not null;
create index shipments_by_shipped on shipments (shipped_at, id);
create index shipments_by_created on shipments (created_at, id);
create index shipments_by_updated on shipments (updated_at, id);
create index shipments_on_their_way on shipments (promised_at, shipped_at) where delivered_at is null;
create index shipments_search on shipments using gin ((lower(number collate "und-x-icu")) collate "C" gin_trgm_ops, (lower(tracking_number collate "und-x-icu")) collate "C" gin_trgm_ops);

create table shipment_lines (
  id            uuid    not null primary key,
  shipment_id   uuid    not null references shipments on delete cascade,
  order_line_id uuid    not null references order_lines on delete cascade,
  quantity      numeric not null check (quantity > 0),
  unique (shipment_id, order_line_id)
);
create index shipment_lines_by_order_line on shipment_lines (order_line_id);

create sequence shipment_numbers start 1001;
