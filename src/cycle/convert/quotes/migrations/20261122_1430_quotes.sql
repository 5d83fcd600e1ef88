-- Amounts are minor units of the quote's currency. What is marked derived follows from lines and terms by figures.ts; no endpoint sets it.
create table quotes (
  id                uuid        not null primary key,
  number            text        not null unique,
  -- Counts what the customer was shown: changing a sent quote makes the next one.
  revision          int         not null default 1 check (revision > 0),
  status            text        not null default 'draft' check (status in ('draft', 'sent', 'viewed', 'accepted', 'declined', 'expired', 'withdrawn')),
  subject           text,
  contact_id        uuid        references contacts,
  account_id        uuid        references accounts,
  opportunity_id    uuid        references opportunities on delete set null,
  owner_id          uuid,
  currency          text        not null,
  rate              numeric     not null default 1 check (rate > 0),
  -- Workspace minor units per minor unit.
  to_base           numeric     not null default 1 check (to_base > 0),
  -- The last day it can be accepted, in the company's zone.
  valid_until       date        not null,
  intro             text,
  terms             text,
  -- Off the sum of the lines: one of the two.
  discount_percent  numeric     check (discount_percent between 0 and 100),
  discount_amount   bigint      check (discount_amount >= 0),
  line_count        int         not null default 0, -- derived
  discount          bigint      not null default 0 check (discount >= 0), -- derived: of lines and whole
  net               bigint      not null default 0 check (net >= 0), -- derived
  tax               bigint      not null default 0 check (tax >= 0), -- derived
  total             bigint      not null default 0 check (total = net + tax), -- derived
  base_total        bigint      not null default 0, -- derived, workspace currency
  -- The version the customer has before them; null while none was sent, or the next one is being written.
  shown_version_id  uuid,
  sent_at           timestamptz,
  -- When it last went out by mail or was handed over.
  mailed_at         timestamptz,
  viewed_at         timestamptz,
  accepted_at       timestamptz,
  accepted_by       text,
  -- Who accepted what, when, from where: {at, by, via, version_id, revision, hash, ip, user_agent}.
  acceptance        jsonb,
  declined_at       timestamptz,
  decline_reason_id uuid        references reasons,
  decline_reason    text,
  withdrawn_at      timestamptz,
  withdraw_reason   text,
  expired_at        timestamptz,
  -- The newest fact of its story: the next one is caused by it.
  last_fact         uuid,
  custom            jsonb       not null default '{}',
  version           int         not null default 1,
  created_at        timestamptz not null default now(),
  updated_at        timestamptz not null default now(),
  deleted_at        timestamptz,
  check (discount_percent is null or discount_amount is null),
  check (status <> 'accepted' or (accepted_at is not null and acceptance is not null))
);
create index quotes_by_contact on quotes (contact_id, created_at) where contact_id is not null;
create index quotes_by_account on quotes (account_id, created_at) where account_id is not null;
create index quotes_by_opportunity on quotes (opportunity_id) where opportunity_id is not null;
create index quotes_by_reason on quotes (decline_reason_id) where decline_reason_id is not null;
create index quotes_by_created on quotes (created_at, id);
create index quotes_by_updated on quotes (updated_at, id);
create index quotes_by_total on quotes (base_total, id);
create index quotes_by_validity on quotes (valid_until, id);
-- Those that wait for an answer: they expire, and somebody asks after them.
create index quotes_waiting on quotes (valid_until, mailed_at) where status in ('sent', 'viewed') and deleted_at is null;
create index quotes_search on quotes using gin ((lower(number collate "und-x-icu")) collate "C" gin_trgm_ops);
create index quotes_search_subject on quotes using gin ((lower(subject collate "und-x-icu")) collate "C" gin_trgm_ops);

create table quote_lines (
  id               uuid    not null primary key,
  quote_id         uuid    not null references quotes on delete cascade,
  position         int     not null,
  product_id       uuid    references products,
  description      text    not null,
  quantity         numeric not null check (quantity > 0),
  -- Major units.
  unit_price       numeric not null check (unit_price >= 0),
  -- Off this line: one of the two.
  discount_percent numeric check (discount_percent between 0 and 100),
  discount_amount  bigint  check (discount_amount >= 0),
  -- Percent.
  tax_rate         numeric not null default 0 check (tax_rate between 0 and 100),
  goods            bigint  not null check (goods >= 0), -- derived: quantity x price
  discount         bigint  not null check (discount >= 0), -- derived: its own
  share            bigint  not null check (share >= 0), -- derived: of the discount on the whole
  net              bigint  not null check (net = goods - discount - share and net >= 0), -- derived
  tax              bigint  not null check (tax >= 0), -- derived: of the tax of its rate
  check (discount_percent is null or discount_amount is null),
  unique (quote_id, position)
);
create index quote_lines_by_product on quote_lines (product_id) where product_id is not null;

-- What the customer was shown, never changed: the page, the PDF and the evidence are read from here.
create table quote_versions (
  id        uuid        not null primary key,
  quote_id  uuid        not null references quotes on delete cascade,
  revision  int         not null,
  -- JSON as it was hashed.
  content   text        not null,
  hash      text        not null,
  sent_at   timestamptz not null,
  sent_by   text        not null,
  -- The address it was mailed to; null when the link was handed over.
  sent_to   text,
  opened_at timestamptz,
  unique (quote_id, revision)
);

create sequence quote_numbers start 1001;
