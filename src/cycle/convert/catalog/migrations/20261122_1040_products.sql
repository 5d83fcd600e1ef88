create table products (
  id          uuid          not null primary key,
  name        text          not null check (length(name) between 1 and 200),
  sku         text,
  category    text,
  description text,
  vendor_id   uuid          references accounts,
  price       bigint        check (price >= 0),
  currency    text,
  active      boolean       not null default true,
  custom      jsonb         not null default '{}',
  version     int           not null default 1,
  created_at  timestamptz   not null default now(),
  updated_at  timestamptz   not null default now(),
  deleted_at  timestamptz
);
create unique index products_by_sku on products (lower(sku)) where sku is not null and deleted_at is null;
create index products_by_lower_name on products (lower(name));
create index products_by_name on products (name collate "und-x-icu", id);
create index products_by_price on products (price, id);
create index products_by_created on products (created_at, id);
create index products_by_updated on products (updated_at, id);
create index products_by_vendor on products (vendor_id) where vendor_id is not null;
create index products_search on products using gin ((lower(name collate "und-x-icu")) collate "C" gin_trgm_ops, (lower(sku collate "und-x-icu")) collate "C" gin_trgm_ops);
