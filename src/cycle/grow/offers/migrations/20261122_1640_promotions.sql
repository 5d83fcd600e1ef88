-- A promotion and how much of it was used. The counters are moved by the one conditional statement that takes a use (use.ts), together
-- with the row in promotion_uses that tells it, and never set by hand.
create table promotions (
  id             uuid        not null primary key,
  name           text        not null check (length(name) between 1 and 200),
  kind           text        not null check (kind in ('percent', 'amount')),
  percent        numeric     check (percent > 0 and percent <= 100),
  -- Minor units of its currency, as all amounts here.
  amount         bigint      check (amount > 0),
  currency       text        not null,
  min_order      bigint      check (min_order >= 0),
  valid_from     timestamptz,
  valid_to       timestamptz,
  uses_limit     int         check (uses_limit > 0),
  customer_limit int         check (customer_limit > 0),
  day_limit      int         check (day_limit > 0),
  budget         bigint      check (budget > 0),
  active         boolean     not null default true,
  description    text,
  use_count      int         not null default 0 check (use_count >= 0), -- derived: uses that stand
  spent          bigint      not null default 0 check (spent >= 0), -- derived: their discounts
  code_count     int         not null default 0, -- derived
  version        int         not null default 1,
  created_at     timestamptz not null default now(),
  updated_at     timestamptz not null default now(),
  deleted_at     timestamptz,
  check ((kind = 'percent') = (percent is not null)),
  check ((kind = 'amount') = (amount is not null)),
  -- Limits may be lowered below what was used; a use is only taken below them.
  check (valid_to is null or valid_from is null or valid_to > valid_from)
);
create unique index promotions_by_name on promotions (lower(name)) where deleted_at is null;
create index promotions_by_sorted_name on promotions (name collate "und-x-icu", id);
create index promotions_by_created on promotions (created_at, id);
create index promotions_by_updated on promotions (updated_at, id);
create index promotions_search on promotions using gin ((lower(name collate "und-x-icu")) collate "C" gin_trgm_ops);

-- What it is for: products, or all of a category; without rows, everything.
create table promotion_goods (
  id           uuid not null primary key,
  promotion_id uuid not null references promotions on delete cascade,
  -- A product that is gone leaves its row: the promotion is for nothing more than before.
  product_id   uuid references products on delete set null,
  category     text check (length(category) between 1 and 200),
  check (product_id is null or category is null)
);
create unique index promotion_goods_once on promotion_goods (promotion_id, coalesce(product_id::text, lower(category)));
create index promotion_goods_by_product on promotion_goods (product_id) where product_id is not null;

create table promotion_codes (
  id           uuid        not null primary key,
  promotion_id uuid        not null references promotions on delete cascade,
  -- Capital letters and digits only; dashes and spaces are for reading.
  code         text        not null unique check (code ~ '^[A-Z0-9]{4,30}$'),
  uses_limit   int         check (uses_limit > 0),
  used         int         not null default 0 check (used >= 0), -- derived
  active       boolean     not null default true,
  -- Only this person may use it; null: whoever has it.
  contact_id   uuid        references contacts on delete cascade,
  created_at   timestamptz not null,
  check (uses_limit is null or used <= uses_limit)
);
create index promotion_codes_by_promotion on promotion_codes (promotion_id, id);
create index promotion_codes_by_contact on promotion_codes (contact_id) where contact_id is not null;

-- Uses that stand, by customer and by day of the company's zone.
create table promotion_counts (
  promotion_id uuid not null references promotions on delete cascade,
  -- "day 2026-11-22", or the customer: "contact <id>", "mail <address>", "account <id>".
  key          text not null,
  used         int  not null default 0 check (used >= 0),
  primary key (promotion_id, key)
);

-- The ledger of uses, append-only: a use that is given back is answered by a row of its own.
create table promotion_uses (
  id                uuid        not null primary key,
  promotion_id      uuid        not null references promotions on delete cascade,
  promotion_version int         not null,
  code_id           uuid        references promotion_codes on delete set null,
  order_id          uuid        not null references orders on delete cascade,
  kind              text        not null check (kind in ('redeemed', 'adjusted', 'released')),
  -- The use that this row adjusts or gives back.
  use_id            uuid        references promotion_uses on delete cascade,
  customer_key      text,
  day_key           text        not null,
  -- What it takes off, before tax; what an adjustment adds; below zero where it is given back.
  amount            bigint      not null,
  -- [{ order_line_id, by }] as it stands after this row.
  lines             jsonb       not null default '[]',
  reason            text,
  fact_id           uuid,
  at                timestamptz not null,
  actor_name        text        not null,
  -- Whether the use of this row stands: one for each order, whatever the promotion.
  standing          boolean     not null,
  check ((kind = 'redeemed') = (use_id is null)),
  check (kind = 'redeemed' or not standing)
);
create unique index promotion_uses_standing on promotion_uses (order_id) where standing;
create unique index promotion_uses_released on promotion_uses (use_id) where kind = 'released';
create index promotion_uses_by_use on promotion_uses (use_id) where use_id is not null;
create index promotion_uses_by_promotion on promotion_uses (promotion_id, at desc, id desc);
create index promotion_uses_by_order on promotion_uses (order_id, at);
create index promotion_uses_by_code on promotion_uses (code_id) where code_id is not null;
