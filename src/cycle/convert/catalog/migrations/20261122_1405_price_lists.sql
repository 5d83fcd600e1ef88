alter table products add column status text not null default 'active' check (status in ('active', 'discontinued'));
update products set status = 'discontinued' where not active;
alter table products drop column active;

-- What things cost in one currency while the list is valid. The default list of a currency answers when nobody names a list.
create table price_lists (
  id         uuid        not null primary key,
  name       text        not null check (length(name) between 1 and 200),
  currency   text        not null,
  -- Both days belong to it; open-ended without.
  valid_from date,
  valid_to   date,
  is_default boolean     not null default false,
  version    int         not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  deleted_at timestamptz,
  check (valid_from <= valid_to)
);
create unique index price_lists_by_name on price_lists (lower(name)) where deleted_at is null;
create unique index price_lists_by_default on price_lists (currency) where is_default and deleted_at is null;
create index price_lists_by_sorted_name on price_lists (name collate "und-x-icu", id);
create index price_lists_by_created on price_lists (created_at, id);
create index price_lists_by_updated on price_lists (updated_at, id);

-- Writers lock the list first, so that two of one product and quantity never overlap (set-price.ts).
create table price_entries (
  id         uuid        not null primary key,
  list_id    uuid        not null references price_lists on delete cascade,
  product_id uuid        not null references products on delete cascade,
  -- From this quantity on.
  min_qty    numeric     not null default 1 check (min_qty > 0),
  -- Minor units of the list's currency.
  unit_price bigint      not null check (unit_price >= 0),
  valid_from date        not null,
  valid_to   date,
  created_at timestamptz not null default now(),
  check (valid_from <= valid_to),
  unique (list_id, product_id, min_qty, valid_from)
);
create index price_entries_by_product on price_entries (product_id, valid_from);
